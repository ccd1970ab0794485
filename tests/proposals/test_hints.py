"""What is only looked at: an award's investigator and time, names that look alike on a team."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kernel.actions import writing
from proposals.enums import TeamRole
from proposals.models import Proposal, TeamMember
from proposals.rules.awards import Claim, warnings
from proposals.team_hints import team_hints
from tests.builders.people import make_user
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_proposal

STARTS, ENDS = dt.date(2027, 4, 1), dt.date(2032, 3, 31)
DAY = dt.date(2026, 11, 27)


def codes(
    starts: dt.date, ends: dt.date, *, name: str = "Pat Partner", leaders: Any = (("Pat Partner",),)
) -> set[str]:
    claim = Claim("1", name, 100_000_000, starts, ends)
    found = warnings(claim, project_starts=STARTS, project_ends=ENDS, today=DAY, partner_leaders=leaders)
    return {violation.code for violation in found}


@pytest.mark.parametrize(
    ("starts", "ends", "told"),
    [
        (dt.date(2026, 1, 1), ENDS, set()),
        (DAY, ENDS, set()),
        (dt.date(2026, 11, 28), ENDS, {"award_not_begun"}),
        (dt.date(2030, 4, 1), dt.date(2035, 3, 31), {"award_not_begun", "award_begins_late"}),
        (dt.date(2020, 1, 1), DAY, {"award_does_not_overlap"}),
        (dt.date(2020, 1, 1), dt.date(2026, 11, 26), {"award_does_not_overlap", "award_has_ended"}),
        (dt.date(2026, 1, 1), dt.date(2029, 3, 31), {"award_ends_early"}),
        (dt.date(2033, 1, 1), dt.date(2035, 1, 1), {"award_not_begun", "award_does_not_overlap"}),
    ],
)
def test_an_award_is_looked_at_in_its_time(starts: dt.date, ends: dt.date, told: set[str]) -> None:
    assert codes(starts, ends) == told


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("PARTNER, P.", set()),
        ("Alex Other", {"award_of_another_pi"}),
        ("パット・パートナー", {"award_pi_not_compared"}),
    ],
)
def test_the_investigator_is_a_hint(name: str, told: set[str]) -> None:
    assert codes(dt.date(2026, 1, 1), ENDS, name=name) == told
    assert codes(dt.date(2026, 1, 1), ENDS, name=name, leaders=()) == set()


def member(number: int, role: str, effort: int = 10, **names: str) -> dict[str, Any]:
    return {"role": role, "effort_percent": effort, "person": {"public_id": str(number), **names}}


def test_members_whose_names_look_alike_are_told_of_once_each() -> None:
    wayan, pat = {"given_romaji": "Wayan"}, {"given_romaji": "Pat", "family_romaji": "Partner"}
    found = team_hints(
        [
            member(1, TeamRole.PI, **wayan),
            member(2, TeamRole.PARTNER_PI, **wayan),
            member(3, TeamRole.PARTNER_MEMBER, 0, **pat),
            member(4, TeamRole.CO_INVESTIGATOR, given_kanji="花子", family_kanji="髙﨑"),
        ]
    )
    assert {key: [hint.code for hint in hints] for key, hints in found.items()} == {
        "2": ["member_name_alike"]
    }
    found = team_hints([member(1, TeamRole.PI, **pat), member(2, TeamRole.PARTNER_PI, 0, **wayan)])
    assert {key: [hint.code for hint in hints] for key, hints in found.items()} == {
        "2": ["leader_without_time"]
    }


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["team", "check"])
def test_a_partner_with_the_applicants_name_is_pointed_out(page: str) -> None:
    proposal: Proposal = make_proposal(make_call(make_stage()))
    other = make_user()
    with writing():
        for part in ("family_kanji", "given_kanji", "family_romaji", "given_romaji"):
            setattr(other.person, part, getattr(proposal.pi, part))
        other.person.save()
        TeamMember.objects.create(
            proposal=proposal,
            person=other.person,
            role=TeamRole.PARTNER_MEMBER,
            institution_name="MIT",
            country_code="US",
        )
    client = Client()
    client.force_login(proposal.pi.user)
    answer = client.get(reverse(f"proposals:{page}", args=[proposal.public_id]))
    assert "別人であることを確認してください" in answer.content.decode()
