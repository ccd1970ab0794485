"""A dossier as plain values: what pages, papers and versions show, and what is compared.

A version keeps these values for good, so that nothing in them is a key of the database and every text stands in both
languages. What is added later gets a default where it is read.
"""

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from kernel.clock import today
from kernel.languages import current
from program.models import Consultation, Designation, EvidenceItem
from program.queries import members_of_group
from program.rules.balance import Scored, arithmetic, balance_of
from program.rules.participants import participants_in

LANGUAGES = ("ja", "en")
STEPS = ("proposed", "reviewed", "signed", "decided")


def dossier_of(designation: Designation) -> dict[str, Any]:
    """The dossier as it stands: field and partner, summary, evidence, balance with its arithmetic, policies, consultations."""
    evidence = [_evidence(item) for item in _items(designation)]
    content: dict[str, Any] = {
        "field": _titled(designation.field, "title"),
        "partner": _partner(designation),
        **_texts(designation, "summary"),
        "evidence": evidence,
        "policies": [
            {
                "id": policy.public_id,
                **_texts(policy, "title"),
                "decided_on": policy.decided_on.isoformat() if policy.decided_on else None,
                "url": policy.url,
            }
            for policy in designation.policies.order_by("id")
        ],
        "consultations": [
            _consultation(found)
            for found in designation.consultations.prefetch_related("raised", "attachments__file").order_by(
                "held_on", "id"
            )
        ],
        "steps": _steps(designation),
    }
    scored = scored_of(content)
    balance = balance_of(scored)
    content["balance"] = {
        "weighted": balance.weighted,
        "weight": balance.weight,
        "arithmetic": arithmetic(scored),
    }
    return content


def fingerprint(content: Mapping[str, Any]) -> str:
    """SHA-256 of a dossier's values, in one way of writing them."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def scored_of(content: Mapping[str, Any]) -> list[Scored]:
    """The evidence of a dossier as its balance sees it."""
    return [Scored(item["id"], item["score"], item["weight"]) for item in content["evidence"]]


def text_of(values: Mapping[str, Any], name: str) -> str:
    """A text of a dossier in the reader's language, or in the one there is."""
    first = current()
    return str(
        values.get(f"{name}_{first}")
        or next((values[f"{name}_{code}"] for code in LANGUAGES if values.get(f"{name}_{code}")), "")
    )


def name_of(content: Mapping[str, Any]) -> str:
    """Field and partner of a kept dossier; "" in one from before both were kept."""
    if "field" not in content:
        return ""
    return f"{text_of(content['field'], 'title')} × {text_of(content['partner'], 'title')}"


def signed(score: int) -> str:
    """A score with its sign: +2, 0, −1."""
    return f"{score:+d}".replace("-", "−") if score else "0"


def measured(value: str) -> str:
    """A measured value with its thousands grouped."""
    return f"{Decimal(value):,f}"


def _steps(designation: Designation) -> dict[str, Any]:
    """Who took which step so far, and the days of validity."""
    days = {"valid_from": designation.valid_from, "valid_until": designation.valid_until}
    instants = {
        f"{step}_at": getattr(designation, f"{step}_at") for step in ("reviewed", "signed", "decided")
    }
    return {
        **{f"{step}_by": _name(getattr(designation, f"{step}_by")) for step in STEPS},
        **{name: when.isoformat(timespec="seconds") if when else None for name, when in instants.items()},
        **{name: day.isoformat() if day else None for name, day in days.items()},
        "review_comment": designation.review_comment,
    }


def _name(user: Any) -> str:
    person = getattr(user, "person", None)
    return person.name if person else ""


def _items(designation: Designation) -> list[EvidenceItem]:
    return list(designation.evidence.select_related("added_by__person").order_by("id"))


def _texts(obj: Any, *names: str) -> dict[str, str]:
    return {f"{name}_{code}": getattr(obj, f"{name}_{code}") for name in names for code in LANGUAGES}


def _titled(obj: Any, attribute: str) -> dict[str, str]:
    return {"code": obj.code, **{f"title_{code}": getattr(obj, f"{attribute}_{code}") for code in LANGUAGES}}


def _partner(designation: Designation) -> dict[str, Any]:
    if designation.country:
        return {**_titled(designation.country, "name"), "members": []}
    group = designation.group
    assert group is not None  # held by `designation_has_country_or_group`
    found = group.__class__.objects.prefetch_related("members__country").get(pk=group.pk)
    members = members_of_group(found, today())
    return {**_titled(group, "title"), "members": [_titled(country, "name") for country in members]}


def _evidence(item: EvidenceItem) -> dict[str, Any]:
    return {
        "id": item.public_id,
        "origin": item.origin or item.public_id,
        "kind": item.kind,
        **_texts(item, "measure", "unit", "source", "reason"),
        "value": f"{item.value.normalize():f}",
        "year": item.year,
        "source_url": item.source_url,
        "score": item.score,
        "weight": item.weight,
        "added_by": _name(item.added_by),
        "added_at": item.added_at.isoformat(timespec="seconds"),
    }


def _consultation(consultation: Consultation) -> dict[str, Any]:
    return {
        "id": consultation.public_id,
        "held_on": consultation.held_on.isoformat(),
        "offices": consultation.offices,
        "points": consultation.points,
        "answer": consultation.answer,
        "participants": [
            {"office": person.office, "name": person.name}
            for person in participants_in(consultation.participants)[0]
        ],
        "raised": [
            {"point": raised.point, "answer": raised.answer}
            for raised in sorted(consultation.raised.all(), key=lambda raised: raised.pk)
        ],
        "attachments": [
            {"title": kept.title, "name": kept.file.name, "sha256": kept.file.sha256}
            for kept in sorted(consultation.attachments.all(), key=lambda kept: kept.pk)
        ],
    }
