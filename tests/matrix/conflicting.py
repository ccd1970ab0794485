"""Every way in which somebody comes to have a conflict of interest with a proposal."""

from collections.abc import Callable
from typing import Any

from accounts.models import Person
from kernel import clock
from kernel.actions import writing
from proposals.models import Proposal, TeamMember, UnwantedReviewer
from review.actions.assignments import declare_conflict
from review.actions.conflicts import declare_of_oneself, judge_finding, record_conflict
from review.actions.exclusion import shut_out
from review.enums import ConflictKind, Finding
from review.findings import evidence_in
from review.models import Assignment, Reviewer
from tests.builders.people import make_person
from tests.builders.program import make_call
from tests.builders.proposals import make_proposal
from tests.builders.registries import make_publication
from tests.matrix.world import World

Way = Callable[[World, Proposal, str], None]
KINDS = [kind for kind in ConflictKind if kind is not ConflictKind.NONE]
# Who speaks for the agency in whose pool these reviewers are.
KEEPERS = {"reviewer": "home_officer", "reviewer_asked": "partner_officer"}
ORCIDS = ("0000-0002-1825-0097", "0000-0001-5109-3700")


def person_of(world: World, role: str) -> Person:
    person: Person = world.people[role].person
    return person


def update(row: Any, **values: Any) -> None:
    with writing():
        type(row).objects.filter(pk=row.pk).update(**values)
    row.refresh_from_db()


def shut(world: World, hidden: Proposal, role: str) -> None:
    """What every way but the team's ends in."""
    shut_out(
        proposal=hidden,
        person=person_of(world, role),
        kind="coauthor",
        by=world.people["home_officer"],
        words="As declared",
    )


def declared(kind: str) -> Way:
    """An officer of themselves."""

    def way(world: World, hidden: Proposal, role: str) -> None:
        declare_of_oneself(proposal=hidden, by=world.people[role], kind=kind, words="As I know")

    return way


def _own(world: World, hidden: Proposal, role: str) -> tuple[Reviewer, Assignment]:
    reviewer = Reviewer.objects.get(call=hidden.call, person=person_of(world, role))
    return reviewer, Assignment.objects.get(proposal=hidden, reviewer=reviewer)


def declared_at(state: str, kind: str) -> Way:
    """A reviewer of themselves: before anything opened, while they write, or late, after they have submitted."""

    def way(world: World, hidden: Proposal, role: str) -> None:
        _reviewer, own = _own(world, hidden, role)
        update(own, state=state)
        declare_conflict(assignment=own, by=world.people[role], kind=kind, words="As I know")

    return way


def recorded(kind: str) -> Way:
    """An officer who has learned of it, kin for example, of a reviewer."""

    def way(world: World, hidden: Proposal, role: str) -> None:
        reviewer, _own_review = _own(world, hidden, role)
        by = world.people[KEEPERS[role]]
        record_conflict(proposal=hidden, reviewer=reviewer, by=by, kind=kind, words="As I was told")

    return way


def _related(world: World, hidden: Proposal, reviewer: Reviewer, finding: Finding) -> None:
    """Bring about what the portal finds."""
    member, person = hidden.team.order_by("pk").last(), reviewer.person
    assert member is not None
    if finding is Finding.SAME_INSTITUTION:
        update(member, institution_ror_id="057zh3y96")
        update(reviewer, institution_ror_id="057zh3y96")
    elif finding is Finding.SAME_DOMAIN:
        update(member.person, email="one@department.example.ac.jp")
        update(person, email="other@department.example.ac.jp")
    elif finding is Finding.COAUTHOR:
        update(hidden.pi, orcid=ORCIDS[0])
        update(person, orcid=ORCIDS[1])
        paper = make_publication(("Tokyo, Japan", "JP"), ("Boston, USA", "US"), title="Joint", year=2026)
        for author, orcid in zip(paper.authors.order_by("position"), ORCIDS, strict=True):
            update(author, orcid=orcid)
    elif finding is Finding.CO_APPLICANT:
        earlier = make_proposal(make_call(world.stage, state="closed"), state="submitted", pi=hidden.pi.user)
        with writing():
            TeamMember.objects.create(
                proposal=earlier, person=person, role="co_investigator", joined_at=clock.now()
            )
    elif finding is Finding.APPLICANT:
        make_proposal(hidden.call, state="eligible", pi=person.user)
    else:
        with writing():
            UnwantedReviewer.objects.create(proposal=hidden, name=person.name_in("en"), reason="A rival")


def upheld(finding: Finding) -> Way:
    """What the portal found, or the applicants asked for, and an officer upheld."""

    def way(world: World, hidden: Proposal, role: str) -> None:
        reviewer, _own_review = _own(world, hidden, role)
        _related(world, hidden, reviewer, finding)
        pair = evidence_in([hidden], [reviewer])[hidden.pk, reviewer.pk]
        judge_finding(
            proposal=hidden,
            reviewer=reviewer,
            finding=finding,
            verdict="upheld",
            reason="It stands",
            seen=[one.key for one in pair if one.finding == finding],
            by=world.people[KEEPERS[role]],
        )

    return way


def of_the_team(*, joined: bool = True) -> Way:
    """Of the team, or named in it and not answered yet."""

    def way(world: World, hidden: Proposal, role: str) -> None:
        with writing():
            TeamMember.objects.create(
                proposal=hidden,
                person=person_of(world, role),
                role="co_investigator",
                institution_name="Example",
                country_code="JP",
                joined_at=clock.now() if joined else None,
            )

    return way


def by_another_account(*, merged_first: bool) -> Way:
    """Declared by a person who is this one under another id, known to be so before or only since."""

    def way(world: World, hidden: Proposal, role: str) -> None:
        person = person_of(world, role)
        with writing():
            other = make_person(
                family_romaji="Merged", given_romaji="Away", merged_into=person if merged_first else None
            )
        shut_out(
            proposal=hidden, person=other, kind="coauthor", by=world.people["home_officer"], words="Declared"
        )
        if not merged_first:
            update(other, merged_into=person)

    return way


FOUND = tuple(one for one in Finding if one not in (Finding.DECLARED, Finding.TEAM_MEMBER))
OF_ALL: dict[str, Way] = {
    "team": of_the_team(),
    "named in the team": of_the_team(joined=False),
    "merged": by_another_account(merged_first=True),
    "merged since": by_another_account(merged_first=False),
}
OF_OFFICERS: dict[str, Way] = {**{f"declared {kind}": declared(kind) for kind in KINDS}, **OF_ALL}
OF_REVIEWERS: dict[str, Way] = {
    **{
        f"declared {kind} when {state}": declared_at(state, kind)
        for kind in KINDS
        for state in ("assigned", "in_progress", "submitted")
    },
    **{f"recorded {kind}": recorded(kind) for kind in KINDS},
    **{f"found {finding}": upheld(finding) for finding in FOUND},
    **OF_ALL,
}
