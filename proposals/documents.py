"""The PDF of a proposal, made from its content alone: what was submitted, whatever has been changed since."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import Person
from kernel.choices import label, label_of_value
from kernel.documents.glyphs import missing_glyphs
from kernel.documents.merge import append_pdfs
from kernel.documents.typeset import Language, render_pdf
from kernel.files.models import StoredFile
from kernel.templatetags.kernel import day, fiscal_year_short, yen
from kernel.violations import Violation
from program.enums import SectionKind
from proposals.actions.content import NAMES
from proposals.answer_words import answers_in_words, beside_sheet, printed_files
from proposals.bilingual import in_both, written_in
from proposals.budget_words import budget_sheet
from proposals.collected import collected_words
from proposals.enums import (
    AwardRole,
    GrantStatus,
    TeamRole,
)
from proposals.exchange_words import exchange_sheet
from proposals.models import Submission
from proposals.posts import place_words
from proposals.standing_words import standing_sheet
from proposals.statement_words import statements_sheet
from proposals.wording import file_words, institution_words, worth

LANGUAGES: tuple[Language, ...] = ("ja", "en")


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
        issued_at=submission.at,
        receipt_number=proposal.receipt_number or "",
        version=str(submission.number),
        sha256=submission.sha256,
    )


def proposal_pdf(
    content: dict[str, Any],
    *,
    issued_at: dt.datetime,
    receipt_number: str = "",
    version: str = "",
    sha256: str = "",
) -> bytes:
    """The PDF of a content (see `content_of`), its words in both languages, first that in which the proposal is written; a draft
    has neither receipt number nor version.

    Raises:
        DocumentError: the attachment is damaged.
    """
    sheets = {}
    for language in LANGUAGES:
        with translation.override(language):
            sheets[language] = sheet_of(content, language, issued_at, receipt_number, version, sha256)
    first = written_in(content)
    data = {
        **in_both(sheets["ja"], sheets["en"]),
        "document": {**sheets[first]["document"], "bilingual": True},
    }
    pdf = render_pdf("proposal", data, language=first)
    named = [*printed_files(content), *([content["attachment"]] if content["attachment"] else [])]
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
    `sections`, `team`, `standing`, `grants`, `awards`, `exchange`, `budget`, `statements`, `beside`, `attachment`. To be called with `language` activated."""
    title = _in(content, "title", language) or _("(no title yet)")
    leaders = [_name(m, language) for m in content["team"] if m["role"] == TeamRole.PI]
    call_title = _in(content["call"], "title", language)
    facts = [
        (_("Title in Japanese"), content["title_ja"]),
        (_("Title in English"), content["title_en"]),
        (_("Call"), f"{call_title} ({content['call']['code']})"),
        (_("Field and partner country"), _designation(content, language)),
        *_support_type(content, language),
        (_("Institution"), _in(content["institution"], "name", language)),
        (_("Principal investigator"), ", ".join(leaders)),
        (_("Term"), _term(content["fiscal_years"])),
        (_("Receipt number"), receipt_number or _("(draft, not submitted)")),
        *collected_words(content),
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
        "standing": standing_sheet(content, language),
        "grants": _grants(content, language),
        "awards": _awards(content, language),
        "exchange": exchange_sheet(content, language),
        "budget": budget_sheet(content, _in(content["institution"], "name", language), language),
        "statements": statements_sheet(content, language),
        "beside": beside_sheet(content, language),
        "attachment": _("The attachment “%(name)s” follows.") % content["attachment"]
        if content["attachment"]
        else "",
        "no_attachment": _("(no attachment)"),
    }


def _in(entry: dict[str, Any], key: str, language: str) -> str:
    other = "ja" if language == "en" else "en"
    return str(entry.get(f"{key}_{language}") or entry.get(f"{key}_{other}") or "")


def _name(member: dict[str, Any], language: str) -> str:
    return Person(**{part: member["person"][part] for part in NAMES}).name_in(language)


def _institution(content: dict[str, Any], member: dict[str, Any], language: str) -> str:
    """Where a member works, as `institution_words`; the leader's institution is known by its record too."""
    typed, own = member["institution_name"], content["institution"]
    if typed in (own["name_ja"], own["name_en"]):
        typed = _in(own, "name", language)
    return institution_words(content, member["institution_ror_id"], typed, language)


def _designation(content: dict[str, Any], language: str) -> str:
    entry = content["designation"]
    if entry is None:
        return ""
    return f"{_in(entry, 'field', language)} × {_in(entry, 'partner', language)}"


def _support_type(content: dict[str, Any], language: str) -> list[tuple[str, str]]:
    """Which of the call's support types was chosen, and who is early-career in it; nothing where there was none to choose."""
    entry = content.get("support_type")
    if entry is None:
        return []
    early = _in(entry, "early_career", language)
    return [
        (_("Support type"), _in(entry, "title", language)),
        *([(_("Who counts as early-career under this support type"), early)] if early else []),
    ]


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
            capfirst(label(TeamRole(member["role"]))),
            place_words(
                member, f"{_institution(content, member, language)} ({member['country_code']})", language
            ),
            f"{member['effort_percent']}%",
            member.get("task", ""),
        ]
        for member in content["team"]
    ]
    columns = [_("Name of the person"), _("Role"), _("Institution (country)"), _("Effort"), _("Task")]
    return {"heading": _("Research team"), "columns": columns, "rows": rows}


def _grants(content: dict[str, Any], language: str) -> dict[str, Any]:
    names = {member["person"]["public_id"]: _name(member, language) for member in content["team"]}
    rows = [
        [
            names.get(grant["person"], "–"),
            f"{grant['title']} ({grant['funder']})",
            capfirst(label(GrantStatus(grant["status"]))),
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
                (
                    _("The partner PI’s part in the award"),
                    capfirst(label_of_value(AwardRole, award.get("pi_role", ""))) or "–",
                ),
                (_("Amount"), amount),
                (_("Period"), _period(award)),
                (_("Evidence of the award"), file_words(award["evidence"])),
            ]
        )
    return {"heading": _("Award of the partner agency"), "entries": entries, "none": _("(no award entered)")}
