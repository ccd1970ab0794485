"""The budget of several institutions: saved, shown, pasted, submitted, put back, printed, downloaded."""

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from kernel.actions import writing
from kernel.violations import RuleBroken
from proposals.actions.budgets import funding_of, institutions_of, known_as, parts_of, save_budget
from proposals.actions.content import content_of, digest
from proposals.actions.putting_back import put_back
from proposals.actions.signing import core_digest
from proposals.budgeting import asked_in, months_in, parts_in
from proposals.documents import sheet_of
from proposals.models import BudgetInstitution, Proposal, TeamMember
from proposals.queries import last_submission
from proposals.rules.institutions import Named
from tests.builders.people import make_institution, make_person
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_pi, make_proposal, submit_as_row
from tests.counting import asks

pytestmark = pytest.mark.django_db
ROR = "01sjwvz98"


def fresh(proposal: Proposal) -> Proposal:
    return Proposal.objects.get(pk=proposal.pk)


def add_co_investigator(
    proposal: Proposal, name: str = "例示研究所", ror_id: str = ROR, country: str = "JP"
) -> str:
    """A co-investigator of this institution; its key."""
    with writing():
        TeamMember.objects.create(
            proposal=proposal,
            person=make_person(given_romaji=name),
            role="co_investigator",
            institution_name=name,
            institution_ror_id=ror_id,
            country_code=country,
            effort_percent=5,
        )
    return Named(name, ror_id).key


@pytest.fixture
def pi() -> User:
    return make_pi()


@pytest.fixture
def proposal(pi: User) -> Proposal:
    return make_proposal(make_call(make_stage()), pi=pi)


def save(proposal: Proposal, pi: User, **values: Any) -> Proposal:
    now = fresh(proposal)
    return save_budget(
        proposal=now, by=pi, version=now.version, **{"amounts": {(2026, "goods"): 100}, **values}
    )


def address(page: str, proposal: Proposal, *more: str, language: str = "ja") -> str:
    with translation.override(language):
        return reverse(f"proposals:{page}", args=[proposal.public_id, *more])


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_co_investigators_institutions_in_japan_are_offered_and_no_others(proposal: Proposal) -> None:
    add_co_investigator(proposal)
    add_co_investigator(proposal, "Example University", "", country="US")
    add_co_investigator(proposal, str(proposal.institution.name_ja), "")
    assert [one.name for one in institutions_of(fresh(proposal)).values()] == ["例示研究所"]


def test_each_institution_has_its_own_lines_and_all_of_them_are_asked_for(
    pi: User, proposal: Proposal
) -> None:
    key = add_co_investigator(proposal)
    save(proposal, pi, others={key: {(2026, "goods"): 7, (2027, "travel"): 5}})
    now = fresh(proposal)
    assert parts_of(now) == {"": {(2026, "goods"): 100}, key: {(2026, "goods"): 7, (2027, "travel"): 5}}
    assert asked_in(content_of(now)) == {(2026, "goods"): 107, (2027, "travel"): 5}


def test_an_institution_that_nobody_of_the_team_is_of_is_refused(pi: User, proposal: Proposal) -> None:
    with pytest.raises(RuleBroken, match="budget_institution_unknown"):
        save(proposal, pi, others={"abc": {(2026, "goods"): 7}})
    assert proposal.budget.count() == 25


def test_an_institution_that_left_the_team_keeps_its_part_and_is_told(pi: User, proposal: Proposal) -> None:
    key = add_co_investigator(proposal)
    save(proposal, pi, others={key: {(2026, "goods"): 7}})
    with writing():
        proposal.team.filter(institution_ror_id=ROR).delete()
    save(proposal, pi, others={key: {(2026, "goods"): 8}})
    assert parts_of(fresh(proposal))[key] == {(2026, "goods"): 8}
    page = client_of(pi).get(address("budget", proposal))
    assert any("例示研究所" in hint for hint in page.context["hints"])


def test_the_institution_of_the_portal_is_found_by_its_ror_id_or_its_name() -> None:
    by_ror, by_name = make_institution(), make_institution()
    with writing():
        by_ror.ror_id = ROR
        by_ror.save()
    assert known_as(Named("whatever", ROR)) == by_ror
    assert known_as(Named(by_name.name_ja)) == by_name
    assert known_as(Named("どこにもない研究所")) is None


def test_a_budget_of_one_institution_has_the_digest_that_it_always_had(proposal: Proposal) -> None:
    content = content_of(proposal)
    assert not {"budget_institutions", "other_funding", "months"} & set(content)
    assert all(set(line) == {"fiscal_year", "category", "amount"} for line in content["budget"])


