"""The people and the institutions of a content, as the portal knows them now."""

from collections.abc import Callable
from typing import Any

from accounts.models import Person
from proposals.models import Proposal, TeamMember
from registries.queries import institution_names_in_all


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


def names_in_registry(ror_ids: list[str]) -> dict[str, Any]:
    """What the registry calls the institutions that were chosen from it, in each language, for readers of the other side: its
    words, which nobody signs or approves. Not mentioned where none was chosen, so that a content from before has the digest
    that it always had."""
    names = institution_names_in_all(ror_ids)
    return {"institution_names": names} if names else {}
