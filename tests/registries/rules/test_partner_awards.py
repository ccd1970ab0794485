"""Awards of each agency, in made-up files of the shapes in which the agencies publish them."""

import json
from datetime import date

import pytest

from registries.enums import Severity
from registries.rules.identifiers import normalise_ror
from registries.rules.partner_awards.formats import parse_awards
from registries.rules.partner_awards.records import AGENCIES, Investigator, PartnerAward
from registries.rules.partner_awards.values import minor_units
from registries.rules.results import ParseResult, Refused
from tests.builders.registry_files import codes, errors

PI = "Principal Investigator"


def parsed(content: object, name: str = "x") -> ParseResult[PartnerAward]:
    data = content if isinstance(content, str) else json.dumps(content)
    return parse_awards(data.encode(), file_name=name)


def doubts(result: ParseResult[PartnerAward]) -> list[str]:
    return [problem.code for problem in result.problems if problem.severity is Severity.WARNING]


@pytest.mark.parametrize("agency", AGENCIES.values(), ids=lambda agency: agency.name)
def test_each_agency_has_a_ror_id_whose_check_digits_hold(agency):
    assert normalise_ror(agency.ror_id) == agency.ror_id


# NSF

ARCHIVE = {
    "awd_id": "2400001",
    "awd_titl_txt": "Made-up award",
    "awd_istr_txt": "Standard Grant",
    "tot_intn_awd_amt": 150000.5,
    "awd_amount": 90000.0,
    "awd_eff_date": "2024-09-01",
    "awd_exp_date": "2027-08-31",
    "pi": [
        {"pi_role": "Co-Principal Investigator", "pi_first_name": "Ben", "pi_last_name": "Mihon"},
        {"pi_role": PI, "pi_first_name": "Ada", "pi_last_name": "Mihon"},
    ],
    "inst": {"inst_name": "Example State University", "inst_state_name": "Ohio", "inst_country_name": None},
}


def test_nsf_archive_gives_the_intended_total_in_cents():
    result = parsed(ARCHIVE)
    assert result.problems == ()
    assert result.records == (
        PartnerAward(
            agency="NSF",
            number="2400001",
            title="Made-up award",
            amount=15_000_050,
            currency="USD",
            start=date(2024, 9, 1),
            end=date(2027, 8, 31),
            investigators=(
                Investigator("Mihon", "Ben", "Co-Principal Investigator"),
                Investigator("Mihon", "Ada", PI),
            ),
            institution="Example State University",
            institution_country="US",
            instrument="Standard Grant",
        ),
    )


def test_nsf_service_writes_the_month_first_and_amounts_as_text():
    award = {
        "id": "2400002",
        "title": "Made-up",
        "piFirstName": "Ada",
        "piLastName": "Mihon",
        "estimatedTotalAmt": "250000",
        "startDate": "06/01/2024",
        "expDate": "05/31/2027",
        "awardeeCountryCode": "US",
    }
    record = parsed({"response": {"award": [award]}}).records[0]
    assert (record.amount, record.start, record.end) == (25_000_000, date(2024, 6, 1), date(2027, 5, 31))


# NIH


def nih(**changes: object) -> dict[str, object]:
    return {
        "appl_id": 10000001,
        "subproject_id": None,
        "fiscal_year": 2024,
        "core_project_num": "U01AI150741",
        "project_num": "5U01AI150741-03",
        "project_title": "Made-up",
        "award_amount": 400_000,
        "project_start_date": "2022-10-01T00:00:00",
        "project_end_date": "2024-09-30T00:00:00",
        "principal_investigators": [
            {"first_name": "BEN", "last_name": "MIHON", "is_contact_pi": False},
            {"first_name": "ADA", "last_name": "MIHON", "is_contact_pi": True},
        ],
        "organization": {"org_name": "EXAMPLE UNIVERSITY", "org_country": "UNITED STATES"},
        **changes,
    }


