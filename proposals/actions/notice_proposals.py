"""A full proposal begun from a notice of intent: everything that the notice says is there."""

from typing import Any

from accounts.permissions import standing_for
from kernel.actions import action, require
from kernel.violations import RuleBroken, Violation, refuse_if
from program.enums import FieldKind
from program.models import FormSection
from proposals.actions.access import exclude
from proposals.actions.core import save_core, start_proposal
from proposals.actions.notice_verdicts import SOURCE
from proposals.actions.notices import NAMES
from proposals.actions.sections import save_section
from proposals.actions.team import add_team_member
from proposals.enums import NoticeState, TeamRole
from proposals.models import NoticeOfIntent, Proposal, TeamMember
from proposals.permissions import home_institutions

# Where a form asks for them by these keys, the notice's keywords and summary are put.
KEYWORDS, SUMMARY = "keywords", "summary"


@action
def begin_from_notice(*, notice: NoticeOfIntent, by: Any) -> Proposal:
    """A new draft with the notice's title, field, support type, institution, partner and, where the form has a place for them,
    keywords and summary. Its award waits on the award's form (`proposals.views.awards`). Whoever has moved to another
    institution since the notice leads it from there.

    Raises:
        NotAllowed: it is not `by`'s notice, or they are a researcher of no institution today.
        RuleBroken: as `start_proposal`; `notice_has_proposal`, `notice_was_withdrawn`.
    """
    notice = NoticeOfIntent.objects.select_for_update(of=("self",)).select_related("call").get(pk=notice.pk)
    require(notice.pi_id == by.person.pk)
    refuse_if(Violation("notice_was_withdrawn") if notice.state == NoticeState.WITHDRAWN else None)
    named, own = standing_for(notice.institution), home_institutions(by)
    require(bool(own))
    proposal = start_proposal(
        call=notice.call,
        by=by,
        institution=named if named in own else own[0],
        designation=notice.designation,
        support_type=notice.support_type,
        notice=notice,
    )
    save_core(
        proposal=proposal,
        by=by,
        version=proposal.version,
        title_ja=notice.title_ja,
        title_en=notice.title_en,
        years=proposal.years,
    )
    _carry_partner(proposal, notice, by)
    for section in proposal.form_version.sections.prefetch_related("fields"):
        _carry_texts(proposal, section, notice, by)
    for exclusion in notice.exclusions.select_related("person"):
        exclude(proposal=proposal, person=exclusion.person, source=SOURCE, by=by)
    proposal.refresh_from_db()
    return proposal


def _carry_partner(proposal: Proposal, notice: NoticeOfIntent, by: Any) -> None:
    if not any(getattr(notice, name) for name in NAMES):
        return  # an applicant who was admitted begins from whatever was written
    try:
        add_team_member(
            proposal=proposal,
            by=by,
            role=TeamRole.PARTNER_PI,
            institution_name=notice.institution_name,
            institution_ror_id=notice.institution_ror_id,
            country_code=notice.country_code,
            effort_percent=TeamMember._meta.get_field("effort_percent").default,
            email=notice.email,
            **{name: getattr(notice, name) for name in NAMES},
        )
    except RuleBroken:
        # Somebody who decides on the call cannot be on a team: the team's page says so where it is tried again.
        return


def _carry_texts(proposal: Proposal, section: FormSection, notice: NoticeOfIntent, by: Any) -> None:
    text = notice.summary if section.key == SUMMARY and section.has_text else ""
    fields = {field.key: field.kind for field in section.fields.all()}
    answers = {
        key: words
        for key, words in ((KEYWORDS, notice.keywords), (SUMMARY, notice.summary))
        if words and fields.get(key) == FieldKind.TEXT
    }
    if not text and not answers:
        return
    try:
        save_section(
            proposal=proposal, section=section, by=by, text=text, revision=0, answers=answers or None
        )
    except RuleBroken:
        return  # longer than the form allows: the notice itself stays to be read
