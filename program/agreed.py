"""To what the agencies of a call agree: a digest of it as it stands, so that a later change asks them again."""

import hashlib
import json
from typing import Any

from program.models import Call, CallAgency
from program.versions import form_as_plain, latest_form

AGREED = (
    "programme_id",
    "lead_agency_id",
    "mode",
    "tier",
    "agreement",
    "opens_at",
    "deadline_at",
    "first_year",
    "min_years",
    "max_years",
    "indirect_percent",
    "sufficient_yearly_yen",
)
OF_CAP = ("amount", "currency", "basis", "period")
OF_TYPE = ("key", "title_ja", "title_en", "min_years", "max_years", "yearly_yen")
OF_PART = ("agency_id", "must_agree", "starts_on", "ends_on")


def call_digest(call: Call) -> str:
    """SHA-256 of what the agencies agree to: mode, dates, years, designations, agencies, caps, support types, form and
    criteria. Title and summary, milestones and documents may change without asking again."""
    version = latest_form(call)
    plain = {
        "call": _plain(call, AGREED),
        "designations": sorted(call.call_designations.values_list("designation_id", flat=True)),
        "agencies": [_plain(part, OF_PART) for part in call.call_agencies.order_by("agency_id")],
        "caps": [_plain(cap, OF_CAP) for cap in call.caps.order_by("basis", "period")],
        "types": [_plain(one, OF_TYPE) for one in call.support_types.order_by("key")],
        "form": form_as_plain(version) if version else None,
    }
    return hashlib.sha256(json.dumps(plain, sort_keys=True, default=_text).encode()).hexdigest()


def _plain(obj: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(obj, name) for name in names}


def _text(value: Any) -> str:
    """Days, instants and decimals as text; a decimal without the zeros that a database adds."""
    return f"{value.normalize():f}" if hasattr(value, "normalize") else value.isoformat()


def has_agreed(part: CallAgency, digest: str) -> bool:
    """Whether an agency's yes is in force, and to the call as it stands."""
    agreement = getattr(part, "agreement", None)
    return agreement is not None and agreement.counts and agreement.digest == digest
