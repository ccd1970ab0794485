"""What everybody on a team has promised of their working time, here and elsewhere."""

from collections.abc import Collection, Iterator

from django.db.models import Prefetch, Q, prefetch_related_objects

from proposals.enums import ProposalState
from proposals.models import OtherGrant, Proposal, Submission, TeamMember
from proposals.rules.effort import Commitment, Load, loads
from proposals.told import is_held_back

# A proposal that was handed in and not turned down, and the project that it became.
STANDING = (
    ProposalState.SUBMITTED,
    ProposalState.LOCKED,
    ProposalState.ELIGIBLE,
    ProposalState.RESERVED,
    ProposalState.ADOPTED,
)


def loads_of(proposal: Proposal) -> list[tuple[str, Load]]:
    """Everybody's load in the proposal's fiscal years, each with the person's name in the reader's language."""
    prefetch_related_objects(
        [proposal],
        Prefetch("team", TeamMember.objects.select_related("person")),
        Prefetch("grants", OtherGrant.objects.select_related("person")),
    )
    years = proposal.fiscal_years
    team = sorted(proposal.team.all(), key=lambda member: member.pk)
    people = {member.person_id: member.person for member in team}
    commitments = [
        *(
            Commitment(member.person_id, "here", member.effort_percent, years[0], years[-1])
            for member in team
        ),
        *(
            Commitment(grant.person_id, "grant", grant.effort_percent, grant.first_year, grant.last_year)
            for grant in proposal.grants.all()
        ),
        *_elsewhere(proposal, list(people)),
    ]
    return [(people[load.person].name, load) for load in loads(commitments, years)]


def _elsewhere(proposal: Proposal, people: Collection[int]) -> Iterator[Commitment]:
    """Their parts in the other proposals that stand. A draft binds nobody; of a reopened one, what was submitted stands."""
    members = (
        TeamMember.objects.filter(person__in=people, proposal__receipt_number__isnull=False)
        .exclude(proposal=proposal)
        .filter(
            Q(proposal__state__in=(*STANDING, ProposalState.DRAFT))
            # Not adopted, and not published: a load that falls would tell it.
            | Q(is_held_back("proposal__"), proposal__told_state__in=STANDING)
        )
    )
    reopened = set()
    found = members.values_list(
        "proposal_id",
        "proposal__state",
        "person_id",
        "effort_percent",
        "proposal__call__first_year",
        "proposal__years",
    )
    for other, state, person, percent, first, years in found:
        if state == ProposalState.DRAFT:
            reopened.add(other)
        else:
            yield Commitment(person, "elsewhere", percent, first, first + years - 1)
    if reopened:
        yield from _as_submitted(reopened, people)


def _as_submitted(proposals: Collection[int], people: Collection[int]) -> Iterator[Commitment]:
    submissions = Submission.objects.filter(proposal__in=proposals).order_by("proposal", "number")
    newest = dict(submissions.values_list("proposal_id", "content"))
    known = dict(
        TeamMember.objects.filter(person__in=people).values_list("person__public_id", "person_id").distinct()
    )
    for content in newest.values():
        years = content["fiscal_years"]
        for member in content["team"]:
            person = known.get(member["person"]["public_id"])
            if person is not None:
                yield Commitment(person, "elsewhere", member["effort_percent"], years[0], years[-1])
