"""What every file of awards is read into, whoever published it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from registries.rules.identifiers import award_number_warning
from registries.rules.results import Reading

_PRINCIPAL = frozenset({"principal investigator", "former principal investigator"})
PRINCIPAL = "Principal Investigator"
CO_PRINCIPAL = "Co-Principal Investigator"


@dataclass(frozen=True, slots=True)
class AwardingAgency:
    """An agency whose files name it nowhere, since they hold no other's awards."""

    ror_id: str
    name: str
    country: str  # ISO 3166-1 alpha-2; "EU" for the Union (a user-assigned code that CLDR lists)


# By the short names that the patterns of award numbers go by.
AGENCIES: Mapping[str, AwardingAgency] = MappingProxyType(
    {
        "NSF": AwardingAgency("021nxhr62", "National Science Foundation", "US"),
        "NIH": AwardingAgency("01cwqze88", "National Institutes of Health", "US"),
        "UKRI": AwardingAgency("001aqnf71", "UK Research and Innovation", "GB"),
        "EU": AwardingAgency("00k4n6c32", "European Commission", "EU"),
        "SNSF": AwardingAgency("00yjd3n13", "Swiss National Science Foundation", "CH"),
    }
)

# Which agency's pattern of award numbers holds, where a file names the agency by its ROR id.
NUMBERED_BY: Mapping[str, str] = MappingProxyType(
    {
        **{one.ror_id: short_name for short_name, one in AGENCIES.items()},
        "018mejw64": "DFG",
        "00rbzpz17": "ANR",
        "01h531d29": "NSERC",
        "01bj3aw27": "DOE",
    }
)
_NUMBERED_BY_NAME = {one.name.casefold(): short_name for short_name, one in AGENCIES.items()}


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
    """`amount` in minor units (US cents), None where the source gives none. Dates as the source has them.

    `agency` is a key of `AGENCIES`, or "" where the file names the agency itself, by `agency_ror_id` or `agency_name`.
    """

    agency: str
    number: str
    title: str
    amount: int | None
    currency: str
    start: date | None
    end: date | None
    investigators: tuple[Investigator, ...] = ()
    institution: str = ""
    institution_country: str = ""  # ISO 3166-1 alpha-2, or "" where the source gives none
    instrument: str = ""
    agency_ror_id: str = ""
    agency_name: str = ""
    source_url: str = ""

    @property
    def principal_investigator(self) -> Investigator | None:
        return next((person for person in self.investigators if person.is_principal), None)

    @property
    def numbered_by(self) -> str:
        """The short name of the agency whose pattern the number should have; "" when it is not known."""
        if self.agency:
            return self.agency
        if self.agency_ror_id:
            return NUMBERED_BY.get(self.agency_ror_id, "")
        return _NUMBERED_BY_NAME.get(self.agency_name.casefold(), "")


def tell_doubts(
    award: PartnerAward, reading: Reading[PartnerAward], *, never_given: frozenset[str] = frozenset()
) -> None:
    """Warn of what a person should look at. What a kind of file never has (`investigator`, `dates`, `amount`) is told once
    for the file, by `tell_never_given`."""
    unusual = award_number_warning(award.numbered_by, award.number)
    if unusual:
        reading.warn(unusual.code, **unusual.params)
    if award.principal_investigator is None and "investigator" not in never_given:
        reading.warn("award_without_investigator")
    if award.amount is None and "amount" not in never_given:
        reading.warn("award_without_amount")
    if award.start is None or award.end is None:
        if "dates" not in never_given:
            reading.warn("award_without_dates")
    elif award.end < award.start:
        reading.warn("award_ends_before_start", start=award.start.isoformat(), end=award.end.isoformat())


def tell_never_given(reading: Reading[PartnerAward], never_given: frozenset[str]) -> None:
    """Say once of the file what none of its awards has."""
    for what in sorted(never_given):
        reading.inform(f"awards_without_{what}")
