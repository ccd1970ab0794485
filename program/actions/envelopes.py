"""What an agency may commit in a fiscal year. The database keeps the sum; here only entries are written."""

from accounts.models import Organisation, User
from kernel import audit
from kernel.actions import action, require
from kernel.text import is_blank_text
from kernel.violations import Violation, refuse_if
from program.actions.constraints import constraints_speak
from program.models import Envelope, EnvelopeEntry, Programme
from program.permissions import may_keep_programme


@action
def add_envelope_entry(
    *,
    programme: Programme,
    agency: Organisation,
    fiscal_year: int,
    kind: str,
    amount: int,
    reason: str,
    by: User,
    source: str = "",
) -> EnvelopeEntry:
    """Enter a request, an appropriation, an addition or a reduction of an envelope, in the currency's minor units.

    A reduction is below zero, all else above. A request is noted and changes nothing. An entry is never changed or
    taken away: a mistake is put right by another entry. Officers of the programme's ministry may.

    Raises:
        RuleBroken: `year_outside_programme`, `envelope_entry_sign`, `envelope_below_committed`,
            `envelope_entry_needs_reason`.
    """
    require(may_keep_programme(by, programme))
    refuse_if(
        None if fiscal_year in programme.years else Violation("year_outside_programme", "fiscal_year"),
        Violation("envelope_entry_needs_reason", "reason") if is_blank_text(reason) else None,
    )
    envelope, _ = Envelope.objects.select_for_update().get_or_create(
        programme=programme, agency=agency, fiscal_year=fiscal_year
    )
    with constraints_speak():
        entry = EnvelopeEntry.objects.create(
            envelope=envelope, kind=kind, amount=amount, reason=reason, source=source, by=by
        )
    envelope.refresh_from_db()
    audit.record(
        "entered",
        entry,
        by=by,
        details={
            "agency": agency.public_id,
            "fiscal_year": fiscal_year,
            "kind": kind,
            "amount": amount,
            "appropriated": envelope.appropriated,
        },
    )
    return entry
