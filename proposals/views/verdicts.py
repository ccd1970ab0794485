"""Giving an agency's verdict, confirming one that was recorded on an agency's behalf, and reading its letter."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Organisation
from kernel.choices import label_of_value
from kernel.files import show, store_upload
from kernel.forms import add_violations
from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads, reads_and_writes, writes
from kernel.templatetags.kernel import day
from kernel.violations import RuleBroken, sentence
from program.permissions import answers_on_behalf, checklist_of
from program.queries import agencies_of
from proposals.actions.award_alerts import note_alerts
from proposals.actions.eligibility import confirm_award, confirm_on_behalf, judge_eligibility
from proposals.enums import AwardRole
from proposals.forms.office import AwardVerdictForm, VerdictForm
from proposals.models import EligibilityVerdict, PartnerAward, Proposal
from proposals.permissions import may_judge_for, may_read_letter
from proposals.rules.eligibility import CONFIRMED, JUDGED
from proposals.views.awards import worth_of
from proposals.views.judging import office_crumbs, office_proposal_of
from proposals.views.lists import sent
from proposals.views.own import title_of

LETTERS = (".pdf",)


def answer_page(
    request: HttpRequest,
    agency: Organisation,
    *,
    form: VerdictForm,
    is_asked: bool,
    act: Callable[..., Any],
    heading: str,
    lead: str,
    facts: list[dict[str, Any]],
    back: str,
    breadcrumbs: list[dict[str, str]],
) -> HttpResponse:
    """One agency's form on a proposal or a notice, to whose page `back` leads. A letter that comes with it is stored with the verdict, or not at all."""
    if request.method == "POST" and form.is_valid():
        values = form.given()
        try:
            with transaction.atomic():
                if values.get("letter"):
                    values["letter"] = store_upload(
                        upload=values["letter"], by=request.user, allowed=LETTERS, field="letter"
                    )
                act(**values)
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            messages.success(request, _("The verdict was recorded."))
            return redirect(back)
    elif request.method != "POST" and not is_asked:
        messages.info(request, _("No verdict is asked for at this stage."))
        return redirect(back)
    context = {
        "cancel_url": back,
        "form": form,
        "heading": heading,
        "lead": lead,
        "facts": facts,
        "behalf": _(
            "You record the answer of %(agency)s on its behalf. It counts once a second officer has confirmed it."
        )
        % {"agency": localized(agency, "name")}
        if "letter" in form.fields
        else "",
        "breadcrumbs": breadcrumbs,
    }
    return render(request, "proposals/verdict.html", context)


def _answer_page(
    request: HttpRequest, proposal: Proposal, agency: Organisation, *, heading: str, **asked: Any
) -> HttpResponse:
    return answer_page(
        request,
        agency,
        heading=heading,
        back=reverse("proposals:office_proposal", args=[proposal.public_id]),
        breadcrumbs=office_crumbs(proposal, heading),
        **asked,
    )


@reads_and_writes
@idempotent
def eligibility(request: HttpRequest, public_id: str, agency_id: str) -> HttpResponse:
    """An agency's own verdict on the proposal's eligibility."""
    proposal = office_proposal_of(request, public_id)
    agency = get_object_or_404(agencies_of(proposal.call), public_id=agency_id)
    if not may_judge_for(request.user, proposal, agency):
        raise Http404
    given = EligibilityVerdict.objects.filter(proposal=proposal, agency=agency).first()
    form = VerdictForm(
        *sent(request),
        reason_field="reasons",
        yes=_("Yes, it is eligible"),
        no=_("No, it is not eligible"),
        on_behalf=answers_on_behalf(request.user, proposal.call, agency),
        items=checklist_of(proposal.call, agency),
        awards=proposal.awards.exclude(agency=agency).select_related("agency").order_by("pk"),
        initial=_as_given(given) if given else None,
    )
    return _answer_page(
        request,
        proposal,
        agency,
        form=form,
        is_asked=proposal.state in JUDGED,
        act=lambda **values: judge_eligibility(proposal=proposal, agency=agency, by=request.user, **values),
        heading=_("Eligibility: verdict of %(agency)s") % {"agency": agency.short_name},
        lead=_(
            "Once every agency has given its verdict, the proposal goes to the review, or is not eligible. The evidence for the points of an award stands on the page of the proposal."
        ),
        facts=_facts(proposal),
    )


def _as_given(given: EligibilityVerdict) -> dict[str, str]:
    """The verdict that stands, with what was answered; an item that was added since is left open."""
    values = {"verdict": given.verdict, "reasons": given.reasons}
    for check in given.checks:
        values |= {f"check_{check['key']}": check["answer"], f"note_{check['key']}": check["note"]}
    for award, points in given.points.items():
        values |= _points_as_given(points, f"{award}_")
    return values


