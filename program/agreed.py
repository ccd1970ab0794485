"""To what the agencies of a call agree: a digest of it as it stands, so that a later change asks them again."""

import datetime as dt
import hashlib
import json
from typing import Any

from django.utils.translation import gettext as _

from kernel.choices import label
from kernel.violations import RuleBroken, Violation
from program.enums import CallTerm, Feedback, NoticeRule
from program.models import Call, CallAgency, CallAgreement, FormVersion
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
    "needs_approval",
)
# Settings that a call may do without. One that was not made is not mentioned: an agreement given before it existed holds.
OPTIONAL = (
    "exchange_target_percent",
    "caps_by_month",
    "notice",
    "notice_deadline_at",
    "required_statements",
    "appeal_days",
)
OF_CAP = ("amount", "currency", "basis", "period")
OF_TYPE = ("key", "title_ja", "title_en", "min_years", "max_years", "early_career_ja", "early_career_en")
OF_MILESTONE = ("kind", "starts_on", "at", "ends_on", "note_ja", "note_en")
WORDS = ("title_ja", "title_en", "summary_ja", "summary_en")
OWN_PARTS = {
    CallTerm.MODE: ("programme_id", "lead_agency_id", "mode", "tier", "agreement"),
    CallTerm.DATES: ("opens_at", "deadline_at", "notice", "notice_deadline_at"),
    CallTerm.YEARS: ("first_year", "min_years", "max_years"),
    CallTerm.RULES: (
        "indirect_percent",
        "sufficient_yearly_yen",
        "needs_approval",
        "exchange_target_percent",
        "caps_by_month",
        "required_statements",
    ),
    CallTerm.OUTCOME: ("feedback", "appeal_days"),
}
# A part of which a page shows nothing unless something was set: what was agreed to before the part was shown holds until then.
SILENT = (CallTerm.OUTCOME,)
OF_PART = ("agency_id", "must_agree", "starts_on", "ends_on")


def call_digest(call: Call) -> str:
    """SHA-256 of what the agencies agree to: mode, dates, years, designations, agencies, caps, support types, milestones,
    documents, feedback, days for objections, form and criteria. Title and summary may change without asking again."""
    return _digest(_terms(call))


def _terms(call: Call) -> dict[str, Any]:
    version = latest_form(call)
    plain = {
        "call": {**_plain(call, AGREED), **_made(call, OPTIONAL), **_feedback(call)},
        "designations": sorted(call.call_designations.values_list("designation_id", flat=True)),
        "agencies": [_plain(part, OF_PART) for part in call.call_agencies.order_by("agency_id")],
        "caps": [
            _plain(cap, OF_CAP)
            for cap in call.caps.filter(support_type=None).order_by("basis", "period", "currency")
        ],
        "types": [
            {
                **_plain(one, OF_TYPE),
                "caps": [_plain(cap, OF_CAP) for cap in one.caps.order_by("basis", "period", "currency")],
            }
            for one in call.support_types.order_by("key")
        ],
        "form": form_as_plain(version) if version else None,
    }
    milestones = [_plain(one, OF_MILESTONE) for one in call.milestones.order_by("kind")]
    documents = sorted(call.documents.values_list("title_ja", "title_en", "file__sha256"))
    # As with the settings: what a call does not have is not mentioned.
    return {
        **plain,
        **({"milestones": milestones} if milestones else {}),
        **({"documents": documents} if documents else {}),
    }


def shown_state(call: Call) -> str:
    """A fingerprint of all that a page shows of a call, a part each: the page carries it, and what is answered there is
    refused once any part has changed."""
    terms = _terms(call)
    own = terms.pop("call")
    parts = {term: {name: own[name] for name in names if name in own} for term, names in OWN_PARTS.items()}
    parts = {term: values for term, values in parts.items() if values or term not in SILENT}
    parts |= {CallTerm(name): value for name, value in terms.items()}
    parts[CallTerm.WORDS] = _plain(call, WORDS)
    return ",".join(f"{term}:{_digest(parts[term])[:16]}" for term in CallTerm if term in parts)


def changed_since(call: Call, shown: str) -> list[CallTerm]:
    """The parts of a call that are no longer as a page that carries `shown` had them; all of them where it carries none."""
    before, after = _by_term(shown), _by_term(shown_state(call))
    return [term for term in CallTerm if before.get(term) != after.get(term)]


def _by_term(shown: str) -> dict[str, str]:
    return {name: digest for name, _, digest in (part.partition(":") for part in shown.split(","))}


def refuse_unseen(call: Call, shown: str) -> None:
    """An answer speaks of what whoever gave it has seen.

    Raises:
        RuleBroken: `call_changed_since_shown`, with the names of the parts that have changed.
    """
    changed = changed_since(call, shown)
    if changed:
        parts = _(", ").join(label(term) for term in changed)
        raise RuleBroken(Violation("call_changed_since_shown", "", {"parts": parts}))


def shown_agreement(agreement: CallAgreement) -> str:
    """A fingerprint of a recorded agreement, which the page that asks for its confirmation carries: recorded again from
    another letter, it is another."""
    letter = agreement.letter.sha256 if agreement.letter else ""
    return _digest([agreement.digest, agreement.at, letter, agreement.letter_dated])


def shown_form(version: FormVersion) -> str:
    """A fingerprint of a version of the form, which the page that issues it carries."""
    return _digest(form_as_plain(version))


def _digest(plain: Any) -> str:
    return hashlib.sha256(json.dumps(plain, sort_keys=True, default=_text).encode()).hexdigest()


def _plain(obj: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(obj, name) for name in names}


def _made(obj: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {
        name: value
        for name, value in _plain(obj, names).items()
        if value not in (None, False, "", NoticeRule.OFF)
    }


def _feedback(call: Call) -> dict[str, str]:
    """What applicants read of their scores, where it is not what every call begins with."""
    return {} if call.feedback == Feedback.MEANS else {"feedback": str(call.feedback)}


def _text(value: Any) -> str:
    """Days and decimals as text, a decimal without the zeros that a database adds; instants in UTC, as it gives them back."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    return f"{value.normalize():f}" if hasattr(value, "normalize") else value.isoformat()


def has_agreed(part: CallAgency, digest: str) -> bool:
    """Whether an agency's yes is in force, and to the call as it stands."""
    agreement = getattr(part, "agreement", None)
    return agreement is not None and agreement.counts and agreement.digest == digest
