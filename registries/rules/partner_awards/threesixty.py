"""Grants in the 360Giving Data Standard (https://standard.threesixtygiving.org), JSON or a flat CSV.

The standard is used by many funders: each grant names its own. `XI-ROR-…` as the funder's identifier is its ROR id;
under another identifier it is found by its name.
"""

import re
from collections.abc import Mapping
from typing import Any

from registries.rules.identifiers import normalise_ror
from registries.rules.json_fields import Fields, as_mapping
from registries.rules.partner_awards.collecting import collect
from registries.rules.partner_awards.records import PRINCIPAL, Investigator, PartnerAward
from registries.rules.partner_awards.tables import Table
from registries.rules.partner_awards.values import currency_code, iso_date, minor_units, web_address
from registries.rules.results import ParseResult, Reading, Refused

_OWN_NUMBER = re.compile(r"360G-[A-Za-z0-9]+-(.+)")
_ROR_SCHEME = "XI-ROR-"
# The heading of a cell, in words and in the names of the JSON.
HEADINGS = {
    "id": ("Identifier", "id"),
    "title": ("Title", "title"),
    "currency": ("Currency", "currency"),
    "amount": ("Amount Awarded", "amountAwarded"),
    "start": ("Planned Dates:Start Date", "plannedDates/0/startDate"),
    "end": ("Planned Dates:End Date", "plannedDates/0/endDate"),
    "recipient": ("Recipient Org:Name", "recipientOrganization/0/name"),
    "person": ("Recipient Ind:Name", "recipientIndividual/name"),
    "funder_id": ("Funding Org:Identifier", "fundingOrganization/0/id"),
    "funder": ("Funding Org:Name", "fundingOrganization/0/name"),
    "url": ("URL", "url"),
}


def parse_360giving_json(document: Any, *, file_name: str) -> ParseResult[PartnerAward]:
    entries = as_mapping(document).values("grants")
    return collect(
        ((None, entry) for entry in entries),
        lambda entry, reading: _award(_values(as_mapping(entry)), reading),
        reading=Reading(file_name),
    )


def parse_360giving_csv(table: Table, *, file_name: str) -> ParseResult[PartnerAward]:
    # Publishers differ in capitals: "Amount awarded".
    found = {
        name: [
            heading for heading in table.header if heading.casefold() in {one.casefold() for one in headings}
        ]
        for name, headings in HEADINGS.items()
    }
    return collect(
        table.rows,
        lambda cells, reading: _award(
            {
                name: next((cells[heading] for heading in found[name] if cells.get(heading)), "")
                for name in HEADINGS
            },
            reading,
        ),
        reading=Reading(file_name),
    )


def _values(grant: Fields) -> dict[str, str]:
    dates = grant.children("plannedDates")
    recipients = grant.children("recipientOrganization")
    funders = grant.children("fundingOrganization")
    return {
        "id": grant.text("id"),
        "title": grant.text("title"),
        "currency": grant.text("currency"),
        "amount": grant.number_text("amountAwarded"),
        "start": dates[0].text("startDate") if dates else "",
        "end": dates[0].text("endDate") if dates else "",
        "recipient": recipients[0].text("name") if recipients else "",
        "person": grant.child("recipientIndividual").text("name"),
        "funder_id": funders[0].text("id") if funders else "",
        "funder": funders[0].text("name") if funders else "",
        "url": grant.text("url"),
    }


def _award(values: Mapping[str, str], reading: Reading[PartnerAward]) -> PartnerAward:
    reading.name(values["id"])
    if not values["funder_id"] and not values["funder"]:
        raise Refused("field_missing", field="fundingOrganization")
    own = _OWN_NUMBER.fullmatch(values["id"])
    scheme = values["funder_id"].upper().startswith(_ROR_SCHEME)
    ror_id = normalise_ror(values["funder_id"][len(_ROR_SCHEME) :]) if scheme else ""
    if ror_id is None:
        raise Refused("ror_id_invalid", ror_id=values["funder_id"])
    currency = currency_code(values["currency"])
    return PartnerAward(
        agency="",
        number=own[1] if own else values["id"],
        title=values["title"],
        amount=minor_units(values["amount"], currency),
        currency=currency,
        start=iso_date(values["start"]),
        end=iso_date(values["end"]),
        investigators=(Investigator(values["person"], "", PRINCIPAL),) if values["person"] else (),
        institution=values["recipient"],
        agency_ror_id=ror_id,
        agency_name=values["funder"],
        source_url=web_address(values["url"], reading),
    )
