"""The words of notices of intent."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from proposals import enums

VIOLATIONS: dict[str, object] = {
    "notice_missing": _(
        "This call requires a notice of intent before a full proposal. Submit one before its deadline, and begin the proposal from it; it can be submitted once the agencies have accepted the notice."
    ),
    "notice_too_late": _(
        "This call requires a notice of intent before a full proposal, and its deadline has passed. Ask the agency that runs the call whether it can admit you exceptionally."
    ),
    "notice_not_submitted": _(
        "Your notice of intent is still a draft. Submit it before its deadline, and begin the proposal from it; it can be submitted once the agencies have accepted the notice."
    ),
    "notice_not_answered": _(
        "The agencies have not all answered your notice of intent yet. You are told by mail. Until it is accepted the proposal can be written, but not submitted."
    ),
    "notice_refused": _(
        "Your notice of intent was not accepted, and this call takes no full proposal without an accepted one. Its page has the reasons; the agency that runs the call can admit you exceptionally."
    ),
    "notice_was_withdrawn": _(
        "This notice of intent was withdrawn. Give another before the deadline of the notices."
    ),
    "notice_not_taken": _("This call takes no notices of intent."),
    "notice_not_open": _("This notice of intent cannot be changed any more."),
    "notice_has_proposal": _(
        "A proposal rests on this notice of intent: continue with it, or withdraw that proposal first."
    ),
    "notice_summary_missing": _("Enter keywords or a short summary."),
    "partner_agency_missing": _("Choose the partner agency."),
    "notice_partner_missing": _("Enter the name of the partner’s principal investigator."),
    "notice_institution_missing": _("Enter the institution of the partner’s principal investigator."),
    "notice_country_missing": _("Choose the country of that institution."),
    "conflict_after_verdict": _(
        "You have given a verdict on this notice of intent. Let a colleague give it anew before you stand aside."
    ),
    "admitted_unknown": _(
        "Nobody whom you can admit is registered under this e-mail. The applicant registers first."
    ),
    "admitted_already": _("This person is admitted already."),
}
LABELS = [
    (enums.NoticeState.DRAFT, _("draft notice")),
    (enums.NoticeState.SUBMITTED, _("notice received")),
    (enums.NoticeState.ACCEPTED, _("notice accepted")),
    (enums.NoticeState.REFUSED, _("notice not accepted")),
    (enums.NoticeState.WITHDRAWN, _("notice withdrawn")),
    (enums.NoticeAnswer.YES, pgettext_lazy("verdict on a notice", "eligible")),
    (enums.NoticeAnswer.ADVICE, pgettext_lazy("verdict on a notice", "eligible, with advice")),
    (enums.NoticeAnswer.NO, pgettext_lazy("verdict on a notice", "not eligible")),
    (enums.NoticeTask.VERDICT, _("notice to be judged")),
    (enums.NoticeTask.CONFIRMATION, _("answer on behalf to be confirmed")),
]
