import pytest

from accounts.rules.numbers import researcher_number_warning
from registries.rules.identifiers import (
    award_number_warning,
    institution_code_warning,
    normalise_doi,
    normalise_orcid,
    normalise_ror,
    project_number_warning,
)


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("https://doi.org/10.1234/ABC", "10.1234/abc"),
        ("doi:10.1234/abc", "10.1234/abc"),
        ("10.1234/AbC ", "10.1234/abc"),
        ("DOI: 10.1234/abc", "10.1234/abc"),
        ("http://dx.doi.org/10.1234/abc", "10.1234/abc"),
        ("info:doi/10.1234/abc", "10.1234/abc"),
        ("１０．１２３４/ａｂｃ", "10.1234/abc"),
        ("https://doi.org/10.1002/(SICI)1097-0142%2819%29", "10.1002/(sici)1097-0142(19)"),
        ("10.1016/S2213-2600(20)30179-X", "10.1016/s2213-2600(20)30179-x"),
        ("10.1234/Straße", "10.1234/straße"),
    ],
)
def test_doi_is_normalised(text: str, doi: str):
    assert normalise_doi(text) == doi


@pytest.mark.parametrize(
    "text", ["", "11.1234/abc", "10.12/abc", "10.1234/", "10.1234/a b", "10.1234/" + "a" * 255]
)
def test_text_that_is_no_doi_gives_none(text: str):
    assert normalise_doi(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "0000-0002-1825-0097",
        "0000000218250097",
        "https://orcid.org/0000-0002-1825-0097",
        "http://orcid.org/0000-0002-1825-0097/",
    ],
)
def test_orcid_is_normalised(text: str):
    assert normalise_orcid(text) == "0000-0002-1825-0097"


def test_orcid_may_end_in_x():
    assert normalise_orcid("0000-0002-1694-233x") == "0000-0002-1694-233X"


@pytest.mark.parametrize(
    "text", ["0000-0002-1825-0098", "0000-0002-1694-2330", "0000-0002-1825", "", "A000-0002-1825-0097"]
)
def test_orcid_whose_check_fails_gives_none(text: str):
    assert normalise_orcid(text) is None


@pytest.mark.parametrize("text", ["https://ror.org/00097mb19", "ror.org/00097mb19", "00097MB19"])
def test_ror_is_normalised(text: str):
    assert normalise_ror(text) == "00097mb19"


@pytest.mark.parametrize("text", ["00097mb18", "00097mi19", "10097mb19", "00097mb1", ""])
def test_ror_whose_check_fails_gives_none(text: str):
    assert normalise_ror(text) is None


@pytest.mark.parametrize("number", ["90050426", "00251413", "80802743", " ９００５０４２６ "])
def test_researcher_number_with_its_check_digit_is_not_doubted(number: str):
    assert researcher_number_warning(number) is None


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("90050427", "erad_researcher_check_digit"),
        ("12345678", "erad_researcher_check_digit"),
        ("251413", "erad_researcher_format"),
        ("", "erad_researcher_format"),
        ("9005042a", "erad_researcher_format"),
    ],
)
def test_researcher_number_is_doubted(number: str, code: str):
    warning = researcher_number_warning(number, field="number")
    assert warning is not None
    assert (warning.code, warning.field, warning.params) == (code, "number", {"number": number})


@pytest.mark.parametrize("place", range(8))
def test_a_single_wrong_digit_is_noticed_but_for_five_at_a_double_weight(place: int):
    number = "90050426"
    unnoticed = [
        digit
        for digit in "0123456789"
        if digit != number[place]
        and researcher_number_warning(number[:place] + digit + number[place + 1 :]) is None
    ]
    double_weight = place in (2, 4, 6)
    assert unnoticed == ([str((int(number[place]) + 5) % 10)] if double_weight else [])


def test_institution_code_of_ten_digits_is_not_doubted():
    assert institution_code_warning("2112601000") is None


def test_institution_code_of_another_length_is_doubted():
    warning = institution_code_warning("12601")
    assert warning is not None and warning.code == "erad_institution_format"


@pytest.mark.parametrize("number", ["JPMJAP2326", "JPMJAP25B1"])
def test_jst_project_number_is_not_doubted(number: str):
    assert project_number_warning(number) is None


@pytest.mark.parametrize("number", ["JPMJAP232", "JPMJCR2326", "jpmjap2326", "JPMJAP23266"])
def test_other_project_number_is_doubted(number: str):
    assert project_number_warning(number) is not None


def test_project_number_follows_the_agency_s_own_pattern():
    assert project_number_warning("JP23jf0126001", pattern=r"JP\d{2}[a-z]{2}\d{7}") is None


@pytest.mark.parametrize(
    ("agency", "number"),
    [
        ("NSF", "1500186"),
        ("UKRI", "EP/X012345/1"),
        ("ANR", "ANR-22-CE09-0001"),
        ("DFG", "279384907"),
        ("DFG", "SFB 1245"),
        ("DFG", "PE 1632/10-1"),
        ("EU", "101039048"),
        ("SNSF", "200021"),
        ("SNSF", "200021_184781"),
        ("NSERC", "RGPIN-2018-03823"),
        ("NIH", "U01AI150741"),
        ("NIH", "R44EY036778"),
        ("NIH", "SB1AG087748"),
        ("NIH", "UT2AG087748"),
        ("NIH", "DP2GM000001"),
        ("NIH", "RC1HL000001"),
        ("NIH", "UM1AI000001"),
        ("NIH", "U2CDK000001"),
        ("NIH", "ZIABC000001"),
        ("NIH", "5R01GM070977-24"),
        ("NIH", "1R01 CA000001-01A1S1"),
        ("NIH", "HHSN272201400008C"),
        ("NIH", "HHSN261201800016I-P00002-26100012-1"),
        ("NIH", "75N93019C00065"),
        ("NIH", "75N91019D00024-0-759102000018-1"),
        ("NIH", "N01-CO-12400"),
        ("NIH", "N01AI40029"),
        ("DOE", "DE-SC0015266"),
        ("ARC", "anything at all"),
    ],
)
def test_award_number_of_the_agency_is_not_doubted(agency: str, number: str):
    assert award_number_warning(agency, number) is None


@pytest.mark.parametrize(
    ("agency", "number"),
    [
        ("NSF", "69W3546"),
        ("NSF", "15001861"),
        ("UKRI", "1500186"),
        ("DOE", "SC0015266"),
        ("NSF", ""),
        ("NIH", "101GM070977"),
        ("NIH", "ABCGM070977"),
        ("NIH", "HHSN27220140008C"),
        ("NIH", "HHSN2722014000089"),
        ("NIH", "75N9301C00065"),
        ("NIH", "76N93019C00065"),
    ],
)
def test_award_number_of_another_form_is_doubted(agency: str, number: str):
    warning = award_number_warning(agency, number)
    assert warning is not None
    assert (warning.code, warning.params) == ("award_number_unusual", {"number": number, "agency": agency})
