"""A notice of intent in words: what it says, where it stands, and what comes next."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import standing_for
from kernel.languages import localized
from program.enums import NoticeRule
from program.queries import designation_name
from proposals.enums import NoticeAnswer, NoticeState
from proposals.models import NoticeOfIntent, Proposal
from proposals.notices import is_collecting
from registries.models import Country

TONES: dict[str, str] = {
    NoticeState.DRAFT: "neutral",
    NoticeState.SUBMITTED: "info",
    NoticeState.ACCEPTED: "success",
    NoticeState.REFUSED: "warning",
    NoticeState.WITHDRAWN: "neutral",
}
VERDICT_TONES: dict[str, str] = {
    NoticeAnswer.YES: "success",
    NoticeAnswer.ADVICE: "warning",
    NoticeAnswer.NO: "error",
}


def title_of(notice: NoticeOfIntent) -> str:
    """The title in the reader's language, or words for one that has none yet."""
    return localized(notice, "title") or _("(no title yet)")


def partner_name(notice: NoticeOfIntent, language: str | None = None) -> str:
    """The partner's principal investigator as they were named."""
    parts = ("family_kanji", "given_kanji", "family_romaji", "given_romaji")
    named = Person(**{part: getattr(notice, part) for part in parts})
    return named.name_in(language) if language else named.name


def notice_facts(notice: NoticeOfIntent) -> list[dict[str, Any]]:
    """What the notice says, row by row (components/summary_list.html); what was left blank is a blank value."""
    country = Country.objects.filter(code=notice.country_code).first() if notice.country_code else None
    place = notice.institution_name
    if place and country:
        place = _("%(institution)s (%(country)s)") % {
            "institution": place,
            "country": localized(country, "name"),
        }
    rows = [
        (_("Title in Japanese"), notice.title_ja),
        (_("Title in English"), notice.title_en),
        (_("Field and partner country"), designation_name(notice.designation) if notice.designation else ""),
        (_("Keywords"), notice.keywords),
        (_("Short summary"), notice.summary),
        (_("Principal investigator"), notice.pi.name),
        (_("Institution"), localized(notice.institution, "name")),
        (_("Partner agency"), localized(notice.partner_agency, "name") if notice.partner_agency else ""),
        (_("Partner’s principal investigator"), partner_name(notice)),
        (_("Institution of the partner PI"), place),
        (_("E-mail of the partner PI"), notice.email),
        (_("Number of the partner’s award"), notice.award_number),
        (_("Title of the partner’s award"), notice.award_title),
    ]
    if notice.support_type is not None:
        rows.insert(3, (_("Support type"), localized(notice.support_type, "title")))
    return [{"label": label, "value": value} for label, value in rows]


def award_said(proposal: Proposal) -> dict[str, Any]:
    """What the notice of intent says of the award, for the form of the first that is entered."""
    notice = proposal.notice
    if notice is None or proposal.awards.exists():
        return {}
    return {
        "agency": notice.partner_agency_id,
        "number": notice.award_number,
        "title": notice.award_title,
        "pi_name": partner_name(notice),
    }


def next_step(notice: NoticeOfIntent, *, has_proposal: bool) -> str:
    """What comes next, and who does it."""
    if has_proposal:
        return _("The full proposal was begun from it: continue there.")
    state, is_open = NoticeState(notice.state), is_collecting(notice.call)
    if state is NoticeState.DRAFT:
        return (
            _("Submit the notice before its deadline; a draft is seen by nobody else.")
            if is_open
            else _("The deadline has passed, and this draft was not submitted.")
        )
    if state is NoticeState.SUBMITTED:
        return (
            _("Until the deadline you may change the notice. From then on the agencies read it.")
            if is_open
            else _("Each agency says whether it is eligible. You are told once, by mail, when all have.")
        )
    if state is NoticeState.ACCEPTED:
        return _("Begin the full proposal from it: nothing has to be typed twice.")
    if state is NoticeState.REFUSED:
        return (
            _("This call takes no full proposal without an accepted notice.")
            if notice.call.notice == NoticeRule.REQUIRED
            else _("A full proposal may be submitted all the same; each agency checks it anew.")
        )
    return _("Nothing more: the notice was withdrawn.")


def moved_words(notice: NoticeOfIntent, proposal: Proposal) -> str:
    """That the proposal was begun at another institution than the notice named; blank where it was not."""
    if standing_for(notice.institution).pk == proposal.institution_id:
        return ""
    return _(
        "The proposal stands under %(now)s, whose researcher you are today; your notice of intent named %(then)s."
    ) % {
        "now": localized(proposal.institution, "name"),
        "then": localized(notice.institution, "name"),
    }
