"""Amounts of years that a shorter term cuts off: told, kept until somebody removes them, counted nowhere in between."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from kernel.actions import writing
from proposals.actions.budgets import beyond_term, parts_of
from proposals.actions.content import content_of, digest
from proposals.actions.core import save_core
from proposals.actions.putting_back import put_back
from proposals.budgeting import asked_in
from proposals.forms.budget import initial_cells
from proposals.models import Proposal
from proposals.queries import asked_of
from proposals.rules.answers import outside_term, with_cells, within_term
from tests.builders.program import add_fields_section, make_call, make_stage
from tests.builders.proposals import make_pi, make_proposal
from tests.proposals.test_budgets import add_co_investigator, address, client_of, fresh, save

pytestmark = pytest.mark.django_db
KEPT = {(2026, "goods"): 100, (2030, "goods"): 30, (2029, "travel"): 20}


@pytest.fixture
def pi() -> User:
    return make_pi()


@pytest.fixture
def proposal(pi: User) -> Proposal:
    found = make_proposal(make_call(make_stage()), pi=pi)
    return save(found, pi, amounts=KEPT, funding={(2030, "own"): 7})


def lasting(proposal: Proposal, pi: User, years: int) -> Proposal:
    now = fresh(proposal)
    titles = {"title_ja": now.title_ja, "title_en": now.title_en}
    return save_core(proposal=now, by=pi, version=now.version, years=years, **titles)


def sent(client: Client, proposal: Proposal, **more: str) -> Any:
    """The budget page's own form, as it stands, saved with one cell changed."""
    now = fresh(proposal)
    within = {
        key: {cell: amount for cell, amount in part.items() if cell[0] in now.fiscal_years}
        for key, part in parts_of(now).items()
    }
    data = {
        "version": now.version,
        "parts": "1",
        "part": [key for key in within if key],
        **initial_cells(within, {}),
        **more,
    }
    return client.post(address("budget", proposal), {name: value for name, value in data.items() if value})


@pytest.mark.parametrize("between", [{}, {"goods_2026": "101"}])
def test_a_term_that_shrinks_and_grows_again_loses_no_amount(
    pi: User, proposal: Proposal, between: dict[str, str]
) -> None:
    key = add_co_investigator(proposal)
    other = {(2030, "other"): 9}
    save(proposal, pi, amounts=KEPT, funding={(2030, "own"): 7}, others={key: other})
    lasting(proposal, pi, 3)
    if between:
        assert sent(client_of(pi), proposal, **between).status_code == 302
    now = fresh(proposal)
    first = 101 if between else 100
    assert asked_in(content_of(now)) == {(2026, "goods"): first}
    assert asked_of(now) == first
    assert "other_funding" not in content_of(now)
    assert beyond_term(now) == (
        {(2030, "goods"): 30, (2029, "travel"): 20, (2030, "other"): 9},
        {(2030, "own"): 7},
    )
    lasting(proposal, pi, 5)
    assert parts_of(fresh(proposal)) == {"": {**KEPT, (2026, "goods"): first}, key: other}
    assert content_of(fresh(proposal))["other_funding"] == [
        {"fiscal_year": 2030, "source": "own", "amount": 7}
    ]


def test_it_is_told_before_and_after_and_where_it_is_looked_at(pi: User, proposal: Proposal) -> None:
    client = client_of(pi)
    core = address("core", proposal, language="en")
    assert "amounts up to FY2030" in client.get(core).content.decode()
    now = fresh(proposal)
    data = {"title_ja": now.title_ja, "title_en": now.title_en, "years": 3, "version": now.version}
    page = client.post(core, {**data, "designation": now.designation_id}, follow=True).content.decode()
    said = "¥57 of FY2029 to FY2030 in the budget lies outside the term"
    assert said in page
    for where in ("budget", "check", "core"):
        assert said in client.get(address(where, proposal, language="en")).content.decode(), where
    lasting(proposal, pi, 5)
    for where in ("budget", "check"):
        assert "outside the term" not in client.get(address(where, proposal, language="en")).content.decode()


def test_it_goes_when_somebody_removes_it(pi: User, proposal: Proposal) -> None:
    lasting(proposal, pi, 3)
    assert sent(client_of(pi), proposal, drop_outside="1").status_code == 302
    assert beyond_term(fresh(proposal)) == ({}, {})
    lasting(proposal, pi, 5)
    assert parts_of(fresh(proposal)) == {"": {(2026, "goods"): 100}}


def test_an_institution_taken_away_takes_what_is_outside_with_it(pi: User, proposal: Proposal) -> None:
    key = add_co_investigator(proposal)
    save(proposal, pi, amounts=KEPT, others={key: {(2030, "other"): 9}})
    lasting(proposal, pi, 3)
    save(proposal, pi, amounts={(2026, "goods"): 1})
    assert list(parts_of(fresh(proposal))) == [""]


