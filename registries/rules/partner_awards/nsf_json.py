"""Awards of the US National Science Foundation in JSON: the files of its archive (since 2025), and its search service.

The archive calls a number `awd_id` and writes days as 2015-06-01; the service calls it `id` and writes 06/01/2015.
"""

from typing import Any

from registries.rules.json_fields import Fields, as_mapping
from registries.rules.partner_awards.collecting import collect
from registries.rules.partner_awards.nsf_xml import AGENCY, CURRENCY, country_of, is_name, stated
from registries.rules.partner_awards.records import PRINCIPAL, Investigator, PartnerAward
from registries.rules.partner_awards.values import minor_units, us_or_iso_date
from registries.rules.results import ParseResult, Reading


def parse_nsf_json(document: Any, *, file_name: str) -> ParseResult[PartnerAward]:
    """One award of the archive, a list of them, or an answer of the service."""
    if isinstance(document, dict) and "response" in document:
        entries = as_mapping(document).child("response").values("award")
    else:
        entries = document if isinstance(document, list) else [document]
    return collect(((None, entry) for entry in entries), _award, reading=Reading(file_name))


def _award(entry: Any, reading: Reading[PartnerAward]) -> PartnerAward:
    fields = as_mapping(entry)
    return _of_archive(fields, reading) if "awd_id" in fields else _of_service(fields, reading)


def _of_archive(fields: Fields, reading: Reading[PartnerAward]) -> PartnerAward:
    number = fields.number_text("awd_id")
    reading.name(number)
    institution = fields.child("inst")
    return PartnerAward(
        agency=AGENCY,
        number=number,
        title=fields.text("awd_titl_txt"),
        amount=minor_units(
            stated(fields.number_text("tot_intn_awd_amt"), fields.number_text("awd_amount")), CURRENCY
        ),
        currency=CURRENCY,
        start=us_or_iso_date(fields.text("awd_eff_date")),
        end=us_or_iso_date(fields.text("awd_exp_date")),
        investigators=tuple(
            Investigator(
                person.text("pi_last_name") or person.text("pi_full_name"),
                person.text("pi_first_name"),
                person.text("pi_role"),
            )
            for person in fields.children("pi")
            if is_name(person.text("pi_last_name"))
            and (person.text("pi_last_name") or person.text("pi_first_name") or person.text("pi_full_name"))
        ),
        institution=institution.text("inst_name"),
        institution_country=country_of(
            institution.text("inst_country_name"), institution.text("inst_state_name")
        ),
        instrument=fields.text("awd_istr_txt"),
    )


def _of_service(fields: Fields, reading: Reading[PartnerAward]) -> PartnerAward:
    number = fields.number_text("id")
    reading.name(number)
    # Which fields an answer has, whoever asked has chosen: the name may be there as a whole alone.
    family, given = fields.text("piLastName") or fields.text("pdPIName"), fields.text("piFirstName")
    return PartnerAward(
        agency=AGENCY,
        number=number,
        title=fields.text("title"),
        amount=minor_units(
            stated(fields.number_text("estimatedTotalAmt"), fields.number_text("fundsObligatedAmt")), CURRENCY
        ),
        currency=CURRENCY,
        start=us_or_iso_date(fields.text("startDate")),
        end=us_or_iso_date(fields.text("expDate")),
        investigators=(Investigator(family, given, PRINCIPAL),)
        if (family or given) and is_name(family)
        else (),
        institution=fields.text("awardeeName") or fields.text("awardee"),
        institution_country=fields.text("awardeeCountryCode"),
        instrument=fields.text("transType"),
    )
