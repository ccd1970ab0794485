"""Reads of a call's form: its versions, and their parts as plain values."""

from typing import Any

from django.db.models import QuerySet

from kernel.languages import localized
from program.models import Call, FormVersion

FIELD_FIELDS = (
    "key",
    "kind",
    "title_ja",
    "title_en",
    "help_ja",
    "help_en",
    "is_required",
    "limit",
    "unit",
    "lowest",
    "highest",
    "measure_ja",
    "measure_en",
    "options",
)
# Bounds that came later than agreements to forms: one that was not set is not mentioned, so that what was agreed to stays so.
LATER_OF_FIELD = ("file_kinds", "most_megabytes", "most_pages")
SECTION_FIELDS = ("key", "kind", "title_ja", "title_en", "help_ja", "help_en", "limit", "unit", "is_required")
CRITERION_FIELDS = (
    "aspect",
    "title_ja",
    "title_en",
    "help_ja",
    "help_en",
    "weight",
    "lowest",
    "highest",
    "direction",
    "anchors",
)
Plain = dict[str, Any]


def with_parts(versions: QuerySet[FormVersion]) -> QuerySet[FormVersion]:
    """With the sections, their fields and the criteria."""
    return versions.prefetch_related("sections__fields", "criteria")


def latest_form(call: Call) -> FormVersion | None:
    """The newest version of the call's form, which may be one that is still being changed."""
    return with_parts(call.form_versions.order_by("-number")).first()


def current_form(call: Call) -> FormVersion | None:
    """The version that applicants meet: the newest frozen one; before the opening the newest."""
    return with_parts(
        call.form_versions.filter(frozen_at__isnull=False).order_by("-number")
    ).first() or latest_form(call)


def pending_form(call: Call) -> FormVersion | None:
    """The version that is being changed, beside the one that applicants meet; None where there is none."""
    latest = latest_form(call)
    return latest if latest and latest.frozen_at is None else None


def form_as_plain(version: FormVersion) -> tuple[list[Plain], list[Plain]]:
    """A form's sections (each with its `fields`) and criteria in their order, as the action `set_form` takes them."""
    sections = [
        {
            **{name: getattr(section, name) for name in SECTION_FIELDS},
            "fields": [
                {
                    **{name: getattr(field, name) for name in FIELD_FIELDS},
                    **{name: value for name in LATER_OF_FIELD if (value := getattr(field, name))},
                }
                for field in section.fields.all()
            ],
        }
        for section in version.sections.all()
    ]
    criteria = [
        {name: getattr(criterion, name) for name in CRITERION_FIELDS} for criterion in version.criteria.all()
    ]
    return sections, criteria


def form_with_names(version: FormVersion) -> tuple[list[Plain], list[Plain]]:
    """As `form_as_plain`, each part with its `name` in the reader's language."""

    def named(part: Plain, source: Any) -> Plain:
        return {**part, "name": localized(source, "title")}

    sections, criteria = form_as_plain(version)
    for section, source in zip(sections, version.sections.all(), strict=True):
        section["fields"] = [
            named(field, own) for field, own in zip(section["fields"], source.fields.all(), strict=True)
        ]
    return (
        [named(part, source) for part, source in zip(sections, version.sections.all(), strict=True)],
        [named(part, source) for part, source in zip(criteria, version.criteria.all(), strict=True)],
    )
