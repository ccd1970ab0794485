"""How the outcome of a call is handled: what applicants read afterwards, until when they may object, and a second pair of eyes."""

from collections.abc import Collection

from accounts.models import User
from kernel import audit
from kernel.actions import action
from kernel.violations import Violation, refuse_if
from program.actions.call_parts import ENDED, locked_call
from program.enums import CallState, Feedback
from program.models import Call, CallAgency

MOST_DAYS = 365


@action
def set_outcome_rules(
    *, call: Call, by: User, feedback: str, appeal_days: int | None, second_pair: Collection[CallAgency]
) -> Call:
    """Set what applicants read of their scores, for how many days from the publication they may object (None: not at all), and
    the agencies whose approver's answer needs a second person. Until the call is decided; feedback and objections belong to
    what the agencies agree to, and stay from the opening on.

    Raises:
        NotAllowed: this is no officer of the lead agency.
        RuleBroken: `call_has_ended`, `feedback_unknown`, `appeal_days_out_of_range`, `outcome_rules_agreed`.
    """
    call = locked_call(call, by)
    refuse_if(
        Violation("call_has_ended") if call.state in ENDED else None,
        None if feedback in list(Feedback) else Violation("feedback_unknown", "feedback"),
        None
        if appeal_days is None or 1 <= appeal_days <= MOST_DAYS
        else Violation("appeal_days_out_of_range", "appeal_days", {"most": MOST_DAYS}),
    )
    before = {"feedback": call.feedback, "appeal_days": call.appeal_days}
    is_other = before != {"feedback": feedback, "appeal_days": appeal_days}
    refuse_if(Violation("outcome_rules_agreed") if is_other and call.state != CallState.DRAFT else None)
    call.feedback, call.appeal_days = feedback, appeal_days
    call.save(update_fields=["feedback", "appeal_days"])
    wanted = {part.pk for part in second_pair}
    for part in call.call_agencies.select_for_update().order_by("pk"):
        if part.second_pair != (part.pk in wanted):
            part.second_pair = part.pk in wanted
            part.save(update_fields=["second_pair"])
    audit.record(
        "outcome_rules_set",
        call,
        by=by,
        details={
            "before": before,
            "after": {"feedback": str(feedback), "appeal_days": appeal_days},
            "second_pair": [
                part.agency.public_id
                for part in call.call_agencies.select_related("agency").order_by("pk")
                if part.second_pair
            ],
        },
    )
    return call