def test_what_was_submitted_is_put_back_whole(pi: User, proposal: Proposal) -> None:
    key = add_co_investigator(proposal)
    funding, months = {(2026, "own"): 3, (2027, "partner"): 4}, (10, 9)
    save(proposal, pi, others={key: {(2026, "goods"): 7}}, funding=funding, months=months)
    content = content_of(fresh(proposal))
    save(proposal, pi)
    assert digest(content_of(fresh(proposal))) != digest(content)
    with writing():
        put_back(now := fresh(proposal), content)
    assert digest(content_of(fresh(proposal))) == digest(content)
    assert (funding_of(now), (now.first_month, now.last_month)) == (funding, months)


def test_a_content_from_before_institutions_is_read_and_put_back(pi: User, proposal: Proposal) -> None:
    old = content_of(fresh(proposal))
    key = add_co_investigator(proposal)
    save(proposal, pi, others={key: {(2026, "goods"): 7}}, funding={(2026, "other"): 1}, months=(10, None))
    assert (list(parts_in(old)), months_in(old)) == ([""], (None, None))
    with writing():
        put_back(fresh(proposal), old)
    now = fresh(proposal)
    assert (now.budget.count(), now.first_month, now.other_funding.count()) == (25, None, 0)
    assert not BudgetInstitution.objects.exists()


def test_money_is_no_part_of_the_core_that_both_sides_sign(pi: User, proposal: Proposal) -> None:
    key = add_co_investigator(proposal)
    before = core_digest(content_of(fresh(proposal)))
    save(proposal, pi, others={key: {(2026, "goods"): 7}}, months=(10, 9))
    assert core_digest(content_of(fresh(proposal))) == before


def test_the_submitted_budget_is_that_of_all_institutions(pi: User, proposal: Proposal) -> None:
    key = add_co_investigator(proposal)
    save(proposal, pi, others={key: {(2026, "goods"): 7}})
    with writing():
        submit_as_row(fresh(proposal), pi)
    assert asked_in(last_submission(proposal).content) == {(2026, "goods"): 107}


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"months": (13, None)}, "month_unknown"),
        ({"funding": {(2040, "own"): 1}}, "budget_year_outside_term"),
        ({"funding": {(2026, "bank"): 1}}, "budget_category_unknown"),
        ({"funding": {(2026, "own"): -1}}, "amount_negative"),
    ],
)
def test_what_cannot_be_saved_is_refused(pi: User, proposal: Proposal, values: Any, code: str) -> None:
    with pytest.raises(RuleBroken, match=code):
        save(proposal, pi, **values)


def cells(proposal: Proposal, **changes: str) -> dict[str, Any]:
    return {"version": fresh(proposal).version, "parts": "1", **changes}


def test_a_table_is_added_kept_and_removed_without_losing_what_was_typed(
    pi: User, proposal: Proposal
) -> None:
    key, client, page = add_co_investigator(proposal), client_of(pi), address("budget", proposal)
    added = client.post(page, cells(proposal, goods_2026="12x", offer=key, add="1"))
    assert [table["token"] for table in added.context["tables"]] == ["lead", key]
    assert added.context["form"]["goods_2026"].value() == "12x"
    typed = cells(proposal, goods_2026="12", part=key, **{f"goods_2026_{key}": "３４"})
    assert client.post(page, typed).status_code == 302
    assert parts_of(fresh(proposal)) == {"": {(2026, "goods"): 12}, key: {(2026, "goods"): 34}}
    page_now = client.get(page)
    assert page_now.context["whole"]["total"]["total"] == 46
    removed = client.post(page, cells(proposal, goods_2026="12", part=key, remove=key))
    assert [table["token"] for table in removed.context["tables"]] == ["lead"]
    assert parts_of(fresh(proposal))[key] == {(2026, "goods"): 34}  # until it is saved


def test_a_block_is_put_into_the_table_and_nothing_is_saved(pi: User, proposal: Proposal) -> None:
    block = "1\t２\t1,000\t\t5\t6\r\n－５００\tabc\r\n"
    data = cells(proposal, goods_2029="9", block=block, block_unit="千円", block_into="lead", paste="1")
    page = client_of(pi).post(address("budget", proposal), data)
    form = page.context["form"]
    values = [form[f"goods_{year}"].value() for year in proposal.fiscal_years]
    assert values == ["1,000", "2,000", "1,000,000", "", "5,000"]
    assert page.context["pasted"] == {"read": 4, "unread": 2, "outside": ["6"], "unit": "千円"}
    assert list(form.errors) == ["travel_2026", "travel_2027"]
    assert form["travel_2026"].value() == "－５００千円"
    assert page.context["pasting"]["block"].value() == block
    assert proposal.budget.count() == 25


def test_indirect_cost_is_filled_in_by_rule_for_each_institution(pi: User, proposal: Proposal) -> None:
    key = add_co_investigator(proposal)
    typed = {"goods_2026": "101", f"goods_2026_{key}": "1009", "part": key, "indirect": "1"}
    form = client_of(pi).post(address("budget", proposal), cells(proposal, **typed)).context["form"]
    assert (form["indirect_2026"].value(), form[f"indirect_2026_{key}"].value()) == ("30", "302")


