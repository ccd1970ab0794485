"""To whom a letter about proposals goes, and in which language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation

from accounts.enums import Role
from accounts.models import Membership, Person
from kernel.clock import day_of, today
from kernel.languages import localized
from kernel.templatetags.kernel import day
from proposals.enums import MailTo, TeamRole
from proposals.models import Proposal, TeamMember

TEAM_ROLES = {MailTo.CO_INVESTIGATORS: TeamRole.CO_INVESTIGATOR, MailTo.PARTNER_PI: TeamRole.PARTNER_PI}


@dataclass(frozen=True)
class Addressee:
    """One person to be written to about one proposal."""

    proposal: Proposal
    person: Person
    language: str

    @property
    def address(self) -> str:
        """The address of the account, else the one that the team gave; blank where there is none."""
        user = self.person.user
        return str(user.email if user else self.person.email or "")

    @property
    def name(self) -> str:
        return self.person.name_in(self.language)

    @cached_property
    def values(self) -> dict[str, str]:
        """What is put in the places of a letter (`proposals.rules.letters`), in the reader's language."""
        deadline = self.proposal.deadline_at.astimezone(ZoneInfo(settings.TIME_ZONE))
        with translation.override(self.language):
            written = f"{day(day_of(self.proposal.deadline_at))} {deadline:%H:%M} JST"
        return {
            "receipt": self.proposal.receipt_number or "",
            "title": localized(self.proposal, "title", self.language),
            "name": self.name,
            "call": localized(self.proposal.call, "title", self.language),
            "deadline": written,
        }


def addressees(proposals: Sequence[Proposal], recipients: MailTo) -> list[Addressee]:
    """Each person once for each of these proposals, in their order."""
    people: dict[int, list[tuple[Person, str]]] = {}
    if recipients == MailTo.PI:
        people = {one.pk: [(one.pi, "JP")] for one in proposals}
    elif recipients == MailTo.INSTITUTION_OFFICERS:
        officers = _officers(one.institution_id for one in proposals)
        people = {one.pk: officers.get(one.institution_id, []) for one in proposals}
    else:
        members = TeamMember.objects.filter(proposal__in=proposals, role=TEAM_ROLES[recipients])
        for member in members.select_related("person__user").order_by("pk"):
            people.setdefault(member.proposal_id, []).append((member.person, member.country_code))
    found = []
    for proposal in proposals:
        known = {person.pk: (person, country) for person, country in people.get(proposal.pk, [])}
        found += [
            Addressee(proposal, person, _language(person, country)) for person, country in known.values()
        ]
    return found


def _officers(institutions: Iterable[int]) -> dict[int, list[tuple[Person, str]]]:
    members = Membership.objects.active_on(today()).filter(
        organisation__in=set(institutions), role=Role.INSTITUTION_OFFICER
    )
    found: dict[int, list[tuple[Person, str]]] = {}
    for member in members.select_related("person__user").order_by("pk"):
        found.setdefault(member.organisation_id, []).append((member.person, "JP"))
    return found


def _language(person: Any, country: str) -> str:
    """That of the account; without one, Japanese for who works in Japan."""
    if person.user is not None:
        return "en" if person.user.language == "en" else "ja"
    return "ja" if country == "JP" else "en"
