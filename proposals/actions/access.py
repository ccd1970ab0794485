"""Who else may read a proposal, and who must not. The review's actions, which call these, have checked the right to."""

from typing import Any

from accounts.models import Person
from kernel import audit
from kernel.actions import action
from proposals.enums import AccessKind
from proposals.models import Proposal, ProposalAccess


def _record(verb: str, proposal: Proposal, person: Person, source: str, by: Any) -> None:
    audit.record(verb, proposal, by=by, details={"source": source}, private={"person": person.public_id})


@action
def let_read(*, proposal: Proposal, person: Person, source: str, by: Any) -> ProposalAccess:
    """Let a person read the proposal as it was submitted. `source` says why: several may hold at once.

    Doing it twice changes nothing. Somebody excluded still reads nothing.
    """
    access, created = ProposalAccess.objects.get_or_create(
        proposal=proposal, person=person, kind=AccessKind.READER, source=source
    )
    if created:
        _record("let_read", proposal, person, source, by)
    return access


@action
def stop_reading(*, proposal: Proposal, person: Person, source: str, by: Any) -> bool:
    """Take back what `let_read` gave for this `source`; returns whether there was anything to take back."""
    count, _ = ProposalAccess.objects.filter(
        proposal=proposal, person=person, kind=AccessKind.READER, source=source
    ).delete()
    if count:
        _record("stopped_reading", proposal, person, source, by)
    return bool(count)


@action
def exclude(*, proposal: Proposal, person: Person, source: str, by: Any) -> ProposalAccess:
    """Shut a person out of the proposal: a conflict of interest. It holds with the next request.

    Doing it twice changes nothing.
    """
    access, created = ProposalAccess.objects.get_or_create(
        proposal=proposal, person=person, kind=AccessKind.EXCLUDED, source=source
    )
    if created:
        _record("excluded", proposal, person, source, by)
    return access
