"""Scenarios of a portfolio: made, computed by a worker, changed, discarded; and who may see them."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.jobs import run_job
from kernel.violations import NotAllowed, RuleBroken, sentence
from program.models import Call, Envelope
from proposals.models import Proposal
from review.actions.scenarios import change_scenario, discard_scenario, make_scenario
from review.models import Scenario
from review.portfolio import portfolio_of
from tests.builders.program import Stage
from tests.builders.review import make_review, make_scored_call
from tests.review.test_decisions import exclude
from tests.review.test_reviewer_pages import LANGUAGES, page, signed_in

pytestmark = pytest.mark.django_db


def scored(count: int = 3) -> tuple[Stage, Call, list[Proposal]]:
    """Ranked in their order by both agencies; both have locked."""
    stage, call, proposals = make_scored_call(proposals=count)
    for place, proposal in enumerate(proposals):
        value = max(5 - place, 1)
        for agency in (stage.home, stage.partner):
            make_review(proposal, agency, (value,) * 5)
    return stage, call, proposals


def make(stage: Stage, call: Call, kind: str = "best", title: str = "案", **settings: Any) -> Scenario:
    return make_scenario(
        call=call, agency=stage.home, by=stage.home1, title=title, kind=kind, settings=settings
    )


def computed(scenario: Scenario) -> Scenario:
    """What is there once a worker has done its job."""
    assert scenario.job is not None
    assert run_job(scenario.job.pk) == "done"
    return Scenario.objects.select_related("job").get(pk=scenario.pk)


def asked_of(stage: Stage, call: Call) -> dict[str, int]:
    """The first year's yen of each proposal, by public id."""
    found = portfolio_of(stage.home1, call)
    year = found.years[0]
    return {entry.key: entry.costs[stage.home.public_id, year] for entry in found.entries}


def codes(broken: Any) -> list[tuple[str, str]]:
    assert all(sentence(violation) for violation in broken.value.violations)
    return [(violation.code, violation.field) for violation in broken.value.violations]


def test_a_line_takes_the_first_of_the_ranked_list() -> None:
    stage, call, proposals = scored()
    scenario = make(stage, call, "line", count=2)
    assert scenario.chosen == [p.public_id for p in proposals[:2]]
    assert scenario.outcome["missed"] == []


def test_a_line_over_the_money_says_by_how_much() -> None:
    stage, call, proposals = scored()
    asked = asked_of(stage, call)
    year = portfolio_of(stage.home1, call).years[0]
    total = asked[proposals[0].public_id] + asked[proposals[1].public_id]
    purses = {stage.home.public_id: {str(year): total - 7}}
    scenario = make(stage, call, "line", count=2, purses=purses)
    (missed,) = scenario.outcome["missed"]
    assert (missed["kind"], missed["by"]) == ("purse", 7)


def test_the_best_choice_is_computed_by_a_worker_and_names_the_price_of_a_rule() -> None:
    stage, call, proposals = scored()
    keys = [p.public_id for p in proposals]
    scenario = make(stage, call, most=1, left_out=[keys[0]])
    assert (scenario.chosen, scenario.outcome) == ([], {})
    scenario = computed(scenario)
    assert scenario.chosen == [keys[1]]
    by_kind = {price["kind"]: price for price in scenario.outcome["prices"]}
    assert by_kind["left_out"]["comes"] == [keys[0]]
    assert by_kind["left_out"]["goes"] == [keys[1]]
    assert by_kind["most"]["comes"] == [keys[2]]


def test_what_cannot_be_kept_is_named_and_the_nearest_choice_is_shown() -> None:
    stage, call, _proposals = scored(2)
    scenario = computed(make(stage, call, countries={"US": 5}))
    (missed,) = scenario.outcome["missed"]
    assert (missed["kind"], missed["subject"]) == ("country", "US")
    assert missed["by"] >= 3
    for language, words in (
        ("ja", "満たしていない条件"),
        ("en", "Not everything that was asked for is kept"),
    ):
        assert words in page(signed_in(stage.home1), f"/{language}/review/scenarios/{scenario.public_id}/")


def test_a_scenario_changed_meanwhile_takes_nothing_from_the_earlier_computation() -> None:
    stage, call, _proposals = scored()
    scenario = make(stage, call, most=1)
    earlier = scenario.job
    changed = change_scenario(
        scenario=scenario, by=stage.home1, title="案", kind="line", settings={"count": 3}
    )
    assert earlier is not None and run_job(earlier.pk) == "not mine"
    changed.refresh_from_db()
    assert len(changed.chosen) == 3


def test_a_discarded_scenario_leaves_its_wishes_in_the_trail() -> None:
    stage, call, _proposals = scored(1)
    scenario = make(stage, call, most=1)
    discard_scenario(scenario=scenario, by=stage.home1)
    assert not Scenario.objects.exists()
    entry = AuditEntry.objects.get(subject_id=scenario.public_id, verb="discarded")
    assert entry.details["wishes"] == {"most": 1}


def test_nothing_of_a_scenario_touches_proposals_or_envelopes() -> None:
    stage, call, _proposals = scored()
    before = list(Proposal.objects.order_by("pk").values()), list(Envelope.objects.order_by("pk").values())
    computed(make(stage, call, most=2))
    after = list(Proposal.objects.order_by("pk").values()), list(Envelope.objects.order_by("pk").values())
    assert before == after


@pytest.mark.parametrize(
    ("kind", "settings", "code"),
    [
        ("draw", {}, ("scenario_kind_unknown", "kind")),
        ("best", {"pinned": ["nobody"]}, ("proposal_not_ranked", "")),
    ],
)
def test_a_wish_that_cannot_be_is_refused(kind: str, settings: dict[str, Any], code: tuple[str, str]) -> None:
    stage, call, _proposals = scored(1)
    with pytest.raises(RuleBroken) as broken:
        make(stage, call, kind, **settings)
    assert codes(broken) == [code]
    assert not Scenario.objects.exists()


