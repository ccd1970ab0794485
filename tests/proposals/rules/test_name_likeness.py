"""Names as the agencies' registers write them."""

import pytest

from proposals.rules.name_likeness import Likeness, forms_of, likeness


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jürgen Müller-Lüdenscheidt", "Jurgen Muller-Ludenscheidt"),
        ("Jürgen Müller-Lüdenscheidt", "Juergen Mueller-Luedenscheidt"),
        ("Jürgen Müller-Lüdenscheidt", "J. Müller-Lüdenscheidt"),
        ("Jürgen Müller-Lüdenscheidt", "MÜLLER‐LÜDENSCHEIDT, Jürgen"),
        ("Jürgen Müller-Lüdenscheidt", "Müller Lüdenscheidt Jürgen"),
        ("Ana-María García López", "Ana Maria Garcia"),
        ("Søren Ångström", "Soren Angstrom"),
        ("Wayan", "WAYAN"),
        ("Satō Kōji", "Koji Satoh"),
        ("Satou Kouji", "SATO, Koji"),
        ("Junichiro Shimbo", "Jun'ichirou Shinbo"),
        ("サトウ コウジ", "Koji Sato"),
        ("髙﨑 花子", "髙﨑花子"),
        ("Li Ming", "Ming LI"),
        ("Pat Q. Partner", "Pat Partner"),
    ],
)
def test_one_name_written_in_two_ways_is_alike(one: str, other: str) -> None:
    assert likeness([one], [other]) == Likeness.LIKE
    assert likeness([other], [one]) == Likeness.LIKE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Pat Partner", "Alex Other"),
        ("J. Müller", "K. Müller"),
        ("J. M.", "Jürgen Müller"),  # initials alone tell nothing
        ("佐藤 花子", "鈴木 花子"),
        ("Ana García", "Ana López"),
    ],
)
def test_two_names_are_unlike(one: str, other: str) -> None:
    assert likeness([one], [other]) == Likeness.UNLIKE
    assert likeness([other], [one]) == Likeness.UNLIKE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jürgen Müller", "ユルゲン・ミュラー"),
        ("髙﨑 花子", "Hanako Takasaki"),
        ("Иван Петров", "Ivan Petrov"),
        ("李明", "Li Ming"),
        ("", "Pat Partner"),
        ("・", "Pat Partner"),
    ],
)
def test_what_cannot_be_compared_is_called_so(one: str, other: str) -> None:
    assert likeness([one], [other]) == Likeness.UNTOLD


def test_one_form_that_agrees_is_enough() -> None:
    hanako = forms_of(
        {
            "family_kanji": "髙﨑",
            "given_kanji": "花子",
            "family_kana": "タカサキ",
            "given_kana": "ハナコ",
            "family_romaji": "",
        }
    )
    assert hanako == ["髙﨑 花子", "タカサキ ハナコ"]
    assert likeness(["Hanako Takasaki"], hanako) == Likeness.LIKE
    assert likeness(["佐藤 一郎"], hanako) == Likeness.UNLIKE
    assert likeness([], hanako) == Likeness.UNTOLD


def test_a_name_of_many_words_is_compared_in_good_time() -> None:
    long = " ".join(f"w{number}" for number in range(200))
    assert likeness([long], [long]) == Likeness.LIKE
    assert likeness([long], ["Pat Partner"]) == Likeness.UNLIKE