def test_nih_years_of_a_project_are_one_award_without_its_parts():
    result = parsed(
        {
            "meta": {"total": 4},
            "results": [
                nih(),
                nih(fiscal_year=2023, award_amount=300_000, project_num="5U01AI150741-02"),
                nih(subproject_id="7001", award_amount=100_000),
                nih(core_project_num="R01CA000001", fiscal_year=2024),
            ],
        }
    )
    first = result.records[0]
    assert [record.number for record in result.records] == ["U01AI150741", "R01CA000001"]
    assert (first.amount, first.start, first.end) == (70_000_000, date(2022, 10, 1), date(2024, 9, 30))
    assert (first.principal_investigator, first.institution_country) == (
        Investigator("MIHON", "ADA", PI),
        "US",
    )
    # FY2023 and FY2024 are the term of the first; of the second the file lacks FY2023, and says so.
    assert codes(result) == ["award_amount_of_years"]


def test_nih_table_names_the_contact_among_several_investigators():
    table = (
        "APPLICATION_ID,CORE_PROJECT_NUM,FY,ORG_COUNTRY,ORG_NAME,PI_NAMEs,PROJECT_START,PROJECT_END,PROJECT_TITLE,"
        "SUBPROJECT_ID,TOTAL_COST\n"
        '1,R01CA000001,2024,UNITED STATES,EXAMPLE,"ROE, JOHN; DOE, JANE (contact)",10/01/2023,09/30/2024,T,,1234\n'
        ",,2024,,,,,,Without a number,,1\n"
    )
    result = parsed(table)
    record = result.records[0]
    assert record.principal_investigator == Investigator("DOE", "JANE", PI)
    assert (record.amount, record.start, record.end) == (123_400, date(2023, 10, 1), date(2024, 9, 30))
    assert (errors(result), result.read) == ([("award_without_number", 2, 3)], 2)


def test_sbir_table_has_no_terms_and_says_so_once():
    table = "award_id,firm_name,firm_state,award_amount,award_date\nR43EY036753,FIRM,IL,360897.0,2024-09-30\n"
    result = parsed(table)
    record = result.records[0]
    assert (record.agency, record.amount, record.start, record.end) == ("NIH", 36_089_700, None, None)
    assert codes(result) == ["awards_without_dates", "awards_without_investigator"]


# UKRI

PROJECT = {
    "project": {
        "title": "Bread &amp; quanta",
        "grantReference": "EP/X012345/1",
        "grantCategory": "Research Grant",
        # midnight of 1 April and of 1 October 2024 in London, which is an hour earlier by UTC in summer
        "fund": {"valuePounds": 512345, "start": 1711926000000, "end": 1727737200000},
    },
    "leadResearchOrganisation": {"name": "University of Example &amp; Sons"},
    "personRole": [
        {"firstName": "Ben", "surname": "Mihon", "role": [{"name": "CO_INVESTIGATOR"}]},
        {"firstName": "Ada", "surname": "Mihon", "role": [{"name": "PRINCIPAL_INVESTIGATOR"}]},
    ],
}


@pytest.mark.parametrize(
    "document",
    [
        {"projectOverview": {"projectComposition": PROJECT}},
        {"results": [{"projectComposition": PROJECT}]},
        {"searchResult": {"results": [{"projectComposition": PROJECT}]}},
    ],
)
def test_ukri_days_are_those_of_london_and_its_text_is_unescaped(document):
    record = parsed(document).records[0]
    assert (record.start, record.end) == (date(2024, 4, 1), date(2024, 10, 1))
    assert (record.title, record.institution) == ("Bread & quanta", "University of Example & Sons")
    assert (record.amount, record.principal_investigator) == (51_234_500, Investigator("Mihon", "Ada", PI))


def test_ukri_api_2_gives_no_amount_and_says_so_once():
    document = {
        "project": [
            {
                "title": "Made-up",
                "identifiers": {"identifier": [{"value": f"EP/X01234{n}/1", "type": "RCUK"}]},
                "links": {"link": [{"rel": "FUND", "start": 1711926000000, "end": 1727737200000}]},
            }
            for n in (1, 2)
        ]
    }
    result = parsed(document)
    assert [(r.number, r.amount, r.start) for r in result.records] == [
        ("EP/X012341/1", None, date(2024, 4, 1)),
        ("EP/X012342/1", None, date(2024, 4, 1)),
    ]
    assert codes(result) == ["awards_without_amount", "awards_without_investigator"]


# CORDIS


