"""Telling by its content which agency's file of awards one is, and reading it."""

from collections.abc import Callable
from typing import Any

from registries.rules.json_fields import read_json_documents
from registries.rules.partner_awards.cordis import parse_cordis_csv, parse_cordis_json
from registries.rules.partner_awards.nih import (
    CONTACT,
    parse_nih_csv,
    parse_nih_export,
    parse_nih_json,
    parse_sbir_csv,
)
from registries.rules.partner_awards.nsf_json import parse_nsf_json
from registries.rules.partner_awards.nsf_xml import parse_nsf_xml
from registries.rules.partner_awards.records import PartnerAward
from registries.rules.partner_awards.snsf import parse_snsf, parse_snsf_statistics
from registries.rules.partner_awards.tables import Table, read_table
from registries.rules.partner_awards.template import parse_template
from registries.rules.partner_awards.threesixty import parse_360giving_csv, parse_360giving_json
from registries.rules.partner_awards.ukri import SEARCHES, parse_ukri
from registries.rules.results import ParseResult, Reading, Refused

Document = Callable[..., ParseResult[PartnerAward]]
# What tells a table: all of these headings stand in it.
TABLES: tuple[tuple[frozenset[str], Document], ...] = (
    (frozenset({"CORE_PROJECT_NUM"}), parse_nih_csv),
    (frozenset({"FULL_PROJECT_NUM"}), parse_nih_csv),
    (frozenset({"Project Number", CONTACT}), parse_nih_export),
    (frozenset({"id", "ecMaxContribution"}), parse_cordis_csv),
    (frozenset({"reference", "ecMaxContribution"}), parse_cordis_csv),
    (frozenset({"GrantNumber"}), parse_snsf),
    (frozenset({"GrantNumberString"}), parse_snsf),
    (frozenset({"AmountGranted", "FundingInstrumentGa"}), parse_snsf_statistics),
    (frozenset({"Identifier", "Amount Awarded"}), parse_360giving_csv),
    (frozenset({"id", "amountAwarded"}), parse_360giving_csv),
    (frozenset({"award_number", "currency"}), parse_template),
    (frozenset({"award_id", "firm_name", "award_amount"}), parse_sbir_csv),
)
# What tells a document of JSON: one of these names stands in it, or in the first of a list.
DOCUMENTS: tuple[tuple[frozenset[str], Document], ...] = (
    (frozenset({"response", "awd_id", "fundsObligatedAmt", "estimatedTotalAmt", "pdPIName"}), parse_nsf_json),
    (frozenset({"projectOverview", "projectComposition", *SEARCHES, "project"}), parse_ukri),
    (frozenset({"grants"}), parse_360giving_json),
    (frozenset({"core_project_num", "project_num"}), parse_nih_json),
    (frozenset({"ecMaxContribution", "frameworkProgramme"}), parse_cordis_json),
)
# What tells the Union's list of calls for proposals, which holds no awards.
CALLS = frozenset({"topicId", "callIdentifier"})


def parse_awards(data: bytes, *, file_name: str) -> ParseResult[PartnerAward]:
    """The awards of one file, XML, JSON or CSV; of an unknown kind, an error of the whole file."""
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start == b"<" or not start:
        return parse_nsf_xml(data, file_name=file_name)
    try:
        if start in (b"{", b"["):
            document = read_json_documents(data)
            return _reader_of(document)(document, file_name=file_name)
        return parse_table(read_table(data), file_name=file_name)
    except Refused as refused:
        return _refused(refused, file_name)


def parse_table(table: Table, *, file_name: str) -> ParseResult[PartnerAward]:
    """The awards of a table, by its headings."""
    header = {heading.casefold() for heading in table.header}
    for headings, parse in TABLES:
        if {heading.casefold() for heading in headings} <= header:
            return parse(table, file_name=file_name)
    return _refused(Refused("award_table_unknown"), file_name)


def _reader_of(document: Any) -> Document:
    first = document[0] if isinstance(document, list) and document else document
    names = set(first) if isinstance(first, dict) else set()
    if "results" in names:
        results = first["results"]
        inner = results[0] if isinstance(results, list) and results else {}
        return parse_ukri if isinstance(inner, dict) and "projectComposition" in inner else parse_nih_json
    if names >= CALLS:
        raise Refused("award_document_of_calls", count=len(document) if isinstance(document, list) else 1)
    for telling, parse in DOCUMENTS:
        if telling & names:
            return parse
    raise Refused("award_document_unknown")


def _refused(refused: Refused, file_name: str) -> ParseResult[PartnerAward]:
    reading: Reading[PartnerAward] = Reading(file_name)
    reading.refuse(refused)
    return reading.result()
