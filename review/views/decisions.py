"""The joint decision: proposed with ranks, outcomes and reasons beside both agencies' budgets; and as it stands."""

from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import person_of
from kernel.choices import label_of_field
from kernel.languages import localized
from kernel.methods import reads
from kernel.moves import Move
from kernel.templatetags.kernel import day, instant
from program.permissions import participation
from review.budgets import asked_by_year, year_rows
from review.counted import counted_reviews
from review.enums import DecisionKind, DecisionState, Outcome
from review.letters import awarded_of
from review.models import Decision, DecisionItem
from review.permissions import conflicted, may_publish, note_conflict, root_of
from review.queries import agencies_today, decisions_visible_to, locks_of
from review.reserve import has_reserve_ended
from review.views.answering import answer_row, appeal_rows
from review.views.budgets import years_shown
from review.views.pools import crumbs
from review.views.shown import behalf_words, proposal_title, tabs_of

TONES = {
    DecisionState.PROPOSED: "warning",
    DecisionState.ADOPTED: "success",
    DecisionState.REFUSED: "error",
}
OUTCOME_TONES = {Outcome.ADOPT: "success", Outcome.RESERVE: "info", Outcome.REJECT: "neutral"}


@reads
def decision(request: HttpRequest, public_id: str) -> HttpResponse:
    """The ranked list, the answers to it, and what the reader may do about it."""
    seen = decisions_visible_to(request.user)
    found: Any = get_object_or_404(
        seen.annotate(
            newest=Subquery(seen.filter(call=OuterRef("call")).values("public_id")[:1]),
            has_conflict=Exists(conflicted(request.user).filter(call=OuterRef("call"))),
        ),
        public_id=public_id,
    )
    call = note_conflict(request.user, found.call, found.has_conflict)
    call.newest_decision = found.newest  # type: ignore[attr-defined]  # as `call_or_404` has it
    items = list(
        found.items.select_related("proposal__pi", "proposal__institution").annotate(
            is_read=Exists(counted_reviews().filter(proposal=OuterRef("proposal")))
        )
    )
    adopted = [item for item in items if item.outcome == Outcome.ADOPT]
    agencies = agencies_today(call)
    asked = asked_by_year([item.proposal for item in items])
    answers = {
        a.agency_id: a
        for a in found.answers.select_related(
            "agency", "person", "recorded_by", "confirmed_by", "seconded_by"
        )
    }
    must_agree = participation(call)
    required = [agency for agency in agencies if must_agree[agency.pk].must_agree]
    is_waiting = found.state == DecisionState.PROPOSED
    person: Any = person_of(request.user)
    own = root_of(person).pk
    has_answered = any(own in (a.person_id, a.recorded_by_id, a.seconded_by_id) for a in answers.values())
    context = {
        "decision": found,
        "kind": "" if found.kind == DecisionKind.FIRST else label_of_field(found, "kind"),
        "call": call,
        "tone": TONES[DecisionState(found.state)],
        "rows": [
            {
                "item": item,
                "title": proposal_title(item.proposal),
                "is_unread": not item.is_read,  # also where its only review fell away since
                "tone": OUTCOME_TONES[Outcome(item.outcome)],
                "asked": sum(asked.get(item.proposal_id, {}).values()),
                "awarded": _awarded(item, asked),
                "conditions": localized(item, "conditions"),
                "words": localized(item, "words"),
            }
            for item in items
        ],
        "facts": _facts(found),
        "moves": _moves(request.user, found, items),
        "answers": [
            answer_row(request.user, found, agency, answers.get(agency.pk), has_answered=has_answered)
            for agency in required
        ],
        "is_waiting": is_waiting,
        "appeals": appeal_rows(request.user, found),
        "years": years_shown(
            agencies,
            year_rows(
                call,
                agencies,
                [awarded_of(item, asked.get(item.proposal_id, {})) for item in adopted],
                kept=found.left_when_proposed,
                is_decided=not is_waiting,
            ),
            is_kept=bool(found.left_when_proposed),
        ),
        "asked_by": _("Proposals to be adopted"),
        "behalf": behalf_words(request.user, locks_of(call)),
        "tabs": tabs_of(request.user, call, "decision"),
        "breadcrumbs": crumbs(call, _("Decision")),
    }
    return render(request, "review/decision.html", context)


def _awarded(item: DecisionItem, asked: dict[int, dict[int, int]]) -> int | None:
    """What is awarded in all; None of what is not adopted."""
    if item.outcome == Outcome.REJECT:
        return None
    return sum(awarded_of(item, asked.get(item.proposal_id, {})).values())


def _facts(found: Decision) -> list[dict[str, Any]]:
    """When it is published and when its reserve list ends, as far as either is known."""
    rows = []
    if found.reason:
        rows.append({"label": _("Reason of the correction"), "value": found.reason, "url": ""})
    if found.state == DecisionState.ADOPTED:
        if found.publish_at is None:
            words = _("not set: until then applicants, partners and institutions learn nothing of it")
        else:
            words = instant(found.publish_at)
        label = _("Published at") if found.is_published else _("To be published at")
        rows.append({"label": label, "value": words, "url": ""})
    if found.reserve_until is not None:
        words = day(found.reserve_until)
        if found.reserve_ended_at is not None:
            words = _("%(day)s (ended)") % {"day": words}
        rows.append({"label": _("Last day of the reserve list"), "value": words, "url": ""})
    return rows


def _moves(user: Any, found: Decision, items: list[DecisionItem]) -> list[Move]:
    """What the reader may do with the decision as a whole."""
    ids = [found.public_id]
    moves = []
    if any(item.outcome == Outcome.ADOPT for item in items):
        moves.append(Move(_("Awards by institution"), reverse("review:decision_awards", args=ids)))
    if found.state != DecisionState.ADOPTED:
        return moves
    moves.append(Move(_("Letters"), reverse("review:letters", args=ids)))
    if found.is_published and may_publish(user, found):
        url = reverse("review:decision_correct", args=[found.call.public_id])
        moves.append(Move(_("Correct the decision"), url))
    if may_publish(user, found):
        if not found.is_published:
            words = _("Move the publication") if found.publish_at else _("Set the publication")
            moves.insert(0, Move(words, reverse("review:publish", args=ids), tone="primary"))
        if found.kind == DecisionKind.FIRST and not has_reserve_ended(found.call):
            words = _("Keep the reserve list longer")
            moves.append(Move(words, reverse("review:reserve", args=ids)))
    return moves
