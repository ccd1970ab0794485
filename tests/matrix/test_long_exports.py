"""An export that has a row a record is made while it is sent, in the same memory however many there are (cases.md, 26)."""

import copy
import gc
import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kernel.actions import writing
from kernel.audit.models import AuditEntry
from tests.matrix.world import World

pytestmark = pytest.mark.django_db
FEW, MANY = 3_000, 9_000
SLACK = 1_500_000  # bytes; six thousand records more would take many times that


def multiply(row: models.Model, times: int, **changes: Callable[[int], Any]) -> None:
    """So many copies of a row, without reading or keeping them all."""
    model = type(row)
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


def audit_trail(world: World) -> tuple[str, Callable[[int], None]]:
    with writing():
        entry = AuditEntry.objects.create(
            actor=world.people["staff"], verb="registered", subject_type="accounts.person", subject_id="x"
        )
    return reverse("accounts:audit_csv"), lambda times: multiply(entry, times)


def sent(client: Client, address: str) -> tuple[int, int]:
    """(lines, the most memory held at once) of the whole export."""
    gc.collect()
    tracemalloc.start()
    lines = sum(chunk.count(b"\r\n") for chunk in client.get(address).streaming_content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return lines, peak


@pytest.mark.parametrize(("reader", "export"), [("staff", audit_trail)])
def test_an_export_takes_the_same_memory_however_long_it_is(
    world: World, reader: str, export: Callable[[World], Any]
) -> None:
    address, more = export(world)
    client = world.client(reader)
    more(FEW)
    sent(client, address)  # what is loaded at the first time is no matter of rows
    few, with_few = sent(client, address)
    more(MANY - FEW)
    answer = client.get(address)
    with CaptureQueriesContext(connection) as asked:
        header = next(iter(answer.streaming_content))
    assert header.startswith(b"\xef\xbb\xbf") and len(asked) == 0  # it begins before a row is read
    many, with_many = sent(client, address)
    assert many - few == MANY - FEW
    assert with_many < with_few + SLACK
