"""What the routes of `proposals` answer."""

from tests.matrix.answer import Answer, button, form, read
from tests.matrix.roles import GUEST, HOME, PARTNER, ROLES, SIGNED_IN, TEAM

RESEARCHERS = ("pi", "co_investigator", "other_applicant")
WRITERS = ("pi", "co_investigator")
# Officers of the call's agencies, but for the one with a conflict of interest.
OFFICERS = tuple(role for role in (*HOME, *PARTNER) if role != "home_conflicted")

# Anybody who works in a funding agency has the list, with what its calls received.
ANY_OFFICER = (*HOME, *PARTNER, "other_home")
LETTER_READERS = OFFICERS
# Programme officers of agencies that have received something.
WRITE_LETTERS = ("home_officer", "home_conflicted", "partner_officer")

COLLECTORS = ("home_officer", "home_conflicted")

ANSWERS: dict[str, Answer] = {
    "proposals:mine": read(),
    "proposals:start": form(*RESEARCHERS, objects=("call",)),
    "proposals:tasks": read(*TEAM, objects=("draft",)),
    "proposals:core": form(*WRITERS, objects=("draft",)),
    # the call of the draft is open, its form frozen
    "proposals:form_preview": read("home_officer", "home_conflicted", objects=("call", 1, "facts")),
    "proposals:trial": Answer(
        ("draft_call",),
        get={200: ("home_officer", "home_conflicted")},
        post={302: ("home_officer", "home_conflicted")},
    ),
    # its sections are still blank: back to the list, with what is missing
    "proposals:trial_send": button("home_officer", objects=("trial",)),
    # nothing is prepared there: the page is read, and there is nothing to issue
    "proposals:form_versions": Answer(
        ("call",),
        get={200: ("home_officer", "home_conflicted")},
        post={404: ()},
    ),
    "proposals:form_version_drop": button("home_officer", "home_conflicted", objects=("call",), then=422),
    "proposals:form_changes": read(*TEAM, objects=("draft",)),
    "proposals:section_file": read(*TEAM, objects=("draft", "facts", "file")),
    "proposals:section_history": read(*WRITERS, objects=("draft", "section")),
    "proposals:section_restore": button(*WRITERS, objects=("draft", "section", 1, 2)),
    "proposals:section": form(*WRITERS, objects=("draft", "section")),
    "proposals:budget": form(*WRITERS, objects=("draft",)),
    # The team as it stands; whoever may read what was received, as it was submitted.
    "proposals:budget_export": read(*TEAM, *OFFICERS, "reviewer", objects=("proposal", "csv")),
    "proposals:check": read(*TEAM, objects=("draft",)),
    "proposals:preview": read(*TEAM, objects=("draft",)),
    # The partner PI would too; the team of the draft has another one, without an account.
    "proposals:sign": form("co_investigator", objects=("draft",), empty=302),
    "proposals:approval_ask": form("pi", objects=("asking",), empty=302),
    "proposals:submit": form("pi", objects=("draft",), empty=302),
    "proposals:receipt": read(*TEAM, objects=("submitted",)),
    "proposals:submission_pdf": read(*TEAM, *OFFICERS, "reviewer", objects=("proposal",)),
    "proposals:submission_zip": read(*TEAM, *OFFICERS, "reviewer", objects=("proposal",)),
    "proposals:submission_file": read(*TEAM, *OFFICERS, "reviewer", objects=("proposal", "beside_file")),
    "proposals:reopen": button("pi", objects=("submitted",)),
    "proposals:extend": form("home_officer", objects=("unjudged",)),
    "proposals:withdraw": form("pi", objects=("draft",)),
    "proposals:team": read(*WRITERS, objects=("draft",)),
    "proposals:team_add": form(*WRITERS, objects=("draft",)),
    "proposals:team_change": form(*WRITERS, objects=("draft", "member")),
    "proposals:team_remove": form(*WRITERS, objects=("draft", "member"), empty=302),
    "proposals:team_invite": form(*WRITERS, objects=("draft", "member")),
    "proposals:team_revoke": button(*WRITERS, objects=("draft", "member")),
    "proposals:team_ask": button(*WRITERS, objects=("draft", "member")),
    "proposals:signatures_ask": button(*WRITERS, objects=("draft",)),
    "proposals:changes": read(*TEAM, objects=("draft",)),
    "proposals:change": Answer(("draft", "proposed_change"), get={200: TEAM}, post={200: WRITERS}),
    # The partner's principal investigator of that draft.
    "proposals:change_propose": form("nobody", objects=("partnered", "title_en")),
    "proposals:invited_propose": Answer(
        ("title_en",), get={200: (GUEST,)}, post={200: (GUEST,)}, anonymous=404
    ),
    # The invited person has an account, and is led to the page of it; everybody else is told so and sees the page again.
    "proposals:invitation_link": Answer(
        ("invitation_token",),
        get={200: tuple(role for role in SIGNED_IN if role != "nobody"), 302: ("nobody",)},
        post={200: tuple(role for role in ROLES if role != "nobody"), 302: ("nobody",)},
        anonymous=200,
    ),
    "proposals:invitation_renew": Answer(get={200: SIGNED_IN}, post={200: ROLES}, anonymous=200),
    "proposals:own_invitation": Answer(("invitation",), get={200: ("nobody",)}, post={302: ("nobody",)}),
    "proposals:own_invitation_decline": form("nobody", objects=("invitation",)),
    # Whoever did not come by a link finds what a dead link says.
    "proposals:invited": Answer(get={200: (GUEST,)}, anonymous=404),
    "proposals:invited_accept": Answer(get=None, post={302: (GUEST,)}, anonymous=405),
    "proposals:invited_sign": Answer(get=None, post={302: (GUEST,)}, anonymous=405),
    "proposals:invited_decline": Answer(get={200: (GUEST,)}, post={200: (GUEST,)}, anonymous=404),
    "proposals:invited_name": Answer(get={200: (GUEST,)}, post={200: (GUEST,)}, anonymous=404),
    "proposals:invited_leave": Answer(get=None, post={302: (GUEST,)}, anonymous=405),
    "proposals:unwanted": read(*WRITERS, objects=("draft",)),
    "proposals:unwanted_add": form(*WRITERS, objects=("draft",)),
    "proposals:unwanted_change": form(*WRITERS, objects=("draft", "unwanted")),
    "proposals:unwanted_remove": form(*WRITERS, objects=("draft", "unwanted"), empty=302),
    "proposals:grants": read(*WRITERS, objects=("draft",)),
    "proposals:grant_add": form(*WRITERS, objects=("draft",)),
    "proposals:grant_change": form(*WRITERS, objects=("draft", "grant")),
    "proposals:grant_remove": form(*WRITERS, objects=("draft", "grant"), empty=302),
    "proposals:awards": read(*WRITERS, objects=("draft",)),
    "proposals:award_add": form(*WRITERS, objects=("draft",)),
    "proposals:award_change": form(*WRITERS, objects=("draft", "award")),
    "proposals:award_remove": form(*WRITERS, objects=("draft", "award"), empty=302),
    "proposals:award_chart": read(*TEAM, *OFFICERS, objects=("proposal",)),
    "proposals:award_periods_csv": read(*TEAM, *OFFICERS, objects=("proposal",)),
    # The team as it stands; whoever may read what was received, as it was submitted.
    "proposals:award_evidence": read(*TEAM, *OFFICERS, "reviewer", objects=("proposal", "evidenced_award")),
    "proposals:standing": read(*WRITERS, objects=("draft",)),
    "proposals:standing_add": form(*WRITERS, objects=("draft",)),
    "proposals:standing_change": form(*WRITERS, objects=("draft", "standing")),
    "proposals:standing_remove": form(*WRITERS, objects=("draft", "standing"), empty=302),
    "proposals:statements": read(*WRITERS, objects=("draft",)),
    "proposals:statement_add": form(*WRITERS, objects=("draft", "integrity")),
    "proposals:statement_change": form(*WRITERS, objects=("draft", "statement")),
    "proposals:statement_remove": form(*WRITERS, objects=("draft", "statement"), empty=302),
    "proposals:exchange": read(*WRITERS, objects=("draft",)),
    "proposals:exchange_add": form(*WRITERS, objects=("draft",)),
    "proposals:exchange_change": form(*WRITERS, objects=("draft", "exchange")),
    "proposals:exchange_remove": form(*WRITERS, objects=("draft", "exchange"), empty=302),
    "proposals:attachment": form(*WRITERS, objects=("draft",)),
    "proposals:attachment_file": read(*TEAM, objects=("draft",)),
    # The institution's own, from the moment it is asked.
    "proposals:approvals": read("institution"),
    "proposals:approvals_confirm": button("institution"),
    "proposals:approval": Answer(
        ("approval",),
        get={200: ("institution",)},
        post={200: ("institution",)},
        data={"answer": "return"},
    ),
    "proposals:approval_pdf": read("institution", objects=("approval",)),
    "proposals:approval_file": read("institution", objects=("approval", "approval_attachment")),
    "proposals:internal_deadlines": read("institution"),
    "proposals:internal_deadline": form(
        "institution", objects=("institution_org", "approving_call"), empty=302
    ),
    "proposals:office": read(*ANY_OFFICER),
    "proposals:office_export": read(*ANY_OFFICER, objects=("csv",)),
    # with nothing to take away it leads back to the list
    "proposals:office_archive": Answer(
        get={200: (*HOME, *PARTNER), 302: ("other_home",)},
    ),
    "proposals:office_mails": read(*ANY_OFFICER),
    "proposals:office_mail_write": Answer(
        get={200: WRITE_LETTERS, 302: ("other_home",)}, post={200: WRITE_LETTERS, 302: ("other_home",)}
    ),
    # its mails are about proposals that the conflicted officer does not see
    "proposals:office_mail_run": read("home_officer", "home_approver", objects=("mail_run",)),
    "proposals:office_mails_release": button("home_officer", objects=("mail_run",)),
    "proposals:office_mails_undo": button("home_officer", objects=("mail_run",)),
    "proposals:office_mail_again": button("home_officer", objects=("mail_run", "mail")),
    "proposals:office_filters": form(*ANY_OFFICER),
    # the officer's own; a colleague may open the list with it, and not change it
    "proposals:office_filter_default": button("home_officer", objects=("saved_filter",)),
    "proposals:office_filter_remove": button("home_officer", objects=("saved_filter",)),
    "proposals:office_proposal": read(*OFFICERS, objects=("locked",)),
    # An agency's programme officers answer for it, and for no other.
    "proposals:eligibility": form("partner_officer", objects=("locked", "agency")),
    "proposals:overlaps": read(*OFFICERS, objects=("locked",)),
    "proposals:overlap_settle": form("home_officer", "partner_officer", objects=("locked", "overlap")),
    "proposals:award_exception": form(
        "home_approver", "partner_approver", objects=("locked", "locked_award")
    ),
    "proposals:award_alerts_note": button(
        "home_officer", "partner_officer", objects=("locked", "locked_award")
    ),
    # in the name of their own agency alone
    "proposals:correction": form("home_officer", objects=("unjudged", "home_agency")),
    "proposals:returned": read(*HOME, *PARTNER, "other_home"),
    # by an officer of the agency that returned it
    "proposals:correction_end": form("home_officer", objects=("correction",)),
    # In the name of the award's agency, and of the lead agency; taken back by whoever asked; answered by the team.
    "proposals:award_ask": form("home_officer", "partner_officer", objects=("locked", "locked_award")),
    "proposals:award_question_take_back": button("partner_officer", objects=("locked", "award_question")),
    "proposals:award_answer": form(*WRITERS, objects=("locked", "award_question")),
    "proposals:award_verdict": form("partner_officer", objects=("locked", "locked_award")),
    # A second officer of the lead agency: the first one recorded it.
    "proposals:eligibility_confirm": button("home_approver", objects=("behalf", "behalf_verdict")),
    "proposals:award_confirm": button("home_approver", objects=("behalf", "behalf_award")),
    "proposals:eligibility_letter": read(*LETTER_READERS, objects=("behalf", "behalf_verdict")),
    # Programme officers of the agency that runs the call, and of no other.
    "proposals:intake": form(*COLLECTORS, objects=("intake_call",)),
    "proposals:intake_table": read(*COLLECTORS, objects=("intake_call", "all-csv")),
    # a table that a programme officer has sent: to be seen and taken in by its sender alone
    "proposals:intake_job": form("home_officer", objects=("intake_job",), empty=302),
    "proposals:intake_run": read(*COLLECTORS, objects=("intake_run",)),
    "proposals:erad": form(*COLLECTORS, objects=("intake_call",)),
    "proposals:erad_export": read(*COLLECTORS, objects=("intake_call", "proposals", "csv")),
    "proposals:erad_check": Answer(
        ("intake_call", "erad_file"), get={200: ("home_officer",)}, post={200: ("home_officer",)}
    ),
    "proposals:erad_mapping": form(*COLLECTORS, objects=("home_agency", "proposals")),
    "proposals:intake_undo": button(*COLLECTORS, objects=("intake_run",)),
    "proposals:collected_paper": form(*COLLECTORS, objects=("collected",)),
    "proposals:award_letter": read(*LETTER_READERS, objects=("behalf", "behalf_award")),
    # Notices of intent: their author's own; from their deadline on the call's officers', but for the one with a conflict.
    "proposals:notice_give": form(*RESEARCHERS, objects=("notice_call",)),
    "proposals:notice": read("pi", objects=("notice",)),
    "proposals:notice_change": form("pi", objects=("notice",)),
    "proposals:notice_withdraw": form("pi", objects=("notice",)),
    "proposals:notice_propose": button("pi", objects=("accepted_notice",)),
    "proposals:notice_admit": form("home_officer", "home_conflicted", objects=("judged_call",)),
    "proposals:notices": read(*ANY_OFFICER),
    "proposals:notices_export": read(*ANY_OFFICER, objects=("csv",)),
    "proposals:office_notice": read(*OFFICERS, objects=("judged_notice",)),
    "proposals:notice_conflict": button(*OFFICERS, objects=("judged_notice",)),
    "proposals:notice_verdict": form("partner_officer", objects=("judged_notice", "agency")),
    "proposals:notice_confirm": button("home_approver", objects=("behalf_notice", "behalf_notice_verdict")),
    "proposals:notice_letter": read(*LETTER_READERS, objects=("behalf_notice", "behalf_notice_verdict")),
}
