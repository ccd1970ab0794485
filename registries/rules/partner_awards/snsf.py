"""Grants of the Swiss National Science Foundation, as its data portal exports them: CSV with semicolons."""

from registries.rules.partner_awards.collecting import collect, country_named
from registries.rules.partner_awards.records import PRINCIPAL, Investigator, PartnerAward
from registries.rules.partner_awards.tables import Table
from registries.rules.partner_awards.values import iso_date, minor_units
from registries.rules.results import ParseResult, Reading, Refused

AGENCY = "SNSF"
CURRENCY = "CHF"
GRANT_PAGE = "https://data.snf.ch/grants/grant/"


def parse_snsf(table: Table, *, file_name: str) -> ParseResult[PartnerAward]:
    return collect(table.rows, _award, reading=Reading(file_name))


def _award(cells: dict[str, str], reading: Reading[PartnerAward]) -> PartnerAward:
    number = cells.get("GrantNumber") or cells.get("GrantNumberString", "")
    reading.name(number)
    applicant = cells.get("ResponsibleApplicantName", "")
    return PartnerAward(
        agency=AGENCY,
        number=number,
        title=cells.get("TitleEnglish") or cells.get("Title", ""),
        amount=minor_units(cells.get("AmountGrantedAllSets") or cells.get("AmountGranted", ""), CURRENCY),
        currency=CURRENCY,
        start=iso_date(cells.get("EffectiveGrantStartDate", "")),
        end=iso_date(cells.get("EffectiveGrantEndDate", "")),
        # Which part of the name is the family's is not said.
        investigators=(Investigator(applicant, "", PRINCIPAL),) if applicant else (),
        institution=cells.get("ResearchInstitution", ""),
        # People abroad on the foundation's grants are at institutions of other countries.
        institution_country=country_named(cells.get("InstituteCountry", ""))
        or ("CH" if cells.get("ResearchInstitution") and not cells.get("InstituteCountry") else ""),
        instrument=cells.get("FundingInstrumentPublished") or cells.get("FundingInstrumentReporting", ""),
        source_url=f"{GRANT_PAGE}{number}" if number.isdigit() else "",
    )


def parse_snsf_statistics(table: Table, *, file_name: str) -> ParseResult[PartnerAward]:
    """The foundation's table of what it has granted in a year: amounts by instrument, without any number. Each line is
    refused, and named by its instrument, so that nobody takes the table for one of awards."""
    return collect(table.rows, _without_number, reading=Reading(file_name))


def _without_number(cells: dict[str, str], reading: Reading[PartnerAward]) -> PartnerAward:
    reading.name(cells.get("FundingInstrumentGa", ""))
    raise Refused("award_without_number")
