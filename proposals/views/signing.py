"""Reading the shared core and signing it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kernel.clock import now
from kernel.idempotency import idempotent
from kernel.languages import current
from kernel.methods import reads_and_writes
from kernel.templatetags.kernel import plain_instant
from kernel.violations import RuleBroken, sentence
from proposals.actions.content import content_of, read_whole
from proposals.actions.signing import Signed, core_digest, sign_core, signatures_of
from proposals.documents import sheet_of
from proposals.exchange_words import shared_exchange
from proposals.models import Proposal
from proposals.permissions import is_signatory, may_sign, team_person
from proposals.views.own import crumbs, own_proposal
from proposals.views.signatures import signature_rows


def shared_core(proposal: Proposal, by: Any) -> dict[str, Any]:
    """What both sides share of a proposal, in words, with its digest, with who has signed it (proposals/shared_core.html) and
    with what is said to `by`, a user or `ByLink`, who has signed it already (`signed_words`; blank for whoever has not).

    Japan's annex (the budget, what each stay takes of it, the other grants), the partner's award and the attachment are not in
    it."""
    read_whole(proposal)
    content = content_of(proposal)
    signed = signatures_of(proposal, content, with_pi=True)
    person = team_person(by, proposal)
    sheet = sheet_of(content, current(), now())
    return {
        "proposal": proposal,
        "core": {
            **{name: sheet[name] for name in ("document", "facts", "sections", "team", "standing")},
            "exchange": shared_exchange(content, current()),
        },
        "not_entered": _("Not entered"),
        "sha256": core_digest(content),
        "signatures": signature_rows(proposal, signed),
        "signed_words": _signed_words([one for one in signed if one.member.person_id == person.pk])
        if person
        else "",
        "ask_all_url": "",
    }


def _signed_words(own: list[Signed]) -> str:
    """When this very content was signed, and that nothing more is asked; blank where it is not signed."""
    at = next((one.at for one in own if one.at is not None), None)
    if at is None:
        return ""
    return _(
        "You signed what stands on this page on %(day)s. Nothing more is to be done. You are asked again if it changes."
    ) % {"day": plain_instant(at)}


@reads_and_writes
@idempotent
def sign(request: HttpRequest, public_id: str) -> HttpResponse:
    proposal = own_proposal(request, public_id)
    if not is_signatory(request.user, proposal):
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
    if not may_sign(request.user, proposal):
        messages.info(request, _("The proposal cannot be changed at the moment."))
        return redirect("proposals:check", public_id=public_id)
    context = {**shared_core(proposal, request.user), "breadcrumbs": crumbs(proposal, _("Sign"))}
    return render(request, "proposals/sign.html", context)
