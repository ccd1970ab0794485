"""The decision on a designation, signed by two officers of the ministry, and what comes after it.

Days of validity are included, both of them. What is suspended, lifted or withdrawn is so from a day on that has come:
nothing here takes effect by itself later.
"""

import datetime as dt

from accounts.models import User
from kernel import audit
from kernel.actions import action, require
from kernel.clock import day_of, now, today
from kernel.languages import localized
from kernel.text import is_blank_text
from kernel.transitions import apply_transition
from kernel.violations import Violation, refuse_if
from program.actions.constraints import constraints_speak
from program.actions.designations import locked_designation
from program.actions.versions import keep_version
from program.enums import DesignationEventKind as Kind
from program.enums import DesignationState as State
from program.enums import VersionOccasion
from program.models import Designation, DesignationEvent, Field
from program.overlaps import overlaps_of
from program.permissions import may_decide_designation, may_keep_programme
from program.rules.standing import DECIDED
from program.signing import first_signatories, may_sign_first, people_named


@action
def sign_designation(
    *, designation: Designation, by: User, valid_from: dt.date, valid_until: dt.date | None = None
) -> Designation:
    """Sign the decision as the first of two: in force from one day to another, once another officer has signed too.

    Raises:
        RuleBroken: `transition_not_allowed`, `ends_before_it_starts`, `designation_overlaps`,
            `designation_overlaps_open`, `designation_overlaps_member`, `designation_overlaps_member_open`,
            `country_ended_before`; `signature_leaves_nobody`, `signature_without_second`: nobody could sign second.
    """
    designation = _with_its_field(designation, by)
    _refuse_dead_end(designation, by)
    refuse_if(
        Violation("ends_before_it_starts", "valid_until")
        if valid_until is not None and valid_until < valid_from
        else None,
    )
    _refuse_ended(designation, valid_until)
    _refuse_overlap(designation, valid_from, valid_until)
    designation.valid_from, designation.valid_until = valid_from, valid_until
    designation.signed_by, designation.signed_at = by, now()
    with constraints_speak():
        designation.save(update_fields=["valid_from", "valid_until", "signed_by", "signed_at"])
    apply_transition(designation, "sign", by=by, details=_days(designation))
    return designation


@action
def decide_designation(*, designation: Designation, by: User) -> Designation:
    """Sign the decision as the second of two: another officer than the first, and than the proposer. It is taken.

    The dossier as it stands is kept as a version. A designation without an end that this one renews ends the day before.

    Raises:
        RuleBroken: `designation_needs_two_officers`, `transition_not_allowed`, `designation_overlaps`,
            `designation_overlaps_open`, `designation_overlaps_member`, `designation_overlaps_member_open`.
    """
    designation = _with_its_field(designation, by)
    refuse_if(
        None if designation.state == State.SIGNED else Violation("transition_not_allowed"),
        None if may_decide_designation(by, designation) else Violation("designation_needs_two_officers"),
    )
    assert designation.valid_from is not None  # whoever signed first has set it
    _refuse_overlap(designation, designation.valid_from, designation.valid_until)
    _end_what_is_renewed(designation, by)
    designation.decided_by, designation.decided_at = by, now()
    with constraints_speak():
        designation.save(update_fields=["decided_by", "decided_at"])
        version = keep_version(designation=designation, by=by, occasion=VersionOccasion.DECIDED)
        apply_transition(
            designation,
            "decide",
            by=by,
            details={**_days(designation), "balance": version.content["balance"]["arithmetic"]},
        )
    return designation


def _with_its_field(designation: Designation, by: User) -> Designation:
    """The designation, locked together with its field: two decisions on one field wait for each other."""
    Field.objects.select_for_update().get(pk=designation.field_id)
    locked = locked_designation(designation)
    require(may_keep_programme(by, locked.programme))
    return locked


def _refuse_dead_end(designation: Designation, by: User) -> None:
    """A first signature that nobody could follow is refused, with who may sign instead."""
    if designation.state != State.REVIEWED or may_sign_first(by, designation):
        return
    names = people_named(first_signatories(designation))
    refuse_if(
        Violation("signature_leaves_nobody", params={"names": names})
        if names
        else Violation("signature_without_second")
    )


