"""A call's form and criteria: versions, of which a frozen one is never touched."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings

from accounts.models import User
from kernel import audit
from kernel.actions import action, require
from kernel.clock import now
from kernel.text import is_blank_text
from kernel.violations import RuleBroken, Violation, refuse_if
from program.actions.call_changes import announce_change
from program.actions.constraints import constraints_speak
from program.agreed import shown_form
from program.enums import CallState
from program.models import Call, Criterion, FormField, FormSection, FormVersion
from program.permissions import may_change_call
from program.rules.default_form import CRITERIA, SECTIONS
from program.rules.form import form_gaps, form_violations
from program.versions import (
    CRITERION_FIELDS,
    FIELD_FIELDS,
    LATER_OF_FIELD,
    SECTION_FIELDS,
    current_form,
    form_as_plain,
    form_with_names,
    latest_form,
)


@action
def set_form(
    *,
    call: Call,
    by: User,
    sections: Sequence[Mapping[str, Any]] | None = None,
    criteria: Sequence[Mapping[str, Any]] | None = None,
) -> FormVersion:
    """Set the sections (each with its `fields`) and criteria of a call; what is not given stays, or is the default where
    there is no form yet.

    A version that is being prepared is rewritten, unless a test has been begun on it. Beside a frozen one a new version
    is begun, which applicants meet once it is issued (`issue_form`). After the deadline the form is fixed.

    Raises:
        RuleBroken: `form_fixed`, or what `program.rules.form.form_violations` finds.
    """
    call = _lock(call, by)
    latest = latest_form(call)
    kept = form_as_plain(latest) if latest else (list(SECTIONS), list(CRITERIA))
    new_sections = kept[0] if sections is None else list(sections)
    new_criteria = kept[1] if criteria is None else list(criteria)
    violations = form_violations(new_sections, new_criteria)
    if violations:
        raise RuleBroken(violations)
    if latest is None or latest.frozen_at is not None or latest.trial_begun_at is not None:
        version = FormVersion.objects.create(call=call, number=latest.number + 1 if latest else 1)
    else:
        version = latest
        version.sections.all().delete()
        version.criteria.all().delete()
    with constraints_speak():
        _write(version, new_sections, new_criteria)
    audit.record(
        "set",
        version,
        by=by,
        details={
            "number": version.number,
            "sections": [
                [section["key"], section.get("limit"), [field["key"] for field in section.get("fields", ())]]
                for section in new_sections
            ],
            "criteria": [[criterion["aspect"], criterion.get("weight")] for criterion in new_criteria],
        },
    )
    return FormVersion.objects.get(pk=version.pk)


def _lock(call: Call, by: User) -> Call:
    call = Call.objects.select_for_update(of=("self",)).select_related("programme").get(pk=call.pk)
    require(may_change_call(by, call))
    refuse_if(None if call.state in (CallState.DRAFT, CallState.OPEN) else Violation("form_fixed"))
    return call


def _write(
    version: FormVersion, sections: Sequence[Mapping[str, Any]], criteria: Sequence[Mapping[str, Any]]
) -> None:
    made = FormSection.objects.bulk_create(
        FormSection(version=version, position=position, **_only(section, SECTION_FIELDS))
        for position, section in enumerate(sections, 1)
    )
    FormField.objects.bulk_create(
        FormField(section=owner, position=position, **_only(field, (*FIELD_FIELDS, *LATER_OF_FIELD)))
        for owner, section in zip(made, sections, strict=True)
        for position, field in enumerate(section.get("fields", ()), 1)
    )
    Criterion.objects.bulk_create(
        Criterion(version=version, position=position, **_only(criterion, CRITERION_FIELDS))
        for position, criterion in enumerate(criteria, 1)
    )


def _only(values: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: values[name] for name in names if name in values}


@action
def issue_form(
    *, call: Call, by: User, reason_ja: str, reason_en: str, shown: str | None = None
) -> FormVersion:
    """Freeze the version that was prepared beside the one that applicants meet, with the reason for the change. What is
    written keeps its own version.

    `shown` is the version as the page had it (`program.agreed.shown_form`); None where no page stands between.

    Raises:
        RuleBroken: `form_fixed`, `form_unchanged`, `form_changed_since_shown`, `reason_missing`, or what `program.rules.form.form_gaps` finds.
    """
    call = _lock(call, by)
    latest = latest_form(call)
    before = current_form(call)
    refuse_if(
        Violation("call_not_open_yet") if call.state != CallState.OPEN else None,
        Violation("form_unchanged")
        if latest is None
        or before is None
        or latest.frozen_at
        or form_as_plain(latest) == form_as_plain(before)
        else None,
        Violation("reason_missing", "reason_ja") if is_blank_text(reason_ja) else None,
        Violation("reason_missing", "reason_en") if is_blank_text(reason_en) else None,
    )
    assert latest is not None and before is not None
    refuse_if(
        Violation("form_changed_since_shown") if shown is not None and shown != shown_form(latest) else None
    )
    gaps = form_gaps(*form_with_names(latest), settings.DATA_LANGUAGES)
    if gaps:
        raise RuleBroken(gaps)
    latest.frozen_at, latest.reason_ja, latest.reason_en = now(), reason_ja.strip(), reason_en.strip()
    latest.save(update_fields=["frozen_at", "reason_ja", "reason_en"])
    # Whoever writes a proposal is told with its own title (proposals.actions.form_versions).
    announce_change(
        call=call,
        by=by,
        rows=[{"what": "form", "before": str(before.number), "after": str(latest.number)}],
        reason_ja=reason_ja,
        reason_en=reason_en,
        only_agencies=True,
    )
    audit.record("issued", latest, by=by, details={"number": latest.number})
    return latest


@action
def drop_form(*, call: Call, by: User) -> None:
    """Give up the version that was prepared beside a frozen one.

    Raises:
        RuleBroken: `form_fixed`, `form_unchanged`.
    """
    call = _lock(call, by)
    latest = latest_form(call)
    refuse_if(
        Violation("form_unchanged")
        if latest is None or latest.frozen_at or call.state != CallState.OPEN or latest.trial_begun_at
        else None
    )
    assert latest is not None
    audit.record("dropped", latest, by=by, details={"number": latest.number})
    latest.delete()
