"""The words of this app's violations and enumerations, and of what is wrong with an imported file."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kernel.languages import current
from registries.enums import (
    BudgetAccount,
    ImportStep,
    InstitutionStatus,
    MatchedBy,
    PaperFormat,
    PaperStep,
    PublicationKind,
    PublicationSource,
    RateBasis,
    RegistryKind,
    Severity,
)

VIOLATIONS: dict[str, object] = {
    "import_empty": _("“%(file)s” is empty."),
    "import_too_large": _("“%(file)s” is larger than %(limit)s MB. Split it and import the parts."),
    "import_without_records": _("“%(file)s” holds no record that could be used. Nothing was imported."),
    "import_problem": "%(what)s",
    "import_one_file": _("Send one file after the other: only the files of countries are read together."),
    "countries_incomplete": _(
        "This names no country in both languages. The codes (ISO 3166-1) and the names in Japanese and in English are "
        "needed: choose all of these files together, or send them as a ZIP."
    ),
    "paper_file_lines_broken": _(
        "“%(file)s” has lines that cannot be read. Correct those named below, and send it again."
    ),
    "paper_file_unreadable": _("“%(file)s” cannot be read as what it is said to be: %(reason)s"),
    "paper_file_unpacks_too_large": _("“%(file)s” would unpack to more than %(limit)s GB. Send it in parts."),
    "paper_file_without_papers": _("“%(file)s” holds no paper with a year and a name of its own."),
    "archive_invalid": _("“%(file)s” is no ZIP archive that can be opened."),
    "archive_too_large": _("“%(file)s” would unpack to more than can be imported at once. Split it."),
    "rate_missing": _("There is no exchange rate of %(currency)s for %(on)s. The yen value stays open."),
    "erad_codes_none_chosen": _("Tick at least one institution."),
    "erad_codes_changed": _(
        "What was ticked is no longer offered as you saw it: a code or an institution has changed. Look again."
    ),
    "award_number_unusual": _(
        "This number does not look like one of the agency’s. Check it; it is kept as it is."
    ),
    "project_number_unusual": _("This does not look like one of the agency’s project numbers."),
    "erad_researcher_format": _("An e-Rad researcher number has 8 digits."),
    "erad_researcher_check_digit": _(
        "The check digit of this e-Rad researcher number does not fit. Check it."
    ),
    "erad_institution_format": _("An e-Rad institution code has 10 digits."),
}

# What a parser may say of a record or of a file. The place is put before it by `problem_words`.
PROBLEMS: dict[str, object] = {
    "address_left_out": _(
        "the address “%(value)s” was left out: it is none that begins with https://, or too long."
    ),
    "amount_invalid": _("“%(value)s” is no amount of money."),
    "award_agency_unknown": _(
        "the agency “%(agency)s” is neither an organisation here nor an institution of the registry; give its ROR id."
    ),
    "award_amount_of_years": _("the amount is that of the fiscal years %(years)s, which the file holds."),
    "award_document_unknown": _(
        "this JSON is none of those that can be read: NSF, NIH RePORTER, UKRI Gateway to Research, CORDIS, 360Giving."
    ),
    "award_document_of_calls": _(
        "this is a list of %(count)s calls for proposals. They are no awards: none of them has an award number."
    ),
    "award_ends_before_start": _(
        "the award ends (%(end)s) before it starts (%(start)s); its dates were left out."
    ),
    "award_number_lost_zeros": _(
        "“%(value)s” is %(kept)s without its leading zeros; the row was left out. Make the cell a text."
    ),
    "award_number_too_long": _("the award’s number has more than %(most)s characters."),
    "award_number_unusual": _("the number does not look like one of the agency’s."),
    "award_table_unknown": _(
        "the headings are none of those that can be read: NIH RePORTER, CORDIS, SNSF, 360Giving, or the portal’s own table with “award_number”. A table without award numbers cannot be used."
    ),
    "award_without_amount": _("the award has no amount."),
    "award_without_dates": _("the award has no dates."),
    "award_without_investigator": _("the award names no investigator."),
    "award_without_number": _("the award has no number, so it cannot be told from others."),
    "awards_without_amount": _("files of this kind give no amounts."),
    "awards_without_dates": _("files of this kind give no start and end."),
    "awards_without_investigator": _("files of this kind name no investigators."),
    "books_not_read": _("books are not read; %(count)s were left out."),
    "budget_account_shared": _(
        "“%(account)s” is kept by several ministries; its %(count)s items are not one ministry’s alone."
    ),
    "budget_account_unknown": _("“%(account)s” is no account of the state."),
    "budget_amount_zero": _("%(count)s items have an amount of zero: they ended, or nothing is left."),
    "budget_difference_wrong": _(
        "the difference is given as %(difference)s, and the amounts make %(found)s."
    ),
    "budget_document_without_items": _("“%(title)s” is named as a source and has no item in the file."),
    "budget_settlement_general_only": _(
        "items are settled in the general account alone; special accounts are settled in other parts."
    ),
    "budget_settlement_wrong": _("what was spent, carried over and left makes %(found)s, not %(current)s."),
    "budget_unit_unknown": _("the file does not say that it counts in yen (found: %(unit)s)."),
    "cells_wrong_number": _("%(found)s cells where %(expected)s were expected."),
    "character_forbidden": _("“%(field)s” holds a character that no text may have (NUL)."),
    "country_ended": _(
        "the country of the code “%(country_code)s” (%(name)s) ended on %(day)s; now: %(successors)s."
    ),
    "country_code_invalid": _("“%(country_code)s” is no country code."),
    "country_without_names": _("“%(country_code)s” has no name in Japanese or none in English."),
    "csv_invalid": _("the line is no CSV: %(reason)s."),
    "currency_unknown": _("“%(value)s” is no code of a currency."),
    "date_invalid": _("“%(value)s” is no date."),
    "doi_invalid": _("“%(doi)s” is no DOI."),
    "encoding_found": _("the file was read as %(encoding)s."),
    "encoding_not_utf8": _("the text is not UTF-8 (byte %(byte)s)."),
    "encoding_unknown": _("the text is neither UTF-8 nor CP932 (Shift JIS)."),
    "erad_code_lost_zeros": _(
        "“%(value)s” is %(kept)s without its leading zeros; the code was left as it is."
    ),
    "erad_code_signed": _("“%(value)s” begins with a sign; a code has digits only."),
    "erad_code_too_long": _("“%(value)s” is too long for a code (at most %(most)s characters)."),
    "erad_code_twice": _("the code %(value)s stands for several institutions."),
    "erad_code_unusual": _(
        "“%(value)s” does not have the ten digits of an e-Rad institution code. It is kept as it is."
    ),
    "erad_institution_ambiguous": _("several institutions are called “%(name)s”; give the ROR id."),
    "erad_institution_unknown": _("the registry has no institution “%(name)s”."),
    "field_missing": _("“%(field)s” is missing."),
    "field_wrong_type": _("“%(field)s” is not of the expected kind (found: %(found)s)."),
    "format_unknown": _("this is not one of the formats that can be read."),
    "header_unknown": _("the first line is not the expected heading (%(expected)s)."),
    "json_invalid": _("the JSON breaks off or is broken (column %(column)s: %(reason)s)."),
    "json_too_many": _("the JSON holds more lists and objects than a list of records has (%(most)s)."),
    "json_not_a_number": _("“%(value)s” is no number in JSON."),
    "json_number_too_long": _("a number is too long to be real."),
    "json_too_deep": _("the JSON is nested too deeply."),
    "language_unknown": _("the file names a language that the portal does not hold."),
    "no_records": _("there is no %(expected)s in it."),
    "orcid_invalid": _("“%(orcid)s” is no ORCID and was left out."),
    "pmid_invalid": _("“%(pmid)s” is no PubMed number."),
    "rate_country_unknown": _("the currency of “%(country)s” is not known."),
    "rate_not_a_number": _("“%(value)s” is no rate."),
    "rate_not_quoted": _("%(currency)s is not quoted on %(days)s days."),
    "rate_redenominated": _("the currency of %(country)s changed; %(years)s years were left out."),
    "rate_without_yen": _(
        "the yen is not quoted for %(on)s; the other currencies of that day were left out, since nothing says what they are in yen."
    ),
    "record_twice": _("“%(key)s” stands in the file twice; the second was left out."),
    "review_end_contradicts": _(
        "the record says that no end is set, and gives the year %(year)s; the year is kept."
    ),
    "review_name_twice": _("%(count)s projects are called “%(name)s”; they are told apart by their numbers."),
    "review_years_out_of_order": _("the project ends (%(end)s) before it starts (%(start)s)."),
    "ror_id_invalid": _("“%(ror_id)s” is no ROR id."),
    "ror_link_invalid": _("“%(url)s” is no address on the web and was left out."),
    "ror_relation_invalid": _("a relation names “%(ror_id)s”, which is no ROR id."),
    "ror_several_countries": _(
        "the institution lies in several countries (%(countries)s); the first is used."
    ),
    "ror_status_unknown": _("the status “%(status)s” is not known."),
    "ror_version_1": _("this is a record of ROR’s old schema; version 2 is read."),
    "ror_withdrawn_without_successor": _("the institution was withdrawn and no successor is named."),
    "work_without_authors": _("the work has no authors."),
    "work_without_date": _("the work has no date."),
    "work_without_title": _("the work has no title."),
    "xml_invalid": _("the XML breaks off or is broken (column %(column)s: %(reason)s)."),
    "xml_too_deep": _(
        "the XML holds more elements than a list of records has (%(most)s), or nests them deeper (%(deepest)s)."
    ),
    "xml_unsafe": _("the XML refers to something outside of itself and was not read."),
    "year_invalid": _("“%(value)s” is no year that can be meant."),
    "workbook_unreadable": _(
        "the workbook cannot be opened: it is damaged, has a password, or holds more than a table of awards would."
    ),
}

LABELS = [
    (RegistryKind.INSTITUTIONS, _("institutions")),
    (RegistryKind.COUNTRIES, _("countries")),
    (RegistryKind.RATES, _("exchange rates")),
    (RegistryKind.HOLIDAYS, _("holidays")),
    (RegistryKind.AWARDS, _("partner agencies' awards")),
    (RegistryKind.PUBLICATIONS, _("publications")),
    (RegistryKind.ERAD_CODES, _("e-Rad institution codes")),
    (RegistryKind.REVIEW_PROJECTS, _("the ministry’s review record")),
    (RegistryKind.BUDGET_ITEMS, _("budget items of the Ministry of Finance")),
    (BudgetAccount.GENERAL, _("general account")),
    (BudgetAccount.SPECIAL, _("special account")),
    (BudgetAccount.AGENCY, _("government-affiliated agencies")),
    (ImportStep.READING, _("reading the file")),
    (ImportStep.COMPARING, _("comparing with the registry")),
    (ImportStep.WRITING, _("writing")),
    (PaperStep.READING, _("reading the file")),
    (PaperStep.KEEPING, _("keeping the papers")),
    (InstitutionStatus.ACTIVE, _("active")),
    (InstitutionStatus.INACTIVE, _("inactive")),
    (InstitutionStatus.WITHDRAWN, _("withdrawn")),
    (PublicationSource.CROSSREF, "Crossref"),
    (PublicationSource.PUBMED, "PubMed"),
    (PublicationSource.OPENALEX, "OpenAlex"),
    (RateBasis.DAILY, _("daily rate")),
    (RateBasis.YEARLY_AVERAGE, _("yearly average")),
    (MatchedBy.ROR_ID, _("ROR id")),
    (MatchedBy.NAME, _("name")),
    (Severity.ERROR, _("left out")),
    (Severity.WARNING, _("to be looked at")),
    (Severity.INFO, _("for information")),
    (PublicationKind.ARTICLE, _("article")),
    (PublicationKind.REVIEW, _("review article")),
    (PublicationKind.PROCEEDINGS, _("proceedings paper")),
    (PublicationKind.CHAPTER, _("chapter")),
    (PaperFormat.OPENALEX, _("OpenAlex works, one a line")),
    (PaperFormat.CSV, _("the portal’s table as CSV")),
    (PaperFormat.PARQUET, _("the portal’s table as Parquet")),
    (PublicationKind.BOOK, _("book")),
    (PublicationKind.PREPRINT, _("preprint")),
    (PublicationKind.DATASET, _("data set")),
    (PublicationKind.NOTICE, _("erratum or notice")),
    (PublicationKind.OTHER, _("other work")),
]


def problem_words(problem: Mapping[str, Any]) -> str:
    """One problem of an import as a sentence that names the file and the place, in the reader's language."""
    params = dict(problem["params"])
    # A name in both languages is said in the reader's.
    if f"name_{current()}" in params:
        params["name"] = params[f"name_{current()}"]
    what = str(PROBLEMS[problem["code"]]) % params
    values = {
        "file": problem["file_name"],
        "record": problem["record"],
        "line": problem["line"],
        "what": what,
    }
    if problem["record"] is not None and problem["line"] is not None:
        place = gettext("%(file)s, record %(record)s (line %(line)s): %(what)s")
    elif problem["record"] is not None:
        place = gettext("%(file)s, record %(record)s: %(what)s")
    elif problem["line"] is not None:
        place = gettext("%(file)s, line %(line)s: %(what)s")
    else:
        place = gettext("%(file)s: %(what)s")
    return place % values


def problem_in_full(problem: Mapping[str, Any]) -> str:
    """The same, with what the source calls the record, where nothing else says it."""
    words = problem_words(problem)
    if not problem["key"]:
        return words
    return gettext("“%(key)s”: %(words)s") % {"key": problem["key"], "words": words}