def test_a_proposal_always_in_and_always_out_is_refused_beside_it() -> None:
    stage, call, (proposal,) = scored(1)
    with pytest.raises(RuleBroken) as broken:
        make(stage, call, pinned=[proposal.public_id], left_out=[proposal.public_id])
    assert codes(broken) == [("proposal_in_and_out", f"place_{proposal.public_id}")]


def test_a_second_scenario_of_one_name_is_refused() -> None:
    stage, call, _proposals = scored(1)
    make(stage, call, "line", count=1)
    with pytest.raises(RuleBroken) as broken:
        make(stage, call, "hand")
    assert codes(broken) == [("scenario_title_taken", "title")]


def test_a_form_made_before_the_last_change_is_refused() -> None:
    stage, call, _proposals = scored(1)
    scenario = make(stage, call, "line", count=1)
    change = {"scenario": scenario, "by": stage.home2, "title": "案", "kind": "line"}
    with pytest.raises(RuleBroken) as broken:
        change_scenario(**change, settings={"count": 0}, seen="of yesterday")
    assert codes(broken) == [("stale_version", "")]


def test_the_other_agency_sees_no_scenario() -> None:
    stage, call, _proposals = scored(1)
    scenario = make(stage, call, "line", count=1, title="見せない案")
    assert "見せない案" in page(signed_in(stage.home1), f"/ja/review/calls/{call.public_id}/portfolio/")
    assert "見せない案" not in page(
        signed_in(stage.partner1), f"/ja/review/calls/{call.public_id}/portfolio/"
    )
    for path in ("", "edit/", "table.csv", "chart.svg"):
        page(signed_in(stage.partner1), f"/ja/review/scenarios/{scenario.public_id}/{path}", 404)
    with pytest.raises(NotAllowed):
        discard_scenario(scenario=scenario, by=stage.partner1)


def test_an_officer_in_conflict_finds_no_portfolio() -> None:
    stage, call, (proposal, _other) = scored(2)
    scenario = make(stage, call, "line", count=1)
    exclude(proposal, stage.home1)
    page(signed_in(stage.home1), f"/ja/review/calls/{call.public_id}/portfolio/", 404)
    page(signed_in(stage.home1), f"/ja/review/scenarios/{scenario.public_id}/", 404)
    assert "portfolio" not in page(signed_in(stage.home1), f"/ja/review/calls/{call.public_id}/board/")


@LANGUAGES
def test_a_scenario_is_made_on_its_page(language: str) -> None:
    stage, call, proposals = scored()
    client = signed_in(stage.home1)
    start = f"/{language}/review/calls/{call.public_id}/portfolio/"
    assert "new/" in page(client, start)
    page(client, f"{start}new/")
    year = portfolio_of(stage.home1, call).years[0]
    purse = f"purse_{stage.home.public_id}_{year}"
    typed = {"title": "一案", "kind": "line", "count": "２", purse: "３５０，０００，０００"}
    response = client.post(f"{start}new/", typed)
    assert response.status_code == 302
    scenario = Scenario.objects.get()
    assert scenario.wishes == {"count": 2, "purses": {stage.home.public_id: {str(year): 350_000_000}}}
    text = page(client, response.headers["Location"])
    assert all(p.receipt_number in text for p in proposals)
    table = client.get(f"/{language}/review/scenarios/{scenario.public_id}/table.csv")
    assert len(b"".join(table.streaming_content).decode("utf-8-sig").splitlines()) == 4


def test_a_bad_entry_stands_beside_its_field_and_loses_nothing() -> None:
    stage, call, _proposals = scored(1)
    start = f"/ja/review/calls/{call.public_id}/portfolio/new/"
    response = signed_in(stage.home1).post(start, {"title": "一案", "kind": "line", "most": "ー５"})
    text = response.content.decode()
    assert response.status_code == 200
    assert "ー５" in text and "一案" in text and "id_most_error" in text
    assert not Scenario.objects.exists()


def test_figures_of_yesterday_are_called_so() -> None:
    stage, call, proposals = scored(2)
    scenario = make(stage, call, "line", count=1)
    address = f"/en/review/scenarios/{scenario.public_id}/"
    client = signed_in(stage.home1)
    assert "have changed since" not in page(client, address)
    with writing():
        Proposal.objects.filter(pk=proposals[0].pk).update(state="withdrawn")
    assert "have changed since" in page(client, address)


def test_the_decision_begins_with_a_scenario() -> None:
    stage, call, proposals = scored(2)
    scenario = make(stage, call, "hand", pinned=[proposals[1].public_id])
    address = f"/ja/review/calls/{call.public_id}/propose/?scenario={scenario.public_id}"
    text = page(signed_in(stage.home1), address)
    assert text.count('value="adopt" selected') == 1
    assert (
        f'name="outcome_{proposals[1].public_id}"'
        in text.split('value="adopt" selected')[0].rsplit("<select", 1)[1]
    )


@pytest.mark.parametrize("which", ["portfolio", "scenario"])
def test_queries_are_the_same_for_one_and_three(which: str) -> None:
    counts = []
    for count in (1, 3):
        stage, call, _proposals = scored(count)
        scenarios = [make(stage, call, "line", title=f"{n}", count=1) for n in range(count)]
        client = signed_in(stage.home1)
        paths = {
            "portfolio": f"/ja/review/calls/{call.public_id}/portfolio/",
            "scenario": f"/ja/review/scenarios/{scenarios[0].public_id}/",
        }
        page(client, paths[which])
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page(client, paths[which])
        counts.append(len(asked))
    assert counts[0] == counts[1]
