"""Grants outside the portal that the team holds or has applied for, with their effort."""

from typing import Any

from kernel import audit
from kernel.actions import action
from kernel.violations import Violation, refuse_if
from proposals.actions.editing import held, lock_for_editing, refuse_changed, refuse_stale, touch
from proposals.models import OtherGrant, Proposal, TeamMember
from proposals.rules.completeness import GRANTS
from proposals.rules.effort import grant_violations


@action
def declare_grant(
    *,
    proposal: Proposal,
    by: Any,
    member: TeamMember,
    status: str,
    funder: str,
    title: str,
    first_year: int,
    last_year: int,
    effort_percent: int,
    amount_yen: int | None = None,
) -> OtherGrant:
    """Declare another grant of somebody on the team: its fiscal years, and their effort and own amount in it.

    Raises:
        NotAllowed: `by` is no writer of this proposal.
        RuleBroken: as `lock_for_editing`; `member_of_another_team`, `ends_before_start`, `effort_out_of_range`.
    """
    locked = lock_for_editing(proposal=proposal, by=by, part=GRANTS)
    grant = OtherGrant(proposal=locked)
    _save(
        grant,
        member,
        status=status,
        funder=funder,
        title=title,
        first_year=first_year,
        last_year=last_year,
        effort_percent=effort_percent,
        amount_yen=amount_yen,
    )
    audit.record("grant_declared", locked, by=by, details={"grant": grant.public_id})
    return grant


@action
def change_grant(
    *, grant: OtherGrant, by: Any, member: TeamMember, seen: str = "", **fields: Any
) -> OtherGrant:
    """Change a declared grant; `fields` as in `declare_grant`, all of them. `seen` is the `fingerprint` of what the
    writer had before them.

    Raises:
        NotAllowed, RuleBroken: as `declare_grant`; `stale_version` if the grant was changed since `seen`.
    """
    locked = lock_for_editing(proposal=grant.proposal, by=by, part=GRANTS)
    grant = held(grant)
    refuse_stale(grant, seen, writer=by, verb="grant_changed")
    grant.proposal = locked
    _save(grant, member, **fields)
    audit.record("grant_changed", locked, by=by, details={"grant": grant.public_id})
    return grant


@action
def remove_grant(*, grant: OtherGrant, by: Any, seen: str = "") -> None:
    """Take a declared grant back.

    Raises:
        NotAllowed, RuleBroken: as `lock_for_editing`.
    """
    locked = lock_for_editing(proposal=grant.proposal, by=by, part=GRANTS)
    grant = held(grant)
    refuse_changed(grant, seen)
    audit.record("grant_removed", locked, by=by, details={"grant": grant.public_id})
    grant.delete()
    touch(locked)


def _save(grant: OtherGrant, member: TeamMember, **fields: Any) -> None:
    is_here = TeamMember.objects.filter(pk=member.pk, proposal=grant.proposal).exists()
    refuse_if(
        None if is_here else Violation("member_of_another_team", "member"),
        *grant_violations(fields["first_year"], fields["last_year"], fields["effort_percent"]),
    )
    grant.person = member.person
    for name, value in fields.items():
        setattr(grant, name, value)
    grant.save()
    touch(grant.proposal)
