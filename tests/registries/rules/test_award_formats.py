"""Files of awards in the shapes in which agencies are seen to publish them, with their nulls, nested lists and odd headings.

What a made-up record has of fields follows the services' own answers; names and numbers are made up.
"""

import json

import pytest

from registries.rules.partner_awards.formats import parse_awards
from registries.rules.partner_awards.nih import core_number
from registries.rules.partner_awards.records import Investigator, PartnerAward
from registries.rules.results import ParseResult

PI = "Principal Investigator"
CO_PI = "Co-Principal Investigator"


def parsed(content: object) -> ParseResult[PartnerAward]:
    text = content if isinstance(content, str) else json.dumps(content)
    return parse_awards(text.encode(), file_name="x")


SERVICE = {
    "id": "2600001",
    "agency": "NSF",
    "title": "Made-up robots",
    "date": "08/15/2024",
    "startDate": "09/01/2024",
    "expDate": "08/31/2027",
    "fundsObligatedAmt": "200000",
    "pdPIName": "Jane Doe",
    "awardee": "MADE-UP UNIVERSITY",
    "transType": "Standard Grant",
}


def test_nsf_answers_with_few_fields_are_read_by_what_they_have():
    award = parsed({"response": {"award": [SERVICE], "metadata": {"totalCount": 1}}}).records[0]
    assert (award.number, award.amount, award.investigators, award.institution) == (
        "2600001",
        20_000_000,
        (Investigator("Jane Doe", "", PI),),
        "MADE-UP UNIVERSITY",
    )


def test_nsf_answers_that_were_put_together_are_a_list():
    result = parsed([SERVICE, {**SERVICE, "id": "2600002", "estimatedTotalAmt": "0"}])
    assert [(one.number, one.amount) for one in result.records] == [
        ("2600001", 20_000_000),
        ("2600002", 20_000_000),
    ]


@pytest.mark.parametrize(
    "record",
    [
        {**SERVICE, "pdPIName": "DATA NOT AVAILABLE"},
        {
            "awd_id": "6800025",
            "awd_eff_date": "1968-10-15",
            "awd_exp_date": "1972-06-30",
            "tot_intn_awd_amt": 0.0,
            "awd_amount": 200000.0,
            "pi": [{"pi_role": PI, "pi_first_name": None, "pi_last_name": "DATA NOT AVAILABLE"}],
            "inst": None,
        },
    ],
)
def test_nsf_word_for_having_no_name_is_no_name(record):
    result = parsed([record])
    assert (result.records[0].investigators, result.records[0].amount) == ((), 20_000_000)
    assert "award_without_investigator" in [problem.code for problem in result.problems]


def reporter(**changes: object) -> dict[str, object]:
    return {
        "appl_id": 10000001,
        "subproject_id": None,
        "fiscal_year": 2023,
        "project_num": "1R15DE099999-01A1",
        "core_project_num": "R15DE099999",
        "organization": {"org_name": "MADE-UP UNIVERSITY", "country": None, "org_country": "UNITED STATES"},
        "award_amount": 444000,
        "principal_investigators": [
            {
                "first_name": "Jane",
                "middle_name": "",
                "last_name": "Doe",
                "is_contact_pi": True,
                "title": None,
            },
            {"full_name": "John Roe", "is_contact_pi": False},
        ],
        "contact_pi_name": "DOE, JANE",
        "project_start_date": "2023-08-01T00:00:00",
        "project_end_date": "2023-09-30T00:00:00",
        "project_title": "Made-up teeth",
    } | changes


def test_nih_reporter_gives_nulls_and_names_as_a_whole():
    award = parsed({"meta": {"total": 1}, "results": [reporter()]}).records[0]
    assert (award.number, award.amount, award.institution_country, award.investigators) == (
        "R15DE099999",
        44_400_000,
        "US",
        (Investigator("Doe", "Jane", PI), Investigator("John Roe", "", CO_PI)),
    )


def test_nih_years_without_core_number_are_one_project():
    years = [
        reporter(core_project_num=None),
        reporter(core_project_num=None, project_num="5R15DE099999-02", fiscal_year=2024),
    ]
    assert [(one.number, one.amount) for one in parsed({"results": years}).records] == [
        ("R15DE099999", 88_800_000)
    ]


@pytest.mark.parametrize(
    ("number", "core"),
    [
        ("5R01GM070977-24", "R01GM070977"),
        ("1U01AI150741-01A1S1", "U01AI150741"),
        ("U01AI150741", "U01AI150741"),
        ("ZIAHG200388-05", "ZIAHG200388"),
        ("75N93022C00001-0-0-1", "75N93022C00001-0-0-1"),
    ],
)
def test_nih_number_is_without_kind_and_year(number, core):
    assert core_number(number) == core


EXPORT = (
    '"Search Criteria","Text: teeth"\n"Total Projects:","1"\n\n"Export date","1/1/2026"\n'
    '"Project Title","Application ID","Project Number","Subproject Number","Project Start Date","Project End Date",'
    '"Contact PI / Project Leader","Other PI or Project Leader(s)","Organization Name","Organization Country","Fiscal Year","Total Cost"\n'
    '"Made-up teeth","10000001","5R15DE099999-02","","8/1/2023","9/30/2023","DOE, JANE","ROE, JOHN; POE, ANN","MADE-UP UNIVERSITY","UNITED STATES","2023","$444,000"\n'
    '"A part of it","10000002","5R15DE099999-02","5001","8/1/2023","9/30/2023","DOE, JANE","","MADE-UP UNIVERSITY","UNITED STATES","2023",""\n'
)