def test_cordis_table_has_semicolons_decimal_commas_and_no_people():
    table = (
        '\ufeff"id";"acronym";"status";"title";"startDate";"endDate";"totalCost";"ecMaxContribution";"fundingScheme"\n'
        '"101234567";"KAKE";"SIGNED";"Bridges; and ""more""";"2024-01-01";"2028-12-31";"2500000";"1999999,5";"ERC"\n'
    )
    result = parsed(table)
    record = result.records[0]
    assert (record.agency, record.number, record.title) == ("EU", "101234567", 'KAKE: Bridges; and "more"')
    assert (record.amount, record.currency) == (199_999_950, "EUR")
    assert codes(result) == ["awards_without_investigator"]


def test_cordis_json_says_greece_in_the_unions_way():
    entry = {
        "id": 101234567,
        "title": "Made-up",
        "startDate": "2024-01-01",
        "endDate": "2025-01-01",
        "ecMaxContribution": 1500000,
        "coordinator": "Example",
        "coordinatorCountry": "EL",
    }
    record = parsed([entry]).records[0]
    assert (record.number, record.amount, record.institution_country) == ("101234567", 150_000_000, "GR")


# SNSF


def test_snsf_table_keeps_the_applicants_name_whole():
    table = (
        "\ufeffGrantNumber;Title;TitleEnglish;ResponsibleApplicantName;ResearchInstitution;EffectiveGrantStartDate;"
        "EffectiveGrantEndDate;AmountGrantedAllSets\n"
        "200021;Brücken;Bridges;Mihon Ada;ETH Example;2023-03-01T00:00:00Z;2027-02-28T00:00:00Z;232848.5\n"
    )
    result = parsed(table)
    record = result.records[0]
    assert result.problems == ()
    assert (record.title, record.amount, record.currency) == ("Bridges", 23_284_850, "CHF")
    assert (record.start, record.investigators) == (date(2023, 3, 1), (Investigator("Mihon Ada", "", PI),))


# 360Giving


def grant(**changes: object) -> dict[str, object]:
    return {
        "id": "360G-example-200834_Z_16_Z",
        "title": "Made-up",
        "currency": "GBP",
        "amountAwarded": 1234.5,
        "awardDate": "2024-01-01",
        "plannedDates": [{"startDate": "2024-02-01", "endDate": "2026-01-31T00:00:00Z"}],
        "recipientOrganization": [{"id": "GB-COH-1", "name": "Example College"}],
        "fundingOrganization": [{"id": "XI-ROR-021nxhr62", "name": "A funder"}],
        **changes,
    }


def test_360giving_takes_the_number_of_the_funder_out_of_the_identifier():
    record = parsed({"grants": [grant()]}).records[0]
    assert (record.number, record.agency_ror_id, record.agency_name) == (
        "200834_Z_16_Z",
        "021nxhr62",
        "A funder",
    )
    assert (record.amount, record.start, record.end) == (123_450, date(2024, 2, 1), date(2026, 1, 31))


@pytest.mark.parametrize(
    "heading",
    [
        "Identifier,Title,Currency,Amount Awarded,Planned Dates:Start Date,Planned Dates:End Date,Funding Org:Name",
        "id,title,currency,amountAwarded,plannedDates/0/startDate,plannedDates/0/endDate,fundingOrganization/0/name",
    ],
)
def test_360giving_table_is_read_under_both_kinds_of_headings(heading):
    record = parsed(f'{heading}\n360G-x-7,T,GBP,"1,234.50",2024-02-01,2026-01-31,Funder\n').records[0]
    assert (record.number, record.amount, record.agency_name) == ("7", 123_450, "Funder")


def test_360giving_grant_without_a_funder_is_refused_and_the_others_are_taken():
    result = parsed({"grants": [grant(fundingOrganization=[]), grant()]})
    assert (errors(result), len(result.records)) == ([("field_missing", 1, None)], 1)


# The portal's own table

TEMPLATE = (
    "agency_ror_id,agency_name,award_number,title,pi_family_name,pi_given_name,institution,country,amount,currency,"
    "start,end,source_url\n"
)


