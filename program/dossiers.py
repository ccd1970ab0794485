"""A dossier as plain values: what pages, papers and versions show, and what is compared.

A version keeps these values for good, so that nothing in them is a key of the database and every text stands in both
languages. What is added later gets a default where it is read.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from kernel.clock import today
from kernel.languages import current, localized
from kernel.templatetags.kernel import day
from program.models import Consultation, Designation, EvidenceItem
from program.queries import audit_of, designation_name, members_of_group
from program.rules.balance import Scored, arithmetic, balance_of
from program.rules.participants import participants_in

LANGUAGES = ("ja", "en")
STEPS = ("proposed", "reviewed", "signed", "decided")


def dossier_of(designation: Designation) -> dict[str, Any]:
    """The dossier as it stands: the names of ministry, programme, field and partner, summary, evidence, balance with its
    arithmetic, policies, consultations."""
    evidence = [_evidence(item) for item in _items(designation)]
    programme = designation.programme
    content: dict[str, Any] = {
        "ministry": _texts(programme.ministry, "name"),
        "programme": _titled(programme, "title"),
        "field": _titled(designation.field, "title"),
        "partner": _partner(designation),
        **_texts(designation, "summary", "division", "director"),
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
    """A text of a dossier in the reader's language, or in the one there is; the one text of what was kept before it was held
    in both."""
    return str(_in_language(values, name) or "")


def division_of(values: Mapping[str, Any]) -> str:
    """The division that answers for the designation and its director (主管課（課長名）), as the ministry's sheets write them;
    "" where neither is named."""
    division, director = text_of(values, "division"), text_of(values, "director")
    if not division or not director:
        return division or director
    return _("%(division)s (%(director)s)") % {"division": division, "director": director}


def people_of(values: Mapping[str, Any]) -> list[Mapping[str, str]]:
    """Who took part in a consultation, as `text_of` reads a text: each with `office` and `name`."""
    return _in_language(values, "participants") or []


def _in_language(values: Mapping[str, Any], name: str) -> Any:
    names = (f"{name}_{current()}", *(f"{name}_{code}" for code in LANGUAGES), name)
    return next((values[one] for one in names if values.get(one)), None)


def name_of(content: Mapping[str, Any], designation: Designation) -> str:
    """Field and partner as a dossier keeps them; those of today in one from before both were kept."""
    if "field" not in content:
        return designation_name(designation)
    return f"{text_of(content['field'], 'title')} × {text_of(content['partner'], 'title')}"


def validity(first: dt.date, last: dt.date | None) -> str:
    """The days of validity, both included; without an end where none is set."""
    if last is None:
        return _("from %(first)s, without an end") % {"first": day(first)}
    return _("%(first)s to %(last)s") % {"first": day(first), "last": day(last)}


def members_in(content: Mapping[str, Any]) -> str:
    """The countries of a group that is the partner, as a dossier keeps them; "" for a country."""
    members = content.get("partner", {}).get("members", [])
    return _(", ").join(text_of(member, "title") for member in members)


def kept_name(content: Mapping[str, Any], part: str, of_today: Any, attribute: str = "title") -> str:
    """The name of a `part` (ministry, programme, field) as a dossier keeps it; that `of_today` in one from before."""
    return text_of(content[part], attribute) if part in content else localized(of_today, attribute)


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
    taken = list(audit_of(designation, ["propose", "return"]))
    proposed = next((entry for entry in taken if entry.verb == "propose"), None)
    if designation.proposed_by_id and proposed is not None:
        instants["proposed_at"] = proposed.at
    return {
        "returns": [
            {
                "by": _name(entry.actor),
                "at": entry.at.isoformat(timespec="seconds"),
                "reason": entry.private.get("reason", ""),
            }
            for entry in reversed(taken)
            if entry.verb == "return"
        ],
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
        **_texts(consultation, "offices", "points", "answer"),
        **{
            f"participants_{code}": [
                {"office": person.office, "name": person.name}
                for person in participants_in(getattr(consultation, f"participants_{code}"))[0]
            ]
            for code in LANGUAGES
        },
        "raised": [
            _texts(raised, "point", "answer")
            for raised in sorted(consultation.raised.all(), key=lambda raised: raised.pk)
        ],
        "attachments": [
            {**_texts(kept, "title"), "name": kept.file.name, "sha256": kept.file.sha256}
            for kept in sorted(consultation.attachments.all(), key=lambda kept: kept.pk)
        ],
    }
