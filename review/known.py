"""What the portal knows of people that may speak of a conflict of interest, read in bulk as `Profile`s."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import FilteredRelation, Q

from accounts.enums import OrganisationKind
from accounts.models import Person
from kernel.clock import today
from proposals.enums import ProposalState
from proposals.models import TeamMember
from registries.models import Author, Institution
from review.models import Reviewer
from review.rules.conflicts import COAUTHOR_YEARS, House, Profile, is_recent

# So far above an institution is looked for others: a laboratory, its institute, its school, its university.
STEPS_UP = 4
# A draft may name anybody, and one that was withdrawn came to nothing.
NOT_APPLIED = (ProposalState.DRAFT, ProposalState.WITHDRAWN)


class People:
    """People under every id that they have, and where they work."""

    def __init__(self, people: Iterable[Person]) -> None:
        self.roots = _roots(list(people))
        self.keys: dict[int, set[int]] = defaultdict(set)
        self.ror_ids: dict[int, set[str]] = defaultdict(set)
        # The people themselves and those who were merged with them, each with where they work today: one query.
        day = today()
        is_today = Q(memberships__starts_on__lte=day) & (
            Q(memberships__ends_on=None) | Q(memberships__ends_on__gte=day)
        )
        rows = (
            Person.objects.filter(Q(pk__in=self.roots) | Q(merged_into__in=set(self.roots.values())))
            .annotate(place=FilteredRelation("memberships", condition=is_today))
            .values_list("pk", "merged_into", "place__organisation__kind", "place__organisation__ror_id")
        )
        for key, parent, kind, ror_id in rows:
            root = self.roots.setdefault(key, self.roots.get(parent or 0, key))
            if kind == OrganisationKind.RESEARCH_INSTITUTION:
                self.ror_ids[root].add(ror_id or "")
        for key, root in self.roots.items():
            self.keys[root].add(key)

    def of(self, person: Person) -> frozenset[int]:
        return frozenset(self.keys[self.roots[person.pk]])

    def profile(self, person: Person, ror_id: str, **more: Any) -> Profile:
        own = self.ror_ids[self.roots[person.pk]]
        names = {person.name_in("ja"), person.name_in("en")}
        return Profile(
            people=self.of(person),
            emails=frozenset({person.email}),
            orcid=person.orcid,
            ror_ids=frozenset({ror_id, *own} - {""}),
            name=person.name,
            names=frozenset(names),
            **more,
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


def houses_of(ror_ids: Iterable[str]) -> dict[str, House]:
    """Where ROR places these institutions; one query for each step upwards."""
    above: dict[str, set[str]] = {}
    related: dict[str, set[str]] = {}
    schools: set[str] = set()
    wanted = set(ror_ids) - {""}
    asked = set(wanted)
    new = wanted
    for _step in range(STEPS_UP + 1):
        if not new:
            break
        rows = Institution.objects.filter(ror_id__in=new).values_list("ror_id", "relationships", "kinds")
        for ror_id, relations, kinds in rows:
            above[ror_id] = {r["ror_id"] for r in relations if r.get("kind") == "parent"}
            related[ror_id] = {r["ror_id"] for r in relations if r.get("kind") == "related"}
            if "education" in kinds:
                schools.add(ror_id)
        new = {parent for key in new for parent in above.get(key, ())} - set(above) - asked
        asked |= new

    def ancestors(key: str, seen: set[str]) -> set[str]:
        for parent in above.get(key, set()) - seen:
            seen.add(parent)
            ancestors(parent, seen)
        return seen

    return {
        key: House(
            above=frozenset(ancestors(key, set())),
            related=frozenset(related[key]),
            schools=frozenset(above[key] & schools),
        )
        for key in wanted
        if key in above
    }


def joint_papers(reviewers: Sequence[Reviewer], team: Iterable[str]) -> dict[int, dict[str, frozenset[str]]]:
    """By the reviewer's id and the ORCID iDs of the team: the papers of the last years that bear both.

    A reviewer stands on a paper by their ORCID iD, or by naming its DOI among their own.
    """
    theirs = set(team) - {""}
    found: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    by_orcid: dict[str, list[int]] = defaultdict(list)
    by_doi: dict[str, list[int]] = defaultdict(list)
    for reviewer in reviewers:
        if reviewer.person.orcid:
            by_orcid[reviewer.person.orcid].append(reviewer.pk)
        for doi in reviewer.dois:
            by_doi[doi].append(reviewer.pk)
    if not theirs or not (by_orcid or by_doi):
        return {}
    this_year = today().year
    # The team is the shorter list; whatever it published is read, with the reviewers' iDs where they stand on it too.
    rows = Author.objects.filter(orcid__in=theirs).filter(
        Q(publication__authors__orcid__in=set(by_orcid)) | Q(publication__doi__in=set(by_doi))
    )
    values = rows.values_list(
        "orcid",
        "publication__authors__orcid",
        "publication__doi",
        "publication__source_key",
        "publication__year",
    )
    for member, other, doi, key, year in values.distinct():
        if not is_recent(year, this_year):
            continue
        for pk in {*by_orcid.get(other, ()), *by_doi.get(doi or "", ())}:
            found[pk][member].add(doi or key)
    return {pk: {member: frozenset(papers) for member, papers in mine.items()} for pk, mine in found.items()}


@dataclass(frozen=True)
class Applied:
    """What reviewers applied for: by root and the other members' ids the public ids of joint proposals of the last years; by
    the call's id and the root the public id of a proposal of that call."""

    jointly: dict[int, dict[int, frozenset[str]]]
    in_call: dict[int, dict[int, str]]


def applied_by(reviewers: Sequence[Reviewer], people: People, calls: set[int]) -> Applied:
    """Each reviewer's applications with everybody on their teams; one query."""
    own = {key for reviewer in reviewers for key in people.of(reviewer.person)}
    since = today() - dt.timedelta(days=round(COAUTHOR_YEARS * 365.25))
    rows = (
        TeamMember.objects.filter(
            Q(proposal__call__opens_at__date__gte=since) | Q(proposal__call__in=calls),
            person__in=own,
            proposal__is_test=False,
        )
        .exclude(proposal__state__in=NOT_APPLIED)
        .values_list("person", "proposal__public_id", "proposal__call", "proposal__team__person")
    )
    in_call: dict[int, dict[int, str]] = defaultdict(dict)
    jointly: dict[int, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for person, public_id, call, other in rows:
        root = people.roots[person]
        if call in calls:
            in_call[call][root] = public_id
        if people.roots.get(other, root) != root:
            jointly[root][other].add(public_id)
    frozen = {
        root: {other: frozenset(joint) for other, joint in known.items()} for root, known in jointly.items()
    }
    return Applied(frozen, in_call)
