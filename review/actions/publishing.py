"""Publishing a decision: its letters, the instant at which everybody learns of it, and the end of its reserve list."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils import translation

from kernel import audit
from kernel.actions import action, require
from kernel.clock import day_of, now, today
from kernel.outbox import queue_mails
from kernel.outbox.hold import cancel_held
from kernel.outbox.models import OutboxMail
from kernel.outbox.queue import mail_row
from kernel.text import is_blank_text
from kernel.transitions import apply_transition
from kernel.violations import Violation, refuse_if
from program.models import Call
from proposals.actions.mails import write_to_pi
from proposals.actions.outcomes import end_reserve, tell_outcomes
from proposals.enums import ProposalState
from proposals.models import Proposal
from review.enums import DecisionKind, DecisionState, Outcome
from review.letters import Letters
from review.models import Decision, DecisionLetter, LetterText
from review.permissions import may_publish
from review.rules.decision import LONGEST_REASON
from review.rules.letters import text_violations

TEMPLATE = "decision_letter"


def _locked(decision: Decision) -> Decision:
    return (
        Decision.objects.select_for_update(of=("self",))
        .select_related("call__programme", "call__lead_agency")
        .get(pk=decision.pk)
    )


def _unpublished_violation(decision: Decision) -> Violation | None:
    if decision.state != DecisionState.ADOPTED:
        return Violation("decision_not_adopted")
    return Violation("published_already") if decision.is_published else None


@action
def set_letter_text(*, decision: Decision, by: Any, outcome: str, **texts: str) -> LetterText:
    """Change the text of the call's letters of one outcome (`subject_ja`, `subject_en`, `body_ja`, `body_en`), until the decision
    is published. Where the instant is set already, its letters are written anew.

    Raises:
        RuleBroken: `decision_not_adopted`, `published_already`, `outcome_unknown`, and what `text_violations` says.
    """
    decision = _locked(decision)
    require(may_publish(by, decision))
    refuse_if(
        _unpublished_violation(decision),
        None if outcome in list(Outcome) else Violation("outcome_unknown", "outcome"),
        *(
            found
            for code in ("ja", "en")
            for found in text_violations(texts[f"subject_{code}"], texts[f"body_{code}"], code)
        ),
    )
    kept, _made = LetterText.objects.update_or_create(call=decision.call, outcome=outcome, defaults=texts)
    audit.record("letter_text_set", decision, by=by, details={"outcome": str(outcome)})
    if decision.publish_at is not None:
        _write_letters(decision)
    return kept


@action
def set_publication(*, decision: Decision, by: Any, at: dt.datetime | None = None) -> Decision:
    """Set, or until it has come move, the instant at which an adopted decision is published: now where none is given. Its
    letters are written and wait in the outbox until then; until then nobody outside the agencies learns of it.

    Raises:
        RuleBroken: `decision_not_adopted`, `published_already`, `publication_in_the_past`, `published_after_reserve`.
    """
    decision = _locked(decision)
    require(may_publish(by, decision))
    moment = now()
    at = at or moment
    last = decision.reserve_until
    refuse_if(
        _unpublished_violation(decision),
        Violation("publication_in_the_past", "at") if at < moment else None,
        Violation("published_after_reserve", "at", {"day": last})
        if last is not None and day_of(at) > last
        else None,
    )
    before = decision.publish_at
    decision.publish_at = at
    decision.save(update_fields=["publish_at"])
    tell_outcomes(proposals=Proposal.objects.filter(decision_items__decision=decision).order_by("pk"), at=at)
    letters = _write_letters(decision)
    audit.record(
        "publication_set",
        decision,
        by=by,
        details={
            "before": before.isoformat() if before else "",
            "after": at.isoformat(),
            "letters": letters,
        },
    )
    return decision


def _write_letters(decision: Decision) -> int:
    """The decision's letters, in the place of those that wait; returns how many there are."""
    assert decision.publish_at is not None
    old = DecisionLetter.objects.filter(item__decision=decision)
    waiting = OutboxMail.objects.filter(template=TEMPLATE, subject_id__in=old.values("public_id"))
    cancel_held(mails=waiting)
    old.delete()
    dated = day_of(decision.publish_at)
    letters, mails = [], []
    for written in Letters(decision, dated):
        letter = DecisionLetter(
            item=written.item,
            addressee=written.recipient.addressee,
            person=written.recipient.person,
            number=written.number,
            dated=dated,
            **written.texts,
        )
        letters.append(letter)
        if written.recipient.email:
            mails.append(_mail(decision, letter, written.recipient.email, written.recipient.language))
    DecisionLetter.objects.bulk_create(letters)
    queue_mails(mails)
    return len(letters)


