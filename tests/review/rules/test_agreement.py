import pytest

from program.enums import AgreementModel
from review.enums import AgreementStep, ListKind
from review.rules.agreement import AGREEMENTS, Place, agreed_violations, list_violations
from review.rules.decision import Item
from review.rules.list_tables import read_places

BOTH = AGREEMENTS[AgreementModel.BOTH_RECOMMEND]
NEGOTIATION = AGREEMENTS[AgreementModel.NEGOTIATION]
NAMES = ("JST", "NSF", "UKRI")


def test_the_four_models_differ_in_what_they_ask() -> None:
    found = {
        (m.all_review, m.lists, m.only_recommended, m.explains_departure, m.steps)
        for m in AGREEMENTS.values()
    }
    assert len(found) == len(AgreementModel) == 4
    assert all(
        m.steps[0] is AgreementStep.LOCK and m.steps[-1] is AgreementStep.PUBLISH for m in AGREEMENTS.values()
    )


def recommends(**said: bool) -> dict[str, dict[str, Place]]:
    return {name: {"a": Place("a", is_recommended=yes)} for name, yes in said.items()}


@pytest.mark.parametrize("outcome", ["adopt", "reserve", "reject"])
def test_only_what_every_agency_recommends_is_adopted(outcome: str) -> None:
    items = [Item("a", 1, outcome)]
    assert agreed_violations(BOTH, items, recommends(JST=True, NSF=True, UKRI=True), NAMES) == []
    found = agreed_violations(BOTH, items, recommends(JST=True, NSF=False, UKRI=False), NAMES)
    expected = [("not_recommended_by", "outcome_a", {"agencies": "NSF, UKRI"})] if outcome == "adopt" else []
    assert [(v.code, v.field, v.params) for v in found] == expected


def test_a_list_that_is_not_given_is_named() -> None:
    found = agreed_violations(BOTH, [Item("a", 1, "adopt")], recommends(JST=True), NAMES)
    assert [(v.code, v.params) for v in found] == [
        ("list_missing", {"agency": "NSF"}),
        ("list_missing", {"agency": "UKRI"}),
    ]


def test_a_rank_that_departs_from_a_list_has_its_reason() -> None:
    lists = {"JST": {"a": Place("a", rank=1)}, "NSF": {"a": Place("a", rank=3)}}
    (found,) = agreed_violations(NEGOTIATION, [Item("a", 1, "adopt")], lists, ("JST", "NSF"))
    assert (found.code, found.field, found.params) == (
        "reason_for_departure",
        "reason_a",
        {"ranks": "NSF: 3"},
    )
    assert (
        agreed_violations(NEGOTIATION, [Item("a", 1, "adopt", "agreed on the day")], lists, ("JST", "NSF"))
        == []
    )


@pytest.mark.parametrize("model", [AgreementModel.JOINT_PANEL, AgreementModel.LEAD_CONFIRMED])
def test_the_other_models_ask_for_no_list(model: AgreementModel) -> None:
    assert agreed_violations(AGREEMENTS[model], [Item("a", 1, "adopt")], {}, NAMES) == []


def codes(kind: ListKind, *places: Place) -> list[tuple[str, str]]:
    return [(v.code, v.field) for v in list_violations(kind, places, {"a": "0001", "b": "0002"})]


def test_a_recommendation_is_said_of_every_proposal_and_a_no_has_its_words() -> None:
    yes, no = Place("a", is_recommended=True), Place("b", is_recommended=False)
    assert codes(ListKind.RECOMMENDATION, yes, no) == [("words_for_not_recommended", "words_b")]
    assert codes(ListKind.RECOMMENDATION, yes, Place("b", is_recommended=False, words="weak")) == []
    assert codes(ListKind.RECOMMENDATION, yes) == [("decision_lacks_proposal", "")]
    assert codes(ListKind.RECOMMENDATION, yes, Place("b")) == [("recommendation_missing", "recommended_b")]


def test_ranks_may_be_shared_and_begin_at_one() -> None:
    assert codes(ListKind.RANKING, Place("a", rank=1), Place("b", rank=1)) == []
    assert codes(ListKind.RANKING, Place("a", rank=0), Place("b")) == [
        ("rank_below_one", "rank_a"),
        ("rank_below_one", "rank_b"),
    ]


NUMBERS = {"C-0001": "a", "C-0002": "b"}


def test_a_table_is_read_in_either_language_and_width() -> None:
    rows = [(2, ["C-0001", "t", "推薦", "良い"]), (3, ["Ｃ-0002", "t", "No", "weak"])]
    places, found = read_places(ListKind.RECOMMENDATION, rows, NUMBERS)
    assert found == []
    assert places == [
        Place("a", is_recommended=True, words="良い"),
        Place("b", is_recommended=False, words="weak"),
    ]
    places, found = read_places(ListKind.RANKING, [(2, ["C-0001", "t", "１２"])], NUMBERS)
    assert (places, found) == ([Place("a", rank=12)], [])


def test_each_wrong_row_is_named_by_its_number() -> None:
    rows = [
        (2, ["C-0009", "t", "1"]),
        (3, ["C-0001", "t", "first"]),
        (4, ["C-0001", "t", "2"]),
        (5, ["C-0002", "t", "-1"]),
    ]
    places, found = read_places(ListKind.RANKING, rows, NUMBERS)
    assert places == []
    assert [(v.code, v.params["row"]) for v in found] == [
        ("list_row_unknown", 2),
        ("list_row_no_rank", 3),
        ("list_row_twice", 4),
        ("list_row_no_rank", 5),
    ]
