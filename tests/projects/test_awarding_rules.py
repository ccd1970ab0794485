from kernel.money import Money
from projects.rules.awarding import Cap, accounts_for, cap_violations, project_number

YEARLY = Cap(1, 100_000_000, is_yearly=True, counts_indirect=True)
DIRECT = Cap(2, 80_000_000, is_yearly=True, counts_indirect=False)
TERM = Cap(3, 150_000_000, is_yearly=False, counts_indirect=True)


def codes(caps: list[Cap], budget: dict[tuple[int, str], int]) -> list[tuple[str, object]]:
    years = range(min(year for year, _ in budget), max(year for year, _ in budget) + 1)
    return [(v.code, v.params["over"]) for v in cap_violations(accounts_for(caps, years), budget)]


def test_the_cap_itself_is_allowed_and_one_yen_more_is_not() -> None:
    assert codes([YEARLY], {(2026, "goods"): 70_000_000, (2026, "indirect"): 30_000_000}) == []
    assert codes([YEARLY], {(2026, "goods"): 70_000_001, (2026, "indirect"): 30_000_000}) == [
        ("cap_exceeded", Money(1, "JPY"))
    ]


def test_each_year_is_counted_alone() -> None:
    assert codes([YEARLY], {(2026, "goods"): 100_000_000, (2027, "goods"): 100_000_000}) == []


def test_a_cap_on_direct_cost_leaves_indirect_cost_out() -> None:
    assert codes([DIRECT], {(2026, "goods"): 80_000_000, (2026, "indirect"): 24_000_000}) == []
    assert codes([DIRECT], {(2026, "goods"): 80_000_001}) == [("cap_exceeded", Money(1, "JPY"))]


def test_a_cap_over_the_whole_term_counts_every_year_and_all_caps_hold_at_once() -> None:
    budget = {(2026, "goods"): 100_000_000, (2027, "goods"): 50_000_001}
    assert codes([YEARLY, TERM], budget) == [("cap_exceeded_whole_term", Money(1, "JPY"))]


def test_there_is_an_account_for_each_cap_and_year() -> None:
    assert [a.fiscal_year for a in accounts_for([YEARLY, TERM], [2026, 2027])] == [2026, 2027, 0]


def test_numbers_run_through_two_characters_and_fill_gaps() -> None:
    pattern = "JPMJAP{yy}{serial}"
    assert project_number(pattern, 2026, []) == "JPMJAP2601"
    assert project_number(pattern, 2026, ["JPMJAP2601", "JPMJAP2603"]) == "JPMJAP2602"
    taken = [f"JPMJAP26{n:02}" for n in range(1, 10)]
    assert project_number(pattern, 2026, taken) == "JPMJAP260A"
    assert project_number("AMED-{yy}", 2026, ["AMED-26"]) is None
    every = [
        f"JPMJAP26{a}{b}"
        for a in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        for b in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    ]
    assert project_number(pattern, 2026, every) is None
