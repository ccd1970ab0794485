"""The portal's own table of awards, for agencies that publish none that a machine can read: CSV or XLSX."""

from registries.rules.identifiers import normalise_ror
from registries.rules.partner_awards.collecting import collect, country_coded
from registries.rules.partner_awards.records import PRINCIPAL, Investigator, PartnerAward
from registries.rules.partner_awards.tables import Table
from registries.rules.partner_awards.values import currency_code, iso_date, minor_units, web_address
from registries.rules.results import ParseResult, Reading, Refused

COLUMNS = (
    "agency_ror_id", "agency_name", "award_number", "title", "pi_family_name", "pi_given_name", "institution", "country",
    "amount", "currency", "start", "end", "source_url",
)  # fmt: skip


def parse_template(table: Table, *, file_name: str) -> ParseResult[PartnerAward]:
    """The agency by its ROR id, else by its name; the amount in whole or decimal units of its currency."""
    return collect(table.rows, _award, reading=Reading(file_name))


def _award(cells: dict[str, str], reading: Reading[PartnerAward]) -> PartnerAward:
    values = {name: cells.get(name, "") for name in COLUMNS}
    reading.name(values["award_number"] or values["title"])
    ror_id = normalise_ror(values["agency_ror_id"]) if values["agency_ror_id"] else ""
    if ror_id is None:
        raise Refused("ror_id_invalid", ror_id=values["agency_ror_id"])
    if not ror_id and not values["agency_name"]:
        raise Refused("field_missing", field="agency_ror_id")
    country = country_coded(values["country"])
    if values["country"] and not country:
        raise Refused("country_code_invalid", country_code=values["country"])
    family, given = values["pi_family_name"], values["pi_given_name"]
    currency = currency_code(values["currency"])
    return PartnerAward(
        agency="",
        number=values["award_number"],
        title=values["title"],
        amount=minor_units(values["amount"], currency),
        currency=currency,
        start=iso_date(values["start"]),
        end=iso_date(values["end"]),
        investigators=(Investigator(family, given, PRINCIPAL),) if family or given else (),
        institution=values["institution"],
        institution_country=country,
        agency_ror_id=ror_id,
        agency_name=values["agency_name"],
        source_url=web_address(values["source_url"], reading),
    )
