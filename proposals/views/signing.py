"""Reading the shared core and signing it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kernel.clock import now
from kernel.idempotency import idempotent
from kernel.methods import reads_and_writes
from kernel.violations import RuleBroken, sentence
from proposals.actions.content import content_of, read_whole
from proposals.actions.signing import core_digest, sign_core
from proposals.documents import sheet_of
from proposals.permissions import may_sign
from proposals.views.awards import evidence_links
from proposals.views.own import crumbs, own_proposal
from proposals.views.parts import ROUTES


@reads_and_writes
@idempotent
def sign(request: HttpRequest, public_id: str) -> HttpResponse:
    proposal = own_proposal(request, public_id)
    if not may_sign(request.user, proposal):
        raise Http404
    if request.method == "POST":
        try:
            sign_core(proposal=proposal, by=request.user, sha256=request.POST.get("sha256", ""))
        except RuleBroken as broken:
            for violation in broken.violations:
                messages.error(request, sentence(violation))
            return redirect("proposals:sign", public_id=public_id)
        messages.success(request, _("Your signature was recorded."))
        return redirect("proposals:tasks", public_id=public_id)
    read_whole(proposal)
    content = content_of(proposal)
    sheet = sheet_of(content, (get_language() or "ja")[:2], now())
    context = {
        "proposal": proposal,
        "sheet": sheet,
        "sections": [{**section, "url": ""} for section in sheet["sections"]],
        "urls": dict.fromkeys(ROUTES, ""),
        "evidence": evidence_links(proposal, content),
        "not_entered": _("Not entered"),
        "no_attachment": _("(no attachment)"),
        "sha256": core_digest(content),
        "breadcrumbs": crumbs(proposal, _("Sign")),
    }
    return render(request, "proposals/sign.html", context)
