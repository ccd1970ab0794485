"""What the portal knows of reviewers and teams that may speak of a conflict of interest, read in bulk."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from accounts.enums import OrganisationKind
from accounts.models import Membership, Person
from kernel.clock import today
from proposals.enums import AccessKind
from proposals.models import Proposal, ProposalAccess
from registries.models import Author
from review.enums import Finding
from review.models import Reviewer
from review.rules.conflicts import Profile, findings, is_recent


def findings_between(proposal: Proposal, reviewers: Sequence[Reviewer]) -> dict[int, list[Finding]]:
    """What stands between a proposal and each of `reviewers`, by the reviewer's id; four queries for any number, and one more for each step by which somebody was merged."""
    team = list(proposal.team.select_related("person"))
    people = [proposal.pi, *(member.person for member in team), *(r.person for r in reviewers)]
    known = _Known(people)
    profiles = [known.profile(proposal.pi, proposal.institution.ror_id or "")]
    profiles += [known.profile(member.person, member.institution_ror_id) for member in team]
    papers = _coauthors({r.person.orcid for r in reviewers}, {profile.orcid for profile in profiles})
    excluded = set(
        ProposalAccess.objects.filter(proposal=proposal, kind=AccessKind.EXCLUDED).values_list(
            "person", flat=True
        )
    )
    excluded = {known.roots.get(key, key) for key in excluded} | excluded
    found = {}
    for reviewer in reviewers:
        own = known.profile(
            reviewer.person, reviewer.institution_ror_id, frozenset(papers[reviewer.person.orcid])
        )
        declared = [Finding.DECLARED] if own.people & excluded else []
        found[reviewer.pk] = findings(own, profiles) + declared
    return found


class _Known:
    """People's roots and institutions."""

    def __init__(self, people: Iterable[Person]) -> None:
        self.roots = _roots(people)
        self.ror_ids: dict[int, set[str]] = defaultdict(set)
        places = Membership.objects.active_on(today()).filter(
            person__in=set(self.roots) | set(self.roots.values()),
            organisation__kind=OrganisationKind.RESEARCH_INSTITUTION,
        )
        for person, ror_id in places.values_list("person", "organisation__ror_id"):
            self.ror_ids[self.roots.get(person, person)].add(ror_id or "")

    def profile(self, person: Person, ror_id: str, coauthors: frozenset[str] = frozenset()) -> Profile:
        root = self.roots[person.pk]
        return Profile(
            people=frozenset({root, person.pk}),
            emails=frozenset({person.email}),
            orcid=person.orcid,
            ror_ids=frozenset({ror_id, *self.ror_ids[root]} - {""}),
            coauthors=coauthors,
        )


def _roots(people: Iterable[Person]) -> dict[int, int]:
    """Each person's id with that of the person with whom they were merged in the end; no query where nobody was."""
    parents = {person.pk: person.merged_into_id for person in people}
    new = {parent for parent in parents.values() if parent is not None} - set(parents)
    while new:
        parents |= dict(Person.objects.filter(pk__in=new).values_list("pk", "merged_into"))
        new = {parent for parent in parents.values() if parent is not None} - set(parents)

    def root(key: int) -> int:
        parent = parents.get(key)
        return key if parent is None else root(parent)

    return {key: root(key) for key in parents}


def _coauthors(reviewers: Iterable[str], team: Iterable[str]) -> dict[str, set[str]]:
    """Those of the team's ORCID iDs with whom each reviewer's ORCID iD stands on a paper of the last years."""
    found: dict[str, set[str]] = defaultdict(set)
    ours, theirs = set(reviewers) - {""}, set(team) - {""}
    if not ours or not theirs:
        return found
    pairs = Author.objects.filter(orcid__in=ours, publication__authors__orcid__in=theirs)
    this_year = today().year
    for one, other, year in pairs.values_list("orcid", "publication__authors__orcid", "publication__year"):
        if is_recent(year, this_year):
            found[one].add(other)
    return found
