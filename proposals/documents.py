"""The PDF of a proposal, made from its content alone: what was submitted, whatever has been changed since."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Person
from kernel.choices import label
from kernel.documents.glyphs import missing_glyphs
from kernel.documents.merge import append_pdfs
from kernel.documents.typeset import Language, render_pdf
from kernel.files.models import StoredFile
from kernel.templatetags.kernel import day, fiscal_year_short, yen
from kernel.violations import Violation
from program.enums import SectionKind
from proposals.actions.content import NAMES
from proposals.answer_words import answered_files, answers_in_words
from proposals.enums import (
    DIRECT_CATEGORIES,
    BudgetCategory,
    CareerStage,
    ExchangeDirection,
    GrantStatus,
    TeamRole,
)
from proposals.models import Proposal, Submission
from proposals.rules.budget import direct_of, shares_of, total_of
from proposals.wording import file_words, worth

# So many fiscal years stand side by side on a page.
YEARS_ABREAST = 5


def language_of(proposal: Proposal) -> Language:
    """The language in which the principal investigator is written to."""
    user = proposal.pi.user
    return "en" if user is None or user.language == "en" else "ja"


def unprintable(text: str) -> list[Violation]:
    """`characters_not_printable` with the characters of `text` that no font of the portal's has: a warning, never a bar."""
    missing = missing_glyphs(text)
    return [Violation("characters_not_printable", "", {"characters": " ".join(missing)})] if missing else []


def submission_pdf(submission: Submission) -> bytes:
    """The PDF of one submitted version, the attachment appended.

    Raises:
        DocumentError: the attachment is damaged.
    """
    proposal = submission.proposal
    return proposal_pdf(
        submission.content,
        language=language_of(proposal),
        issued_at=submission.at,
        receipt_number=proposal.receipt_number or "",
        version=str(submission.number),
        sha256=submission.sha256,
    )


def proposal_pdf(
    content: dict[str, Any],
    *,
    language: Language,
    issued_at: dt.datetime,
    receipt_number: str = "",
    version: str = "",
    sha256: str = "",
) -> bytes:
    """The PDF of a content (see `content_of`) in `language`; a draft has neither receipt number nor version.

    Raises:
        DocumentError: the attachment is damaged.
    """
    with translation.override(language):
        data = sheet_of(content, language, issued_at, receipt_number, version, sha256)
        pdf = render_pdf("proposal", data, language=language)
    named = [*answered_files(content), *([content["attachment"]] if content["attachment"] else [])]
    if not named:
        return pdf
    stored = StoredFile.objects.in_bulk([one["public_id"] for one in named], field_name="public_id")
    return append_pdfs(pdf, [(one["name"], stored[one["public_id"]].read()) for one in named])


def sheet_of(
    content: dict[str, Any],
    language: str,
    issued_at: dt.datetime,
    receipt_number: str = "",
    version: str = "",
    sha256: str = "",
) -> dict[str, Any]:
    """A content in words, for the PDF and for the page on which the applicant checks it: `facts` (name, value),
    `sections`, `team`, `grants`, `awards`, `exchange`, `budget`, `attachment`. To be called with `language` activated."""
    title = _in(content, "title", language) or _("(no title yet)")
    leaders = [_name(m, language) for m in content["team"] if m["role"] == TeamRole.PI]
    call_title = _in(content["call"], "title", language)
    facts = [
        (_("Title in Japanese"), content["title_ja"]),
        (_("Title in English"), content["title_en"]),
        (_("Call"), f"{call_title} ({content['call']['code']})"),
        (_("Field and partner country"), _designation(content, language)),
        (_("Institution"), _in(content["institution"], "name", language)),
        (_("Principal investigator"), ", ".join(leaders)),
        (_("Term"), _term(content["fiscal_years"])),
        (_("Receipt number"), receipt_number or _("(draft, not submitted)")),
        *([("SHA-256", f"{sha256[:32]}\n{sha256[32:]}")] if sha256 else []),
    ]
    return {
        "document": {
            "title": title,
            "authors": [*leaders, _in(content["institution"], "name", language)],
            "keywords": [content["call"]["code"], receipt_number or _("Draft")],
            "issued_at": issued_at.astimezone(ZoneInfo(settings.TIME_ZONE)).isoformat(),
            "running_head": call_title,
            "version": version,
            "fingerprint": sha256,
        },
        "subtitle": receipt_number or _("Draft"),
        "facts": facts,
        "sections": [
            {
                "heading": _in(section, "title", language),
                "paragraphs": [line for line in section["text"].split("\n") if line.strip()]
                or ([] if section.get("kind") == SectionKind.FIELDS else [_("(nothing written)")]),
                "answers": answers_in_words(section.get("answers", ()), language),
            }
            for section in content["sections"]
        ],
        "team": _team(content, language),
        "grants": _grants(content, language),
        "awards": _awards(content, language),
        "exchange": _exchange(content),
        "budget": _budget(content),
        "attachment": _("The attachment “%(name)s” follows.") % content["attachment"]
        if content["attachment"]
        else "",
    }


def _in(entry: dict[str, Any], key: str, language: str) -> str:
    other = "ja" if language == "en" else "en"
    return str(entry.get(f"{key}_{language}") or entry.get(f"{key}_{other}") or "")