def _mail(decision: Decision, letter: DecisionLetter, email: str, language: str) -> OutboxMail:
    own = "ja" if language == "ja" else "en"
    other = "en" if own == "ja" else "ja"
    with translation.override(language):
        path = reverse("review:letter_pdf", args=[letter.public_id])
    return mail_row(
        TEMPLATE,
        to=email,
        language=language,
        values={
            "subject": getattr(letter, f"subject_{own}"),
            "first": getattr(letter, f"body_{own}"),
            "second": getattr(letter, f"body_{other}"),
            "path": path,
        },
        about=letter,
        key=f"decision-letter:{letter.public_id}",
        hold_until=decision.publish_at,
    )


@action
def prolong_reserve(*, decision: Decision, by: Any, until: dt.date, reason: str) -> Decision:
    """Let the reserve list of a call's decision end on a later day, with a reason, before its last day has passed; one that had
    no end gets one. Whoever stands on it is told once the decision is published.

    Raises:
        RuleBroken: `decision_not_adopted`, `reserve_list_ended`, `reserve_only_longer`, `reserve_until_passed`,
            `reason_missing`, `text_too_long`, `text_has_null`.
    """
    Call.objects.select_for_update().get(pk=decision.call_id)
    decision = _locked(decision)
    require(may_publish(by, decision) and decision.kind == DecisionKind.FIRST)
    day, last = today(decision.call.programme.zone), decision.reserve_until
    refuse_if(
        Violation("decision_not_adopted") if decision.state != DecisionState.ADOPTED else None,
        Violation("reserve_list_ended")
        if decision.reserve_ended_at is not None or (last is not None and last < day)
        else None,
        Violation("reserve_only_longer", "until") if last is not None and until <= last else None,
        Violation("reserve_until_passed", "until") if until <= day else None,
        Violation("reason_missing", "reason") if is_blank_text(reason) else None,
        Violation("text_too_long", "reason", {"limit": LONGEST_REASON})
        if len(reason) > LONGEST_REASON
        else None,
        Violation("text_has_null", "reason") if "\x00" in reason else None,
    )
    decision.reserve_until = until
    decision.save(update_fields=["reserve_until"])
    audit.record(
        "reserve_prolonged",
        decision,
        by=by,
        details={"before": last.isoformat() if last else "", "after": until.isoformat()},
        private={"reason": reason.strip()},
    )
    if decision.is_published:
        for proposal in _reserved(decision.call):
            write_to_pi(
                proposal,
                "reserve_prolonged",
                key=f"reserve-prolonged:{decision.public_id}:{until}:{proposal.public_id}",
                page="proposals:tasks",
                until=until,
            )
    return decision


def _reserved(call: Call) -> list[Proposal]:
    found = Proposal.objects.filter(call=call, state=ProposalState.RESERVED)
    return list(found.select_related("pi__user", "call").order_by("pk"))


def reserve_lists_to_end() -> list[Decision]:
    """The decisions whose reserve list has passed its last day and was not ended."""
    found = Decision.objects.filter(
        kind=DecisionKind.FIRST,
        state=DecisionState.ADOPTED,
        reserve_until__isnull=False,
        reserve_ended_at=None,
    ).select_related("call__programme")
    return [one for one in found.order_by("pk") if has_passed(one)]


def has_passed(decision: Decision) -> bool:
    """Whether the last day of the decision's reserve list has passed; False of one without an end."""
    last = decision.reserve_until
    return last is not None and last < today(decision.call.programme.zone)


@action
def end_reserve_list(*, decision: Decision) -> int:
    """End a reserve list whose last day has passed: each proposal on it becomes not adopted, once, and its team is told. A
    call-up that still waits for answers falls with it. Returns how many proposals there were."""
    call = Call.objects.select_for_update(of=("self",)).select_related("programme").get(pk=decision.call_id)
    decision = _locked(decision)
    last = decision.reserve_until
    if decision.reserve_ended_at is not None or last is None or not has_passed(decision):
        return 0
    for waiting in Decision.objects.filter(
        call=call, kind=DecisionKind.CALL_UP, state=DecisionState.PROPOSED
    ):
        apply_transition(waiting, "refuse", by=None, details={"reserve_until": last.isoformat()})
    ended = [proposal for proposal in _reserved(call) if end_reserve(proposal=proposal)]
    decision.reserve_ended_at = now()
    decision.save(update_fields=["reserve_ended_at"])
    audit.record(
        "reserve_ended",
        decision,
        by=None,
        details={"reserve_until": last.isoformat(), "proposals": [one.public_id for one in ended]},
    )
    for proposal in ended:
        write_to_pi(
            proposal,
            "reserve_ended",
            key=f"reserve-ended:{decision.public_id}:{proposal.public_id}",
            page="proposals:tasks",
            until=last,
        )
    return len(ended)


def end_reserve_lists() -> int:
    """End every list that is due, each by itself; returns how many proposals were on them."""
    return sum(end_reserve_list(decision=decision) for decision in reserve_lists_to_end())