def _points_as_given(points: dict[str, Any], prefix: str = "") -> dict[str, str]:
    values: dict[str, str] = {}
    for name, point in points.items():
        values |= {f"point_{prefix}{name}": point["verdict"], f"reason_{prefix}{name}": point["reason"]}
    return values


@reads_and_writes
@idempotent
def award_verdict(request: HttpRequest, public_id: str, award_id: str) -> HttpResponse:
    """The word of the award's agency on whether it made this award as claimed."""
    proposal = office_proposal_of(request, public_id)
    awards = PartnerAward.objects.filter(proposal=proposal).select_related("agency", "rate", "proposal__call")
    award = get_object_or_404(awards, public_id=award_id)
    if not may_judge_for(request.user, proposal, award.agency):
        raise Http404
    form = AwardVerdictForm(
        *sent(request),
        reason_field="reason",
        yes=_("Yes, the agency made this award as claimed"),
        no=_("No, this is not right"),
        on_behalf=answers_on_behalf(request.user, proposal.call, award.agency),
        initial=_award_as_given(award),
    )
    return _answer_page(
        request,
        proposal,
        award.agency,
        form=form,
        is_asked=proposal.state in CONFIRMED,
        act=lambda **values: confirm_award(award=award, by=request.user, **values),
        heading=_("Award %(number)s: word of %(agency)s")
        % {"number": award.number, "agency": award.agency.short_name},
        lead=_("Compare the claim with the agency’s own records."),
        facts=[*_facts(proposal), *_award_facts(award)],
    )


def _award_as_given(award: PartnerAward) -> dict[str, str]:
    """The verdict that stands, with its points."""
    return {
        "verdict": award.verdict,
        "reason": award.verdict_reason,
        **_points_as_given(award.points),
    }


def _facts(proposal: Proposal) -> list[dict[str, Any]]:
    return [
        {"label": _("Receipt number"), "value": proposal.receipt_number},
        {"label": _("Title"), "value": title_of(proposal)},
        {"label": _("Principal investigator"), "value": proposal.pi.name},
    ]


def _award_facts(award: PartnerAward) -> list[dict[str, Any]]:
    return [
        {"label": _("Title of the award"), "value": award.title},
        {"label": _("Principal investigator of the award"), "value": award.pi_name},
        {"label": _("The partner PI’s part in the award"), "value": label_of_value(AwardRole, award.pi_role)},
        {"label": _("Amount of the award"), "value": worth_of(award)},
        {"label": _("First day of the award"), "value": day(award.starts_on)},
        {"label": _("Last day of the award"), "value": day(award.ends_on)},
    ]


def _given(request: HttpRequest, public_id: str, model: Any, answer_id: str) -> tuple[Proposal, Any]:
    """An answer on a proposal that the officer handles."""
    proposal = office_proposal_of(request, public_id)
    answers = model.objects.filter(proposal=proposal).select_related("agency", "letter")
    return proposal, get_object_or_404(answers, public_id=answer_id)


def _confirm(request: HttpRequest, public_id: str, model: Any, answer_id: str) -> HttpResponse:
    _proposal, answer = _given(request, public_id, model, answer_id)
    try:
        confirm_on_behalf(answer=answer, by=request.user)
    except RuleBroken as broken:
        for violation in broken.violations:
            messages.error(request, sentence(violation))
    else:
        messages.success(request, _("The answer was confirmed. It counts from now on."))
    return redirect("proposals:office_proposal", public_id=public_id)


def _letter(request: HttpRequest, public_id: str, model: Any, answer_id: str) -> HttpResponse | FileResponse:
    proposal, answer = _given(request, public_id, model, answer_id)
    if answer.letter is None or not may_read_letter(request.user, proposal, answer):
        raise Http404
    return show(request, answer.letter)


@writes
@idempotent
def eligibility_confirm(request: HttpRequest, public_id: str, answer_id: str) -> HttpResponse:
    return _confirm(request, public_id, EligibilityVerdict, answer_id)


@writes
@idempotent
def award_alerts_note(request: HttpRequest, public_id: str, award_id: str) -> HttpResponse:
    """What has come up about an award was read."""
    _proposal, award = _given(request, public_id, PartnerAward, award_id)
    note_alerts(award=award, by=request.user)
    messages.success(request, _("Noted."))
    return redirect("proposals:office_proposal", public_id=public_id)


@writes
@idempotent
def award_confirm(request: HttpRequest, public_id: str, answer_id: str) -> HttpResponse:
    return _confirm(request, public_id, PartnerAward, answer_id)


@reads
def eligibility_letter(request: HttpRequest, public_id: str, answer_id: str) -> HttpResponse | FileResponse:
    return _letter(request, public_id, EligibilityVerdict, answer_id)


@reads
def award_letter(request: HttpRequest, public_id: str, answer_id: str) -> HttpResponse | FileResponse:
    return _letter(request, public_id, PartnerAward, answer_id)
