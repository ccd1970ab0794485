import json

from registries.rules.ror import RorInstitution, parse_ror
from tests.builders.registry_files import codes, errors, extract


def parsed(name: str) -> dict[str, RorInstitution]:
    result = parse_ror(extract(f"institutions/{name}"), file_name=name)
    return {institution.ror_id: institution for institution in result.records}


def broken(**changes: object) -> bytes:
    record = json.loads(extract("institutions/ror_v2_japan.json"))[0] | changes
    return json.dumps([record]).encode()


def test_japan_extract_is_read_whole():
    result = parse_ror(extract("institutions/ror_v2_japan.json"), file_name="japan.json")
    assert (result.read, len(result.records), errors(result)) == (69, 69, [])


def test_partner_extract_is_read_whole():
    result = parse_ror(extract("institutions/ror_v2_partners.json"), file_name="partners.json")
    assert (result.read, len(result.records), errors(result)) == (70, 70, [])


def test_odd_extract_keeps_inactive_and_withdrawn():
    statuses = [i.status for i in parsed("ror_v2_odd.json").values()]
    assert (statuses.count("active"), statuses.count("inactive"), statuses.count("withdrawn")) == (8, 8, 3)


def test_agency_has_both_names_and_its_funder_id():
    jst = parsed("ror_v2_japan.json")["00097mb19"]
    assert (jst.name_ja, jst.name_en, jst.country_code) == (
        "科学技術振興機構",
        "Japan Science and Technology Agency",
        "JP",
    )
    assert jst.types == ("funder", "government")


def test_kanji_name_goes_before_readings_marked_as_japanese():
    kek = parsed("ror_v2_japan.json")["01g5y5k24"]
    assert kek.name_ja == "高エネルギー加速器研究機構"
    assert kek.name_kana == "コウエネルギーカソクキケンキュウキコウ"


def test_romaji_marked_as_japanese_is_no_japanese_name():
    names = [
        {"value": "Genkan Kikō", "lang": "ja", "types": ["label"]},
        {"value": "NUMO", "lang": "en", "types": ["ror_display", "label"]},
    ]
    institution = parse_ror(broken(names=names), file_name="x.json").records[0]
    assert (institution.name_ja, institution.name_en) == ("", "NUMO")


def test_successor_is_kept_of_a_merged_university():
    assert parsed("ror_v2_odd.json")["02v6kpv12"].successors == ("01ahyrz84",)


def test_locations_in_two_countries_are_all_kept_and_told():
    result = parse_ror(extract("institutions/ror_v2_odd.json"), file_name="odd.json")
    graphwise = next(i for i in result.records if i.ror_id == "03qjge715")
    assert (graphwise.country_code, graphwise.countries) == ("BG", ("BG", "AT"))
    assert codes(result).count("ror_several_countries") == 4


def test_withdrawn_record_without_successor_is_told():
    result = parse_ror(extract("institutions/ror_v2_odd.json"), file_name="odd.json")
    told = [p.key for p in result.problems if p.code == "ror_withdrawn_without_successor"]
    assert told == ["https://ror.org/037522k75"]


def test_truncated_file_names_file_and_line():
    data = extract("institutions/ror_v2_japan.json")[:5000]
    result = parse_ror(data, file_name="cut.json")
    assert (result.records, errors(result)) == ((), [("json_invalid", None, data.count(b"\n") + 1)])
    assert result.problems[0].file_name == "cut.json"


def test_wrong_check_digits_refuse_the_record():
    assert errors(parse_ror(broken(id="https://ror.org/00097mb18"), file_name="x")) == [
        ("ror_id_invalid", 1, None)
    ]


def test_record_of_schema_1_is_refused_as_such():
    old = b'[{"id": "https://ror.org/00097mb19", "name": "JST", "country": {"country_code": "JP"}}]'
    assert errors(parse_ror(old, file_name="x")) == [("ror_version_1", 1, None)]


def test_second_record_of_one_id_is_refused_and_the_first_kept():
    record = json.loads(extract("institutions/ror_v2_japan.json"))[0]
    result = parse_ror(json.dumps([record, record]).encode(), file_name="x")
    assert (len(result.records), result.refused, errors(result)) == (1, 1, [("record_twice", 2, None)])


def test_wrong_types_refuse_the_record_only():
    record = json.loads(extract("institutions/ror_v2_japan.json"))[0]
    mixed = [7, "text", None, {"id": 5}, record | {"names": {}}, record | {"locations": ["Tokyo"]}, record]
    result = parse_ror(json.dumps(mixed).encode(), file_name="x")
    assert [code for code, _, _ in errors(result)] == ["field_wrong_type"] * 6
    assert len(result.records) == 1


def test_nul_in_a_name_refuses_the_record():
    names = [{"value": "Uni\x00versity", "lang": "en", "types": ["ror_display"]}]
    assert errors(parse_ror(broken(names=names), file_name="x")) == [("character_forbidden", 1, None)]


def test_half_a_surrogate_pair_refuses_the_record():
    names = [{"value": "Uni\ud842", "lang": "en", "types": ["ror_display"]}]
    assert errors(parse_ror(broken(names=names), file_name="x")) == [("character_forbidden", 1, None)]


def test_unknown_status_refuses_the_record():
    assert errors(parse_ror(broken(status="merged"), file_name="x")) == [("ror_status_unknown", 1, None)]


def test_record_without_location_is_refused():
    assert errors(parse_ror(broken(locations=[]), file_name="x")) == [("field_missing", 1, None)]


def test_very_deep_json_is_refused():
    assert errors(parse_ror(b"[" * 100_000, file_name="x")) == [("json_too_deep", None, None)]


def test_bytes_in_no_unicode_are_refused():
    assert errors(parse_ror('["東京"]'.encode("cp932"), file_name="x")) == [("encoding_not_utf8", None, None)]
