"""Who is told by mail that a designation was proposed, or returned to preparation."""

from collections.abc import Iterable
from typing import Any

from django.utils import translation

from accounts.models import User
from kernel.actions import action
from kernel.outbox import queue_mail
from program.models import Designation
from program.queries import designation_name
from program.signing import officers_of


@action
def tell_of_proposal(*, designation: Designation, by: User) -> None:
    """The other officers of the ministry: one of them reviews it."""
    others = officers_of(designation.programme).exclude(pk=by.pk)
    _tell("designation_proposed", designation, others, by)


@action
def tell_of_return(*, designation: Designation, proposer: User | None, by: User, reason: str) -> None:
    """Whoever had proposed it, unless it is the one who returns it."""
    if proposer is not None and proposer.pk != by.pk and proposer.is_active:
        _tell("designation_returned", designation, [proposer], by, reason=reason)


def _tell(
    template: str, designation: Designation, users: Iterable[User], writer: User, **values: Any
) -> None:
    """Once a proposal: each has kept a version of its own."""
    round_of = designation.versions.count()
    for user in users:
        with translation.override(user.language):
            name = designation_name(designation)
        queue_mail(
            template,
            to=user.email,
            language=user.language,
            values={"name": name, "officer": writer.person.name if writer.person else "", **values},
            about=designation,
            key=f"{template}:{designation.public_id}:{round_of}:{user.public_id}",
        )
