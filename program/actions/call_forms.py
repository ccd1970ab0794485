"""A call's form and criteria: versions, of which a frozen one is never touched."""

from collections.abc import Mapping, Sequence
from typing import Any

from accounts.models import User
from kernel import audit
from kernel.actions import action, require
from kernel.clock import now
from kernel.violations import RuleBroken, Violation, refuse_if
from program.actions.constraints import constraints_speak
from program.enums import CallState
from program.models import Call, Criterion, FormSection, FormVersion
from program.permissions import may_change_call
from program.queries import CRITERION_FIELDS, SECTION_FIELDS, form_as_plain, latest_form
from program.rules.default_form import CRITERIA, SECTIONS
from program.rules.form import form_violations


@action
def set_form(
    *,
    call: Call,
    by: User,
    sections: Sequence[Mapping[str, Any]] | None = None,
    criteria: Sequence[Mapping[str, Any]] | None = None,
) -> FormVersion:
    """Set the sections and criteria of a call; what is not given stays, or is the default where there is no form yet.

    While the call is prepared, its one version is rewritten. Once it is open, a new version is made and frozen at
    once; proposals already begun keep theirs. After the deadline the form is fixed.

    Raises:
        RuleBroken: `form_fixed`, or what `program.rules.form.form_violations` finds.
    """
    call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    require(may_change_call(by, call))
    refuse_if(None if call.state in (CallState.DRAFT, CallState.OPEN) else Violation("form_fixed"))
    latest = latest_form(call)
    kept = form_as_plain(latest) if latest else (list(SECTIONS), list(CRITERIA))
    new_sections = kept[0] if sections is None else list(sections)
    new_criteria = kept[1] if criteria is None else list(criteria)
    violations = form_violations(new_sections, new_criteria)
    if violations:
        raise RuleBroken(violations)
    if latest is None or latest.frozen_at is not None:
        version = FormVersion.objects.create(
            call=call,
            number=latest.number + 1 if latest else 1,
            frozen_at=None if call.state == CallState.DRAFT else now(),
        )
    else:
        version = latest
        version.sections.all().delete()
        version.criteria.all().delete()
    with constraints_speak():
        FormSection.objects.bulk_create(
            FormSection(version=version, position=position, **_only(section, SECTION_FIELDS))
            for position, section in enumerate(new_sections, 1)
        )
        Criterion.objects.bulk_create(
            Criterion(version=version, position=position, **_only(criterion, CRITERION_FIELDS))
            for position, criterion in enumerate(new_criteria, 1)
        )
    audit.record(
        "set",
        version,
        by=by,
        details={
            "number": version.number,
            "sections": [[section["key"], section.get("limit")] for section in new_sections],
            "criteria": [[criterion["aspect"], criterion.get("weight")] for criterion in new_criteria],
        },
    )
    return FormVersion.objects.get(pk=version.pk)


def _only(values: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: values[name] for name in names if name in values}
