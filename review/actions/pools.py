"""Keeping a pool: a reviewer's profile, a table taken in whole or not at all and undone, and reviewers of earlier calls."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from accounts.models import Organisation, Person
from kernel import audit
from kernel.actions import action, require
from kernel.clock import now
from kernel.files.models import StoredFile
from kernel.jobs import enqueue
from kernel.jobs.models import Job
from kernel.violations import RuleBroken, Violation, refuse_if
from program.enums import ImportedRow
from program.models import Call, Field
from review.actions.letters import behalf_fields
from review.actions.reviewers import add_reviewer, add_reviewer_by_email
from review.enums import Gender, ReviewerState
from review.models import PoolImport, Reviewer, ReviewerAbsence
from review.permissions import acts_from_letter, may_keep_pool, may_remove_from_pool
from review.pool_columns import PoolComparison
from review.profiles import PLAIN, profile_of, with_profile
from review.rules.profiles import profile_violations, searched_text

IMPORT_JOB, UNDO_JOB = "review.pool_import", "review.pool_undo"


def _write(reviewer: Reviewer, values: Mapping[str, Any]) -> None:
    """Write a whole profile that was checked."""
    for name in (*PLAIN, "keywords", "languages", "dois"):
        setattr(reviewer, name, values[name])
    reviewer.search_text = searched_text(values)
    reviewer.save()
    fields = Field.objects.filter(programme=reviewer.call.programme_id, code__in=values["fields"])
    reviewer.fields.set(fields)
    reviewer.absences.all().delete()
    ReviewerAbsence.objects.bulk_create(
        ReviewerAbsence(
            reviewer=reviewer, from_day=dt.date.fromisoformat(first), to_day=dt.date.fromisoformat(last)
        )
        for first, last in values["absences"]
    )


def _locked(reviewer: Reviewer, by: Any) -> Reviewer:
    found = with_profile(
        Reviewer.objects.select_for_update(of=("self",)).select_related("call__programme", "agency", "person")
    ).get(pk=reviewer.pk)
    require(may_keep_pool(by, found.call, found.agency))
    made: Reviewer = found
    return made


@action
def change_reviewer(*, reviewer: Reviewer, by: Any, values: Mapping[str, Any]) -> Reviewer:
    """Write a reviewer's profile (`profiles.PROFILE`, all of it).

    Raises:
        NotAllowed: `by` does not keep this pool.
        RuleBroken: as `profile_violations`; `field_not_of_programme`.
    """
    reviewer = _locked(reviewer, by)
    known = set(
        Field.objects.filter(programme=reviewer.call.programme_id, code__in=values["fields"]).values_list(
            "code", flat=True
        )
    )
    strange = [code for code in values["fields"] if code not in known]
    refuse_if(
        *profile_violations(values),
        Violation("gender_not_known", "gender") if values["gender"] not in list(Gender) else None,
        Violation("field_not_of_programme", "fields", {"value": strange[0][:40]}) if strange else None,
    )
    before = profile_of(reviewer)
    _write(reviewer, values)
    changed = sorted(name for name, value in values.items() if before.get(name) != value)
    audit.record("changed", reviewer, by=by, details={"fields": changed})
    return reviewer


@action
def request_import(
    *,
    call: Call,
    agency: Organisation,
    stored: StoredFile,
    seen: str,
    by: Any,
    letter: StoredFile | None = None,
    letter_dated: dt.date | None = None,
) -> Job:
    """Have what was seen taken in, in the background: `seen` is the digest of the comparison.

    Raises:
        NotAllowed: `by` does not keep this pool, or has not put the file (or the letter) away.
        RuleBroken: for an agency that does not sign in, `letter_missing`, `letter_date_missing`, `letter_dated_ahead`.
    """
    require(may_keep_pool(by, call, agency) and stored.uploaded_by_id == by.pk)
    behalf = _behalf(call, agency, by, letter, letter_dated)
    payload = {
        "call": call.public_id,
        "agency": agency.public_id,
        "file": stored.public_id,
        "name": stored.name,
    }
    if behalf and letter is not None and letter_dated is not None:
        payload |= {"letter": letter.public_id, "letter_dated": letter_dated.isoformat()}
    job: Job = enqueue(IMPORT_JOB, {**payload, "seen": seen}, by=by)
    return job


def _behalf(
    call: Call, agency: Organisation, by: Any, letter: StoredFile | None, dated: dt.date | None
) -> dict[str, Any]:
    """The letter on which a table of an agency rests that does not sign in; nothing for any other."""
    if not acts_from_letter(by, call, agency):
        return {}
    behalf_fields(call, by, letter, dated)
    return {"letter": letter, "letter_dated": dated}


@action
def import_pool(
    *,
    call: Call,
    agency: Organisation,
    stored: StoredFile,
    found: PoolComparison,
    by: Any,
    letter: StoredFile | None = None,
    letter_dated: dt.date | None = None,
) -> PoolImport:
    """Take in all that a comparison names, or nothing. For an agency that does not sign in, whoever is new is named by its letter,
    and given nothing before a second officer has confirmed that.

    Raises:
        NotAllowed: `by` does not keep this pool, or has not put the file away.
        RuleBroken: `pool_import_has_errors`; as `add_reviewer`.
    """
    call = Call.objects.select_for_update(of=("self",)).select_related("programme").get(pk=call.pk)
    require(may_keep_pool(by, call, agency) and stored.uploaded_by_id == by.pk)
    behalf = _behalf(call, agency, by, letter, letter_dated)
    refuse_if(Violation("pool_import_has_errors") if found.of(ImportedRow.WRONG) else None)
    run = PoolImport(call=call, agency=agency, file=stored, by=by, **behalf)
    for row in found.of(ImportedRow.NEW):
        reviewer = add_reviewer_by_email(
            call=call, agency=agency, email=row.email, by=by, names=row.names, **behalf
        )
        _set_orcid(reviewer.person, row.orcid)
        _write(reviewer, row.values)
        run.made.append(reviewer.public_id)
    for row in found.of(ImportedRow.CHANGED):
        reviewer = with_profile(
            Reviewer.objects.select_for_update(of=("self",)).select_related("call", "person")
        ).get(pk=row.reviewer_id)
        refuse_if(Violation("pool_import_stale") if profile_of(reviewer) != row.before else None)
        _set_orcid(reviewer.person, row.orcid)
        _write(reviewer, row.values)
        run.changed[reviewer.public_id] = {"before": row.before, "after": row.values}
    run.save()
    audit.record(
        "imported",
        run,
        by=by,
        details={
            "call": call.public_id,
            "agency": agency.public_id,
            "sha256": stored.sha256,
            "made": len(run.made),
            "changed": len(run.changed),
            **({"letter_sha256": run.letter.sha256} if run.letter else {}),
        },
        private={"file": stored.name},
        acting_for=agency.public_id if behalf else "",
    )
    return run


def _set_orcid(person: Person, orcid: str) -> None:
    """A number that was not known; one that is known is the person's own to change."""
    if orcid and not person.orcid:
        person.orcid = orcid
        person.save(update_fields=["orcid"])


