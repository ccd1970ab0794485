"""Calls that ask for a notice of intent, and notices as rows in any state."""

import datetime as dt
import itertools
from typing import Any

from accounts.models import User
from kernel.actions import writing
from kernel.clock import now
from program.models import Call
from proposals.models import NoticeOfIntent, NoticeVerdict
from tests.builders.program import Stage, make_call
from tests.builders.proposals import make_pi

_numbers = itertools.count(1)
NUMBERED = ("submitted", "accepted", "refused")


def make_notice_call(stage: Stage, *, is_past: bool = False, **fields: Any) -> Call:
    """An open call that requires a notice, due in ten days; `is_past`: due five days ago."""
    due = now() + dt.timedelta(days=-5 if is_past else 10)
    return make_call(stage, **{"notice": "required", "notice_deadline_at": due, **fields})


def values_of(call: Call) -> dict[str, Any]:
    """What a complete notice says."""
    return {
        "designation": call.call_designations.get().designation,
        "title_ja": "量子誤り訂正の見本",
        "title_en": "Example of error correction",
        "keywords": "量子、誤り訂正",
        "summary": "見本の概要。",
        "partner_agency": call.call_agencies.exclude(agency=call.lead_agency).get().agency,
        "family_romaji": "Sample",
        "given_romaji": "Morgan",
        "email": "morgan@partner.example",
        "institution_name": "Example State University",
        "country_code": "US",
        "award_number": "2400001",
        "award_title": "An award made up for tests",
    }


def make_notice(
    call: Call, *, pi: User | None = None, state: str = "submitted", **fields: Any
) -> NoticeOfIntent:
    """A complete notice of `pi`; past a draft it has its number."""
    user = pi or make_pi()
    receipt: dict[str, Any] = {}
    if state in NUMBERED:
        number = f"{call.code}-N{next(_numbers):04}"
        receipt = {"number": number, "submitted_at": call.opens_at + dt.timedelta(days=1), "version": 1}
    with writing():
        return NoticeOfIntent.objects.create(
            **{
                "call": call,
                "pi": user.person,
                "institution": user.person.memberships.get().organisation,
                "state": state,
                **values_of(call),
                **receipt,
                **fields,
            }
        )


def answer_notice(
    stage: Stage, notice: NoticeOfIntent, verdict: str = "yes", *, agencies: Any = None, **fields: Any
) -> list[NoticeVerdict]:
    """The verdicts of both agencies as rows, each by its programme officer."""
    officers = {stage.home.pk: stage.home1, stage.partner.pk: stage.partner1}
    with writing():
        return [
            NoticeVerdict.objects.create(
                notice=notice,
                agency=agency,
                **{"verdict": verdict, "reasons": "理由", "by": officers[agency.pk], **fields},
            )
            for agency in agencies or (stage.home, stage.partner)
        ]
