"""To whom the letters on proposals go."""

from collections.abc import Collection
from dataclasses import dataclass

from accounts.enums import Role
from accounts.models import Membership, Person
from kernel.clock import today
from proposals.enums import TeamRole
from proposals.models import Proposal, TeamMember
from review.enums import Addressee


@dataclass(frozen=True)
class Recipient:
    """Somebody to whom the letter on a proposal goes."""

    addressee: Addressee
    person: Person

    @property
    def email(self) -> str:
        user = getattr(self.person, "user", None)
        return str(user.email if user else self.person.email)

    @property
    def language(self) -> str:
        user = getattr(self.person, "user", None)
        return str(user.language) if user else "en"


def recipients_of(proposals: Collection[Proposal]) -> dict[int, list[Recipient]]:
    """By the key of the proposal: the principal investigator, the partner's, and the officers of the institution who are not
    of the team; each once. Two queries, however many proposals there are, which come with `pi__user`."""
    teams: dict[int, list[TeamMember]] = {proposal.pk: [] for proposal in proposals}
    for member in TeamMember.objects.joined().filter(proposal__in=teams).select_related("person__user"):
        teams[member.proposal_id].append(member)
    officers: dict[int | None, list[Person]] = {}
    for membership in (
        Membership.objects.active_on(today())
        .filter(
            organisation__in={proposal.institution_id for proposal in proposals},
            role=Role.INSTITUTION_OFFICER,
        )
        .select_related("person__user")
        .order_by("person")
    ):
        officers.setdefault(membership.organisation_id, []).append(membership.person)
    return {
        proposal.pk: _recipients(proposal.pi, teams[proposal.pk], officers.get(proposal.institution_id, []))
        for proposal in proposals
    }


def _recipients(pi: Person, team: list[TeamMember], officers: list[Person]) -> list[Recipient]:
    of_the_team = {pi.pk, *(member.person_id for member in team)}
    partners = [member.person for member in team if member.role == TeamRole.PARTNER_PI]
    found = [
        Recipient(Addressee.PI, pi),
        *(Recipient(Addressee.PARTNER_PI, person) for person in partners if person.pk != pi.pk),
        *(Recipient(Addressee.INSTITUTION, person) for person in officers if person.pk not in of_the_team),
    ]
    return list({recipient.person.pk: recipient for recipient in reversed(found)}.values())[::-1]
