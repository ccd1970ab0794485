"""Tables of proposals that were collected elsewhere."""

import csv
import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from kernel.actions import writing
from kernel.files import store_upload
from kernel.files.models import StoredFile
from kernel.jobs.models import Job
from program.models import Call
from proposals.actions.intake import take_in
from proposals.enums import CollectionKey
from proposals.intake import Comparison
from proposals.intake_queries import PREVIEW_JOB
from proposals.intake_tasks import comparison_of, told
from proposals.models import Intake, Proposal
from tests.builders.people import make_institution

ROW: dict[str, Any] = {
    "number": "0012",
    "received_on": "2026-10-01",
    "title_ja": "量子見本の研究",
    "title_en": "Example of quantum samples",
    "years": "5",
    "pi_family_kanji": "見本",
    "pi_given_kanji": "花子",
    "pi_family_kana": "ミホン",
    "pi_given_kana": "ハナコ",
    "pi_family_romaji": "Mihon",
    "pi_given_romaji": "Hanako",
    "pi_email": "hanako@univ.example",
    "pi_erad": "90050426",
    "effort": "30",
    "partner_family_romaji": "Sample",
    "partner_given_romaji": "Morgan",
    "partner_institution": "Example State University",
    "partner_country": "US",
    "award_number": "2400001",
    "award_title": "An award made up for tests",
    "award_amount": "2,500,000",
    "award_currency": "USD",
    "award_starts": "2026-09-01",
    "award_ends": "2031-08-31",
}


def row(call: Call, **changes: Any) -> dict[str, Any]:
    """A row that can be taken in; its institution is made where it is not named."""
    partner = call.call_agencies.exclude(agency=call.lead_agency).first().agency
    values = ROW | {"award_agency": partner.short_name}
    for year in range(call.first_year, call.first_year + 5):
        values |= {f"budget_goods_{year}": "20,000,000", f"budget_indirect_{year}": "6,000,000"}
    if not {"institution_name", "institution_ror"} & set(changes):
        values["institution_name"] = make_institution().name_ja
    return {name: value for name, value in (values | changes).items() if value is not None}


def csv_of(*rows: dict[str, Any], encoding: str = "utf-8") -> bytes:
    """The rows as a file; a column that any of them has is a column of all."""
    names = list(dict.fromkeys(name for one in rows for name in one))
    out = io.StringIO()
    table = csv.DictWriter(out, names, restval="")
    table.writeheader()
    table.writerows(rows)
    return out.getvalue().encode(encoding)


def stored(content: bytes, by: User, name: str = "collected.csv") -> StoredFile:
    return store_upload(upload=SimpleUploadedFile(name, content), by=by, allowed=(".csv", ".xlsx"))


def compared(
    call: Call, by: User, *rows: dict[str, Any], key: CollectionKey = CollectionKey.NUMBER
) -> Comparison:
    return comparison_of(call, key, csv_of(*rows), by)


def take(
    call: Call,
    by: User,
    *rows: dict[str, Any],
    key: CollectionKey = CollectionKey.NUMBER,
    name: str = "collected.csv",
) -> Intake:
    """The rows taken in."""
    content = csv_of(*rows)
    with writing():
        file = stored(content, by, name)
    return take_in(call=call, key=key, stored=file, found=comparison_of(call, key, content, by), by=by)


def problems_of(found: Comparison) -> dict[int, list[tuple[str, str]]]:
    """(name of the column, code) by row."""
    return {
        one.number: [(name, code) for name, code, _p in one.problems] for one in found.rows if one.problems
    }


def taken(call: Call, by: User, **changes: Any) -> Proposal:
    """One proposal that was collected elsewhere."""
    return take(call, by, row(call, **changes)).rows.get().proposal


def make_intake_preview(call: Call, by: User, *rows: dict[str, Any]) -> Job:
    """A table that was compared, and can be taken in by whoever has sent it."""
    content = csv_of(*rows)
    file = stored(content, by)
    payload = {"call": call.public_id, "key": "number", "file": file.public_id, "name": file.name}
    with writing():
        return Job.objects.create(
            name=PREVIEW_JOB,
            payload=payload,
            state="done",
            result=told(comparison_of(call, CollectionKey.NUMBER, content, by)),
            requested_by=by,
        )
