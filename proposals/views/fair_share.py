"""The exception to fair share, by an approver."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.choices import label
from kernel.forms import add_violations
from kernel.idempotency import idempotent
from kernel.methods import reads_and_writes
from kernel.violations import RuleBroken
from proposals.actions.fair_share import except_from_fair_share
from proposals.enums import AwardPoint
from proposals.forms.submission import ReasonForm
from proposals.models import EligibilityVerdict, PartnerAward
from proposals.permissions import may_except
from proposals.rules.points import needs_exception
from proposals.views.judging import office_crumbs, office_proposal_of
from proposals.views.lists import sent


@reads_and_writes
@idempotent
def award_exception(request: HttpRequest, public_id: str, award_id: str) -> HttpResponse:
    proposal = office_proposal_of(request, public_id)
    awards = PartnerAward.objects.filter(proposal=proposal).select_related("agency")
    award: Any = get_object_or_404(awards, public_id=award_id)
    if not may_except(request.user, proposal, award):
        raise Http404
    form = ReasonForm(*sent(request)[:1], initial={"reason": award.share_exception})
    if request.method == "POST" and form.is_valid():
        try:
            except_from_fair_share(award=award, by=request.user, reason=form.cleaned_data["reason"])
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            messages.success(request, _("The exception was recorded."))
            return redirect("proposals:office_proposal", public_id=public_id)
    heading = _("Exception to fair share: award %(number)s") % {"number": award.number}
    verdicts = EligibilityVerdict.objects.filter(proposal=proposal).select_related("agency")
    said = [
        (award.agency, award.points),
        *((one.agency, one.points.get(award.public_id, {})) for one in verdicts),
    ]
    context = {
        "cancel_url": reverse("proposals:office_proposal", args=[public_id]),
        "form": form,
        "heading": heading,
        "lead": _("Both sides bear their share in principle. An exception needs its reason and an approver."),
        "facts": [
            {"label": _("Award number"), "value": award.number},
            *(
                {
                    "label": f"{label(AwardPoint.FAIR_SHARE)} ({agency.short_name})",
                    "value": points[AwardPoint.FAIR_SHARE]["reason"],
                }
                for agency, points in said
                if needs_exception(points)
            ),
        ],
        "behalf": "",
        "breadcrumbs": office_crumbs(proposal, heading),
    }
    return render(request, "proposals/verdict.html", context)
