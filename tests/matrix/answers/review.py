"""What the routes of `review` answer."""

from tests.matrix.answer import Answer, button, form, read
from tests.matrix.roles import HOME, OFFICERS, PARTNER, SIGNED_IN

# Officers of the call's two agencies; those of them who have no conflict with the proposal.
SEATED = (*HOME, *PARTNER)
FREE = ("home_officer", "home_approver", *PARTNER)
# Programme officers of the two agencies; those of the lead agency.
KEEPERS = ("home_officer", "home_conflicted", "partner_officer")
LEAD = ("home_officer", "home_conflicted")
TEAM = ("pi", "co_investigator", "partner_pi")

ANSWERS: dict[str, Answer] = {
    "review:inbox": read(),
    # whoever has nothing to review is led back to the inbox
    "review:own_files": Answer(get={200: ("reviewer",), 302: tuple(r for r in SIGNED_IN if r != "reviewer")}),
    # on to the declaration, or to the form
    "review:assignment": Answer(("assignment_reviewer",), get={302: ("reviewer",)}),
    "review:conflict": form("reviewer_asked", objects=("assignment_reviewer_asked",)),
    "review:form": form("reviewer", objects=("assignment_reviewer",)),
    # nothing has a score yet, so the page says what is missing
    "review:submit": form("reviewer", objects=("assignment_reviewer",)),
    "review:reading": form("reviewer", objects=("assignment_discussed",)),
    "review:amend": form("reviewer", objects=("assignment_discussed",)),
    "review:own_figures": read("reviewer", objects=("discussed_call",)),
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
    "review:progress": read(*SEATED, objects=("review_call",)),
    "review:board": read(*SEATED, objects=("review_call",)),
    "review:board_csv": read(*SEATED, objects=("review_call",)),
    "review:board_xlsx": read(*SEATED, objects=("review_call",)),
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
