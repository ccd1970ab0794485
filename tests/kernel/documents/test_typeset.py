"""PDF: accessible, the same bytes for the same data, and stopped by no character."""

import io
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from kernel.documents.errors import DocumentError
from kernel.documents.glyphs import GETA, coverage
from kernel.documents.specimen import specimen_chart, specimen_data, specimen_pdf
from kernel.documents.typeset import TEMPLATE_FOLDER, Language, render_pdf

LANGUAGES: list[Language] = ["ja", "en"]


CHART = specimen_chart("ja")


def specimen(language: Language = "ja", data: dict[str, Any] | None = None, **options: Any) -> bytes:
    return render_pdf(
        "specimen",
        data or specimen_data(language),
        language=language,
        assets={"budget.svg": CHART},
        **options,
    )


def pages(pdf: bytes) -> list[str]:
    """The text of each page, without white space, which line breaks put where they like."""
    document = pypdfium2.PdfDocument(pdf)
    return ["".join(page.get_textpage().get_text_range().split()) for page in document]


def small(tmp_path: Path, body: str) -> Path:
    """A folder of templates with one template, `small`."""
    head = '#let data = json(bytes(sys.inputs.data))\n#set document(title: "t")\n#set text(font: ("BIZ UDPGothic", "Noto Sans", "Noto Sans CJK JP"), lang: sys.inputs.language, fallback: false)\n'
    (tmp_path / "small.typ").write_text(head + body, encoding="utf-8")
    return tmp_path