def test_nih_page_of_results_writes_out_a_table_below_what_was_searched():
    result = parsed(EXPORT.replace("$444,000", "444000"))
    assert [
        (one.number, one.amount, [p.family_name for p in one.investigators]) for one in result.records
    ] == [("R15DE099999", 44_400_000, ["DOE", "ROE", "POE"])]


def composition(**changes: object) -> dict[str, object]:
    person = {
        "firstName": "Jane",
        "otherNames": None,
        "surname": "Doe",
        "orcidId": None,
        "roles": [{"name": "PRINCIPAL_INVESTIGATOR", "start": None}],
        "principalInvestigator": True,
    }
    return {
        "projectComposition": {
            "project": {
                "title": "Made-up &amp; sons",
                "status": None,
                "grantReference": "EP/X099999/1",
                "fund": {"valuePounds": 176250001, "start": 1317423600000, "end": 1459378800000},
                "output": None,
                "publications": None,
            },
            "leadResearchOrganisation": {"name": "MADE-UP CATAPULT", "address": None},
            "personRoles": [person],
            "collaborations": None,
            "principalInvestigators": [],
        },
        "abstractSnippet": None,
    } | changes


@pytest.mark.parametrize(
    "document",
    [
        {"facetedSearchResultBean": {"results": [composition()]}},
        {"searchResult": {"results": [composition()]}},
        {"results": [composition()]},
        [composition()],
        composition(),
    ],
)
def test_ukri_search_is_read_under_each_of_its_names(document):
    award = parsed(document).records[0]
    assert (award.number, award.amount, award.title, award.investigators) == (
        "EP/X099999/1",
        17_625_000_100,
        "Made-up & sons",
        (Investigator("Doe", "Jane", PI),),
    )
    assert (str(award.start), str(award.end)) == ("2011-10-01", "2016-03-31")


def test_cordis_file_of_one_project_and_lines_of_many_are_read():
    one = {"id": "101069999", "acronym": "MADEUP", "title": "Made up", "ecMaxContribution": "2073781.25"}
    assert parsed(one).records[0].amount == 207_378_125
    lines = "\n".join(json.dumps({**one, "id": str(number)}) for number in (101069997, 101069998))
    assert [award.number for award in parsed(lines).records] == ["101069997", "101069998"]


def test_cordis_table_of_the_seventh_programme_calls_the_number_reference():
    table = "rcn;reference;acronym;title;startDate;endDate;ecMaxContribution;coordinator;coordinatorCountry\n"
    award = parsed(table + "1;299999;MADEUP;Made up;2012-01-01;2013-12-31;1500000,5;MADE-UP;UK\n").records[0]
    assert (award.number, award.amount, award.institution_country) == ("299999", 150_000_050, "GB")


def test_snsf_grant_at_an_institution_abroad_is_there():
    table = "GrantNumber;Title;ResponsibleApplicantName;ResearchInstitution;InstituteCountry;AmountGrantedAllSets\n"
    countries = [
        parsed(table + f"200001;Made up;Doe Jane;{place};{country};100\n").records[0].institution_country
        for place, country in (("Made-up", "Germany"), ("Made-up", ""), ("", ""))
    ]
    assert countries == ["DE", "CH", ""]


def test_snsf_statistics_are_told_line_by_line_as_what_they_are():
    table = "FundingInstrumentGaLevel1,AmountGranted,FundingInstrumentGaReporting,FundingInstrumentGa\n"
    result = parsed(table + "Projects,100,x,Made-up instrument\n")
    assert (result.read, result.records) == (1, ())
    assert [(p.code, p.line, p.key) for p in result.problems] == [
        ("award_without_number", 2, "Made-up instrument")
    ]


def test_360giving_headings_differ_in_capitals():
    table = (
        "Identifier,Title,Currency,Amount awarded,Award date,Recipient Org:Name,Funding Org:Identifier,Funding Org:Name\n"
        "360G-madeup-1,Made up,GBP,50000,2010-12-01,Made-up Sports,GB-CHC-9999999,Made-up Fund\n"
    )
    award = parsed(table).records[0]
    assert (award.number, award.amount, award.currency) == ("1", 5_000_000, "GBP")


def test_360giving_days_have_times_and_zones():
    grant = {
        "id": "360G-madeup-c",
        "title": "Made up",
        "currency": "GBP",
        "amountAwarded": 25000,
        "awardDate": "2019-10-03T00:00:00+00:00",
        "plannedDates": [{"startDate": "2019-03-01T00:00:00+00:00", "endDate": "2022-03-01", "duration": 36}],
        "recipientOrganization": [{"id": "360G-madeup-a", "name": "Made up"}],
        "fundingOrganization": [{"id": "XI-ROR-021nxhr62", "name": "Made-up Trust"}],
    }
    award = parsed({"grants": [grant]}).records[0]
    assert (str(award.start), str(award.end), award.agency_ror_id) == (
        "2019-03-01",
        "2022-03-01",
        "021nxhr62",
    )


def test_broken_line_of_many_documents_is_named_by_its_place():
    result = parsed('{"id": "1", "ecMaxContribution": "1"}\n{"id": "2", \n')
    assert [(p.code, p.line) for p in result.problems] == [("json_invalid", 3)]


def test_broken_xml_names_every_award_in_it():
    result = parsed("<r><Award><AwardID>1500186</AwardID></Award><Award><AwardID> 1500187 </AwardID></r>")
    assert (result.read, result.records) == (2, ())
    assert [(p.code, p.key) for p in result.problems] == [
        ("xml_invalid", "1500186"),
        ("xml_invalid", "1500187"),
    ]
