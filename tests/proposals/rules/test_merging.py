"""Putting two texts together: nothing that somebody wrote is lost unseen."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proposals.rules.merging import Written, merged, merged_text, pieces, taken_away

BASE = "背景を述べる。目的を述べる。方法を述べる。計画を述べる。"
SENTENCES = st.lists(st.sampled_from(["あ。", "い。", "う。\n", "\n", "One. ", "え"]), max_size=8).map(
    "".join
)


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        (BASE.replace("背景を", "背景と経緯を"), BASE, BASE.replace("背景を", "背景と経緯を")),
        (
            BASE.replace("背景を", "背景と経緯を"),
            BASE.replace("計画を", "年次計画を"),
            "背景と経緯を述べる。目的を述べる。方法を述べる。年次計画を述べる。",
        ),
        (
            BASE.replace("目的を述べる。", ""),
            BASE + "結びを述べる。",
            "背景を述べる。方法を述べる。計画を述べる。結びを述べる。",
        ),
        (BASE + "同じ追記。", BASE + "同じ追記。", BASE + "同じ追記。"),
        (BASE.replace("目的", "狙い"), BASE.replace("目的", "目標"), None),
        (BASE.replace("目的を述べる。", ""), BASE.replace("目的を", "目的と効果を"), None),
        # they touch: the end of one is the beginning of the other
        (BASE.replace("目的を", "狙いを"), BASE.replace("方法を", "手法を"), None),
        (BASE + "一つ目の追記。", BASE + "二つ目の追記。", None),
        ("", BASE + "追記。", None),
    ],
)
def test_changes_apart_are_put_together_and_others_are_not(
    mine: str, theirs: str, expected: str | None
) -> None:
    assert merged_text(BASE, mine, theirs) == expected
    assert merged_text(BASE, theirs, mine) == expected


@given(SENTENCES, SENTENCES, SENTENCES)
def test_merging_is_fair_and_leaves_what_one_did_alone(base: str, mine: str, theirs: str) -> None:
    assert merged_text(base, mine, theirs) == merged_text(base, theirs, mine)
    assert merged_text(base, mine, base) == mine
    assert merged_text(base, mine, mine) == mine
    assert "".join(pieces(base)) == base


def test_answers_are_put_together_field_by_field() -> None:
    base = Written("文。", {"one": "p1", "two": "p2"}, is_complete=False)
    mine = Written("文。", {"one": "A", "two": "b"})
    theirs = Written("文。", {"one": "a", "two": "B"}, is_complete=True)
    prints = {"one": ("pA", "p1"), "two": ("p2", "pB"), "new": ("", "")}
    assert merged(base, mine, theirs, prints=prints) == Written(
        "文。", {"one": "A", "two": "B"}, is_complete=True
    )
    assert merged(base, mine, theirs, prints={"one": ("pA", "px")}) is None
    assert merged(base, mine, theirs, prints={"one": ("pA", "pA")}) == Written(
        "文。", {"one": "A"}, is_complete=True
    )


def test_an_answer_that_was_taken_away_stays_away() -> None:
    base = Written("", {"one": "p1"})
    together = merged(base, Written("", {}), Written("別。", {"one": "a"}), prints={"one": ("", "p1")})
    assert together == Written("別。", {})


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [("abcdef", "abf", 3), ("aaa", "aaaa", 0), ("aaaa", "aa", 2), ("ab", "xy", 2)],
)
def test_what_is_taken_away_is_counted(before: str, after: str, expected: int) -> None:
    assert taken_away(before, after) == expected


def test_a_thousand_interleavings_lose_nothing_unseen() -> None:
    """Two people open, write and save in any order. What either has saved is there at the end, unless somebody who had it
    before them took it away."""
    chance = random.Random(20261127)
    for _round in range(1_000):
        saved = BASE
        seen = {"one": saved, "two": saved}
        typed = dict(seen)
        kept: set[str] = set()
        for step in range(12):
            who = chance.choice(("one", "two"))
            act = chance.choice(("open", "write", "save"))
            if act == "open":
                seen[who] = typed[who] = saved
            elif act == "write":
                sentences = pieces(typed[who])
                sentences.insert(chance.randrange(len(sentences) + 1), f"{who}の{step}。")
                typed[who] = "".join(sentences)
            else:
                together = merged_text(seen[who], typed[who], saved)
                if together is None:
                    continue  # a page with both texts: nothing is saved
                saved = together
                kept |= {sentence for sentence in pieces(typed[who]) if sentence not in pieces(BASE)}
                seen[who] = typed[who] = saved
        assert kept <= set(pieces(saved))
        assert set(pieces(BASE)) <= set(pieces(saved))