META = {
    "document": {"title": "t", "authors": ["a"], "keywords": ["k"], "issued_at": "2027-03-15T17:00:00+09:00"}
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_document_claims_pdf_ua_and_has_what_it_asks_for(language: Language) -> None:
    with pikepdf.open(io.BytesIO(specimen_pdf(language))) as pdf:
        meta = specimen_data(language)["document"]
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == {"ja": "ja-JP", "en": "en-GB"}[language]
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as xmp:
            assert xmp["pdfuaid:part"] == "1"
            assert xmp["dc:title"] == meta["title"]
            assert xmp["dc:creator"] == meta["authors"]
            assert xmp["pdf:Keywords"] == ", ".join(meta["keywords"])


def elements(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """All structure elements, in reading order."""
    found: list[pikepdf.Dictionary] = []

    def visit(node: Any) -> None:
        if isinstance(node, pikepdf.Array):
            for child in node:
                visit(child)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                found.append(node)
            if "/K" in node:
                visit(node.K)

    visit(pdf.Root.StructTreeRoot.K)
    return found


def test_structure_is_tagged_for_a_screen_reader() -> None:
    with pikepdf.open(io.BytesIO(specimen())) as pdf:
        found = [str(node.S) for node in elements(pdf)]
    counts = {
        role: found.count(role)
        for role in ("/Title", "/H1", "/H2", "/L", "/Figure", "/Table", "/Caption", "/TH")
    }
    # A table that is broken over two pages is one table, and its heading is read once.
    assert counts == {
        "/Title": 1,
        "/H1": 3,
        "/H2": 1,
        "/L": 1,
        "/Figure": 1,
        "/Table": 3,
        "/Caption": 3,
        "/TH": 7,
    }


def test_chart_is_described_in_words() -> None:
    with pikepdf.open(io.BytesIO(specimen())) as pdf:
        described = [str(node.Alt) for node in elements(pdf) if "/Alt" in node]
    assert described == [specimen_data("ja")["chart"]["alt"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_same_data_gives_same_bytes(language: Language) -> None:
    assert specimen_pdf(language) == specimen_pdf(language)


def test_order_of_keys_changes_nothing() -> None:
    data = specimen_data("ja")
    assert specimen(data=data) == specimen(data=dict(reversed(data.items())))


def test_date_of_the_document_is_that_of_its_data() -> None:
    with pikepdf.open(io.BytesIO(specimen())) as pdf:
        assert str(pdf.docinfo.CreationDate) == "D:20270315080000Z"  # 17:00 in Japan
        with pdf.open_metadata() as xmp:
            assert xmp["xmp:CreateDate"] == "2027-03-15T08:00:00+00:00"


@pytest.mark.parametrize(
    ("language", "first", "header", "footer"),
    [
        ("ja", "令和9年3月15日", "国際共同研究推進事業国際共同研究実施状況報告書", "第3版2027年3月15日17:00（JST）現在SHA-2569f86d081884c7d65"),
        ("en", "15March2027", "InternationalJointResearchProgrammeJointResearch:ProgressReport", "Version3·Asof15March2027,17:00JST·SHA-2569f86d081884c7d65"),
    ],
)  # fmt: skip
def test_pages_carry_header_footer_and_number(
    language: Language, first: str, header: str, footer: str
) -> None:
    text = pages(specimen(language))
    assert len(text) == 3
    assert first in text[0]
    assert [header in page for page in text] == [False, True, True]
    assert [footer in page for page in text] == [True] * 3
    assert [f"{number}/3" in page for number, page in enumerate(text, start=1)] == [True] * 3


@pytest.mark.parametrize("name", ["𠮷田髙志", "山﨑神", "NguyễnThịÁnh", "ΕλένηΠαπαδοπούλου"])
def test_names_are_printed_and_can_be_copied_as_they_were_typed(name: str) -> None:
    assert name in pages(specimen())[0]


def test_long_table_repeats_its_heading_on_each_page() -> None:
    assert [page.count("課題直接経費間接経費合計") for page in pages(specimen())[1:]] == [1, 1]


@pytest.mark.parametrize(
    ("language", "amounts"),
    [("ja", ["3,799,499,297円", "令和9年度（2027年度）", "▲500,000", "（単位：円）"]), ("en", ["¥3,799,499,297", "FY2027", "−500,000", "(inyen)"])],
)  # fmt: skip
def test_amounts_are_written_as_the_language_writes_them(language: Language, amounts: list[str]) -> None:
    text = "".join(pages(specimen(language)))
    assert [amount for amount in amounts if amount not in text] == []


@pytest.mark.parametrize(
    ("call", "printed"),
    [
        ("yen(0)", "0円"),
        ("yen(-999)", "▲999円"),
        ("yen(1000)", "1,000円"),
        ("yen(100000000)", "100,000,000円"),
        ("era-year(2018)", "平成30年度（2018年度）"),
        ("era-year(2019)", "令和元年度（2019年度）"),
        ("era-year(2027)", "令和9年度（2027年度）"),
        ('era-date("2019-04-30")', "平成31年4月30日"),
        ('era-date("2019-05-01")', "令和元年5月1日"),
        ('era-date("1989-01-08")', "平成元年1月8日"),
        ('instant("2027-03-15T08:00:00+00:00")', "2027年3月15日08:00（UTC）"),
        ('instant("2027-03-15T08:00:00-10:00")', "2027年3月15日08:00（UTC-10:00）"),
    ],
)
def test_numbers_years_and_dates_in_japanese(tmp_path: Path, call: str, printed: str) -> None:
    for name in ("house.typ", "words.typ"):
        (tmp_path / name).write_bytes((TEMPLATE_FOLDER / name).read_bytes())
    folder = small(tmp_path, f'#import "house.typ": *\n#set text(font: faces)\n#{call}')
    assert pages(render_pdf("small", META, language="ja", template_folder=folder)) == [printed]


@pytest.mark.parametrize(
    "text", ['#panic("x")', "= heading", "$x$", "\\", '"; #let a = 1', "<script>", "*b* _i_ `c`"]
)
def test_text_of_a_user_is_never_source(tmp_path: Path, text: str) -> None:
    folder = small(tmp_path, "#data.text")
    pdf = render_pdf("small", META | {"text": text}, language="en", template_folder=folder)
    assert pages(pdf) == ["".join(text.split())]


def test_what_no_font_has_is_replaced_in_every_string_and_logged(tmp_path: Path) -> None:
    folder = small(tmp_path, "#data.text #data.list.first().name")
    data = META | {"text": "笑顔😀", "list": [{"name": "🎉\ufeff子"}]}
    with capture_logs() as logs:
        pdf = render_pdf("small", data, language="ja", template_folder=folder)
    assert pages(pdf) == ["笑顔〓〓子"]
    assert logs == [
        {
            "event": "document.glyphs_replaced",
            "log_level": "warning",
            "template": "small",
            "characters": ["🎉", "😀"],
        }
    ]


def test_nothing_is_logged_when_all_can_be_printed() -> None:
    with capture_logs() as logs:
        specimen()
    assert logs == []


def with_house_faces(tmp_path: Path) -> Path:
    for name in ("house.typ", "words.typ"):
        (tmp_path / name).write_bytes((TEMPLATE_FOLDER / name).read_bytes())
    body = (
        '#import "house.typ": *\n#set text(font: faces)\n#for line in data.lines { par(line + strong(line)) }'
    )
    return small(tmp_path, body)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_character_of_the_table_prints_under_ua_1(tmp_path: Path, language: Language) -> None:
    """The promise behind `printable`: what it lets through, the typesetter can set."""
    characters = sorted(frozenset().union(*coverage().values()))
    lines = ["".join(characters[start : start + 200]) for start in range(0, len(characters), 200)]
    folder = with_house_faces(tmp_path)
    pdf = render_pdf("small", META | {"lines": lines}, language=language, template_folder=folder)
    assert GETA in "".join(pages(pdf))  # 〓 itself is among them


# Signs that depend on their neighbours, among some that do not.
COMBINATIONS = st.lists(
    st.text(
        st.sampled_from(
            "aeq か漢ｶ각α\u0301\u0328\u3099\u1ab0\u1dd4\u20dd\u2de0\ufe20\ufe0f\U000e0100\u200b\u200d\u00ad\t\r\x0b\x0c\x85\u2028😀🏽"
        )
        | st.characters(exclude_categories=["Cs"]),
        max_size=8,
    ),
    min_size=40,
    max_size=60,
)


@given(COMBINATIONS, st.sampled_from(LANGUAGES))
@settings(max_examples=40, deadline=None)
def test_no_combination_of_characters_stops_a_document(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], language: Language
) -> None:
    folder = with_house_faces(tmp_path_factory.mktemp("templates"))
    render_pdf("small", META | {"lines": lines}, language=language, template_folder=folder)


@pytest.mark.parametrize("field", ["title", "authors", "keywords", "issued_at"])
def test_document_without_its_description_is_not_made(field: str) -> None:
    empty = specimen_data("ja", **{field: ""})
    absent = specimen_data("ja")
    del absent["document"][field]
    for data in (empty, absent):
        with pytest.raises(DocumentError) as caught:
            specimen(data=data)
        assert (caught.value.code, caught.value.params) == ("document_metadata", {"field": field})


@pytest.mark.parametrize("instant", ["2027-03-15T17:00:00", "2027-03-15", "yesterday", 5])
def test_instant_without_its_zone_is_refused(instant: object) -> None:
    with pytest.raises(DocumentError) as caught:
        specimen(data=specimen_data("ja", issued_at=instant))
    assert caught.value.params == {"field": "issued_at"}


@pytest.mark.parametrize("template", ["nothing", "../documents/specimen", "/etc/passwd", "specimen.typ", ""])
def test_unknown_template_is_refused(template: str) -> None:
    with pytest.raises(DocumentError) as caught:
        render_pdf(template, META, language="ja")
    assert caught.value.code == "document_template_unknown"


@pytest.mark.parametrize("name", ["../x.svg", "/x.svg", "a/b.svg", ".hidden", "..", "", "a\\b", "a\0b"])
def test_asset_has_a_plain_name(name: str) -> None:
    with pytest.raises(DocumentError) as caught:
        render_pdf("specimen", META, language="ja", assets={name: CHART})
    assert (caught.value.code, caught.value.params) == ("document_asset_name", {"name": name})


@pytest.mark.parametrize("path", ["/etc/hostname", "../../../../etc/hostname", "/../etc/hostname"])
def test_template_reads_nothing_of_the_machine(tmp_path: Path, path: str) -> None:
    with pytest.raises(DocumentError) as caught:
        render_pdf("small", META, language="ja", template_folder=small(tmp_path, f'#read("{path}")'))
    assert caught.value.code == "document_typeset"
    assert caught.value.params["template"] == "small"


def test_without_a_standard_the_document_claims_none() -> None:
    with pikepdf.open(io.BytesIO(specimen(standard=None))) as pdf, pdf.open_metadata() as xmp:
        assert "pdfuaid:part" not in xmp
        assert pdf.Root.MarkInfo.Marked
