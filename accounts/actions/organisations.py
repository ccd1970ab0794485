"""Research institutions that the portal works with: made known, changed, and two records of one institution merged."""

from typing import Any

from django.apps import apps
from django.db import IntegrityError, transaction

from accounts.actions.people import register_organisation
from accounts.enums import OrganisationKind
from accounts.models import Organisation, OrganisationMerge, User
from accounts.permissions import may_keep_institutions
from accounts.queries import Reference, references_of
from kernel import audit
from kernel.actions import action, require
from kernel.clock import now
from kernel.text import hidden_violation, is_blank_text
from kernel.violations import Violation, refuse_if

# What the kept record takes from the merged one where it has nothing itself.
FILLED_IN = ("name_ja", "name_en", "ror_id", "erad_code")
# A statement may name so many rows on every database.
MOST_KEYS = 10_000
CALLED = ("name_ja", "name_en", "short_name")
FACTS = ("name_ja", "name_en", "short_name", "country_code", "ror_id", "erad_code")


@action
def add_institution(*, by: User, short_name: str, country_code: str, **fields: Any) -> Organisation:
    """Make a research institution known; `fields` are `name_ja`, `name_en`, `ror_id` (None for none), `erad_code`.

    Raises:
        RuleBroken: `organisation_without_name`, `organisation_ror_taken`.
    """
    require(may_keep_institutions(by))
    _refuse_bad(None, fields | {"short_name": short_name})
    return register_organisation(
        kind=OrganisationKind.RESEARCH_INSTITUTION,
        short_name=short_name,
        country_code=country_code,
        by=by,
        **fields,
    )


@action
def change_institution(*, organisation: Organisation, by: User, **fields: Any) -> Organisation:
    """Change what is known of a research institution; `fields` are any of `FACTS`.

    Raises:
        RuleBroken: as `add_institution`; `merge_already_merged`.
    """
    require(may_keep_institutions(by))
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    require(organisation.kind == OrganisationKind.RESEARCH_INSTITUTION)
    refuse_if(Violation("merge_already_merged") if organisation.merged_into_id else None)
    before = {name: getattr(organisation, name) for name in FACTS}
    _refuse_bad(organisation, before | fields)
    if before == before | fields:
        return organisation  # what stands there already leaves no second entry in its history
    for name in FACTS:
        setattr(organisation, name, fields.get(name, before[name]))
    organisation.save()
    audit.record(
        "changed", organisation, by=by, details={"before": before, "after": _facts(organisation, FACTS)}
    )
    return organisation


def _refuse_bad(organisation: Organisation | None, facts: dict[str, Any]) -> None:
    taken = None
    if ror_id := facts.get("ror_id"):
        others = Organisation.objects.filter(ror_id=ror_id)
        taken = (others.exclude(pk=organisation.pk) if organisation else others).first()
    refuse_if(
        None
        # Of an id that another has, the names stand there already: what is wrong is the id alone.
        if taken or (facts.get("name_ja") or "").strip() or (facts.get("name_en") or "").strip()
        else Violation("organisation_without_name", "name_ja"),
        Violation("organisation_ror_taken", "ror_id", {"name": taken.short_name}) if taken else None,
        *(hidden_violation(facts.get(name) or "", name) for name in CALLED),
    )


def merge_violations(kept: Organisation, merged: Organisation) -> list[Violation]:
    """Why the two cannot be merged; none where they can."""
    found = []
    if kept.pk == merged.pk:
        found.append(Violation("merge_of_one", "merged"))
    if {kept.kind, merged.kind} != {OrganisationKind.RESEARCH_INSTITUTION.value}:
        found.append(Violation("merge_not_of_institutions", "merged"))
    if kept.merged_into_id or merged.merged_into_id:
        found.append(Violation("merge_already_merged", "merged"))
    if kept.ror_id and merged.ror_id and kept.ror_id != merged.ror_id:
        ids = {"kept": kept.ror_id, "merged": merged.ror_id}
        found.append(Violation("merge_of_two_ror_ids", "merged", ids))
    return found


