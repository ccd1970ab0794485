from hypothesis import given
from hypothesis import strategies as st

from proposals.rules.effort import Commitment, Load, grant_violations, loads, overload

YEARS = range(2026, 2031)


def here(person: int, percent: int) -> Commitment:
    return Commitment(person, "here", percent, 2026, 2030)


def test_years_with_the_same_sums_are_one_load() -> None:
    found = loads(
        [here(1, 50), Commitment(1, "elsewhere", 30, 2024, 2027), Commitment(1, "grant", 20, 2027, 2099)],
        YEARS,
    )
    assert found == [
        Load(1, 2026, 2026, 50, 30),
        Load(1, 2027, 2027, 50, 30, 20),
        Load(1, 2028, 2030, 50, 0, 20),
    ]
    assert [overload(load, "A") for load in found] == [None, None, None]


def test_one_percent_too_many_is_told_with_its_sums() -> None:
    [one, *_] = loads([here(1, 50), Commitment(1, "elsewhere", 51, 2026, 2026)], YEARS)
    violation = overload(one, "研究 太郎")
    assert violation is not None
    assert (violation.code, violation.params) == (
        "effort_over",
        {
            "name": "研究 太郎",
            "first": 2026,
            "last": 2026,
            "total": 101,
            "here": 50,
            "elsewhere": 51,
            "grants": 0,
        },
    )
    [whole] = loads([here(1, 99), Commitment(1, "grant", 2, 2020, 2040)], YEARS)
    assert overload(whole, "A").code == "effort_over_years"


def test_other_peoples_and_other_years_commitments_do_not_count() -> None:
    found = loads([here(1, 60), Commitment(2, "elsewhere", 60, 2026, 2030)], YEARS)
    assert found == [Load(1, 2026, 2030, 60)]
    assert loads([here(1, 60), Commitment(1, "elsewhere", 60, 2020, 2025)], YEARS) == found


def test_a_declared_grant_has_its_bounds() -> None:
    assert grant_violations(2026, 2026, 100) == []
    assert [v.code for v in grant_violations(2027, 2026, 101)] == ["ends_before_start", "effort_out_of_range"]


COMMITMENTS = st.lists(
    st.builds(
        lambda person, source, percent, first, length: Commitment(
            person, source, percent, first, first + length
        ),
        st.integers(1, 3),
        st.sampled_from(["here", "elsewhere", "grant"]),
        st.integers(0, 100),
        st.integers(2020, 2035),
        st.integers(0, 6),
    ),
    max_size=8,
)


@given(COMMITMENTS)
def test_every_year_of_everybody_here_is_told_once_with_all_that_falls_on_it(
    commitments: list[Commitment],
) -> None:
    told = {
        (load.person, year): load.total
        for load in loads(commitments, YEARS)
        for year in range(load.first_year, load.last_year + 1)
    }
    people = {c.person for c in commitments if c.source == "here"}
    assert told == {
        (person, year): sum(
            c.percent for c in commitments if c.person == person and c.first_year <= year <= c.last_year
        )
        for person in people
        for year in YEARS
    }
