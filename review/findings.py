"""What stands between reviewers and proposals, found by the portal, less what officers have set aside.

Whatever the number of proposals and reviewers, the number of queries is the same (and one more for each step by which
somebody was merged, or by which an institution stands below another).
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from kernel.violations import Violation
from proposals.enums import AccessKind
from proposals.models import Proposal, ProposalAccess, TeamMember, UnwantedReviewer
from review.enums import Finding, ReviewerState, Verdict
from review.known import Applied, People, applied_by, houses_of, joint_papers
from review.models import FindingVerdict, Reviewer
from review.rules.conflicts import (
    SHARED_SUFFIXES,
    Evidence,
    House,
    Profile,
    Unwanted,
    evidence_of,
    kinds_of,
    stands,
    telling_domain,
)

# A proposal's and a reviewer's ids.
Pair = tuple[int, int]


@dataclass(frozen=True)
class Bounds:
    """Who belongs to proposals, and whom a declaration or a verdict has shut out of them, by the proposals' ids: read once
    for all that a page asks of them."""

    members: dict[int, list[TeamMember]]
    # Pairs of a proposal's and a person's id.
    excluded: list[tuple[int, int]]


def bounds_of(proposals: Sequence[Proposal]) -> Bounds:
    """Two queries for any number."""
    keys = [proposal.pk for proposal in proposals]
    members: dict[int, list[TeamMember]] = defaultdict(list)
    for member in TeamMember.objects.filter(proposal__in=keys).select_related("person").order_by("pk"):
        members[member.proposal_id].append(member)
    rows = ProposalAccess.objects.filter(proposal__in=keys, kind=AccessKind.EXCLUDED)
    return Bounds(members, list(rows.values_list("proposal", "person")))


def findings_between(proposal: Proposal, reviewers: Sequence[Reviewer]) -> dict[int, list[Finding]]:
    """What shuts each of `reviewers` out of the proposal, by the reviewer's id; an empty list where nothing does."""
    found = findings_in([proposal], reviewers)
    return {reviewer.pk: found.get((proposal.pk, reviewer.pk), []) for reviewer in reviewers}


def findings_in(
    proposals: Sequence[Proposal], reviewers: Sequence[Reviewer], bounds: Bounds | None = None
) -> dict[Pair, list[Finding]]:
    """What shuts reviewers out of proposals, by the pair's ids; a pair between which nothing stands is absent. `bounds`: those
    of the proposals, where they are read already."""
    found = evidence_in(proposals, reviewers, bounds)
    aside = set_aside_in(proposals, reviewers) if found else {}
    kinds = {pair: kinds_of(stands(evidence, aside.get(pair, {}))) for pair, evidence in found.items()}
    return {pair: findings for pair, findings in kinds.items() if findings}


@dataclass
class _Team:
    """A proposal's team, and those by whom it asks not to be reviewed."""

    profiles: list[Profile]
    unwanted: list[Unwanted] = field(default_factory=list)


# What two people may have in common: its kind, and an id, a ROR id, a domain or an ORCID iD.
_Tie = tuple[str, int | str]


def _ties(profile: Profile, houses: dict[str, House]) -> set[_Tie]:
    """All that could tie somebody to somebody else; who shares no tie has nothing in common that is looked for."""
    ties: set[_Tie] = {("person", key) for key in profile.people}
    for ror_id in profile.ror_ids:
        house = houses.get(ror_id, House())
        ties |= {("house", key) for key in (ror_id, *house.above, *house.related)}
    for email in profile.emails:
        ties |= {("domain", level) for level in _levels(telling_domain(email))}
    return ties | {("orcid", profile.orcid)} if profile.orcid else ties


def _levels(domain: str) -> set[str]:
    """A domain and those above it under which somebody works: cs.univ.ac.jp, univ.ac.jp."""
    parts = domain.split(".") if domain else []
    return {".".join(parts[start:]) for start in range(len(parts) - 1)} - SHARED_SUFFIXES


