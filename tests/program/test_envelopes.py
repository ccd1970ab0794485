"""What the database itself holds of envelopes, whoever writes: raw SQL, past every action."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from kernel.actions import writing
from kernel.clock import now
from kernel.ids import new_public_id
from program.models import Envelope, EnvelopeEntry
from tests.builders.program import make_envelope, make_stage
from tests.builders.projects import make_project

pytestmark = pytest.mark.django_db


def run_sql(sql: str, *params: Any) -> None:
    with writing(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


def insert(envelope: Envelope, kind: str, amount: int) -> None:
    run_sql(
        "INSERT INTO program_envelopeentry (public_id, envelope_id, kind, amount, reason, source, at)"
        " VALUES (%s, %s, %s, %s, 'Test', '', %s)",
        new_public_id(),
        envelope.pk,
        kind,
        amount,
        now(),
    )


def an_envelope(amount: int = 1_000) -> Envelope:
    return make_envelope(make_stage(appropriated=0), 2026, amount)


def test_envelope_is_the_sum_of_its_entries() -> None:
    envelope = an_envelope()
    insert(envelope, "addition", 500)
    insert(envelope, "reduction", -200)
    envelope.refresh_from_db()
    assert envelope.appropriated == 1_300


def test_request_appropriates_nothing() -> None:
    envelope = an_envelope()
    insert(envelope, "request", 3_500_000_000)
    envelope.refresh_from_db()
    assert envelope.appropriated == 1_000


def test_envelope_never_falls_below_what_is_committed() -> None:
    project = make_project(stage := make_stage())
    envelope = Envelope.objects.get(agency=stage.home, fiscal_year=project.proposal.call.first_year)
    assert envelope.committed == 78_000_000
    with pytest.raises(IntegrityError, match="envelope_is_not_exceeded"):
        insert(envelope, "reduction", -(envelope.left + 1))
    insert(envelope, "reduction", -envelope.left)
    envelope.refresh_from_db()
    assert (envelope.appropriated, envelope.left) == (78_000_000, 0)


def test_sum_is_not_written_by_hand() -> None:
    envelope = an_envelope()
    with pytest.raises(IntegrityError, match="envelope_sum_by_entries"):
        run_sql("UPDATE program_envelope SET appropriated = 2000 WHERE id = %s", envelope.pk)
    with pytest.raises(IntegrityError, match="envelope_sum_by_entries"):
        run_sql(
            "INSERT INTO program_envelope (public_id, programme_id, agency_id, fiscal_year, appropriated, committed)"
            " VALUES (%s, %s, %s, 2027, 5, 0)",
            new_public_id(),
            envelope.programme_id,
            envelope.agency_id,
        )
    envelope.refresh_from_db()
    assert envelope.appropriated == 1_000


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE program_envelopeentry SET amount = 5 WHERE envelope_id = %s",
        "UPDATE program_envelopeentry SET reason = 'Another' WHERE envelope_id = %s",
        "DELETE FROM program_envelopeentry WHERE envelope_id = %s",
    ],
)
def test_entry_stays_as_it_was_written(sql: str) -> None:
    envelope = an_envelope()
    with pytest.raises(IntegrityError, match="envelope_entry_stays"):
        run_sql(sql, envelope.pk)
    assert list(EnvelopeEntry.objects.filter(envelope=envelope).values_list("amount", "reason")) == [
        (1_000, "Test")
    ]


@pytest.mark.parametrize(("kind", "amount"), [("appropriation", 0), ("addition", -1), ("reduction", 1)])
def test_entry_has_the_sign_of_its_kind(kind: str, amount: int) -> None:
    envelope = an_envelope()
    with pytest.raises(IntegrityError, match="envelope_entry_has_its_sign"):
        insert(envelope, kind, amount)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_tables_with_entries_are_emptied_after_a_transactional_test(time: str) -> None:
    envelope = an_envelope()
    with pytest.raises(IntegrityError, match="envelope_entry_stays"):
        run_sql("DELETE FROM program_envelopeentry WHERE envelope_id = %s", envelope.pk)
    assert Envelope.objects.count() == 1