def test_template_is_read_with_everything_it_holds():
    row = '021nxhr62,,\'=A-1,Made-up,Mihon,Ada,Example,us,"1,000",usd,2024-01-01,2026-12-31,https://x.example/1\n'
    record = parsed(TEMPLATE + row).records[0]
    assert (record.number, record.institution_country, record.amount, record.currency) == (
        "=A-1",
        "US",
        100_000,
        "USD",
    )
    assert record.principal_investigator == Investigator("Mihon", "Ada", PI)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("021nxhr63,,A,T,,,,,1,USD,,,", "ror_id_invalid"),
        (",,A,T,,,,,1,USD,,,", "field_missing"),
        ("021nxhr62,,,T,,,,,1,USD,,,", "award_without_number"),
        (f"021nxhr62,,{'9' * 61},T,,,,,1,USD,,,", "award_number_too_long"),
        ("021nxhr62,,A,T,,,,,-1,USD,,,", "amount_invalid"),
        ("021nxhr62,,A,T,,,,,1.005,USD,,,", "amount_invalid"),
        ("021nxhr62,,A,T,,,,,1,DOLLARS,,,", "currency_unknown"),
        ("021nxhr62,,A,T,,,,,1,XXX,,,", "currency_unknown"),
        ("021nxhr62,,A,T,,,,,,QQQ,,,", "currency_unknown"),
        ("021nxhr62,,A,T,,,,USA,1,USD,,,", "country_code_invalid"),
        ("021nxhr62,,A,T,,,,,1,USD,2024-02-30,,", "date_invalid"),
    ],
)
def test_template_row_that_is_wrong_is_refused_by_its_line(row, code):
    result = parsed(f"{TEMPLATE}{row}\n021nxhr62,,B,T,Mihon,,,,1,USD,2024-01-01,2024-12-31,\n")
    assert (errors(result), [r.number for r in result.records]) == ([(code, 1, 2)], ["B"])


@pytest.mark.parametrize(
    ("agency", "number", "address", "code"),
    [
        ("021nxhr62,", "12", "", "award_number_unusual"),
        (",National Science Foundation", "12", "", "award_number_unusual"),
        ("018mejw64,", "12", "", "award_number_unusual"),
        ("021nxhr62,", "2400001", "javascript:alert(1)", "address_left_out"),
        ("021nxhr62,", "2400001", "https://x.example/" + "9" * 400, "address_left_out"),
    ],
)
def test_template_row_to_be_looked_at_is_taken_with_a_warning(agency, number, address, code):
    result = parsed(f"{TEMPLATE}{agency},{number},T,Mihon,,,,1,DEM,1994-01-01,1995-12-31,{address}\n")
    assert ([one.code for one in result.problems], result.records[0].source_url) == ([code], "")


def test_number_that_stands_twice_is_taken_once():
    row = "021nxhr62,,A,T,Mihon,,,,1,USD,2024-01-01,2024-12-31,\n"
    result = parsed(TEMPLATE + row + row)
    assert (len(result.records), errors(result)) == (1, [("record_twice", 2, 3)])


# What is none of them


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("FundingInstrumentGaLevel1,AmountGranted\nProjects,232848\n", "award_table_unknown"),
        ('{"topicId": "ERC-2026-POC"}', "award_document_unknown"),
        ('{"a": 1}{"b": 2}', "award_document_unknown"),
        ('{"a": 1}{"b": 2', "json_invalid"),
        ('{"topicId": "x", "callIdentifier": "y"}{}', "award_document_of_calls"),
        ("[]", "award_document_unknown"),
        ('{"results": 3}', "field_wrong_type"),
        ('{"grants": {}}', "field_wrong_type"),
        ("", "xml_invalid"),
    ],
)
def test_file_of_another_kind_is_told_as_a_whole(content, code):
    result = parsed(content)
    assert (codes(result), result.records) == ([code], ())


@pytest.mark.parametrize(
    ("text", "currency", "units"),
    [
        ("1234", "USD", 123_400),
        ("1,234", "USD", 123_400),
        ("1234,5", "EUR", 123_450),
        ("1234,50", "EUR", 123_450),
        ("1234", "JPY", 1234),
        ("１，２３４", "USD", 123_400),
        ("", "USD", None),
    ],
)
def test_amounts_are_read_as_agencies_write_them(text, currency, units):
    assert minor_units(text, currency) == units


@pytest.mark.parametrize(
    "text", ["-1", "1,23,4", "NaN", "1e999", "ー５００", "－500", "1.234,50", "12.345", "Infinity", "1_000"]
)
def test_amount_that_could_be_read_in_two_ways_is_refused(text):
    with pytest.raises(Refused):
        minor_units(text, "USD")
