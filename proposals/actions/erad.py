"""How an agency's tables for e-Rad are laid out, and reading e-Rad's answers back onto proposals: all of a table, or nothing."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from accounts.models import Organisation
from kernel import audit
from kernel.actions import action, require
from kernel.clock import now
from kernel.files.models import StoredFile
from kernel.violations import RuleBroken, Violation, refuse_if, stale
from program.enums import ImportedRow
from program.models import Call
from program.permissions import is_lead_officer, may_lead_call
from proposals.enums import EradDates, EradEncoding, EradTable, EradUnit
from proposals.erad import Answers, record_of
from proposals.models import EradChange, EradMapping, EradRecord, EradRun
from proposals.rules.erad import layout_violations


@action
def save_mapping(
    *,
    agency: Organisation,
    table: EradTable,
    columns: Sequence[tuple[str, str]],
    encoding: EradEncoding,
    dates: EradDates,
    unit: EradUnit,
    key: str = "",
    version: int,
    by: Any,
) -> EradMapping:
    """Lay out a table of the agency: (field, heading) in the order of its columns. `version` is the one that the officer had
    before them; 0 where there was none.

    Raises:
        NotAllowed: `by` is no programme officer of that agency, or it is no Japanese one.
        RuleBroken: `stale_version`, and what `layout_violations` finds.
    """
    require(may_lead_call(by, agency))
    Organisation.objects.select_for_update().get(pk=agency.pk)
    columns = [(name, heading.strip()) for name, heading in columns]
    broken = layout_violations(table, columns, key)
    if broken:
        raise RuleBroken(broken)
    mapping = EradMapping.objects.filter(agency=agency, table=str(table)).first()
    if mapping is not None and mapping.version != version:
        raise RuleBroken(stale(by=by, editor_id=mapping.changed_by_id))
    mapping = mapping or EradMapping(agency=agency, table=str(table), version=0)
    before = {"columns": mapping.columns, "encoding": str(mapping.encoding)}
    mapping.columns = [{"field": name, "heading": heading} for name, heading in columns]
    mapping.encoding, mapping.dates, mapping.unit = str(encoding), str(dates), str(unit)
    mapping.key = key if table is EradTable.ANSWERS else ""
    mapping.version += 1
    mapping.changed_by, mapping.changed_at = by, now()
    mapping.save()
    after = {"columns": mapping.columns, "encoding": mapping.encoding}
    audit.record(
        "erad_mapped",
        mapping,
        by=by,
        details={"table": str(table), "before": before, "after": after},
        acting_for=agency.public_id,
    )
    return mapping


@action
def read_answers(*, call: Call, answers: Answers, stored: StoredFile, by: Any) -> EradRun:
    """Keep what a table from e-Rad says of proposals, with what it said before.

    Raises:
        NotAllowed: `by` is no programme officer of the agency that runs the call, or the file is somebody else's.
        RuleBroken: `intake_has_errors`; `intake_stale` if a record has changed since the comparison.
    """
    call = Call.objects.select_for_update(of=("self",)).select_related("lead_agency").get(pk=call.pk)
    require(is_lead_officer(by, call) and stored.uploaded_by_id == by.pk)
    refuse_if(Violation("intake_has_errors") if answers.of(ImportedRow.WRONG) else None)
    changing = [row for row in answers.of(ImportedRow.NEW, ImportedRow.CHANGED) if row.proposal]
    keys = [row.proposal.pk for row in changing if row.proposal]
    standing = {
        one.proposal_id: one for one in EradRecord.objects.select_for_update().filter(proposal__in=keys)
    }
    run = EradRun.objects.create(agency=call.lead_agency, file=stored, by=by, at=now())
    new: list[EradRecord] = []
    changed: list[EradRecord] = []
    kept: list[EradChange] = []
    told: list[tuple[Any, dict[str, Any], dict[str, Any]]] = []
    for row in changing:
        assert row.proposal is not None  # of rows that change something
        record = standing.get(row.proposal.pk)
        refuse_if(Violation("intake_stale") if record_of(record) != row.before else None)
        (changed if record else new).append(_filled(record or EradRecord(proposal=row.proposal), row.after))
        before = {name: value for name, value, _after in row.changes}
        after = {name: value for name, _before, value in row.changes}
        kept.append(EradChange(run=run, proposal=row.proposal, number=row.number, before=before, after=after))
        told.append((row.proposal, {"run": run.public_id, "before": before, "after": after}, {}))
    EradRecord.objects.bulk_create(new, batch_size=500)
    EradRecord.objects.bulk_update(changed, FIELDS, batch_size=200)
    EradChange.objects.bulk_create(kept, batch_size=500)
    audit.record_all("erad_read", told, by=by)
    audit.record(
        "erad_read",
        run,
        by=by,
        details={"call": call.public_id, "sha256": stored.sha256, "changed": len(kept)},
        private={"file": stored.name},
        acting_for=call.lead_agency.public_id,
    )
    return run


FIELDS = ("application_number", "project_id", "approval", "approved_on", "status", "changed_at")


def _filled(record: EradRecord, values: dict[str, str]) -> EradRecord:
    record.application_number, record.project_id = values["application_number"], values["project_id"]
    record.approval, record.status = values["approval"], values["status"]
    day = values["approved_on"]
    record.approved_on = dt.date.fromisoformat(day) if day else None
    record.changed_at = now()
    return record
