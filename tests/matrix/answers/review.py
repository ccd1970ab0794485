"""What the routes of `review` answer."""

from tests.matrix.answer import Answer, button, form, read
from tests.matrix.roles import GUEST, HOME, OFFICERS, PARTNER, ROLES, SIGNED_IN

# Officers of the call's two agencies; those of them who have no conflict with the proposal.
SEATED = (*HOME, *PARTNER)
FREE = ("home_officer", "home_approver", *PARTNER)
# Programme officers of the two agencies; those of the lead agency.
KEEPERS = ("home_officer", "home_conflicted", "partner_officer")
HOME_KEEPERS = ("home_officer", "home_conflicted")
LEAD = ("home_officer", "home_conflicted")
TEAM = ("pi", "co_investigator", "partner_pi")

ANSWERS: dict[str, Answer] = {
    "review:inbox": read(),
    # whoever has nothing to review is led back to the inbox
    "review:own_files": Answer(get={200: ("reviewer",), 302: tuple(r for r in SIGNED_IN if r != "reviewer")}),
    "review:offline": form(),
    "review:offline_all": Answer(
        get={200: ("reviewer",), 302: tuple(r for r in SIGNED_IN if r != "reviewer")}
    ),
    "review:offline_one": Answer(("assignment_reviewer",), get={200: ("reviewer",)}),
    # nothing in it can be taken over
    "review:offline_check": Answer(("offline_form",), get={200: ("reviewer",)}, post={302: ("reviewer",)}),
    # on to the declaration, or to the form
    "review:assignment": Answer(("assignment_reviewer",), get={302: ("reviewer",)}),
    "review:conflict": form("reviewer_asked", objects=("assignment_reviewer_asked",)),
    "review:form": form("reviewer", objects=("assignment_reviewer",)),
    # nothing has a score yet, so the page says what is missing
    "review:submit": form("reviewer", objects=("assignment_reviewer",)),
    "review:reading": form("reviewer", objects=("assignment_discussed",)),
    "review:amend": form("reviewer", objects=("assignment_discussed",)),
    "review:own_figures": read("reviewer", objects=("discussed_call",)),
    # too few others have reviewed the same proposals
    "review:own_figures_chart": Answer(("discussed_call",)),
    "review:own_figures_csv": Answer(("discussed_call",)),
    "review:proposal_reading": Answer(("discussed",), get={200: SEATED}, post={200: KEEPERS}),
    "review:entry_hide": form(*LEAD, objects=("entry_of_discussion",)),
    # every day of a plan may be blank
    "review:plan": form(*LEAD, objects=("scored_call", "home_agency"), empty=302),
    "review:hand_back": form("reviewer", objects=("assignment_reviewer",)),
    "review:extend": form("home_officer", objects=("assignment_reviewer",)),
    "review:reopen": form("home_officer", objects=("assignment_reviewer",)),
    "review:reassign": form("home_officer", objects=("assignment_reviewer",)),
    # the reason may be blank
    "review:withdraw": form("home_officer", objects=("assignment_reviewer",), empty=302),
    # the submission's PDF is still being made
    "review:proposal_pdf": Answer(("proposal",), get={422: (*FREE, *TEAM, "reviewer")}),
    "review:assign": form("home_officer", "partner_officer", objects=("proposal",)),
    "review:conflicts": read(*SEATED, objects=("review_call",)),
    "review:finding": Answer(
        ("proposal", "pool_reviewer"),
        get={200: ("home_officer", "home_approver")},
        post={200: ("home_officer",)},
    ),
    "review:conflict_record": form("home_officer", objects=("proposal", "pool_reviewer")),
    "review:own_conflict": form(*FREE, objects=("proposal",)),
    # It is agreed to already, so they are led on to the declaration.
    "review:confidentiality": Answer(
        ("assignment_reviewer_asked",), get={302: ("reviewer_asked",)}, post={302: ("reviewer_asked",)}
    ),
    "review:pool_invite": form(*HOME_KEEPERS, objects=("asked_named",)),
    "review:pool_revoke": button(*HOME_KEEPERS, objects=("asked_guest",)),
    "review:pool_retire": button("home_officer", objects=("asked_named",)),
    # The invited person has an account, and is led to the page of it; everybody else is told so.
    "review:invitation_link": Answer(
        ("review_token",),
        get={200: tuple(role for role in SIGNED_IN if role != "nobody"), 302: ("nobody",)},
        post={200: tuple(role for role in ROLES if role != "nobody"), 302: ("nobody",)},
        anonymous=200,
    ),
    "review:invitation_renew": Answer(get={200: SIGNED_IN}, post={200: ROLES}, anonymous=200),
    "review:invited": Answer(get={200: (GUEST,)}, post={200: (GUEST,)}, anonymous=404),
    "review:invited_decline": Answer(get={200: (GUEST,)}, post={302: (GUEST,)}, anonymous=404),
    "review:invited_leave": Answer(get=None, post={302: (GUEST,)}, anonymous=405),
    "review:own_invitation": form("nobody", objects=("review_invitation_nobody",)),
    # Reason and suggestion may stay blank.
    "review:own_invitation_decline": form("nobody", objects=("review_invitation_nobody",), empty=302),
    "review:pool_profile": form(*HOME_KEEPERS, objects=("asked_named",)),
    "review:pool_former": read(*KEEPERS, objects=("review_call",)),
    "review:pool_take_over": button(*HOME_KEEPERS, objects=("review_call", "former_reviewer")),
    "review:pool_import": form(*KEEPERS, objects=("review_call",)),
    # Only whoever has put the file away; a POST without what was seen shows it again.
    "review:pool_check": form("home_officer", objects=("review_call", "home_agency", "pool_file")),
    "review:pool_export": read(*SEATED, objects=("review_call", "csv")),
    # whoever has asked for it
    "review:pool_job": read("home_officer", objects=("pool_job",)),
    "review:pool_undo": button("home_officer", objects=("pool_table_run",)),
    "review:calls": read(*OFFICERS),
    "review:pool": read(*SEATED, objects=("review_call",)),
    "review:pool_add": form(*KEEPERS, objects=("review_call",)),
    "review:pool_confirm": Answer(
        ("behalf_reviewer",),
        get={200: ("home_approver", "home_conflicted")},
        post={302: ("home_approver", "home_conflicted")},
    ),
    "review:pool_discard": button("home_approver", "home_conflicted", objects=("behalf_reviewer",)),
    "review:pool_letter": read(*HOME, objects=("behalf_reviewer",)),
    "review:pool_remove": button("home_officer", objects=("pool_idle",)),
    "review:matching": Answer(("review_call",), get={200: SEATED}, post={200: KEEPERS}),
    "review:run": read(*SEATED, objects=("match_run",)),
    "review:run_accept": form(*KEEPERS, objects=("match_run",)),
    "review:run_undo": button(*KEEPERS, objects=("match_run",)),
    "review:run_csv": read(*SEATED, objects=("match_run",)),
    "review:run_table": form(*KEEPERS, objects=("match_run",)),
    # Only whoever has put the file away.
    "review:run_check": form("home_officer", objects=("match_run", "pool_file")),
    "review:run_proposal": read(*FREE, objects=("match_run", "proposal")),
    # for the reviewers of one's own side alone
    "review:run_beyond": form("home_officer", objects=("match_run", "proposal", "pool_reviewer")),
    "review:run_change": button("home_officer", objects=("match_run", "proposal", "pool_reviewer", "free")),
    "review:progress": read(*SEATED, objects=("review_call",)),
    "review:board": read(*SEATED, objects=("review_call",)),
    "review:board_csv": read(*SEATED, objects=("review_call",)),
    "review:board_xlsx": read(*SEATED, objects=("review_call",)),
    "review:statistics": read(*SEATED, objects=("review_call",)),
    "review:statistics_csv": read(*SEATED, objects=("review_call",)),
    "review:statistics_compute": button(*SEATED, objects=("review_call",)),
    # nobody has asked for a computation
    "review:statistics_progress": Answer(("review_call",)),
    # nothing is scored yet, so that nothing is adjusted
    "review:statistics_intervals": Answer(("review_call",)),
    "review:statistics_strips": read(*SEATED, objects=("review_call",)),
    # no review is submitted yet
    "review:statistics_spread": Answer(("review_call",)),
    "review:statistics_spread_csv": read(*SEATED, objects=("review_call",)),
    # the two have not locked yet
    "review:statistics_pair": Answer(("review_call", "home_agency", "agency")),
    "review:panels": read(*SEATED, objects=("review_call",)),
    "review:panel_plan": form(*FREE, objects=("review_call",)),
    "review:panel": read(*SEATED, objects=("panel",)),
    "review:panel_change": form(*FREE, objects=("panel",)),
    "review:panel_seat": form(*FREE, objects=("panel",)),
    "review:panel_close": button(*FREE, objects=("panel",)),
    "review:panel_reopen": form(*FREE, objects=("closed_panel",)),
    "review:panel_pdf": read(*FREE, objects=("panel",)),
    "review:panel_docx": read(*FREE, objects=("panel",)),
    "review:panel_member": form(*FREE, objects=("panel_member",)),
    "review:panel_unseat": button(*FREE, objects=("panel_member",)),
    "review:panel_item": form(*FREE, objects=("panel_item",)),
    "review:panel_move": button(*FREE, objects=("panel_item",)),
    "review:lock": form(*LEAD, objects=("scored_call", "home_agency")),
    "review:lock_confirm": Answer(
        ("behalf_lock",),
        get={200: ("home_approver", "home_conflicted")},
        post={302: ("home_approver", "home_conflicted")},
    ),
    "review:lock_discard": button("home_approver", "home_conflicted", objects=("behalf_lock",)),
    "review:lock_letter": read(*HOME, objects=("behalf_lock",)),
    "review:portfolio": read(*FREE, objects=("review_call",)),
    "review:scenario_new": form(*SEATED, objects=("locked_call",)),
    "review:scenario": read(*HOME, objects=("scenario",)),
    "review:scenario_edit": form(*HOME, objects=("scenario",)),
    "review:scenario_chart": read(*HOME, objects=("scenario",)),
    "review:scenario_csv": read(*HOME, objects=("scenario",)),
    "review:scenario_discard": button(*HOME, objects=("scenario",)),
    "review:decision_propose": form("home_officer", "home_conflicted", objects=("locked_call",)),
    "review:decision": read(*SEATED, objects=("silent_decision",)),
    "review:decision_awards": read(*SEATED, objects=("decision",)),
    # blank is now
    "review:publish": form(*LEAD, objects=("adopted_decision",), empty=302),
    "review:reserve": form(*LEAD, objects=("adopted_decision",)),
    "review:letters": read(*SEATED, objects=("adopted_decision",)),
    "review:letter_text": form(*LEAD, objects=("adopted_decision", "reject")),
    # not published yet
    "review:letter_pdf": read(*SEATED, objects=("decision_letter",)),
    "review:results": read(),
    "review:result": read(*TEAM, "institution", objects=("told_proposal",)),
    "review:appeal": form("pi", objects=("told_proposal",)),
    "review:appeal_answer": form(*LEAD, objects=("open_appeal",)),
    "review:decision_correct": form(*LEAD, objects=("told_call",)),
    "review:adopted": Answer(("told_call",), get={200: SIGNED_IN}, anonymous=200),
    "review:adopted_csv": Answer(("told_call",), get={200: SIGNED_IN}, anonymous=200),
    "review:answer_second": Answer(
        ("second_answer",), get={200: ("partner_officer",)}, post={302: ("partner_officer",)}
    ),
    "review:lists": read(*SEATED, objects=("locked_call",)),
    "review:lists_csv": read(*SEATED, objects=("locked_call",)),
    "review:list_record": form(*LEAD, objects=("locked_call", "home_agency")),
    "review:list_csv": read(*LEAD, objects=("locked_call", "home_agency")),
    "review:list_confirm": Answer(
        ("behalf_list",),
        get={200: ("home_approver", "home_conflicted")},
        post={302: ("home_approver", "home_conflicted")},
    ),
    "review:list_discard": button("home_approver", "home_conflicted", objects=("behalf_list",)),
    "review:list_letter": read(*HOME, objects=("behalf_list",)),
    "review:negotiation": form(*SEATED, objects=("ranked_proposal",)),
    "review:answer": form("partner_approver", objects=("decision", "agency")),
    "review:answer_on_behalf": form(*LEAD, objects=("other_silent_decision", "agency")),
    "review:answer_confirm": Answer(
        ("behalf_answer",),
        get={200: ("home_approver", "home_conflicted")},
        post={302: ("home_approver", "home_conflicted")},
    ),
    "review:answer_discard": button("home_approver", "home_conflicted", objects=("behalf_answer",)),
    "review:answer_letter": read(*HOME, objects=("behalf_answer",)),
}