def test_what_was_submitted_is_put_back_and_money_outside_its_term_stays(
    pi: User, proposal: Proposal
) -> None:
    key = add_co_investigator(proposal)
    save(proposal, pi, amounts=KEPT, funding={(2030, "own"): 7}, others={key: {(2030, "other"): 9}})
    lasting(proposal, pi, 3)
    submitted = content_of(fresh(proposal))
    save(fresh(proposal), pi, amounts={(2026, "goods"): 1})
    with writing():
        put_back(fresh(proposal), submitted)
    now = fresh(proposal)
    assert digest(content_of(now)) == digest(submitted)
    # The writer took the other institution away after the submission, and its money with it.
    assert beyond_term(now) == ({(2030, "goods"): 30, (2029, "travel"): 20}, {(2030, "own"): 7})


def table_of(proposal: Proposal) -> Any:
    found = proposal.sections.filter(section__key="facts").first()
    return found.answers.get("yen-table") if found else None


@pytest.fixture
def with_table(pi: User) -> Proposal:
    call = make_call(make_stage())
    add_fields_section(call)
    proposal = make_proposal(call, pi=pi, is_complete=False)
    path = f"/en/proposals/{proposal.public_id}/sections/facts/"
    cells = {"field_yen-table__first__2026": "5", "field_yen-table__first__2030": "70"}
    assert client_of(pi).post(path, {"revision": "0", **cells}).status_code == 302
    return fresh(proposal)


def test_a_table_of_the_form_keeps_what_a_shorter_term_cuts_off_and_counts_it_nowhere(
    pi: User, with_table: Proposal
) -> None:
    client, said = client_of(pi), "¥70 of FY2030 lies outside the term"
    path = f"/en/proposals/{with_table.public_id}/sections/facts/"
    whole = {"first": {"2026": 5, "2030": 70}}
    assert table_of(with_table) == whole
    lasting(with_table, pi, 3)
    assert said in client.get(address("check", with_table, language="en")).content.decode()
    page = client.get(path).content.decode()
    assert "(outside the term)" in page and 'name="field_yen-table__first__2030"' in page
    assert 'name="field_yen-table__first__2029"' not in page
    answer = next(
        one["answer"]
        for section in content_of(fresh(with_table))["sections"]
        for one in section.get("answers", ())
        if one["key"] == "yen-table"
    )
    assert answer == {"first": {"2026": 5}}
    # The page as it is sent back keeps it; taken out of its cell it goes.
    cells = {"field_yen-table__first__2026": "6", "field_yen-table__first__2030": "70"}
    assert client.post(path, {"revision": "1", **cells}).status_code == 302
    assert table_of(with_table) == {"first": {"2026": 6, "2030": 70}}
    assert (
        client.post(path, {"revision": "2", **cells, "field_yen-table__first__2030": ""}).status_code == 302
    )
    assert table_of(with_table) == {"first": {"2026": 6}}
    assert said not in client.get(address("check", with_table, language="en")).content.decode()


def test_a_page_from_before_the_term_was_shortened_loses_no_cell(pi: User, with_table: Proposal) -> None:
    path = f"/en/proposals/{with_table.public_id}/sections/facts/"
    lasting(with_table, pi, 3)
    cells = {"field_yen-table__first__2026": "5", "field_yen-table__first__2029": "8"}
    assert client_of(pi).post(path, {"revision": "1", **cells}).status_code == 302
    assert table_of(with_table)["first"]["2029"] == 8


def test_what_was_submitted_is_put_back_and_a_tables_cells_outside_stay(
    pi: User, with_table: Proposal
) -> None:
    lasting(with_table, pi, 3)
    submitted = content_of(fresh(with_table))
    path = f"/en/proposals/{with_table.public_id}/sections/facts/"
    cells = {"field_yen-table__first__2026": "999", "field_yen-table__first__2030": "70"}
    client_of(pi).post(path, {"revision": "1", **cells})
    with writing():
        put_back(fresh(with_table), submitted)
    assert table_of(with_table) == {"first": {"2026": 5, "2030": 70}}
    assert digest(content_of(fresh(with_table))) == digest(submitted)


def test_only_a_table_has_cells_outside_a_term() -> None:
    table = {"a": {"2026": 1, "2030": 2}, "b": {"2030": 3}}
    assert within_term("yen_table", table, [2026]) == {"a": {"2026": 1}}
    assert outside_term("yen_table", table, [2026]) == {"a": {"2030": 2}, "b": {"2030": 3}}
    assert with_cells({"a": {"2026": 1}}, {"b": {"2030": 3}}) == {"a": {"2026": 1}, "b": {"2030": 3}}
    assert with_cells(None, {"b": {"2030": 3}}) == {"b": {"2030": 3}}
    assert (within_term("number", "12", []), outside_term("number", "12", []), with_cells("x", {})) == (
        "12",
        {},
        "x",
    )
    assert outside_term("yen_table", None, [2026]) == {}
