"""The dossier of a designation, while it is being prepared: evidence and policy documents."""

import datetime as dt
from decimal import Decimal
from typing import Any

from accounts.models import User
from kernel import audit
from kernel.actions import action, require
from kernel.clock import today
from kernel.revisions import refuse_stale
from kernel.violations import RuleBroken, Violation, refuse_if
from program.actions.constraints import constraints_speak
from program.enums import DesignationState
from program.models import Designation, EvidenceItem, PolicyDocument
from program.permissions import may_keep_programme
from program.rules.dossier import EVIDENCE_FIELDS, evidence_violations, year_violation


def designation_in_preparation(designation: Designation, officer: User) -> Designation:
    """The designation, locked, if `officer` may work on its dossier and it is still a draft."""
    locked = (
        Designation.objects.select_for_update(of=("self",)).select_related("programme").get(pk=designation.pk)
    )
    require(may_keep_programme(officer, locked.programme))
    refuse_if(None if locked.state == DesignationState.DRAFT else Violation("dossier_fixed"))
    return locked


def _as_plain(item: EvidenceItem) -> dict[str, Any]:
    """All that makes up the item; of its value the digits, however many the database has put behind it."""
    return {
        name: f"{value.normalize():f}" if isinstance(value := getattr(item, name), Decimal) else str(value)
        for name in EVIDENCE_FIELDS
    }


def _refuse_bad(item: EvidenceItem) -> None:
    broken = evidence_violations(
        kind=item.kind,
        measure=item.measure_ja,
        unit=item.unit_ja,
        source=item.source_ja,
        score=item.score,
        reason=item.reason_ja,
        weight=item.weight,
    )
    ahead = year_violation(item.year, today().year)
    if broken or ahead:
        raise RuleBroken([*broken, *([ahead] if ahead else [])])


@action
def add_evidence(
    *,
    designation: Designation,
    by: User,
    kind: str,
    measure_ja: str,
    value: Decimal,
    unit_ja: str,
    year: int,
    source_ja: str,
    score: int,
    reason_ja: str,
    weight: int = 1,
    source_url: str = "",
    measure_en: str = "",
    unit_en: str = "",
    source_en: str = "",
    reason_en: str = "",
) -> EvidenceItem:
    """Add a measured benefit or loss, its signed score (−2 to +2), the reason for the score, and its weight (0 or more).

    Raises:
        RuleBroken: `dossier_fixed`, `evidence_year_ahead`, and what `evidence_violations` finds.
    """
    designation = designation_in_preparation(designation, by)
    item = EvidenceItem(
        designation=designation,
        kind=kind,
        measure_ja=measure_ja,
        measure_en=measure_en,
        value=value,
        unit_ja=unit_ja,
        unit_en=unit_en,
        year=year,
        source_ja=source_ja,
        source_en=source_en,
        source_url=source_url,
        score=score,
        reason_ja=reason_ja,
        reason_en=reason_en,
        weight=weight,
        added_by=by,
    )
    _refuse_bad(item)
    with constraints_speak():
        item.save()
    audit.record("evidence_added", item, by=by, details=_as_plain(item))
    return item


@action
def change_evidence(*, item: EvidenceItem, by: User, seen: str = "", **values: Any) -> EvidenceItem:
    """Change an evidence item of a draft; `values` are any of `EVIDENCE_FIELDS`.

    Raises:
        RuleBroken: as `add_evidence`; `stale_version` if the item was changed since `seen`.
    """
    designation_in_preparation(item.designation, by)
    item = EvidenceItem.objects.select_for_update().get(pk=item.pk)
    refuse_stale(item, seen, writer=by, verb="evidence_changed", subject=item)
    before = _as_plain(item)
    for name in EVIDENCE_FIELDS:
        if name in values:
            setattr(item, name, values[name])
    _refuse_bad(item)
    with constraints_speak():
        item.save()
    audit.record("evidence_changed", item, by=by, details={"before": before, "after": _as_plain(item)})
    return item


@action
def remove_evidence(*, item: EvidenceItem, by: User) -> None:
    """Take an evidence item out of a draft.

    Raises:
        RuleBroken: `dossier_fixed`.
    """
    designation = designation_in_preparation(item.designation, by)
    item = EvidenceItem.objects.select_for_update().get(pk=item.pk)
    audit.record("evidence_removed", designation, by=by, details={"item": item.public_id, **_as_plain(item)})
    item.delete()


@action
def add_policy(
    *,
    designation: Designation,
    by: User,
    title_ja: str,
    title_en: str = "",
    decided_on: dt.date | None = None,
    url: str = "",
) -> PolicyDocument:
    """Name a policy document (上位施策) on which the designation rests.

    Raises:
        RuleBroken: `dossier_fixed`.
    """
    designation = designation_in_preparation(designation, by)
    policy = PolicyDocument.objects.create(
        designation=designation, title_ja=title_ja, title_en=title_en, decided_on=decided_on, url=url
    )
    audit.record("policy_added", designation, by=by, details={"title": title_ja})
    return policy


@action
def remove_policy(*, policy: PolicyDocument, by: User) -> None:
    """Take a policy document out of a draft.

    Raises:
        RuleBroken: `dossier_fixed`.
    """
    designation = designation_in_preparation(policy.designation, by)
    audit.record("policy_removed", designation, by=by, details={"title": policy.title_ja})
    policy.delete()
