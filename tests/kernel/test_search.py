"""Searching long texts by pairs of letters, alike on both databases."""

import unicodedata

import pytest

from kernel.search import folded, matching, put
from kernel.search.letters import asked_of, tokens_of
from kernel.search.models import SearchEntry


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ＡＳＰＩＲＥ　２６−０００１", "aspire 26 0001"),
        ("ｶﾞﾝﾏ線", "ガンマ線"),
        (unicodedata.normalize("NFD", "がん"), "がん"),
        ("Müller, Straße", "muller strasse"),
        ("\ufa19谷", "神谷"),
        ("髙橋﨑", "髙橋﨑"),
        ("量子・情報\n科学", "量子 情報 科学"),
        ("a\0b", "a b"),
        ("김철수 Ωμέγα", "김철수 ωμέγα"),
        ("・…", ""),
    ],
)
def test_a_text_is_folded_into_one_spelling(text: str, found: str) -> None:
    assert folded(text) == found


def test_a_text_is_cut_into_letters_and_pairs() -> None:
    assert tokens_of("量子力 x") == {"量", "子", "力", "量子", "子力", "x"}
    assert asked_of("量子力 x") == {"量子", "子力", "x"}
    assert tokens_of("") == asked_of("") == set()


def found(query: str, kind: str = "thing") -> set[int]:
    ids = matching(kind, query)
    assert ids is not None
    return {row["object_id"] for row in ids}


@pytest.mark.django_db
def test_two_letters_are_found_and_nothing_that_only_has_the_pairs() -> None:
    put("thing", 1, ["先端の量子情報", "Quantum"])
    put("thing", 2, ["原子力学と量子力", "子力学 量子"])  # has 量子, 子力, 力学, but not 量子力学
    put("other", 3, ["量子力学"])
    assert found("量子") == {1, 2}
    assert found("量子力学") == set()
    assert found("量子　QUANT") == {1}
    assert found("情") == {1}
    assert found("量子 原子") == {2}
    assert found("情報 Quantum 量子 先端 の 報 量 子 ここは数えない") == {1}
    assert matching("thing", "  ") is None
    assert found("・") == found("%") == found("' OR 1") == found('"') == set()


@pytest.mark.django_db
def test_a_phrase_is_not_found_across_two_texts() -> None:
    put("thing", 1, ["量", "子", "ABC-0001"])
    assert found("量子") == set()
    assert found("abc-0001") == {1}
    assert found("0001-ABC") == set()


@pytest.mark.django_db
def test_what_is_put_again_is_found_by_its_new_texts_alone() -> None:
    put("thing", 1, ["量子"], source="a")
    put("thing", 1, ["地震"], source="b")
    assert (found("量子"), found("地震")) == (set(), {1})
    assert SearchEntry.objects.get().source == "b"
