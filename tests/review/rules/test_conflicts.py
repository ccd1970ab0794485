import pytest

from review.enums import Finding
from review.rules.conflicts import Profile, findings, is_recent, share_a_domain

TEAM = [
    Profile(frozenset({1}), frozenset({"pi@cs.univ-a.ac.jp"}), "0000-0001", frozenset({"057zh3y96"})),
    Profile(frozenset({2, 7}), frozenset({"partner@state.edu"}), "0000-0002", frozenset({"02kpeqv85"})),
]


def test_stranger_has_no_conflict() -> None:
    stranger = Profile(frozenset({9}), frozenset({"r@other.edu"}), "0000-0009", frozenset({"01dq60k83"}))
    assert findings(stranger, TEAM) == []


def test_what_is_not_known_finds_nothing() -> None:
    unknown = Profile(frozenset({9}))
    assert findings(unknown, [Profile(frozenset({1}))]) == []


def test_member_of_the_team_by_any_account() -> None:
    assert findings(Profile(frozenset({7})), TEAM) == [Finding.TEAM_MEMBER]


def test_same_institution_by_its_ror_id() -> None:
    assert findings(Profile(frozenset({9}), ror_ids=frozenset({"02kpeqv85"})), TEAM) == [
        Finding.SAME_INSTITUTION
    ]


def test_joint_paper() -> None:
    assert findings(Profile(frozenset({9}), coauthors={"0000-0002": frozenset({"10.1/a"})}), TEAM) == [
        Finding.COAUTHOR
    ]


def test_every_kind_is_named_once() -> None:
    reviewer = Profile(
        frozenset({9}),
        frozenset({"r@univ-a.ac.jp", "r@state.edu"}),
        "",
        frozenset({"057zh3y96", "02kpeqv85"}),
        {"0000-0001": frozenset({"10.1/a"}), "0000-0002": frozenset({"10.1/a"})},
    )
    assert findings(reviewer, TEAM) == [Finding.SAME_INSTITUTION, Finding.SAME_DOMAIN, Finding.COAUTHOR]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("a@univ.ac.jp", "b@univ.ac.jp", True),
        ("a@CS.Univ.ac.jp", "b@univ.ac.jp", True),
        ("a@notuniv.ac.jp", "b@univ.ac.jp", False),
        ("a@gmail.com", "b@gmail.com", False),
        ("a@people.example", "b@people.example", False),
        ("", "", False),
        ("a", "a", False),
        ("a@ac.jp", "b@univ.ac.jp", False),
    ],
)
def test_domains(one: str, other: str, expected: bool) -> None:
    assert share_a_domain(one, other) is expected


def test_papers_of_five_years_count() -> None:
    assert [is_recent(year, 2026) for year in (2026, 2021, 2020, None)] == [True, True, False, True]
