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
from kernel.templatetags.kernel import fiscal_year
from program.models import Call, FormVersion
from program.queries import agencies_of, designation_name
from program.versions import current_form
from program.wording import cap_in_words, sections_in_words, steps_of


def form_pdf(call: Call, *, language: str) -> bytes:
    """The PDF in `language` ("ja" or "en") of the newest version of the call's form.

    It bears the instant at which the form was frozen, so that it comes out the same whenever it is made.
    """
    version = current_form(call)
    with translation.override(language):
        return render_pdf("call", _sheet(call, version), language="ja" if language == "ja" else "en")


def _sheet(call: Call, version: FormVersion | None) -> dict[str, Any]:
    issued_at = version.frozen_at if version and version.frozen_at else now()
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
        "form": {
            "heading": _("What the form asks"),
            "sections": [
                {
                    "heading": section["title"],
                    "help": section["help"],
                    "limit": section["bounds"],
                    "fields": [
                        {
                            "heading": field["title"],
                            "help": field["help"],
                            "limit": _("%(kind)s (%(bounds)s)") % field if field["bounds"] else field["kind"],
                        }
                        for field in section["fields"]
                    ],
                }
                for section in (sections_in_words(version) if version else ())
            ],
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
                    "rows": [[str(step["step"]), step["words"] or "–"] for step in steps_of(criterion)],
                }
                for criterion in (version.criteria.all() if version else ())
            ],
        },
    }


def _facts(call: Call, zone: ZoneInfo) -> list[tuple[str, str]]:
    designations = call.call_designations.select_related(
        "designation__field", "designation__country", "designation__group"
    ).order_by("id")
    agencies = [f"{localized(agency, 'name')} ({agency.short_name})" for agency in agencies_of(call)]
    return [
        (_("Opens"), _instant(call.opens_at, zone)),
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
            "\n".join(cap_in_words(cap) for cap in call.caps.select_related("rate").order_by("id")) or "–",
        ),
        (
            _("Indirect cost"),
            _("at most %(percent)s%% of direct cost, rounded down to the yen")
            % {"percent": call.indirect_percent},
        ),
    ]


def _instant(instant: dt.datetime, zone: ZoneInfo) -> str:
    """In Japan's time and in UTC, each with its name."""
    local = instant.astimezone(zone)
    return f"{local:%Y-%m-%d %H:%M} JST ({instant.astimezone(dt.UTC):%Y-%m-%d %H:%M} UTC)"
