import pytest

from review.rules.panels import bands_of, bands_violation, has_vote, item_violations, moved


@pytest.mark.parametrize(
    ("key", "to", "expected"),
    [
        ("c", 1, "cabd"),
        ("a", 4, "bcda"),
        ("b", 2, "abcd"),
        ("a", 99, "bcda"),
        ("d", 0, "dabc"),
        ("b", 3, "acbd"),
    ],
)
def test_move_puts_one_at_its_place_and_keeps_the_order_of_the_others(
    key: str, to: int, expected: str
) -> None:
    assert "".join(moved("abcd", key, to)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("A, B,C", ["A", "B", "C"]), ("優、良、可", ["優", "良", "可"]), (" , ", []), ("", [])],
)
def test_groups_are_read_with_commas_of_any_width(text: str, expected: list[str]) -> None:
    assert bands_of(text) == expected


@pytest.mark.parametrize("text", ["A, A", "A" * 13, ",".join("ABCDEFGHIJ")])
def test_wrong_groups_are_refused(text: str) -> None:
    found = bands_violation(text)
    assert found is not None
    assert found.code == "panel_bands_wrong"


def test_chair_and_members_who_are_there_vote() -> None:
    assert has_vote("chair", "present")
    assert has_vote("member", "online")
    assert not has_vote("member", "absent")
    assert not has_vote("secretary", "present")


def test_what_cannot_be_recorded_is_told_by_its_field() -> None:
    found = item_violations(
        band="D",
        bands=["A", "B"],
        note="x" * 4_001 + "\x00",
        votes={"m1": "for", "m2": "for"},
        leaving={"m2"},
    )
    assert [(one.code, one.field) for one in found] == [
        ("panel_band_unknown", "band"),
        ("text_too_long", "note"),
        ("text_has_null", "note"),
        ("panel_vote_of_absent", "vote_m2"),
    ]
    assert item_violations(band="", bands=[], note="", votes={}, leaving=set()) == []
