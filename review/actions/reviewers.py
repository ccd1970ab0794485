"""Each agency's pool of reviewers for a call."""

import datetime as dt
from typing import Any

from django.db.models import Q

from accounts.actions.people import register_person
from accounts.models import Organisation, Person
from accounts.permissions import person_of
from kernel import audit
from kernel.actions import action, require
from kernel.clock import now
from kernel.files.models import StoredFile
from kernel.transitions import apply_transition
from kernel.violations import Violation, refuse_if
from program.actions import calls
from program.models import Call
from review.actions.letters import behalf_fields
from review.models import Reviewer
from review.permissions import (
    acts_from_letter,
    identities,
    may_confirm_reviewers,
    may_keep_pool,
    may_remove_from_pool,
    root_of,
)
from review.queries import UNFINISHED, proposals_under_review, reviewing_agencies


@action
def begin_review(*, call: Call, by: Any) -> Call:
    """Let a closed call go to review: see `program.actions.calls.begin_review`."""
    return calls.begin_review(call=call, by=by)


@action
def add_reviewer(
    *,
    call: Call,
    agency: Organisation,
    person: Person,
    by: Any,
    institution_name: str = "",
    country_code: str = "",
    expertise: str = "",
    institution_ror_id: str = "",
    letter: StoredFile | None = None,
    letter_dated: dt.date | None = None,
) -> Reviewer:
    """Put a person into an agency's pool for a call.

    For an agency that does not sign in, from the letter in which it names them: nothing is given to them before a second
    officer has confirmed it.

    Raises:
        RuleBroken: `agency_not_in_review`, `reviewer_in_pool_already` (in either agency's pool, by any account),
            `reviewer_is_applicant` of a proposal of the call that the officer may see; on behalf also `letter_missing`, `letter_date_missing`, `letter_dated_ahead`.
    """
    call = Call.objects.select_for_update(of=("self",)).select_related("programme").get(pk=call.pk)
    require(may_keep_pool(by, call, agency))
    refuse_if(
        None
        if agency.pk in {a.pk for a in reviewing_agencies(call)}
        else Violation("agency_not_in_review", "agency"),
        Violation("reviewer_in_pool_already", "email")
        if Reviewer.objects.filter(call=call, person__in=identities(person)).exists()
        else None,
        Violation("reviewer_is_applicant", "email") if _applies(person, call, by) else None,
    )
    on_behalf = acts_from_letter(by, call, agency)
    reviewer = Reviewer.objects.create(
        **(behalf_fields(call, by, letter, letter_dated) if on_behalf else {}),
        call=call,
        agency=agency,
        person=person,
        institution_name=institution_name,
        institution_ror_id=institution_ror_id,
        country_code=country_code,
        expertise=expertise,
    )
    _record("added", reviewer, by)
    return reviewer


def _applies(person: Person, call: Call, by: Any) -> bool:
    """Whether the person is on the team of a proposal of the call. To an officer with a conflict this would tell of a
    proposal that they must not see: of that one nothing is said, and the pair is found when it is to be assigned."""
    keys = identities(person)
    seen = proposals_under_review(by).filter(call=call)
    return seen.filter(Q(pi__in=keys) | Q(team__person__in=keys)).exists()


def _record(verb: str, reviewer: Reviewer, by: Any) -> None:
    details = {"call": reviewer.call.public_id, "agency": reviewer.agency.public_id}
    if reviewer.letter is not None:
        details["letter_sha256"] = reviewer.letter.sha256
    acting_for = reviewer.agency.public_id if reviewer.on_behalf else ""
    audit.record(verb, reviewer, by=by, details=details, acting_for=acting_for)


def _waiting(reviewer: Reviewer, by: Any) -> list[Reviewer]:
    """All that one officer recorded from one letter, and that waits for this second officer."""
    Call.objects.select_for_update().get(pk=reviewer.call_id)
    reviewer = Reviewer.objects.select_related("call").get(pk=reviewer.pk)
    require(may_confirm_reviewers(by, reviewer))
    refuse_if(Violation("reviewer_confirmed_already") if reviewer.confirmed_at else None)
    return list(
        Reviewer.objects.select_for_update(of=("self",))
        .select_related("call", "agency", "letter", "person")
        .filter(
            call=reviewer.call,
            agency=reviewer.agency_id,
            letter=reviewer.letter_id,
            recorded_by=reviewer.recorded_by_id,
            confirmed_at=None,
        )
        .order_by("pk")
    )


@action
def confirm_reviewers(*, reviewer: Reviewer, by: Any) -> list[Reviewer]:
    """A second officer confirms that the agency's letter names the reviewers recorded from it.

    Raises:
        RuleBroken: `reviewer_confirmed_already`.
    """
    found = _waiting(reviewer, by)
    person = person_of(by)
    assert person is not None
    for one in found:
        one.confirmed_by, one.confirmed_at = root_of(person), now()
        one.save(update_fields=["confirmed_by", "confirmed_at"])
        _record("confirmed", one, by)
    return found


@action
def discard_reviewers(*, reviewer: Reviewer, by: Any) -> None:
    """A second officer finds that the letter names others: what was recorded from it leaves the pool.

    Raises:
        RuleBroken: `reviewer_confirmed_already`.
    """
    for one in _waiting(reviewer, by):
        _record("discarded", one, by)
        one.delete()


@action
def add_reviewer_by_email(
    *, call: Call, agency: Organisation, email: str, by: Any, names: dict[str, str], **fields: Any
) -> Reviewer:
    """`add_reviewer` for the person with this e-mail, who is made known by `names` where nobody has it.

    Raises:
        RuleBroken: as `add_reviewer`; `name_missing`.
    """
    require(may_keep_pool(by, call, agency))
    known = Person.objects.filter(email=email.lower(), merged_into=None).order_by("id").first()
    person = known or register_person(by=by, email=email, **names)
    return add_reviewer(call=call, agency=agency, person=person, by=by, **fields)


@action
def retire_reviewer(*, reviewer: Reviewer, by: Any) -> Reviewer:
    """Let somebody take part no more; what they submitted stays.

    Raises:
        RuleBroken: `reviewer_has_open_assignments`: they are taken back first; `transition_not_allowed`.
    """
    reviewer = (
        Reviewer.objects.select_for_update(of=("self",)).select_related("call", "agency").get(pk=reviewer.pk)
    )
    require(may_remove_from_pool(by, reviewer.call, reviewer.agency))
    is_busy = reviewer.assignments.filter(state__in=UNFINISHED).exists()
    refuse_if(Violation("reviewer_has_open_assignments") if is_busy else None)
    apply_transition(reviewer, "retire", by=by)
    return reviewer


@action
def remove_reviewer(*, reviewer: Reviewer, by: Any) -> None:
    """Take somebody who was given nothing out of the pool.

    Raises:
        RuleBroken: `reviewer_has_assignments`, `reviewer_was_judged`: they retire instead.
    """
    reviewer = (
        Reviewer.objects.select_for_update(of=("self",)).select_related("call", "agency").get(pk=reviewer.pk)
    )
    require(may_remove_from_pool(by, reviewer.call, reviewer.agency))
    refuse_if(
        Violation("reviewer_has_assignments") if reviewer.assignments.exists() else None,
        Violation("reviewer_was_judged") if reviewer.verdicts.exists() else None,
    )
    audit.record("removed", reviewer, by=by, private={"person": reviewer.person.public_id})
    reviewer.delete()
