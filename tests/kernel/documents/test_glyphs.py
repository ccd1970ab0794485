"""What the fonts can print, and what takes the place of the rest."""

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from kernel.documents.fonts import BOLD, REGULAR, missing_font_files
from kernel.documents.glyphs import GETA, coverage, missing_glyphs, printable


def test_every_font_file_is_there() -> None:
    assert missing_font_files() == []


def test_table_says_what_the_font_files_say() -> None:
    """The table is made with the fonts and must not part from them: in each family, what both weights have."""
    for (family, characters), regular, bold in zip(coverage().items(), REGULAR, BOLD, strict=True):
        fonts = TTFont(regular, lazy=True), TTFont(bold, lazy=True)
        assert {font["name"].getDebugName(1) for font in fonts} == {family}
        assert characters == frozenset(map(chr, set(fonts[0].getBestCmap()) & set(fonts[1].getBestCmap())))


def jis_characters() -> set[str]:
    found: set[str] = set()
    for codec in ("euc_jis_2004", "cp932"):
        for lead in range(0x81, 0xFF):
            for trail in range(0x40, 0xFF):
                for prefix in (b"", b"\x8f"):
                    try:
                        found.update((prefix + bytes([lead, trail])).decode(codec))
                    except UnicodeDecodeError:
                        continue
    return {character for character in found if character > "\x9f" and not "\ue000" <= character <= "\uf8ff"}


def test_all_of_jis_and_cp932_can_be_printed_but_two() -> None:
    assert missing_glyphs("".join(sorted(jis_characters()))) == ["⦅", "⦆"]


@pytest.mark.parametrize(
    "text",
    [
        "𠮷田髙志　山﨑神　邊邉　葛󠄀城",
        "Nguyễn Thị Ánh, Ștefan Łukasz İpek Þórður Œuvre ẞ",
        "Ελένη Ἀθηνᾶ Юрій Ґалаґан Ђорђе",
        "김민수 简体 繁體",
        "◎●※○①⑳㊤㈱™→⇒≧∑√∞〜～―…※【】♪",
        "か゛ が (NFD: か\u3099)",
        "co\u00adop a\u200bb x\ufe0f 辻\U000e0100",
        "line\nbreak\ttab\n",
    ],
)
def test_names_and_signs_that_must_print_do(text: str) -> None:
    assert printable(text) == (text, [])


@pytest.mark.parametrize(
    ("text", "printed", "replaced"),
    [
        ("笑顔😀子", "笑顔〓子", ["😀"]),
        ("👍🏽👍", "〓〓", ["👍", "🏽"]),
        ("👩‍🔬です", "〓〓です", ["👩", "🔬"]),
        ("❤️", "〓", ["❤"]),
        ("محمد", "〓〓〓〓", ["م", "ح", "د"]),
        ("a\x00b\x07c", "a〓b〓c", ["\x00", "\x07"]),
        ("\ue000", "〓", ["\ue000"]),
        ("half \ud842", "half 〓", ["\ud842"]),
        ("漢\u1ab0", "漢〓", ["\u1ab0"]),
        ("\u0301x", "〓x", ["\u0301"]),
        ("x \u0301\u0302", "x 〓", ["\u0301", "\u0302"]),
    ],
)
def test_what_no_font_has_is_replaced_and_told(text: str, printed: str, replaced: list[str]) -> None:
    assert printable(text) == (printed, replaced)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [("Nguye\u0302\u0303n", "Nguyễn"), ("q\u0301\u0328", "q\u0328\u0301"), ("\ufa19\u0301", "\ufa19\u0301")],
)
def test_marks_are_composed_with_letters_and_never_with_kanji(typed: str, printed: str) -> None:
    assert printable(typed) == (printed, [])


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("\ufeffBOM", "BOM"),
        ("a\r\nb\rc\x0bd\x85e\u2028f", "a\nb\nc\nd\ne\nf"),
        ("\u202eevil\u202c", "evil"),
        ("\u200bx \ufe0fy", "x y"),
    ],
)
def test_what_no_reader_sees_goes_in_silence(typed: str, printed: str) -> None:
    assert printable(typed) == (printed, [])


@given(st.text())
def test_printable_text_can_be_printed_and_is_stable(text: str) -> None:
    printed, replaced = printable(text)
    assert missing_glyphs(printed) == []
    assert printable(printed) == (printed, [])
    assert replaced == missing_glyphs(text)
    assert bool(replaced) == (printed.count(GETA) > text.count(GETA))
