"""The people of a content, as the portal knows them now."""

from collections.abc import Callable
from typing import Any

from accounts.models import Person
from proposals.models import Proposal, TeamMember


def people_meant(proposal: Proposal, content: dict[str, Any]) -> Callable[[str], Person]:
    """Who is meant by the public id of a person in `content`: of a member who is still there the person that they are now,
    since whoever has accepted an invitation in the meantime is a member by their own account."""
    members = TeamMember.objects.filter(proposal=proposal).select_related("person")
    bound = {member.public_id: member.person for member in members}
    now_meant = {
        member["person"]["public_id"]: bound[member["public_id"]]
        for member in content["team"]
        if member["public_id"] in bound
    }
    return lambda key: now_meant.get(key) or Person.objects.get(public_id=key)
