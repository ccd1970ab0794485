"""A call as a PDF: what an applicant must know, the blank form, the criteria with their scales in words."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from kernel.choices import label_of_field
from kernel.clock import now
from kernel.documents.typeset import render_pdf
from kernel.languages import localized
from kernel.templatetags.kernel import day, fiscal_year, fiscal_year_short, plain_day, plain_instant
from program.calendar import CallDate, dates_of
from program.enums import FieldKind
from program.models import Call, FormField, FormSection, FormVersion
from program.queries import agencies_of, designation_name
from program.statement_words import statement_words
from program.versions import current_form
from program.wording import (
    bounds_in_words,
    cap_in_words,
    localized_option,
    steps_of,
    support_type_in_words,
)


def form_pdf(call: Call, *, language: str) -> bytes:
    """The PDF in `language` ("ja" or "en") of the newest version of the call's form.

    It bears the instant at which the form was frozen, or the call last changed after, so that it comes out the same
    whenever it is made.
    """
    version = current_form(call)
    with translation.override(language):
        return render_pdf("call", _sheet(call, version), language="ja" if language == "ja" else "en")


def _sheet(call: Call, version: FormVersion | None) -> dict[str, Any]:
    issued_at = version.frozen_at if version and version.frozen_at else now()
    issued_at = max([issued_at, *call.changes.values_list("at", flat=True)])
    zone = ZoneInfo(settings.TIME_ZONE)
    return {
        "document": {
            "title": localized(call, "title"),
            "authors": [localized(call.lead_agency, "name")],
            "keywords": [call.code],
            "issued_at": issued_at.astimezone(zone).isoformat(),
            "running_head": localized(call.programme, "title"),
            "version": str(version.number) if version else "",
            "fingerprint": "",
        },
        "subtitle": call.code,
        "summary": [line for line in localized(call, "summary").splitlines() if line.strip()],
        "facts": _facts(call, zone),
        "parts": _parts(call),
        "form": {
            "heading": _("What the form asks"),
            "sections": [_section(section, call) for section in version.sections.all()] if version else [],
        },
        "criteria": {
            "heading": _("Criteria"),
            "columns": [_("Score"), _("What the steps mean")],
            "entries": [
                {
                    "heading": localized(criterion, "title"),
                    "help": localized(criterion, "help"),
                    "weight": _("%(scale)s %(direction)s")
                    % {
                        "scale": _("Weight %(weight)s, scale %(lowest)s to %(highest)s,")
                        % {
                            "weight": criterion.weight,
                            "lowest": criterion.lowest,
                            "highest": criterion.highest,
                        },
                        "direction": label_of_field(criterion, "direction"),
                    },
                    # A scale without words is said in the line above.
                    "rows": [
                        [str(step["step"]), step["words"]] for step in steps_of(criterion) if step["words"]
                    ],
                }
                for criterion in (version.criteria.all() if version else ())
            ],
        },
    }


def _parts(call: Call) -> list[dict[str, Any]]:
    """The dates, support types and documents: of each a heading and its rows, as far as there are any."""
    found = [
        (_("Dates"), [(date.label, _when(date)) for date in dates_of(call)]),
        (
            _("Support types"),
            [
                (localized(one, "title"), "\n".join(support_type_in_words(one)))
                for one in call.support_types.all()
            ],
        ),
        (
            _("Documents"),
            [
                (localized(document, "title"), document.file.name)
                for document in call.documents.select_related("file")
            ],
        ),
    ]
    return [{"heading": heading, "rows": rows} for heading, rows in found if rows]


def _when(date: CallDate) -> str:
    event = date.event
    when = plain_instant(event.instant) if event.instant else day(event.starts_on)
    if event.ends_on:
        when = f"{when} – {day(event.ends_on)}"
    return f"{when}\n{date.note}" if date.note else when


def _section(section: FormSection, call: Call) -> dict[str, Any]:
    return {
        "heading": localized(section, "title"),
        "help": localized(section, "help"),
        "limit": bounds_in_words(section) if section.has_text else "",
        "fields": [_field(field, call) for field in section.fields.all()],
    }


def _field(field: FormField, call: Call) -> dict[str, Any]:
    """A field as one fills it in on paper: boxes to tick, a table by rows and fiscal years, or a line."""
    kind, bounds, heading = label_of_field(field, "kind"), bounds_in_words(field), localized(field, "title")
    options = [localized_option(option) for option in field.options]
    is_table = field.kind == FieldKind.YEN_TABLE
    is_choice = field.kind == FieldKind.CHOICE
    if is_table or is_choice:
        bounds = ""  # they stand below, each on its own line
    years = range(call.first_year, call.first_year + call.max_years)
    return {
        "heading": heading,
        "help": localized(field, "help"),
        "limit": _("%(kind)s (%(bounds)s)") % {"kind": kind, "bounds": bounds}
        if bounds
        else ""
        if kind == heading
        else kind,
        "choices": options if is_choice else [],
        "columns": [_("Item"), *(fiscal_year_short(year) for year in years)] if is_table else [],
        "rows": [[option, *([""] * len(years))] for option in options] if is_table else [],
    }


def _facts(call: Call, zone: ZoneInfo) -> list[tuple[str, str]]:
    designations = call.call_designations.select_related(
        "designation__field", "designation__country", "designation__group"
    ).order_by("id")
    agencies = [f"{localized(agency, 'name')} ({agency.short_name})" for agency in agencies_of(call)]
    return [
        (_("Opens"), _instant(call.opens_at, zone)),
        *(
            [
                (
                    _("Notice of intent"),
                    f"{label_of_field(call, 'notice')}\n{_instant(call.notice_deadline_at, zone)}",
                )
            ]
            if call.notice_deadline_at
            else []
        ),
        (_("Deadline"), _instant(call.deadline_at, zone)),
        (
            _("Fields and partners"),
            "\n".join(designation_name(link.designation) for link in designations) or "–",
        ),
        (_("Agencies"), "\n".join(agencies) or "–"),
        (_("Mode"), label_of_field(call, "mode")),
        (_("Tier"), label_of_field(call, "tier")),
        (_("How the agencies agree"), label_of_field(call, "agreement")),
        (_("First fiscal year of the projects"), fiscal_year(call.first_year)),
        (
            _("Duration"),
            _("%(least)s to %(most)s years") % {"least": call.min_years, "most": call.max_years},
        ),
        (
            _("Caps (all of them hold)"),
            "\n".join(
                cap_in_words(cap) for cap in call.caps.select_related("rate", "support_type").order_by("id")
            )
            or "–",
        ),
        (
            _("Indirect cost"),
            _("at most %(percent)s%% of direct cost, rounded down to the yen")
            % {"percent": call.indirect_percent},
        ),
        *(
            [
                (
                    _("Exchange of people"),
                    _("target: %(percent)s%% of the budget (an indicator, no condition)")
                    % {"percent": call.exchange_target_percent},
                )
            ]
            if call.exchange_target_percent
            else []
        ),
        *([(_("Part years"), _("the yearly caps are reduced by month"))] if call.caps_by_month else []),
        (
            _("Approval by the research institution"),
            _("needed before submission") if call.needs_approval else _("not asked for"),
        ),
        *(
            [(_("Statements needed before submission"), statement_words(call.required_statements))]
            if call.required_statements
            else []
        ),
    ]


def _instant(instant: dt.datetime, zone: ZoneInfo) -> str:
    """In Japan's time and in UTC, each with its name."""
    local = instant.astimezone(zone)
    utc = instant.astimezone(dt.UTC)
    return f"{day(local.date())} {local:%H:%M} JST ({plain_day(utc.date())} {utc:%H:%M} UTC)"