def evidence_in(
    proposals: Sequence[Proposal], reviewers: Sequence[Reviewer], bounds: Bounds | None = None
) -> dict[Pair, list[Evidence]]:
    """All that was found between proposals and reviewers, whatever officers said of it; as `findings_in`."""
    keys = [proposal.pk for proposal in proposals]
    bounds = bounds or bounds_of(proposals)
    members = bounds.members
    named = [member.person for team in members.values() for member in team]
    people = People([*(p.pi for p in proposals), *named, *(r.person for r in reviewers)])
    teams = {
        p.pk: _Team(
            [
                people.profile(p.pi, p.institution.ror_id or ""),
                *(people.profile(m.person, m.institution_ror_id) for m in members.get(p.pk, ())),
            ]
        )
        for p in proposals
    }
    for row in UnwantedReviewer.objects.filter(proposal__in=keys).order_by("pk"):
        teams[row.proposal_id].unwanted.append(Unwanted(row.public_id, row.name, row.email))
    applied = applied_by(reviewers, people, {p.call_id for p in proposals})
    own = _profiles_of(reviewers, people, teams, applied)
    ours = {key for one in own.values() for key in one.ror_ids}
    theirs = {key for team in teams.values() for one in team.profiles for key in one.ror_ids}
    houses = houses_of(ours | theirs) if ours and theirs else {}
    tied: dict[_Tie, set[int]] = defaultdict(set)
    for key, team in teams.items():
        for tie in set().union(*(_ties(one, houses) for one in team.profiles)):
            tied[tie].add(key)
    naming = {key for key, team in teams.items() if team.unwanted}
    shut_out = _shut_out(bounds, people)
    found: dict[Pair, list[Evidence]] = {}
    for reviewer in reviewers:
        profile, root = own[reviewer.pk], people.roots[reviewer.person_id]
        ties = _ties(profile, houses) | {("orcid", orcid) for orcid in profile.coauthors}
        ties |= {("person", key) for key in profile.coapplicants}
        near = naming.union(*(tied.get(tie, ()) for tie in ties))
        for p in proposals:
            evidence = _evidence(p, profile, teams[p.pk], houses) if p.pk in near else []
            joint = applied.in_call.get(p.call_id, {}).get(root)
            if joint and Finding.TEAM_MEMBER not in kinds_of(evidence):
                evidence.append(Evidence(Finding.APPLICANT, joint, what=(joint,)))
            if profile.people & shut_out[p.pk]:
                evidence.append(Evidence(Finding.DECLARED, "declared"))
            if evidence:
                found[p.pk, reviewer.pk] = evidence
    return found


def _evidence(p: Proposal, profile: Profile, team: _Team, houses: dict[str, House]) -> list[Evidence]:
    return [
        one
        for one in evidence_of(profile, team.profiles, houses, team.unwanted)
        # Whoever is on the team itself has applied together with all of it.
        if one.finding != Finding.CO_APPLICANT or one.what != (p.public_id,)
    ]


def _profiles_of(
    reviewers: Sequence[Reviewer], people: People, teams: dict[int, _Team], applied: Applied
) -> dict[int, Profile]:
    """The reviewers' own profiles, by the reviewer's id."""
    papers = joint_papers(reviewers, {one.orcid for team in teams.values() for one in team.profiles})
    return {
        reviewer.pk: people.profile(
            reviewer.person,
            reviewer.institution_ror_id,
            coauthors=papers.get(reviewer.pk, {}),
            coapplicants=applied.jointly.get(people.roots[reviewer.person_id], {}),
        )
        for reviewer in reviewers
    }


def _shut_out(bounds: Bounds, people: People) -> dict[int, set[int]]:
    """Whom a declaration, or an officer's verdict, has shut out: people's ids by the proposal's, under every id that they have."""
    found: dict[int, set[int]] = defaultdict(set)
    for proposal, person in bounds.excluded:
        found[proposal] |= people.keys.get(people.roots.get(person, person), set()) | {person}
    return found


def set_aside_in(
    proposals: Sequence[Proposal], reviewers: Sequence[Reviewer]
) -> dict[Pair, dict[Finding, frozenset[str]]]:
    """What officers have set aside, by pair and kind: the keys of the evidence that they had before them."""
    rows = FindingVerdict.objects.filter(
        proposal__in=[p.pk for p in proposals], reviewer__in=[r.pk for r in reviewers]
    ).order_by("pk")
    found: dict[Pair, dict[Finding, frozenset[str]]] = defaultdict(dict)
    for proposal, reviewer, kind, verdict, keys in rows.values_list(
        "proposal", "reviewer", "finding", "verdict", "evidence"
    ):
        # The last word holds.
        aside = frozenset(keys) if verdict == Verdict.SET_ASIDE else frozenset()
        found[proposal, reviewer][Finding(kind)] = aside
    return found


def unavailable_violations(reviewer: Reviewer) -> list[Violation]:
    """Why nothing can be given to somebody of the pool, whatever it is."""
    found = []
    if not reviewer.counts:
        found.append(Violation("reviewer_not_confirmed", "reviewer"))
    if reviewer.state in (ReviewerState.DECLINED, ReviewerState.RETIRED):
        found.append(Violation("reviewer_not_available", "reviewer", {"name": reviewer.person.name}))
    return found
