"""Notices of intent (趣意書): what one must say, and when a full proposal may rest on it."""

from dataclasses import dataclass

from kernel.text import is_blank_text
from kernel.violations import Violation
from program.enums import NoticeRule
from proposals.enums import NoticeAnswer, NoticeState, Verdict
from proposals.rules.eligibility import Outcome
from proposals.rules.texts import TITLE_LIMIT, text_violation

NAMES = ("family_kanji", "given_kanji", "family_romaji", "given_romaji")
# What the applicant writes, by the names of the columns.
FIELDS = (
    "designation",
    "support_type",
    "title_ja",
    "title_en",
    "keywords",
    "summary",
    "partner_agency",
    *NAMES,
    "email",
    "institution_name",
    "institution_ror_id",
    "country_code",
    "award_number",
    "award_title",
)
KEYWORDS_LIMIT = 200
SUMMARY_LIMIT = 1_000  # code points, as every limit of a text
LIMITS = {
    "title_ja": TITLE_LIMIT,
    "title_en": TITLE_LIMIT,
    "keywords": KEYWORDS_LIMIT,
    "summary": SUMMARY_LIMIT,
}
# The steps of a notice by those of a proposal that the agencies' verdicts lead to.
STEPS: dict[Outcome, str] = {"find_eligible": "accept", "find_ineligible": "refuse"}
WHY_NOT = {
    NoticeState.DRAFT: "notice_not_submitted",
    NoticeState.SUBMITTED: "notice_not_answered",
    NoticeState.REFUSED: "notice_refused",
    NoticeState.WITHDRAWN: "notice_was_withdrawn",
}


@dataclass(frozen=True)
class Written:
    """A notice as far as it has to be complete. `has_partner_name` in any script."""

    title_ja: str
    title_en: str
    keywords: str
    summary: str
    has_designation: bool
    has_type: bool
    offers_types: bool
    has_agency: bool
    has_partner_name: bool
    partner_institution: str
    partner_country: str


def text_violations(title_ja: str, title_en: str, keywords: str, summary: str) -> list[Violation]:
    """What no text of a notice may be, of a draft neither."""
    texts = {"title_ja": title_ja, "title_en": title_en, "keywords": keywords, "summary": summary}
    found = (text_violation(text, LIMITS[name], name) for name, text in texts.items())
    return [violation for violation in found if violation is not None]


def notice_gaps(notice: Written) -> list[Violation]:
    """What is missing before the notice can be submitted, each beside its field. An award is named where it is known."""
    asked = {
        ("title_ja_missing", "title_ja"): notice.title_ja,
        ("title_en_missing", "title_en"): notice.title_en,
        ("notice_summary_missing", "summary"): notice.keywords or notice.summary,
        ("designation_missing", "designation"): notice.has_designation,
        ("support_type_missing", "support_type"): notice.has_type or not notice.offers_types,
        ("partner_agency_missing", "partner_agency"): notice.has_agency,
        ("notice_partner_missing", "family_romaji"): notice.has_partner_name,
        ("notice_institution_missing", "institution_name"): notice.partner_institution,
        ("notice_country_missing", "country_code"): notice.partner_country,
    }
    return [Violation(code, field) for (code, field), given in asked.items() if not given]


def proposal_violation(
    rule: str, state: str | None, *, is_admitted: bool, is_over: bool = False
) -> Violation | None:
    """Why no full proposal can be submitted: where the call requires a notice, one must have been accepted, or the
    applicant admitted all the same. `state` None: no notice was given; `is_over`: none can be given any more."""
    if rule != NoticeRule.REQUIRED or is_admitted or state == NoticeState.ACCEPTED:
        return None
    if state in (None, NoticeState.DRAFT, NoticeState.WITHDRAWN) and is_over:
        return Violation("notice_too_late")
    return Violation("notice_missing" if state is None else WHY_NOT[NoticeState(state)])


def start_violation(
    rule: str, state: str | None, *, is_admitted: bool, is_over: bool = False
) -> Violation | None:
    """Why no full proposal can be begun: as `proposal_violation`, but that a draft may be written while the agencies have not all
    answered a notice that was submitted."""
    if state == NoticeState.SUBMITTED:
        return None
    return proposal_violation(rule, state, is_admitted=is_admitted, is_over=is_over)


def answer_violations(answer: str, reasons: str, limit: int) -> list[Violation | None]:
    """An agency's answer is one of three; a no and an advice say why, and what."""
    needs_reason = answer in (NoticeAnswer.NO, NoticeAnswer.ADVICE)
    return [
        None if answer in list(NoticeAnswer) else Violation("verdict_missing", "verdict"),
        Violation("reason_missing", "reasons") if needs_reason and is_blank_text(reasons) else None,
        text_violation(reasons, limit, "reasons"),
    ]


def as_verdict(answer: str) -> str:
    """As the joint outcome counts it: with an advice the notice is eligible."""
    return Verdict.NO if answer == NoticeAnswer.NO else Verdict.YES
