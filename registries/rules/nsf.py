"""Awards of the US National Science Foundation, in the XML that it publishes (https://www.nsf.gov/awardsearch)."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from xml.etree.ElementTree import Element  # the type only; parsing is defusedxml's

from kernel.money import LARGEST, minor_digits
from registries.rules.identifiers import award_number_warning
from registries.rules.results import ParseResult, Reading, Refused
from registries.rules.states_of_usa import US_STATES
from registries.rules.xml_elements import read_xml, text_at

AGENCY = "NSF"
CURRENCY = "USD"
_US_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_NOT_A_NAME = frozenset({"DATA NOT AVAILABLE", "NAME NOT AVAILABLE", "NOT AVAILABLE"})
_PRINCIPAL = frozenset({"principal investigator", "former principal investigator"})
_UNITED_STATES = frozenset({"united states", "united states of america", "usa", "us"})


@dataclass(frozen=True, slots=True)
class Investigator:
    family_name: str
    given_name: str
    role: str

    @property
    def is_principal(self) -> bool:
        return self.role.casefold() in _PRINCIPAL


@dataclass(frozen=True, slots=True)
class PartnerAward:
    """`amount` in minor units (US cents), None where the source gives none. Dates as the source has them."""

    agency: str
    number: str
    title: str
    amount: int | None
    currency: str
    start: date | None
    end: date | None
    investigators: tuple[Investigator, ...]
    institution: str
    institution_country: str  # ISO 3166-1 alpha-2, or "" where the source gives none
    instrument: str

    @property
    def principal_investigator(self) -> Investigator | None:
        return next((person for person in self.investigators if person.is_principal), None)


def parse_nsf(data: bytes, *, file_name: str) -> ParseResult[PartnerAward]:
    """Awards of one file, which holds one or several <Award>.

    Refused: an award without a number (nothing could ever find it again) or with a date or amount that is none; a
    second award of the same number. Told: a number of unusual form, no principal investigator, no dates or amount, an
    end before the start.
    """
    reading: Reading[PartnerAward] = Reading(file_name)
    seen: set[str] = set()
    try:
        root = read_xml(data)
        awards = list(root.iter("Award"))
        if not awards:
            raise Refused("no_records", expected="Award")
    except Refused as refused:
        reading.refuse(refused)
        return reading.result()
    for element in awards:
        with reading.record():
            award = _award(element, reading)
            if award.number in seen:
                raise Refused("record_twice", key=award.number)
            seen.add(award.number)
            reading.add(award)
    return reading.result()


def _award(element: Element, reading: Reading[PartnerAward]) -> PartnerAward:
    number = text_at(element, "AwardID")
    reading.name(number or text_at(element, "AwardTitle"))
    if not number:
        raise Refused("award_without_number")
    award = PartnerAward(
        agency=AGENCY,
        number=number,
        title=text_at(element, "AwardTitle"),
        amount=_amount(text_at(element, "AwardTotalIntnAmount") or text_at(element, "AwardAmount")),
        currency=CURRENCY,
        start=_us_date(text_at(element, "AwardEffectiveDate")),
        end=_us_date(text_at(element, "AwardExpirationDate")),
        investigators=tuple(_investigators(element)),
        institution=text_at(element, "Institution/Name"),
        institution_country=_country(element),
        instrument=text_at(element, "AwardInstrument/Value"),
    )
    _doubts(award, reading)
    return award


def _doubts(award: PartnerAward, reading: Reading[PartnerAward]) -> None:
    unusual = award_number_warning(AGENCY, award.number)
    if unusual:
        reading.warn(unusual.code, **unusual.params)
    if award.principal_investigator is None:
        reading.warn("award_without_investigator")
    if award.amount is None:
        reading.warn("award_without_amount")
    if award.start is None or award.end is None:
        reading.warn("award_without_dates")
    elif award.end < award.start:
        reading.warn("award_ends_before_start", start=award.start.isoformat(), end=award.end.isoformat())


def _investigators(element: Element) -> list[Investigator]:
    """Named people; the archive's "DATA NOT AVAILABLE" of the 1960s is no name."""
    found = []
    for person in element.findall("Investigator"):
        family, given = text_at(person, "LastName"), text_at(person, "FirstName")
        if (family or given) and family.upper() not in _NOT_A_NAME:
            found.append(Investigator(family, given, text_at(person, "RoleCode")))
    return found


def _country(element: Element) -> str:
    """NSF's own file writes only "United States" or nothing; an American state says the same."""
    named = text_at(element, "Institution/CountryName").casefold()
    if named in _UNITED_STATES or (
        not named and text_at(element, "Institution/StateName") in US_STATES.values()
    ):
        return "US"
    return ""


def _amount(text: str) -> int | None:
    if not text:
        return None
    try:
        cents = Decimal(text).scaleb(minor_digits(CURRENCY))
    except InvalidOperation as error:
        raise Refused("amount_invalid", value=text) from error
    if not cents.is_finite() or not 0 <= cents <= LARGEST or cents != cents.to_integral_value():
        raise Refused("amount_invalid", value=text)
    return int(cents)


def _us_date(text: str) -> date | None:
    """Month, day, year: 06/01/2015 is the first of June."""
    if not text:
        return None
    match = _US_DATE.fullmatch(text)
    try:
        if not match:
            raise ValueError(text)
        month, day, year = (int(part) for part in match.groups())
        return date(year, month, day)
    except ValueError as error:
        raise Refused("date_invalid", value=text) from error
