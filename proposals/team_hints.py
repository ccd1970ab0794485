"""What should be looked at in a team: hints for its writers and for the agencies, never a bar."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from kernel.violations import Violation
from proposals.enums import TeamRole
from proposals.rules.name_likeness import Likeness, forms_of, likeness

LEADERS = (TeamRole.PI, TeamRole.PARTNER_PI)


def team_hints(team: Sequence[Mapping[str, Any]]) -> dict[str, list[Violation]]:
    """By the public id of the person whom it is told of: members whose names look like one person's, and leaders who give no
    time. `team` is a content's, in the order in which its members were named.
    """
    found: dict[str, list[Violation]] = {}
    for first, second in combinations(team, 2):
        one, other = first["person"], second["person"]
        if likeness(forms_of(one), forms_of(other)) == Likeness.LIKE:
            known = next(iter(forms_of(one)), "")
            hint = Violation("member_name_alike", "team", {"name": known})
            found.setdefault(other["public_id"], []).append(hint)
    for member in team:
        if member["role"] in LEADERS and not member["effort_percent"]:
            found.setdefault(member["person"]["public_id"], []).append(
                Violation("leader_without_time", "team")
            )
    return found
