"""Each agency's pool of reviewers for a call."""

from typing import Any

from accounts.actions.people import register_person
from accounts.models import Organisation, Person
from kernel import audit
from kernel.actions import action, require
from kernel.violations import RuleBroken, Violation, refuse_if
from program.actions import calls
from program.models import Call
from review.models import Reviewer
from review.permissions import identities, may_keep_pool, may_remove_from_pool
from review.queries import reviewing_agencies


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
) -> Reviewer:
    """Put a person into an agency's pool for a call.

    Raises:
        RuleBroken: `agency_not_in_review`, `reviewer_in_pool_already` (in either agency's pool, by any account).
    """
    call = Call.objects.select_for_update().get(pk=call.pk)
    require(may_keep_pool(by, call, agency))
    refuse_if(
        None
        if agency.pk in {a.pk for a in reviewing_agencies(call)}
        else Violation("agency_not_in_review", "agency"),
        Violation("reviewer_in_pool_already", "email")
        if Reviewer.objects.filter(call=call, person__in=identities(person)).exists()
        else None,
    )
    reviewer = Reviewer.objects.create(
        call=call,
        agency=agency,
        person=person,
        institution_name=institution_name,
        institution_ror_id=institution_ror_id,
        country_code=country_code,
        expertise=expertise,
    )
    audit.record("added", reviewer, by=by, details={"call": call.public_id, "agency": agency.public_id})
    return reviewer


@action
def add_reviewer_by_email(
    *, call: Call, agency: Organisation, email: str, by: Any, names: dict[str, str], **fields: str
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
def remove_reviewer(*, reviewer: Reviewer, by: Any) -> None:
    """Take somebody who was given nothing out of the pool.

    Raises:
        RuleBroken: `reviewer_has_assignments`.
    """
    reviewer = (
        Reviewer.objects.select_for_update(of=("self",)).select_related("call", "agency").get(pk=reviewer.pk)
    )
    require(may_remove_from_pool(by, reviewer.call, reviewer.agency))
    if reviewer.assignments.exists():
        raise RuleBroken(Violation("reviewer_has_assignments"))
    audit.record("removed", reviewer, by=by, private={"person": reviewer.person.public_id})
    reviewer.delete()