@action
def request_undo(*, run: PoolImport, by: Any) -> Job:
    """Have an import taken back in the background.

    Raises:
        NotAllowed, RuleBroken: as `undo_import`, which looks again; what rests on the import is looked for there alone.
    """
    require(may_remove_from_pool(by, run.call, run.agency))
    refuse_if(Violation("pool_import_undone") if run.undone_at else None)
    payload = {"run": run.public_id, "call": run.call.public_id, "name": run.file.name}
    job: Job = enqueue(UNDO_JOB, payload, by=by)
    return job


@action
def undo_import(*, run: PoolImport, by: Any) -> PoolImport:
    """Take back what an import made and changed, as long as nothing rests on it.

    Raises:
        NotAllowed: `by` does not keep this pool, or has a conflict in the call: a refusal would tell who reviews what.
        RuleBroken: `pool_import_undone`, `pool_import_used` with the names: somebody was asked, was given something, or was
            changed since.
    """
    run = (
        PoolImport.objects.select_for_update(of=("self",))
        .select_related("call__programme", "agency")
        .get(pk=run.pk)
    )
    require(may_remove_from_pool(by, run.call, run.agency))
    refuse_if(Violation("pool_import_undone") if run.undone_at else None)
    keys = [*run.made, *run.changed]
    reviewers = {
        one.public_id: one
        for one in with_profile(
            Reviewer.objects.select_for_update(of=("self",))
            .select_related("person", "call")
            .filter(public_id__in=keys)
        ).order_by("pk")
    }
    used = [
        one.person.name
        for key, one in reviewers.items()
        if (key in run.made and _is_used(one))
        or (key in run.changed and profile_of(one) != run.changed[key]["after"])
    ]
    if used:
        raise RuleBroken(Violation("pool_import_used", "", {"names": ", ".join(used[:10])}))
    for key, one in reviewers.items():
        if key in run.made:
            one.delete()
        else:
            _write(one, run.changed[key]["before"])
    run.undone_at = now()
    run.save(update_fields=["undone_at"])
    audit.record("import_undone", run, by=by, details={"made": len(run.made), "changed": len(run.changed)})
    return run


def _is_used(reviewer: Reviewer) -> bool:
    return (
        reviewer.state != ReviewerState.NAMED or reviewer.assignments.exists() or reviewer.verdicts.exists()
    )


@action
def take_over(*, former: Reviewer, call: Call, by: Any) -> Reviewer:
    """Put somebody of an earlier call's pool into this call's, with the profile that they had then, without days away.

    Raises:
        NotAllowed: `by` does not keep that agency's pool in both calls.
        RuleBroken: as `add_reviewer`.
    """
    former = with_profile(Reviewer.objects.select_related("call", "agency", "person")).get(pk=former.pk)
    require(may_keep_pool(by, former.call, former.agency) and may_keep_pool(by, call, former.agency))
    made = add_reviewer(call=call, agency=former.agency, person=former.person, by=by)
    _write(made, {**profile_of(former), "absences": []})
    return made
