"""What applicants and institutions read once a decision is published: outcome, award, conditions, letters, feedback."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.choices import label, label_of_field
from kernel.clock import day_of
from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads, reads_and_writes
from kernel.moves import Move
from kernel.pages import page_of
from kernel.templatetags.kernel import day, fiscal_year, instant, yen
from program.views.answering import answer_form, only_if, posted, trail
from proposals.enums import ProposalState
from proposals.models import Proposal
from proposals.permissions import is_on_team, is_pi
from review.actions.appeals import raise_appeal
from review.enums import Outcome
from review.feedback import comments_to_applicants, means_of_criteria
from review.forms.outcomes import AppealForm
from review.letters import appeal_until, awarded_of
from review.models import Appeal, DecisionItem
from review.results import appeal_violation, letters_visible_to, results_visible_to
from review.rules.means import in_words
from review.views.shown import proposal_title

TONES = {Outcome.ADOPT: "success", Outcome.RESERVE: "warning", Outcome.REJECT: "neutral"}
# What was decided, as its applicants read it: what became of the proposal.
BECAME = {
    Outcome.ADOPT: ProposalState.ADOPTED,
    Outcome.RESERVE: ProposalState.RESERVED,
    Outcome.REJECT: ProposalState.NOT_ADOPTED,
}
NAMES_SHOWN = 20


def _items(request: HttpRequest, public_id: str) -> list[DecisionItem]:
    items = list(results_visible_to(request.user).filter(proposal__public_id=public_id))
    only_if(bool(items))
    return items


def _crumbs(proposal: Proposal, here: str = "") -> list[dict[str, Any]]:
    steps = [(_("Results of the review"), reverse("review:results"))]
    title = proposal_title(proposal)
    if not here:
        return trail(*steps, (title, ""))
    return trail(*steps, (title, reverse("review:result", args=[proposal.public_id])), (here, ""))


@reads
def results(request: HttpRequest) -> HttpResponse:
    """Every result that the reader may read: of their teams, and of their institution."""
    page = page_of(results_visible_to(request.user), request)
    rows = [
        {
            "title": proposal_title(item.proposal),
            "url": reverse("review:result", args=[item.proposal.public_id]),
            "receipt": item.proposal.receipt_number,
            "pi": item.proposal.pi.name,
            "call": localized(item.decision.call, "title"),
            "outcome": label(BECAME[Outcome(item.outcome)]),
            "tone": TONES[Outcome(item.outcome)],
            "at": item.decision.publish_at,
        }
        for item in page.objects
    ]
    return render(request, "review/results.html", {"page": page, "rows": rows})


@reads
def result(request: HttpRequest, public_id: str) -> HttpResponse:
    """What was decided on one proposal, the newest first; the review's feedback is for its team alone."""
    items = _items(request, public_id)
    proposal = items[0].proposal
    is_own = is_on_team(request.user, proposal)
    letters = letters_visible_to(request.user).filter(item__in=[item.pk for item in items])
    appeals = {appeal.item_id: appeal for appeal in Appeal.objects.filter(item__in=items)} if is_own else {}
    context = {
        "title": proposal_title(proposal),
        "results": [_shown(item, appeals.get(item.pk)) for item in items],
        "letters": [
            {"number": letter.number, "url": reverse("review:letter_pdf", args=[letter.public_id])}
            for letter in letters
        ],
        "is_own": is_own,
        "comments": comments_to_applicants(proposal) if is_own else [],
        "means": [
            {
                "criterion": localized(one.criterion, "title"),
                "scale": f"{one.criterion.lowest}–{one.criterion.highest}",
                "mean": in_words(one.mean),
                "n": one.n,
            }
            for one in (means_of_criteria(proposal) if is_own else [])
        ],
        "tells_n": proposal.call.feedback == "means_and_n",
        "moves": _moves(request.user, proposal, items[0]),
        "breadcrumbs": _crumbs(proposal),
    }
    return render(request, "review/result.html", context)


def _moves(user: Any, proposal: Proposal, newest: DecisionItem) -> list[Move]:
    if not is_on_team(user, proposal):
        return []
    moves = [Move(_("Go to the proposal"), reverse("proposals:tasks", args=[proposal.public_id]))]
    if is_pi(user, proposal) and appeal_violation(newest) is None:
        moves.append(Move(_("Raise an objection"), reverse("review:appeal", args=[proposal.public_id])))
    return moves


def _shown(item: DecisionItem, appeal: Appeal | None) -> dict[str, Any]:
    decision = item.decision
    rows = [
        {"label": _("Published at"), "value": instant(decision.publish_at), "url": ""},
        {"label": _("Outcome"), "value": label(BECAME[Outcome(item.outcome)]), "url": ""},
    ]
    if item.outcome == Outcome.ADOPT:
        years = sorted(awarded_of(item).items())
        lines = [f"{fiscal_year(year)}: {yen(amount)}" for year, amount in years]
        lines.append(_("In all: %(amount)s") % {"amount": yen(sum(amount for _year, amount in years))})
        rows.append({"label": _("Awarded"), "value": "\n".join(lines), "url": ""})
        rows.append(
            {
                "label": _("Conditions"),
                "value": localized(item, "conditions") or _("No conditions."),
                "url": "",
            }
        )
    if item.outcome == Outcome.RESERVE:
        rows.append({"label": _("Rank on the reserve list"), "value": str(item.rank), "url": ""})
        if decision.reserve_until:
            rows.append(
                {"label": _("Last day of the reserve list"), "value": day(decision.reserve_until), "url": ""}
            )
    if words := localized(item, "words"):
        rows.append({"label": _("The panel’s words to the applicants"), "value": words, "url": ""})
    if appeal is not None:
        rows += _appeal_rows(appeal)
    return {"kind": label_of_field(decision, "kind"), "rows": rows}


def _appeal_rows(appeal: Appeal) -> list[dict[str, str]]:
    answer = label_of_field(appeal, "verdict") if appeal.verdict else _("awaited")
    rows = [
        {
            "label": _("Objection of %(day)s") % {"day": day(day_of(appeal.at))},
            "value": appeal.reasons,
            "url": "",
        },
        {"label": _("Answer to the objection"), "value": answer, "url": ""},
    ]
    if appeal.answered_at is not None:
        head = _("Reasons of the answer, %(day)s") % {"day": day(day_of(appeal.answered_at))}
        rows.append({"label": head, "value": appeal.answer, "url": ""})
    return rows


@reads_and_writes
@idempotent
def appeal(request: HttpRequest, public_id: str) -> HttpResponse:
    """The principal investigator objects to the newest decision, with reasons, within the days of the call."""
    newest = _items(request, public_id)[0]
    proposal, decision = get_object_or_404(Proposal, pk=newest.proposal_id), newest.decision
    only_if(is_pi(request.user, proposal) and decision.call.appeal_days is not None)
    assert decision.publish_at is not None
    last = appeal_until(decision, day_of(decision.publish_at))
    return answer_form(
        request,
        form=AppealForm(posted(request)),
        act=lambda values: raise_appeal(item=newest, by=request.user, reasons=values["reasons"]),
        back=reverse("review:result", args=[public_id]),
        heading=_("Raise an objection"),
        lead=_("Until %(day)s. The lead agency answers with its reasons, by mail and here.")
        % {"day": day(last)},
        submit=_("Raise the objection"),
        success=_("The objection is raised."),
        breadcrumbs=_crumbs(newest.proposal, _("Raise an objection")),
    )
