"""What the database's own constraints and triggers refuse, as broken rules that a person understands."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, IntegrityError, transaction

from kernel.violations import RuleBroken, Violation

SENTENCES = {
    "cap_is_not_exceeded": "cap_is_exceeded",
    "envelope_is_not_exceeded": "envelope_is_exceeded",
    "payments_within_what_is_available": "available_is_exceeded",
    "cap_total_not_below_zero": "change_is_below_zero",
    "envelope_commitment_not_below_zero": "change_is_below_zero",
    "paid_not_below_zero": "change_is_below_zero",
    "ledger_without_envelope": "envelope_is_exceeded",
    "ledger_without_cap": "cap_is_exceeded",
    "ledger_without_year": "ledger_refused",
    "ledger_correction_differs": "ledger_refused",
    "ledger_carried_from_nothing": "ledger_refused",
    "ledger_entry_is_carried_once": "ledger_refused",
}


@contextmanager
def refused_in_words() -> Iterator[None]:
    """Turn a refusal of the ledger's database rules into `RuleBroken`; the statements inside are undone.

    Two officers may write at once; each has looked before, and the database decides.
    """
    try:
        with transaction.atomic():
            yield
    except (IntegrityError, DatabaseError) as error:
        text = str(error)
        for name, code in SENTENCES.items():
            if name in text:
                raise RuleBroken(Violation(code, "amount")) from error
        raise