@pytest.mark.parametrize("is_reduced", [False, True])
def test_a_part_year_is_warned_or_where_the_call_says_so_refused(is_reduced: bool, pi: User) -> None:
    proposal = make_proposal(make_call(make_stage(), caps_by_month=is_reduced), pi=pi)
    data = cells(
        proposal, first_month="10", **{f"goods_{year}": "50000001" for year in proposal.fiscal_years}
    )
    page = client_of(pi).post(address("budget", proposal), {**data, "calculate": "1"})
    said = page.context["warnings" if is_reduced else "hints"]
    assert len(said) == 1 and "2026年度" in said[0] and "1円" in said[0] and "50,000,000円" in said[0]
    assert page.context["warnings" if not is_reduced else "hints"] == []
    assert [month["n"] for month in page.context["months"]] == [6, 12, 12, 12, 12]


def test_one_yen_over_the_cap_of_all_institutions_is_said(pi: User, proposal: Proposal) -> None:
    key = add_co_investigator(proposal)
    years = proposal.fiscal_years
    lead = {(year, "goods"): 60_000_000 for year in years}
    other = {**{(year, "goods"): 40_000_000 for year in years}, (2027, "goods"): 40_000_001}
    save(proposal, pi, amounts=lead, others={key: other})
    page = client_of(pi).get(address("budget", proposal))
    assert page.context["warnings"] == [
        "2027年度：間接経費を含む総額の上限は100,000,000円です。1円超過しています。"
    ]
    cap = page.context["caps"][0]["years"]
    assert (cap[0]["used"], cap[0]["left"], cap[1]["over"]) == (100_000_000, 0, 1)
    assert client_of(pi).post(address("submit", proposal))["Location"] == address("check", proposal)


def test_screen_sheet_and_file_have_the_same_totals(pi: User, proposal: Proposal) -> None:
    key = add_co_investigator(proposal)
    years = proposal.fiscal_years
    lead = {(year, "goods"): 33_333_333 + year for year in years}
    save(proposal, pi, amounts=lead, others={key: {(2026, "travel"): 7}}, funding={(2026, "own"): 9})
    page = client_of(pi).get(address("budget", proposal)).context["whole"]["total"]
    content = content_of(fresh(proposal))
    with translation.override("ja"):
        sheet = sheet_of(content, "ja", proposal.created_at)["budget"]
    answer = client_of(pi).get(address("budget_export", proposal, "csv"))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = {(row[0], row[1]): row[2:] for row in csv.reader(io.StringIO(text))}
    expected = [*page["values"], page["total"]]
    assert sheet["tables"][0]["total"][1:] == expected
    assert [int(cell) for cell in rows["全機関合計", "合計"]] == expected
    assert expected[-1] == sum(lead.values()) + 7
    assert [int(cell) for cell in rows["例示研究所", "合計"]] == [7, 0, 0, 0, 0, 7]
    book = client_of(pi).get(address("budget_export", proposal, "xlsx"))
    assert book["Content-Type"].endswith("sheet")


def test_a_stale_tab_meets_both_budgets_with_all_institutions(pi: User, proposal: Proposal) -> None:
    key = add_co_investigator(proposal)
    old = cells(proposal, goods_2026="1")
    save(proposal, pi, others={key: {(2026, "goods"): 7_654_321}}, funding={(2026, "own"): 1_234_567})
    answer = client_of(pi).post(address("budget", proposal), old)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "7,654,321" in page and "1,234,567" in page
    assert answer.context["form"]["goods_2026"].value() == "1"


def test_the_pdf_names_the_institutions_the_months_and_other_funding(pi: User, proposal: Proposal) -> None:
    key = add_co_investigator(proposal)
    save(proposal, pi, others={key: {(2026, "travel"): 7}}, funding={(2026, "own"): 9}, months=(10, None))
    content = content_of(fresh(proposal))
    with translation.override("ja"):
        sheet = sheet_of(content, "ja", proposal.created_at)["budget"]
    assert [table["caption"] for table in sheet["tables"]] == [
        "申請額",
        f"うち{proposal.institution.name_ja}分",
        "うち例示研究所分",
        "申請額以外の資金（申請額に含まない）",
    ]
    assert "6か月" in sheet["months"]
    assert client_of(pi).get(address("preview", proposal))["Content-Type"] == "application/pdf"


@pytest.mark.parametrize("institutions", [1, 3])
def test_the_page_asks_as_often_for_three_institutions_as_for_one(
    pi: User, proposal: Proposal, institutions: int
) -> None:
    keys = [add_co_investigator(proposal, f"例示研究所{n}", "") for n in range(institutions)]
    save(proposal, pi, others={key: {(2026, "goods"): 7} for key in keys}, funding={(2026, "own"): 9})
    client = client_of(pi)
    with CaptureQueriesContext(connection) as captured:
        assert len(client.get(address("budget", proposal)).context["tables"]) == institutions + 1
    assert sum(asks(query["sql"]) for query in captured) == 12, "\n".join(q["sql"][:200] for q in captured)
