"""What an agency says of all proposals once its scores are locked, and what the agencies note while they negotiate."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from accounts.models import Organisation
from accounts.permissions import person_of
from kernel import audit
from kernel.actions import action, require
from kernel.clock import now
from kernel.files.models import StoredFile
from kernel.text import is_blank_text
from kernel.violations import RuleBroken, Violation, refuse_if
from program.models import Call
from proposals.enums import ProposalState
from proposals.models import Proposal
from review.actions.letters import behalf_fields
from review.actions.locks import call_under_review_violation
from review.agreeing import are_lists_open
from review.enums import ListKind
from review.models import AgencyList, AgencyListItem, NegotiationNote
from review.permissions import acts_from_letter, may_confirm_list, may_list, negotiating_agencies, root_of
from review.queries import locked_agencies, waiting_decision
from review.rules.agreement import Place, agreement_of, list_violations
from review.rules.decision import LONGEST_REASON


def _locked(call: Call) -> Call:
    return Call.objects.select_for_update(of=("self",)).select_related("programme").get(pk=call.pk)


def _refuse_late(call: Call) -> None:
    refuse_if(
        call_under_review_violation(call),
        Violation("decision_waits_already") if waiting_decision(call) else None,
    )


@action
def record_list(
    *,
    call: Call,
    agency: Organisation,
    by: Any,
    places: Sequence[Place],
    letter: StoredFile | None = None,
    letter_dated: dt.date | None = None,
) -> AgencyList:
    """An agency's list of all eligible proposals, after its lock: recommended or not, or ranked, as the call's agreement model
    has it. Until a decision is proposed a new one takes the place of the last.

    Raises:
        RuleBroken: `no_lists_here`, `scores_not_locked_here`, `call_not_under_review`, `decision_waits_already`, what
            `list_violations` says; on behalf also `letter_missing`, `letter_date_missing`, `letter_dated_ahead`.
    """
    call = _locked(call)
    require(may_list(by, call, agency))
    kind = agreement_of(call.agreement).lists
    refuse_if(
        Violation("no_lists_here") if kind is ListKind.NONE else None,
        None if agency.pk in locked_agencies(call) else Violation("scores_not_locked_here"),
    )
    _refuse_late(call)
    proposals = {p.public_id: p for p in Proposal.objects.filter(call=call, state=ProposalState.ELIGIBLE)}
    expected = {key: proposal.receipt_number or "" for key, proposal in proposals.items()}
    if violations := list_violations(kind, places, expected):
        raise RuleBroken(violations)
    on_behalf = acts_from_letter(by, call, agency)
    behalf = behalf_fields(call, by, letter, letter_dated) if on_behalf else {}
    AgencyList.objects.filter(call=call, agency=agency).delete()
    found = AgencyList.objects.create(call=call, agency=agency, by=by, **behalf)
    AgencyListItem.objects.bulk_create(
        AgencyListItem(
            agency_list=found,
            proposal=proposals[place.key],
            is_recommended=place.is_recommended if kind is ListKind.RECOMMENDATION else None,
            rank=place.rank if kind is ListKind.RANKING else None,
            words=place.words.strip(),
        )
        for place in places
    )
    said = [
        [place.key, place.is_recommended if kind is ListKind.RECOMMENDATION else place.rank]
        for place in places
    ]
    _record("list_recorded_on_behalf" if on_behalf else "list_recorded", found, by, list=said)
    return found


def _waiting(found: AgencyList, by: Any) -> AgencyList:
    call = _locked(found.call)
    found = (
        AgencyList.objects.select_for_update(of=("self",))
        .select_related("call__programme", "agency")
        .get(pk=found.pk)
    )
    require(may_confirm_list(by, found))
    refuse_if(Violation("list_confirmed_already") if found.confirmed_at else None)
    _refuse_late(call)
    return found


@action
def confirm_list(*, found: AgencyList, by: Any) -> AgencyList:
    """A second officer confirms a list on behalf against its letter; from then it counts.

    Raises:
        RuleBroken: `list_confirmed_already`, `call_not_under_review`, `decision_waits_already`.
    """
    found = _waiting(found, by)
    person = person_of(by)
    assert person is not None
    found.confirmed_by, found.confirmed_at = root_of(person), now()
    found.save(update_fields=["confirmed_by", "confirmed_at"])
    _record("confirmed", found, by)
    return found


@action
def discard_list(*, found: AgencyList, by: Any) -> None:
    """A second officer finds that a list on behalf does not agree with its letter: it can be recorded anew.

    Raises:
        RuleBroken: `list_confirmed_already`, `call_not_under_review`, `decision_waits_already`.
    """
    found = _waiting(found, by)
    _record("discarded", found, by)
    found.delete()


@action
def note_negotiation(*, proposal: Proposal, agency: Organisation, by: Any, text: str) -> NegotiationNote:
    """What an agency says of a proposal while the agencies negotiate, once each has given its list.

    Raises:
        RuleBroken: `no_negotiation_here`, `lists_not_open`, `call_not_under_review`, `note_missing`, `text_too_long`,
            `text_has_null`.
    """
    call = _locked(proposal.call)
    require(agency.pk in negotiating_agencies(by, call))
    refuse_if(
        None if agreement_of(call.agreement).negotiates else Violation("no_negotiation_here"),
        call_under_review_violation(call),
        None if are_lists_open(call) else Violation("lists_not_open"),
        Violation("note_missing", "text") if is_blank_text(text) else None,
        Violation("text_too_long", "text", {"limit": LONGEST_REASON}) if len(text) > LONGEST_REASON else None,
        Violation("text_has_null", "text") if "\x00" in text else None,
    )
    note = NegotiationNote.objects.create(proposal=proposal, agency=agency, by=by, text=text.strip())
    audit.record(
        "noted",
        note,
        by=by,
        details={"proposal": proposal.public_id, "agency": agency.public_id},
        private={"text": note.text},
    )
    return note


def _record(verb: str, found: AgencyList, by: Any, **details: Any) -> None:
    if found.letter is not None:
        details["letter_sha256"] = found.letter.sha256
    audit.record(
        verb,
        found,
        by=by,
        details={"call": found.call.public_id, "agency": found.agency.public_id, **details},
        acting_for=found.agency.public_id if found.on_behalf else "",
    )
