"""Two texts side by side."""

import random

import pytest

from proposals.rules.differences import Piece, differences


def changed(pieces: list[Piece]) -> list[str]:
    return [piece.text for piece in pieces if piece.is_changed]


def test_words_and_japanese_characters_are_told_apart_by_the_least() -> None:
    left, right = differences(
        "量子計算を五年で実現する。派遣は毎年行う。", "量子計測を五年で実現する。派遣は毎年行う。"
    )
    assert (changed(left), changed(right)) == (["算"], ["測"])
    left, right = differences("We measure light twice.", "We measure sound twice.")
    assert (changed(left), changed(right)) == (["light"], ["sound"])


def test_equal_texts_have_one_piece_and_an_empty_one_has_none() -> None:
    assert differences("同じ", "同じ") == ([Piece("同じ", False)], [Piece("同じ", False)])
    assert differences("", "新しい") == ([], [Piece("新しい", True)])


def test_the_pieces_put_together_are_the_texts() -> None:
    chance = random.Random(3)
    letters = "量子 light。\n.!a１<&>"
    for _time in range(300):
        one, other = ("".join(chance.choices(letters, k=chance.randrange(60))) for _text in range(2))
        left, right = differences(one, other)
        assert ("".join(p.text for p in left), "".join(p.text for p in right)) == (one, other)
        assert [p.text for p in left if not p.is_changed] != [] or "".join(changed(left)) == one


@pytest.mark.parametrize(("one", "other"), [("あ" * 20_000, "い" * 20_000), ("。" * 9_000, "a。" * 9_000)])
def test_texts_that_would_take_long_are_changed_as_a_whole(one: str, other: str) -> None:
    left, right = differences(one, other)
    assert len(left) + len(right) < 20_000
    assert "".join(p.text for p in right) == other
