"""What the register of an agency's awards says, kept with the claim that took it over."""

from typing import Any

from kernel.clock import day_of
from proposals.models import PartnerAward
from proposals.rules.register import TAKEN, differing
from registries.models import RegisteredAward

LONGEST_TITLE = 300


def taken_from(registered: RegisteredAward | None) -> dict[str, Any]:
    """The register's own words, its source and the day of its import, as JSON values. An import that comes later changes
    the register and not this."""
    if registered is None:
        return {}
    run = registered.imported_by_run
    values = {**_plain(registered), "title": registered.title[:LONGEST_TITLE]}
    return {
        **values,
        "agency_name": registered.agency_name,
        "source_url": registered.source_url,
        "file_name": run.file_name if run else "",
        "imported_on": day_of(run.at).isoformat() if run else None,
    }


def differences(award: PartnerAward) -> list[str]:
    """The fields in which the claim differs from what was taken over; none for what was typed in."""
    return differing(_plain(award), award.taken_over)


def _plain(award: PartnerAward | RegisteredAward) -> dict[str, Any]:
    values = {field: getattr(award, field) for field in TAKEN}
    return {key: value.isoformat() if hasattr(value, "isoformat") else value for key, value in values.items()}