@action
def merge_institutions(
    *, kept: Organisation, merged: Organisation, by: User, reason: str
) -> OrganisationMerge:
    """Let everything that points to `merged` point to `kept`, which takes over what it lacks itself.

    Entries of a ledger are never changed: they stay with the record under which they were entered, which says what it became.
    A row that the kept one has already (a person's same role from the same day) stays where it is; whoever has a role at
    the merged one has it at the kept one (`accounts.permissions.organisation_ids`).

    Raises:
        RuleBroken: see `merge_violations`; `merge_reason_missing`.
    """
    require(may_keep_institutions(by))
    locked = {
        row.pk: row
        for row in Organisation.objects.select_for_update().filter(pk__in=[kept.pk, merged.pk]).order_by("pk")
    }
    kept, merged = locked[kept.pk], locked[merged.pk]
    refuse_if(
        *merge_violations(kept, merged),
        Violation("merge_reason_missing", "reason") if is_blank_text(reason) else None,
    )
    before = {"kept": _facts(kept, FILLED_IN), "merged": _facts(merged, FILLED_IN)}
    moved = {
        reference.name: _move(reference, merged, kept)
        for reference in references_of(merged)
        if not reference.is_append_only
    }
    merged.merged_into = kept
    taken = {name: getattr(merged, name) for name in FILLED_IN if not getattr(kept, name)}
    if "ror_id" in taken:
        merged.ror_id = None  # an id stands once
    merged.save()
    for name, value in taken.items():
        setattr(kept, name, value)
    kept.save()
    merge = OrganisationMerge.objects.create(
        kept=kept, merged=merged, reason=reason.strip(), moved=moved, before=before, by=by
    )
    counts = {name: len(keys) for name, keys in moved.items()}
    audit.record("merged", kept, by=by, details={"merged": merged.public_id, "moved": counts})
    return merge


@action
def undo_merge(*, merge: OrganisationMerge, by: User) -> OrganisationMerge:
    """Put everything back that was moved and that still points to the kept institution.

    What the kept one took over goes back too, unless it was changed since.

    Raises:
        RuleBroken: `merge_already_undone`, `merge_undo_out_of_order`.
    """
    require(may_keep_institutions(by))
    merge = OrganisationMerge.objects.select_for_update().get(pk=merge.pk)
    kept = Organisation.objects.select_for_update().get(pk=merge.kept_id)
    merged = Organisation.objects.select_for_update().get(pk=merge.merged_id)
    refuse_if(
        Violation("merge_already_undone") if merge.undone_at else None,
        Violation("merge_undo_out_of_order") if kept.merged_into_id else None,
    )
    for name, keys in merge.moved.items():
        label, _, column = name.rpartition(".")
        rows = apps.get_model(label)._default_manager.filter(**{column: kept})
        for part in range(0, len(keys), MOST_KEYS):
            rows.filter(pk__in=keys[part : part + MOST_KEYS]).update(**{column: merged})
    for name in FILLED_IN:
        was, gave = merge.before["kept"][name], merge.before["merged"][name]
        if not was and getattr(kept, name) == gave:
            setattr(kept, name, was)
    kept.save()
    for name in FILLED_IN:
        setattr(merged, name, merge.before["merged"][name])
    if merged.ror_id and merged.ror_id == kept.ror_id:
        merged.ror_id = None
    merged.merged_into = None
    merged.save()
    merge.undone_by, merge.undone_at = by, now()
    merge.save()
    audit.record("merge_undone", kept, by=by, details={"merged": merged.public_id})
    return merge


def _facts(organisation: Organisation, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(organisation, name) for name in names}


def _move(reference: Reference, merged: Organisation, kept: Organisation) -> list[int]:
    """The keys of the rows that could be moved; one that would stand twice stays."""
    moved: list[int] = []
    try:
        with transaction.atomic():
            for part in range(0, len(reference.keys), MOST_KEYS):
                keys = reference.keys[part : part + MOST_KEYS]
                reference.model._default_manager.filter(pk__in=keys).update(**{reference.column: kept})
        return reference.keys
    except IntegrityError:
        pass  # some stand twice: which, is found one by one
    for key in reference.keys:
        try:
            with transaction.atomic():
                reference.model._default_manager.filter(pk=key).update(**{reference.column: kept})
        except IntegrityError:
            continue
        moved.append(key)
    return moved
