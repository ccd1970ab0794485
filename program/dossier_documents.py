"""The dossier of a designation as a PDF, in the manner of a ministry's evaluation sheet (事前評価票)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from kernel.choices import label_of_field, label_of_value
from kernel.clock import day_of, now
from kernel.documents.typeset import render_pdf
from kernel.templatetags.kernel import day
from program.balances import turning_sentences, verdict_words
from program.dossiers import (
    division_of,
    dossier_of,
    kept_name,
    measured,
    members_in,
    name_of,
    people_of,
    scored_of,
    signed,
    text_of,
    validity,
)
from program.enums import EvidenceKind
from program.models import Designation, DossierVersion
from program.rules.balance import arithmetic, balance_of, decimal, sensitivities, verdict


def dossier_pdf(designation: Designation, version: DossierVersion | None, *, language: str) -> bytes:
    """The PDF in `language` ("ja" or "en") of a version, or of the dossier as it stands.

    A version comes out the same whenever it is made. What happened after it stands in neither it nor its paper.
    """
    with translation.override(language):
        return render_pdf(
            "dossier", _sheet(designation, version), language="ja" if language == "ja" else "en"
        )


def _sheet(designation: Designation, version: DossierVersion | None) -> dict[str, Any]:
    content = version.content if version else dossier_of(designation)
    moment = (version.made_at if version else now()).astimezone(ZoneInfo(settings.TIME_ZONE))
    name = name_of(content, designation)
    programme = designation.programme
    return {
        "document": {
            "title": _("Analysis for the designation of a strategic field and partner country"),
            "authors": [kept_name(content, "ministry", programme.ministry, "name")],
            "keywords": [name],
            "issued_at": moment.isoformat(timespec="seconds"),
            "running_head": kept_name(content, "programme", programme),
            "version": str(version.number) if version else "",
            "fingerprint": version.sha256 if version else "",
            "description": version.sha256 if version else "",
        },
        "subtitle": name,
        "nothing": _("None."),
        "overview": _overview(designation, content),
        "analysis": _analysis(content),
        "policies": {
            "heading": _("Policy documents on which it rests"),
            "head": [_("No."), _("Title of the document"), _("Decided on")],
            "rows": [
                [
                    str(number),
                    "\n".join(filter(None, (text_of(policy, "title"), policy["url"]))),
                    _day(policy["decided_on"]),
                ]
                for number, policy in enumerate(content["policies"], 1)
            ],
        },
        "consultations": {
            "heading": _("Consultations with the Cabinet Office"),
            "entries": [_consultation(found) for found in content["consultations"]],
        },
        "life": _life(designation, content, with_events=version is None),
    }


def _day(iso: str | None) -> str:
    return day(dt.date.fromisoformat(iso)) if iso else "–"


def _day_of(iso: str | None) -> str:
    """The day, in Japan, of an instant as a version keeps it."""
    return day(day_of(dt.datetime.fromisoformat(iso))) if iso else ""


def _overview(designation: Designation, content: Mapping[str, Any]) -> dict[str, Any]:
    partner = content.get("partner", {})
    members = members_in(content)
    pairs = [
        (_("Programme"), kept_name(content, "programme", designation.programme)),
        (_("Field"), kept_name(content, "field", designation.field)),
        (
            _("Partner country or group"),
            (text_of(partner, "title") if partner else "") + (f"\n{members}" if members else ""),
        ),
        (_("Summary"), text_of(content, "summary")),
        (_("Days of validity"), _validity(content.get("steps", {}))),
        (_("Responsible division (director)"), division_of(content) or "–"),
    ]
    return {"heading": _("Outline of the designation"), "pairs": pairs}


def _validity(steps: Mapping[str, Any]) -> str:
    if not steps.get("valid_from"):
        return _("not decided yet")
    last = steps["valid_until"]
    return validity(dt.date.fromisoformat(steps["valid_from"]), dt.date.fromisoformat(last) if last else None)


def _analysis(content: Mapping[str, Any]) -> dict[str, Any]:
    scored = scored_of(content)
    balance = balance_of(scored)
    names = {item["id"]: text_of(item, "measure") for item in content["evidence"]}
    said = f"{decimal(balance.value)} ({verdict_words(verdict(balance.value))})"
    return {
        "heading": _("Analysis of what Japan gains and loses"),
        "evidence": {
            "heading": _("Evidence"),
            "head": [
                _("No."),
                _("What is measured"),
                _("Value"),
                _("Reason for the score"),
                _("Score"),
                _("Weight"),
                _("Weight × score"),
            ],
            "rows": [
                _evidence(number, item, product)
                for number, (item, product) in enumerate(
                    zip(content["evidence"], balance.products, strict=True), 1
                )
            ],
            "total": [" ", _("Total"), " ", " ", " ", str(balance.weight), _minus(balance.weighted)],
        },
        "remarks": [
            _("Scores run from −2 (a grave loss) to +2 (a great benefit); weights from 0 to 100."),
            _(
                "The measured values have unlike units: they are shown, never summed. Only the scores are weighed."
            ),
        ],
        "balance": {
            "heading": _("Balance"),
            "pairs": [
                (_("Balance"), said),
                (_("Σ weight × score / Σ weight"), arithmetic(scored) or "–"),
            ],
        },
        "turning": {
            "heading": _("Which weights would turn the result"),
            "head": [
                _("No."),
                _("What is measured"),
                _("Weight"),
                _("Balance without it"),
                _("Its sign turns at weight"),
            ],
            "rows": [
                [
                    str(number),
                    names[found.key],
                    str(found.weight),
                    decimal(found.without),
                    "–" if found.turns_at is None else str(found.turns_at),
                ]
                for number, found in enumerate(sensitivities(scored), 1)
            ],
            "sentences": turning_sentences(scored, names),
        },
    }


def _minus(number: int) -> str:
    return str(number).replace("-", "−")


def _evidence(number: int, item: Mapping[str, Any], product: int) -> list[str]:
    kind = label_of_value(EvidenceKind, item["kind"])
    source = _("Source: %(source)s") % {"source": text_of(item, "source")}
    entered = (
        _("Entered by %(name)s on %(day)s") % {"name": item["added_by"], "day": _day_of(item["added_at"])}
        if item.get("added_by") and item.get("added_at")
        else ""
    )
    return [
        str(number),
        f"{text_of(item, 'measure')} ({kind})",
        f"{measured(item['value'])} {text_of(item, 'unit')}\n({item['year']})",
        "\n".join(filter(None, (text_of(item, "reason"), source, item["source_url"], entered))),
        signed(item["score"]),
        str(item["weight"]),
        _minus(product),
    ]


def _consultation(found: Mapping[str, Any]) -> dict[str, Any]:
    pairs = [
        (_("With whom"), text_of(found, "offices")),
        (_("Participants"), "\n".join(_participants(people_of(found)))),
        (_("Points discussed"), text_of(found, "points")),
        (_("Outcome of the consultation"), text_of(found, "answer")),
        (
            _("Attachments"),
            "\n".join(
                f"{text_of(attachment, 'title')} ({attachment['name']})"
                for attachment in found.get("attachments", [])
            ),
        ),
    ]
    return {
        "heading": _day(found["held_on"]),
        "pairs": pairs,
        "head": [_("No."), _("Point raised"), _("Answer")],
        "rows": [
            [str(number), text_of(raised, "point"), text_of(raised, "answer")]
            for number, raised in enumerate(found.get("raised", []), 1)
        ],
    }


def _participants(people: Sequence[Mapping[str, str]]) -> list[str]:
    return [" ".join(filter(None, (one["office"], one["name"]))) for one in people]


def _life(designation: Designation, content: Mapping[str, Any], *, with_events: bool) -> dict[str, Any]:
    steps = content.get("steps", {})

    def taken(key: str) -> str:
        if not steps.get(f"{key}_by"):
            return ""
        when = steps.get(f"{key}_at")
        return "\n".join(filter(None, (steps[f"{key}_by"], _day_of(when))))

    events = designation.events.order_by("on", "id") if with_events else []
    returns = [
        [
            "\n".join(filter(None, (_("Returned to preparation"), one["by"]))),
            _day_of(one["at"]),
            one["reason"],
        ]
        for one in steps.get("returns", [])
    ]
    return {
        "heading": _("Proposal, review and decision"),
        "pairs": [
            (_("Proposed by"), taken("proposed")),
            (_("Reviewed by"), taken("reviewed")),
            (_("Result of the review"), steps.get("review_comment", "")),
            (_("Signed first by"), taken("signed")),
            (_("Decided by"), taken("decided")),
        ],
        "head": [_("What happened"), _("With effect from"), _("Reason")],
        "rows": [
            *returns,
            *([label_of_field(event, "kind"), day(event.on), event.reason] for event in events),
        ],
    }
