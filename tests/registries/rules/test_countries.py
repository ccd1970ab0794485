from registries.rules.countries import join_countries, parse_countries
from tests.builders.registry_files import all_countries, errors, extract


def test_every_iso_code_gets_both_names():
    assert len(all_countries()) == 250


def test_country_has_the_usual_and_the_other_names():
    britain = next(country for country in all_countries() if country.alpha2 == "GB")
    assert (britain.alpha3, britain.numeric, britain.name_ja, britain.name_en) == (
        "GBR",
        "826",
        "イギリス",
        "United Kingdom",
    )
    assert britain.other_names == ("英国", "UK", "Great Britain")


def test_groups_of_countries_are_no_countries():
    assert {"EU", "EZ", "QO", "ZZ"} & {country.alpha2 for country in all_countries()} == set()


def test_order_of_files_does_not_matter():
    names = ["i18n_iso_en", "i18n_iso_codes", "cldr_territories_ja", "i18n_iso_ja", "cldr_territories_en"]
    parts = [p for n in names for p in parse_countries(extract(f"countries/{n}.json"), file_name=n).records]
    assert join_countries(parts)[0] == all_countries()


def test_code_without_a_japanese_name_is_left_out_and_said():
    files = ["i18n_iso_codes", "cldr_territories_en"]
    parts = [p for n in files for p in parse_countries(extract(f"countries/{n}.json"), file_name=n).records]
    countries, incomplete = join_countries(parts)
    assert (countries, len(incomplete)) == ((), 250)


def test_malformed_code_refuses_its_row():
    result = parse_countries(
        b'[["JP", "JPN", "392"], ["J", "JPN", "392"], "JP", ["US", "USA", 840]]', file_name="x"
    )
    assert [part.alpha2 for part in result.records] == ["JP"]
    assert errors(result) == [("country_code_invalid", n, None) for n in (2, 3, 4)]


def test_json_of_another_kind_is_refused():
    assert errors(parse_countries(b'{"currencies": {}}', file_name="x")) == [("format_unknown", None, None)]


def test_names_in_a_third_language_are_refused():
    data = b'{"locale": "fr", "countries": {"JP": "Japon"}}'
    assert errors(parse_countries(data, file_name="x")) == [("language_unknown", None, None)]


def test_cldr_file_without_territories_is_refused():
    assert errors(parse_countries(b'{"main": {"ja": {}}}', file_name="x")) == [("field_missing", None, None)]