def _name(member: dict[str, Any], language: str) -> str:
    return Person(**{part: member["person"][part] for part in NAMES}).name_in(language)


def _designation(content: dict[str, Any], language: str) -> str:
    entry = content["designation"]
    if entry is None:
        return ""
    return f"{_in(entry, 'field', language)} × {_in(entry, 'partner', language)}"


def _term(years: Sequence[int]) -> str:
    first, last = fiscal_year_short(years[0]), fiscal_year_short(years[-1])
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


def _day(iso: str) -> str:
    return day(dt.date.fromisoformat(iso))


def _period(entry: dict[str, Any]) -> str:
    return _("%(first)s to %(last)s") % {"first": _day(entry["starts_on"]), "last": _day(entry["ends_on"])}


def _team(content: dict[str, Any], language: str) -> dict[str, Any]:
    rows = [
        [
            _name(member, language),
            label(TeamRole(member["role"])),
            f"{member['institution_name']} ({member['country_code']})",
            f"{member['effort_percent']}%",
        ]
        for member in content["team"]
    ]
    columns = [_("Name of the person"), _("Role"), _("Institution (country)"), _("Effort")]
    return {"heading": _("Research team"), "columns": columns, "rows": rows}


def _grants(content: dict[str, Any], language: str) -> dict[str, Any]:
    names = {member["person"]["public_id"]: _name(member, language) for member in content["team"]}
    rows = [
        [
            names.get(grant["person"], "–"),
            f"{grant['title']} ({grant['funder']})",
            label(GrantStatus(grant["status"])),
            _term([grant["first_year"], grant["last_year"]]),
            yen(grant["amount_yen"]),
            f"{grant['effort_percent']}%",
        ]
        for grant in content.get("grants", [])
    ]
    columns = [
        _("Name of the person"),
        _("Title and funder"),
        _("Status"),
        _("Term"),
        _("Own amount"),
        _("Effort"),
    ]
    return {"heading": _("Other grants"), "columns": columns, "rows": rows, "none": _("(no other grant)")}


def _awards(content: dict[str, Any], language: str) -> dict[str, Any]:
    entries = []
    for award in content["awards"]:
        amount = worth(award["amount"], award["currency"], award["amount_yen"], award.get("rate"))
        agency = f"{award['agency']['short_name']} ({_in(award['agency'], 'name', language)})"
        entries.append(
            [
                (_("Funding agency"), agency),
                (_("Award number"), award["number"]),
                (_("Title of the award"), award["title"]),
                (_("Its principal investigator"), award["pi_name"]),
                (_("Amount"), amount),
                (_("Period"), _period(award)),
                (_("Evidence of the award"), file_words(award["evidence"])),
            ]
        )
    return {"heading": _("Award of the partner agency"), "entries": entries, "none": _("(no award entered)")}


def _exchange(content: dict[str, Any]) -> dict[str, Any]:
    rows = [
        [
            label(ExchangeDirection(plan["direction"])),
            plan["person_name"] or _("to be named"),
            " / ".join(filter(None, [label(CareerStage(plan["career_stage"])), plan["degree_sought"]])),
            f"{plan['host']} ({plan['country_code']})",
            _period(plan),
        ]
        for plan in content["exchange"]
    ]
    columns = [
        _("Dispatch or acceptance"),
        _("Person"),
        _("Career stage, degree sought"),
        _("Host (country)"),
        _("Period"),
    ]
    return {"heading": _("Dispatch and acceptance"), "columns": columns, "rows": rows}


def _budget(content: dict[str, Any]) -> dict[str, Any]:
    """Tables of at most `YEARS_ABREAST` fiscal years; the last one has the sums of the whole term."""
    years = content["fiscal_years"]
    amounts = {(line["fiscal_year"], line["category"]): line["amount"] for line in content["budget"]}
    shares = shares_of(amounts, years)

    def of(category: str) -> Any:
        return lambda year: amounts.get((year, category), 0)

    tables = []
    for start in range(0, len(years), YEARS_ABREAST):
        some = years[start : start + YEARS_ABREAST]
        is_last = start + YEARS_ABREAST >= len(years)

        def row(head: str, of_year: Any, some: list[int] = some, is_last: bool = is_last) -> list[Any]:
            whole = [sum(of_year(year) for year in years)] if is_last else []
            return [head, *(of_year(year) for year in some), *whole]

        rows = [row(label(category), of(category)) for category in DIRECT_CATEGORIES]
        rows.append(row(_("Direct cost"), lambda year: direct_of(amounts, year)))
        rows.append(row(label(BudgetCategory.INDIRECT), of(BudgetCategory.INDIRECT)))
        tables.append(
            {
                "columns": [
                    _("Category"),
                    *(fiscal_year_short(year) for year in some),
                    *([_("Whole term")] if is_last else []),
                ],
                "rows": rows,
                "total": row(_("Total"), lambda year: total_of(amounts, year)),
            }
        )
    words = [
        f"{label(category)} {shares[category] // 10}.{shares[category] % 10}%"
        for category in BudgetCategory
        if shares
    ]
    return {
        "heading": _("Budget by fiscal year"),
        "caption": _("What is asked for"),
        "tables": tables,
        "shares": _("Shares of the whole: %(shares)s") % {"shares": _(", ").join(words)} if words else "",
    }
