from datetime import date

from registries.rules.holidays import Holiday, parse_holidays
from tests.builders.registry_files import codes, errors, extract

DATA = extract("calendar/syukujitsu.csv")


def test_cabinet_office_file_is_read_whole_in_cp932():
    result = parse_holidays(DATA, file_name="syukujitsu.csv")
    assert (len(result.records), result.read) == (DATA.count(b"\r\n") - 1, 1067)
    assert [(p.code, p.params) for p in result.problems] == [("encoding_found", {"encoding": "cp932"})]


def test_unpadded_dates_are_dates():
    result = parse_holidays(DATA, file_name="syukujitsu.csv")
    assert result.records[0] == Holiday(date(1955, 1, 1), "元日")
    assert result.records[-1] == Holiday(date(2027, 11, 23), "勤労感謝の日")


def test_days_made_free_by_law_are_kept():
    names = [holiday.name for holiday in parse_holidays(DATA, file_name="x").records]
    assert names.count("休日") == DATA.decode("cp932").count(",休日\r\n")


def test_same_file_in_utf8_with_bom_gives_the_same():
    utf8 = DATA.decode("cp932").encode("utf-8-sig")
    result = parse_holidays(utf8, file_name="x")
    assert result.records == parse_holidays(DATA, file_name="x").records
    assert result.problems[0].params == {"encoding": "utf-8-sig"}


def test_bad_lines_are_named_and_the_others_read():
    text = "国民の祝日・休日月日,国民の祝日・休日名称\r\n2026/1/1,元日\r\n2026/2/30,なし\r\n2026-5-5,\r\n2026/5/3\r\n2026/1/1,元日\r\nきのう,休日\r\n"
    result = parse_holidays(text.encode("cp932"), file_name="x")
    assert result.records == (Holiday(date(2026, 1, 1), "元日"),)
    assert errors(result) == [
        ("date_invalid", 2, 3),
        ("field_missing", 3, 4),
        ("cells_wrong_number", 4, 5),
        ("record_twice", 5, 6),
        ("date_invalid", 6, 7),
    ]


def test_file_without_its_header_is_refused():
    assert errors(parse_holidays(DATA[DATA.index(b"\n") + 1 :], file_name="x")) == [
        ("header_unknown", None, None)
    ]


def test_bytes_of_no_known_encoding_are_refused():
    assert codes(parse_holidays(b"\x81\xff\xff,\xa0\n", file_name="x")) == ["encoding_unknown"]


def test_file_cut_within_a_character_is_refused():
    cut = DATA[: DATA.index("成人の日".encode("cp932")) + 3]
    assert codes(parse_holidays(cut, file_name="x")) == ["encoding_unknown"]
