"""Awards of the US National Science Foundation, in the XML that it publishes (https://www.nsf.gov/awardsearch)."""

import re
from xml.etree.ElementTree import Element  # the type only; parsing is defusedxml's

from registries.rules.partner_awards.collecting import collect, country_named
from registries.rules.partner_awards.records import Investigator, PartnerAward
from registries.rules.partner_awards.values import minor_units, us_date
from registries.rules.results import ParseResult, Reading, Refused
from registries.rules.states_of_usa import US_STATES
from registries.rules.xml_elements import read_xml, text_at

AGENCY = "NSF"
CURRENCY = "USD"
_NOT_A_NAME = frozenset({"DATA NOT AVAILABLE", "NAME NOT AVAILABLE", "NOT AVAILABLE"})
_NUMBER = re.compile(rb"<AwardID>\s*([0-9A-Za-z-]{1,60})\s*</AwardID>")
# So many awards of a broken file are named.
MOST_NAMED = 500


def parse_nsf_xml(data: bytes, *, file_name: str) -> ParseResult[PartnerAward]:
    """Awards of one file, which holds one or several <Award>.

    Refused: what `collect` refuses, and an award with a date or amount that is none. XML that is broken is refused as a
    whole, by the numbers of the awards that can be told in it.
    """
    reading: Reading[PartnerAward] = Reading(file_name)
    try:
        root = read_xml(data)
        awards = list(root.iter("Award"))
        if not awards:
            raise Refused("no_records", expected="Award")
    except Refused as refused:
        numbers = _numbers_in(data) if refused.code == "xml_invalid" else []
        for number in numbers:
            with reading.record():
                reading.name(number)
                raise refused
        if not numbers:
            reading.refuse(refused)
        return reading.result()
    return collect(((None, element) for element in awards), _award, reading=reading)


def _numbers_in(data: bytes) -> list[str]:
    """The numbers of the awards in XML that cannot be taken apart, so that what was not read has its name."""
    found = (match[1].decode("ascii") for match in _NUMBER.finditer(data))
    return list(dict.fromkeys(found))[:MOST_NAMED]


def _award(element: Element, reading: Reading[PartnerAward]) -> PartnerAward:
    number = text_at(element, "AwardID")
    reading.name(number or text_at(element, "AwardTitle"))
    return PartnerAward(
        agency=AGENCY,
        number=number,
        title=text_at(element, "AwardTitle"),
        amount=minor_units(
            stated(text_at(element, "AwardTotalIntnAmount"), text_at(element, "AwardAmount")), CURRENCY
        ),
        currency=CURRENCY,
        start=us_date(text_at(element, "AwardEffectiveDate")),
        end=us_date(text_at(element, "AwardExpirationDate")),
        investigators=tuple(_investigators(element)),
        institution=text_at(element, "Institution/Name"),
        institution_country=_country(element),
        instrument=text_at(element, "AwardInstrument/Value"),
    )


def stated(intended: str, obligated: str) -> str:
    """The total that is intended; of old awards it is left at nought, and what was obligated is all that is known."""
    return intended if intended.strip("0.,") else obligated or intended


def _investigators(element: Element) -> list[Investigator]:
    """Named people; the archive's "DATA NOT AVAILABLE" of the 1960s is no name."""
    found = []
    for person in element.findall("Investigator"):
        family, given = text_at(person, "LastName"), text_at(person, "FirstName")
        if (family or given) and is_name(family):
            found.append(Investigator(family, given, text_at(person, "RoleCode")))
    return found


def _country(element: Element) -> str:
    return country_of(text_at(element, "Institution/CountryName"), text_at(element, "Institution/StateName"))


def is_name(text: str) -> bool:
    """Whether it is a person's name, and not the archive's word for having none."""
    return text.upper() not in _NOT_A_NAME


def country_of(country: str, state: str) -> str:
    """The country that is named (now and then an institution abroad); where none is, an American state says the same."""
    return country_named(country) or ("US" if not country and state in US_STATES.values() else "")
