from datetime import date

from registries.rules.partner_awards.nsf_xml import parse_nsf_xml
from registries.rules.partner_awards.records import Investigator, PartnerAward
from registries.rules.results import ParseResult
from tests.builders.registry_files import DATA, codes, errors, extract


def parsed(name: str) -> ParseResult[PartnerAward]:
    return parse_nsf_xml(extract(f"awards/nsf/{name}"), file_name=name)


def award(inner: str) -> bytes:
    return f"<rootTag><Award><AwardID>1500186</AwardID>{inner}</Award></rootTag>".encode()


def test_ordinary_award_is_read_without_a_doubt_but_none():
    result = parsed("1500186.xml")
    assert result.problems == ()
    assert result.records == (
        PartnerAward(
            agency="NSF",
            number="1500186",
            title="DDRIG: Expanding Phonological Typology through Kaco' Sound Patterns",
            amount=1_450_000,
            currency="USD",
            start=date(2015, 6, 1),
            end=date(2017, 11, 30),
            investigators=(
                Investigator("Blevins", "Juliette", "Principal Investigator"),
                Investigator("Olsen", "Emily", "Co-Principal Investigator"),
            ),
            institution="CUNY Graduate School University Center",
            institution_country="US",
            instrument="Standard Grant",
        ),
    )
    assert result.records[0].principal_investigator == Investigator(
        "Blevins", "Juliette", "Principal Investigator"
    )


def test_dates_are_month_first():
    record = parsed("6800025.xml").records[0]
    assert (record.start, record.end) == (date(1968, 10, 15), date(1972, 6, 30))


def test_award_of_1968_without_a_named_investigator_is_told():
    result = parsed("6800025.xml")
    assert (result.records[0].investigators, codes(result)) == ((), ["award_without_investigator"])


def test_historical_number_is_doubted_and_taken():
    result = parsed("69W3546.xml")
    assert (result.records[0].number, codes(result)) == (
        "69W3546",
        ["award_number_unusual", "award_without_investigator"],
    )


def test_american_state_stands_for_the_country_that_is_left_blank():
    assert parsed("69W3546.xml").records[0].institution_country == "US"


def test_award_without_a_number_is_refused_by_its_title():
    result = parsed("noID.xml")
    assert (result.read, result.records, errors(result)) == (1, (), [("award_without_number", 1, None)])
    assert result.problems[0].key == "Task Order For Partial Support of the Committee on Geography"


def test_file_of_two_awards_gives_both():
    assert [record.number for record in parsed("twoAwardFile.xml").records] == [
        "69W3546aaaaaaaaa",
        "69W3sdfghj546",
    ]


def test_invalid_xml_names_file_line_and_award():
    result = parsed("badXMLfile.xml")
    assert (result.records, errors(result)) == ((), [("xml_invalid", 1, 4)])
    assert (result.problems[0].file_name, result.problems[0].key) == ("badXMLfile.xml", "69W3547")


def test_institution_abroad_is_where_the_archive_says():
    content = award("<Institution><Name>x</Name><CountryName>Switzerland</CountryName></Institution>")
    assert parse_nsf_xml(content, file_name="x").records[0].institution_country == "CH"


def test_an_intended_total_of_nought_stands_for_none():
    content = award("<AwardTotalIntnAmount>0.00</AwardTotalIntnAmount><AwardAmount>33462</AwardAmount>")
    assert parse_nsf_xml(content, file_name="x").records[0].amount == 3_346_200


def test_every_shipped_file_is_read_or_named():
    results = [parsed(path.name) for path in sorted((DATA / "awards/nsf").glob("*.xml"))]
    assert (len(results), sum(len(r.records) for r in results), sum(r.refused for r in results)) == (
        15,
        14,
        2,
    )


def test_end_before_start_is_told():
    inner = "<AwardEffectiveDate>06/01/2015</AwardEffectiveDate><AwardExpirationDate>05/31/2015</AwardExpirationDate>"
    assert "award_ends_before_start" in codes(parse_nsf_xml(award(inner), file_name="x"))


def test_day_first_date_is_refused_not_guessed():
    inner = "<AwardEffectiveDate>31/05/2015</AwardEffectiveDate>"
    assert errors(parse_nsf_xml(award(inner), file_name="x")) == [("date_invalid", 1, None)]


def test_amount_may_have_cents_and_nothing_finer():
    assert (
        parse_nsf_xml(award("<AwardAmount>14500.50</AwardAmount>"), file_name="x").records[0].amount
        == 1_450_050
    )
    for wrong in ("14500.505", "-1", "1e400", "NaN", "many"):
        result = parse_nsf_xml(award(f"<AwardAmount>{wrong}</AwardAmount>"), file_name="x")
        assert errors(result) == [("amount_invalid", 1, None)]


def test_same_number_twice_in_a_file_is_refused_the_second_time():
    one = "<Award><AwardID>1500186</AwardID></Award>"
    result = parse_nsf_xml(f"<rootTag>{one}{one}</rootTag>".encode(), file_name="x")
    assert (len(result.records), errors(result)) == (1, [("record_twice", 2, None)])


def test_entities_are_never_expanded():
    bomb = b'<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rootTag><Award><AwardID>&b;</AwardID></Award></rootTag>'
    assert errors(parse_nsf_xml(bomb, file_name="x")) == [("xml_unsafe", None, None)]


def test_file_of_other_xml_is_refused():
    assert errors(parse_nsf_xml(b"<grants/>", file_name="x")) == [("no_records", None, None)]


def test_empty_file_is_refused():
    assert errors(parse_nsf_xml(b"", file_name="x")) == [("xml_invalid", None, 1)]


def test_unknown_encoding_is_refused():
    klingon = b'<?xml version="1.0" encoding="klingon"?><rootTag/>'
    assert errors(parse_nsf_xml(klingon, file_name="x")) == [("encoding_unknown", None, None)]