def _days(designation: Designation) -> dict[str, str | None]:
    return {
        "valid_from": designation.valid_from.isoformat() if designation.valid_from else None,
        "valid_until": designation.valid_until.isoformat() if designation.valid_until else None,
    }


def _refuse_ended(designation: Designation, last: dt.date | None) -> None:
    """A country that has ended since the dossier was begun is designated until its end at most."""
    country = designation.country
    ended = country.ended_on if country else None
    refuse_if(
        Violation("country_ended_before", "valid_until", {"name": localized(country, "name"), "day": ended})
        if ended and (last is None or last > ended)
        else None
    )


def _refuse_overlap(designation: Designation, first: dt.date, last: dt.date | None) -> None:
    """One field and country is designated once at a time, by itself or in a group."""
    refuse_if(*(found.violation() for found in overlaps_of(designation, first, last)))


def _end_what_is_renewed(designation: Designation, by: User) -> None:
    if designation.renews_id is None or designation.valid_from is None:
        return
    before = locked_designation(Designation(pk=designation.renews_id))
    if before.valid_until is not None or before.state not in DECIDED:
        return
    before.valid_until = designation.valid_from - dt.timedelta(days=1)
    before.save(update_fields=["valid_until"])
    DesignationEvent.objects.create(designation=before, kind=Kind.ENDED, on=before.valid_until, by=by)
    audit.record("ended_by_renewal", before, by=by, details={**_days(before), "by": designation.public_id})


def _turn(
    designation: Designation, step: str, kind: Kind, *, by: User, reason: str, on: dt.date | None
) -> Designation:
    designation = locked_designation(designation)
    require(may_keep_programme(by, designation.programme))
    day = on or today()
    last = designation.events.exclude(kind=Kind.ENDED).order_by("-on").first()
    refuse_if(
        Violation("reason_missing", "reason") if is_blank_text(reason) else None,
        Violation("effective_later", "on") if day > today() else None,
        _too_early(designation, day),
        Violation("effective_before_last", "on", {"day": last.on}) if last and day < last.on else None,
    )
    apply_transition(designation, step, by=by, reason=reason, details={"on": day.isoformat()})
    DesignationEvent.objects.create(designation=designation, kind=kind, on=day, reason=reason, by=by)
    return designation


def _too_early(designation: Designation, day: dt.date) -> Violation | None:
    """What was decided takes effect on its first day of validity at the earliest; from the decision on it can be suspended
    or withdrawn before that day comes, and then it does not come into force."""
    if designation.valid_from is None or designation.decided_at is None:
        return None
    decided_on = day_of(designation.decided_at)
    if designation.valid_from <= decided_on:
        before_valid = Violation("effective_before_valid", "on", {"day": designation.valid_from})
        return before_valid if day < designation.valid_from else None
    return Violation("effective_before_decision", "on", {"day": decided_on}) if day < decided_on else None


@action
def suspend_designation(
    *, designation: Designation, by: User, reason: str, on: dt.date | None = None
) -> Designation:
    """Let a designation rest from a day on, today unless told: no call opens on it meanwhile; those open go on.

    Raises:
        RuleBroken: `transition_not_allowed`, `reason_missing`, `effective_later`, `effective_before_valid`,
            `effective_before_decision`, `effective_before_last`.
    """
    return _turn(designation, "suspend", Kind.SUSPENDED, by=by, reason=reason, on=on)


@action
def resume_designation(
    *, designation: Designation, by: User, reason: str, on: dt.date | None = None
) -> Designation:
    """Put a suspended designation in force again from a day on.

    Raises:
        RuleBroken: as `suspend_designation`.
    """
    return _turn(designation, "resume", Kind.RESUMED, by=by, reason=reason, on=on)


@action
def withdraw_designation(
    *, designation: Designation, by: User, reason: str, on: dt.date | None = None
) -> Designation:
    """Take a designation back for good, from a day on.

    Raises:
        RuleBroken: as `suspend_designation`.
    """
    withdrawn = _turn(designation, "withdraw", Kind.WITHDRAWN, by=by, reason=reason, on=on)
    if withdrawn.decided_at is None:
        # Days that one officer had signed for never came to be.
        withdrawn.valid_from = withdrawn.valid_until = None
        withdrawn.save(update_fields=["valid_from", "valid_until"])
    return withdrawn
