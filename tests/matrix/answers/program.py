"""What the routes of `program` answer."""

from tests.matrix.answer import Answer, button, form, read
from tests.matrix.roles import HOME, MINISTRY, OFFICERS, PARTNER

# Programme officers of the agency that leads the call; of any Japanese agency.
LEAD = ("home_officer", "home_conflicted")
JAPANESE = (*LEAD, "other_home")

ANSWERS: dict[str, Answer] = {
    "program:programme": read(),
    "program:programme_page": read(objects=("programme",)),
    "program:programme_create": form(*MINISTRY),
    "program:programme_change": form(*MINISTRY, objects=("programme",)),
    "program:fact_remove": button(*MINISTRY, objects=("fact",)),
    "program:evaluation_remove": button(*MINISTRY, objects=("evaluation",)),
    "program:policy_remove": button(*MINISTRY, objects=("policy",)),
    "program:consultation_remove": button(*MINISTRY, objects=("consultation",)),
    "program:call_agency_remove": button(*LEAD, objects=("draft_part",)),
    "program:fact_add": form(*MINISTRY, objects=("programme",)),
    "program:evaluation_add": form(*MINISTRY, objects=("programme",)),
    "program:indicator_add": form(*MINISTRY, objects=("programme",)),
    "program:baseline_add": form(*MINISTRY, objects=("indicator",)),
    "program:envelope_add": form(*MINISTRY, objects=("programme",)),
    "program:envelope": read(*HOME, *MINISTRY, objects=("envelope",)),
    "program:field_add": form(*MINISTRY, objects=("programme",)),
    "program:field_change": form(*MINISTRY, objects=("field",)),
    "program:group_add": form(*MINISTRY, objects=("programme",)),
    "program:group": read(objects=("group",)),
    "program:group_member": form(*MINISTRY, objects=("group",)),
    "program:fields": read(),
    "program:designations": read(),
    "program:designation_prepare": form(*MINISTRY),
    "program:designation": read(*MINISTRY, objects=("draft_designation",)),
    # two texts that may both be blank
    "program:designation_summary": form(*MINISTRY, objects=("draft_designation",), empty=302),
    "program:designation_propose": button(*MINISTRY, objects=("draft_designation",)),
    "program:designation_return": form(*MINISTRY, objects=("proposed_designation",)),
    "program:designation_decide": form("ministry2", objects=("proposed_designation",)),
    "program:designation_suspend": form(*MINISTRY, objects=("designation",)),
    "program:designation_resume": form(*MINISTRY, objects=("designation",)),
    "program:designation_withdraw": form(*MINISTRY, objects=("designation",)),
    "program:evidence_add": form(*MINISTRY, objects=("draft_designation",)),
    "program:evidence_change": form(*MINISTRY, objects=("evidence",)),
    "program:evidence_remove": button(*MINISTRY, objects=("evidence",)),
    "program:policy_add": form(*MINISTRY, objects=("draft_designation",)),
    "program:consultation_add": form(*MINISTRY, objects=("draft_designation",)),
    "program:calls": read(),
    "program:call": read(*HOME, *PARTNER, *MINISTRY, objects=("draft_call",)),
    "program:call_prepare": form(*JAPANESE),
    "program:call_preparation": read(*LEAD, objects=("draft_call",)),
    "program:call_change": form(*LEAD, objects=("draft_call",)),
    "program:call_designations": form(*LEAD, objects=("draft_call",)),
    "program:call_designation_remove": button(*LEAD, objects=("draft_call", "designation")),
    "program:call_agencies": form(*LEAD, objects=("draft_call",)),
    "program:call_agency_end": form(*LEAD, objects=("draft_part",)),
    "program:call_caps": form(*LEAD, objects=("draft_call",)),
    "program:call_cap_remove": button(*LEAD, objects=("draft_cap",)),
    "program:call_form": read(*LEAD, objects=("draft_call",)),
    "program:call_section_add": form(*LEAD, objects=("draft_call",)),
    "program:call_section": form(*LEAD, objects=("draft_call", "plan")),
    "program:call_section_remove": button(*LEAD, objects=("draft_call", "plan")),
    "program:call_criterion_add": form(*LEAD, objects=("draft_call",)),
    "program:call_criterion": form(*LEAD, objects=("draft_call", 1)),
    "program:call_criterion_remove": button(*LEAD, objects=("draft_call", 1)),
    "program:call_open": button(*LEAD, objects=("draft_call",)),
    # its deadline lies ahead
    "program:call_close": button(*LEAD, objects=("call",), then=422),
    # it is under review already
    "program:call_begin_review": button(*LEAD, objects=("review_call",), then=422),
    "program:call_cancel": form(*LEAD, objects=("draft_call",)),
    "program:agencies": read(*OFFICERS, *MINISTRY),
    "program:agency_profile": form(*JAPANESE, objects=("agency",)),
}
