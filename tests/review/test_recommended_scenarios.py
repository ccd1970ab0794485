"""“Only what every agency would fund”: what the agencies have recommended, and their means where they have not."""

import pytest

from kernel.actions import writing
from program.models import Call
from proposals.models import Proposal
from review.models import AgencyList, AgencyListItem
from review.portfolio import portfolio_of
from tests.builders.program import Stage
from tests.builders.review import list_on_behalf
from tests.review.test_reviewer_pages import LANGUAGES, page, signed_in
from tests.review.test_scenarios import computed, make, scored

pytestmark = pytest.mark.django_db


def refuses(call: Call, agency: object, proposal: Proposal) -> None:
    with writing():
        AgencyListItem.objects.filter(
            agency_list__call=call, agency_list__agency=agency, proposal=proposal
        ).update(is_recommended=False)


def without_list(call: Call, agency: object) -> None:
    with writing():
        AgencyListItem.objects.filter(agency_list__call=call, agency_list__agency=agency).delete()
        AgencyList.objects.filter(call=call, agency=agency).delete()


def best(stage: Stage, call: Call, **more: object) -> set[str]:
    return set(computed(make(stage, call, only_both=True, **more)).chosen)


def test_recommendations_count_and_not_the_means() -> None:
    stage, call, proposals = scored()
    refuses(call, stage.partner, proposals[0])
    # Nobody’s mean reaches the threshold: it is not asked where all have recommended.
    assert best(stage, call, both_from="5.00") == {p.public_id for p in proposals[1:]}


def test_mean_counts_for_an_agency_that_has_recommended_nothing() -> None:
    stage, call, proposals = scored()
    without_list(call, stage.partner)
    refuses(call, stage.home, proposals[1])
    # The means are 5, 4 and 3.
    assert best(stage, call, both_from="4.00") == {proposals[0].public_id}


def test_the_others_recommendations_are_not_told_before_all_have_given_theirs() -> None:
    stage, call, proposals = scored()
    without_list(call, stage.home)
    refuses(call, stage.partner, proposals[0])
    assert best(stage, call, both_from="4.00") == {p.public_id for p in proposals[:2]}
    assert set(portfolio_of(stage.partner1, call).recommended) == {stage.partner.pk}
    assert portfolio_of(stage.home1, call).recommended == {}


def test_list_on_behalf_counts_once_it_is_confirmed() -> None:
    stage, call, _proposals = scored()
    assert set(portfolio_of(stage.home1, call).recommended) == {stage.home.pk, stage.partner.pk}
    list_on_behalf(stage, call)
    assert set(portfolio_of(stage.home1, call).recommended) == {stage.home.pk}


def test_line_that_takes_what_an_agency_does_not_recommend_misses_the_rule() -> None:
    stage, call, proposals = scored()
    refuses(call, stage.partner, proposals[0])
    scenario = make(stage, call, "line", count=1, only_both=True)
    assert [one["kind"] for one in scenario.outcome["missed"]] == ["both"]


@LANGUAGES
def test_page_says_by_what_each_agency_is_taken_to_fund(language: str) -> None:
    stage, call, _proposals = scored()
    scenario = make(stage, call, "line", count=1, only_both=True, both_from="4.00")
    client = signed_in(stage.home1)
    url = f"/{language}/review/scenarios/{scenario.public_id}/"

    def basis(address: str) -> str:
        return page(client, address).split('aria-labelledby="basis"')[1].split("</ul>")[0]

    assert basis(url).count("<li>") == 2
    assert "4.00" not in basis(url)
    without_list(call, stage.partner)
    assert basis(url).count("4.00") == 1
    assert basis(f"{url}edit/").count("4.00") == 1


def test_recommendation_that_changes_makes_a_scenario_one_of_yesterday() -> None:
    stage, call, proposals = scored()
    scenario = make(stage, call, "line", count=1)
    before = portfolio_of(stage.home1, call).digest
    assert scenario.outcome["digest"] == before
    refuses(call, stage.partner, proposals[0])
    assert portfolio_of(stage.home1, call).digest != before
