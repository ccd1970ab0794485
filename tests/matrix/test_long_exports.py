"""An export that has a row a record is made while it is sent, in the same memory however many there are (cases.md, 26).

A CSV file begins before a row is read, and is in the language of the request whatever is spoken when the rows come. A
workbook cannot be sent before it is closed; it takes the same memory all the same. What has a row a year or a rank (budget,
envelopes, indicators, the ranking board) is no longer than a call.
"""

import copy
import gc
import re
import tracemalloc
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.ids import new_public_id
from tests.matrix.ask import content_of, own_answers, undone
from tests.matrix.world import World

pytestmark = pytest.mark.django_db
FEW, MANY = 1_100, 3_100  # with the first, two chunks are held at once already
SLACK = 700_000  # bytes; two thousand records more would take many times that


def multiply(row: models.Model, times: int, **changes: Callable[[int], Any]) -> None:
    """So many copies of a row, without reading or keeping them all."""
    model = type(row)
    if any(field.name == "public_id" for field in model._meta.concrete_fields):
        changes = {"public_id": lambda number: new_public_id(), **changes}
    for start in range(0, times, 1_000):
        copies = []
        for number in range(start, min(start + 1_000, times)):
            one = copy.copy(row)
            one._state = copy.copy(row._state)
            one.pk = None
            for name, change in changes.items():
                setattr(one, name, change(number))
            copies.append(one)
        with writing():
            model._default_manager.bulk_create(copies)


@dataclass(frozen=True)
class Export:
    """Who reads it, where, what it has a row for, and what must differ in each."""

    reader: str
    route: str
    objects: tuple[str, ...]
    row: Callable[[World], models.Model]
    changes: dict[str, Callable[[int], Any]]
    query: str = ""

    def address(self, world: World) -> str:
        return reverse(self.route, args=[world.value(name) for name in self.objects]) + self.query


def audit_entry(world: World) -> models.Model:
    with writing():
        return AuditEntry.objects.create(
            actor=world.people["staff"], verb="registered", subject_type="accounts.person", subject_id="x"
        )


def compared(world: World) -> models.Model:
    """An item of evidence of the newest dossier of its pair."""
    with writing():
        item: models.Model = copy.copy(world.objects["evidence"])
        item.pk, item.public_id, item.designation = None, new_public_id(), world.objects["signed_designation"]
        item.save()
    return item


AUDIT = Export("staff", "accounts:audit_csv", (), audit_entry, {})
OFFICE = Export(
    "home_officer",
    "proposals:office_export",
    ("csv",),
    lambda world: world.objects["other_proposal"],
    {"receipt_number": lambda number: f"many-{new_public_id()}"},
)
NOTICES = Export(
    "home_officer",
    "proposals:notices_export",
    ("csv",),
    lambda world: world.objects["judged_notice"],
    {"number": lambda number: f"many-{new_public_id()}"},
)
LEDGER = Export(
    "home_officer",
    "projects:ledger_export",
    ("project",),
    lambda world: world.objects["entry"],
    {"amount": lambda number: 1},
)
ERAD = Export(
    "home_officer",
    "registries:erad_export",
    (),
    lambda world: world.objects["ror_institution"],
    {"ror_id": lambda number: new_public_id()[:9]},
)
EVIDENCE = Export(
    "ministry", "program:evidence_csv", ("draft_designation",), lambda world: world.objects["evidence"], {}
)
CANDIDATES = Export("ministry", "program:candidates_csv", (), compared, {})
TO_ERAD = Export(
    "home_officer",
    "proposals:erad_export",
    ("intake_call", "proposals", "csv"),
    lambda world: world.objects["collected"],
    {"receipt_number": lambda number: f"many-{new_public_id()}"},
)
STREAMED = [AUDIT, OFFICE, NOTICES, LEDGER, ERAD, EVIDENCE, CANDIDATES, TO_ERAD]
# Bounded by years, by one document, and by what a call receives, or made of a file and not of records (the papers of a field).
SHORT = {
    "program:envelope_history_csv",
    "program:evidence_figures_csv",
    "program:values_csv",
    "program:version_csv",
    "program:evidence_template_csv",
    "program:evidence_papers_csv",
    "projects:budget_csv",
    "projects:envelopes_csv",
    "proposals:award_periods_csv",
    "proposals:budget_export",
    "reporting:indicator_csv",
    "review:adopted_csv",
    "review:board_csv",
    "review:list_csv",
    "review:lists_csv",
    "review:pool_export",
    "review:run_csv",
    "review:scenario_csv",
    "review:statistics_csv",
    "review:statistics_spread_csv",
}
WORKBOOKS = [
    Export("home_officer", "proposals:office_export", ("xlsx",), OFFICE.row, OFFICE.changes),
    Export(
        "home_officer", "projects:ledger_export", ("project",), LEDGER.row, LEDGER.changes, "?format=xlsx"
    ),
    Export("ministry", "program:evidence_xlsx", ("draft_designation",), EVIDENCE.row, {}),
]


def named(export: Export) -> str:
    return "-".join((export.route, *export.objects))


def rows_of(chunk: bytes) -> int:
    return chunk.count(b"\r\n")


def rows_in(book: bytes) -> int:
    with zipfile.ZipFile(BytesIO(book)) as parts:
        return len(re.findall(rb"<row ", parts.read("xl/worksheets/sheet1.xml")))


def sent(client: Client, address: str) -> tuple[int, int]:
    """(rows, the most memory held at once) of the whole export."""
    gc.collect()
    tracemalloc.start()
    answer: Any = client.get(address)
    rows = sum(map(rows_of, answer.streaming_content)) if answer.streaming else 0
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return rows or rows_in(answer.content), peak


def test_no_export_is_left_out(world: World) -> None:
    found = set()
    for route, answer in own_answers().items():
        readers = (answer.get or {}).get(200, ())
        if readers and re.search("csv|export", route):
            with undone():
                response: Any = world.client(readers[0]).get(
                    reverse(route, args=[world.value(name) for name in answer.objects])
                )
                if response.headers["Content-Type"].startswith("text/csv"):
                    found.add(route)
    assert found == {export.route for export in STREAMED} | SHORT


def but_downloads(content: bytes) -> list[bytes]:
    """The lines of an export, without those by which the trail tells of exports."""
    return [row for row in content.split(b"\r\n") if b"file_downloaded" not in row]


@pytest.mark.parametrize("export", [*STREAMED, *WORKBOOKS], ids=named)
def test_an_export_takes_the_same_memory_however_long_it_is(world: World, export: Export) -> None:
    address, client, row = export.address(world), world.client(export.reader), export.row(world)
    content_of(client.get(address))  # what is loaded at the first time is no matter of rows
    multiply(row, FEW, **export.changes)
    few, with_few = sent(client, address)
    multiply(row, MANY - FEW, **export.changes)
    many, with_many = sent(client, address)
    assert many - few == MANY - FEW + (export is AUDIT)  # where the first of the two has left its own entry
    assert with_many < with_few + SLACK


@pytest.mark.parametrize("export", STREAMED, ids=named)
def test_an_export_begins_before_a_row_is_read_and_keeps_its_language(world: World, export: Export) -> None:
    export.row(world)
    client, address = world.client(export.reader), export.address(world)
    answer: Any = client.get(address)
    with CaptureQueriesContext(connection) as asked:
        header = next(iter(answer.streaming_content))
    assert header.startswith(b"\xef\xbb\xbf") and len(asked) == 0
    whole = content_of(client.get(address))
    answer = client.get(address)
    with translation.override("en"):
        assert but_downloads(content_of(answer)) == but_downloads(whole)
