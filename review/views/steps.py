"""What comes next on the way to a call's decision and who must do it, by the call's agreement model."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from kernel.choices import label_of_field
from program.models import Call
from program.permissions import participation
from review.agreeing import lists_in_force
from review.enums import AgreementStep as Step
from review.enums import DecisionState, ListKind
from review.models import Decision
from review.panels import panel_list
from review.queries import reviewing_agencies
from review.rules.agreement import agreement_of


def steps_of(call: Call, locked: Collection[int], decision: str) -> dict[str, Any]:
    """The model in words, and its steps in order: each with what is to be done, whose turn it is, and whether it is done.

    `locked` are the ids of the agencies whose lock is in force; `decision` is the public id of the newest decision that the
    reader may see, "" where there is none.
    """
    model = agreement_of(call.agreement)
    waits = _waits(call, locked, _decision(decision))
    steps, is_next_found = [], False
    for step in model.steps:
        is_done = not waits[step]
        is_next = not is_done and not is_next_found
        is_next_found = is_next_found or is_next
        steps.append(
            {"words": _words()[step], "who": ", ".join(waits[step]), "is_done": is_done, "is_next": is_next}
        )
    return {"model": label_of_field(call, "agreement"), "rows": steps}


def _decision(public_id: str) -> Decision | None:
    if not public_id:
        return None
    found: Decision | None = Decision.objects.filter(public_id=public_id).prefetch_related("answers").first()
    return found


def _waits(call: Call, locked: Collection[int], decision: Decision | None) -> dict[Step, list[str]]:
    """For each step the agencies whose turn it still is; none where it is done."""
    parts = participation(call)
    required = [part.agency for part in parts.values() if part.must_agree]
    names = [agency.short_name for agency in required]
    lead = [parts[call.lead_agency_id].agency.short_name] if call.lead_agency_id in parts else []
    given: set[int] = set()
    model = agreement_of(call.agreement)
    if model.lists is not ListKind.NONE:
        given = set(lists_in_force().filter(call=call).values_list("agency", flat=True))
    unlisted = [agency.short_name for agency in required if agency.pk not in given]
    is_before = decision is None or decision.state == DecisionState.REFUSED
    answered = {answer.agency_id for answer in decision.answers.all() if answer.counts} if decision else set()
    unanswered = [agency.short_name for agency in required if agency.pk not in answered]
    answer = (
        [] if decision and decision.state == DecisionState.ADOPTED else names if is_before else unanswered
    )
    return {
        Step.LOCK: [a.short_name for a in reviewing_agencies(call) if a.pk not in locked],
        Step.RECOMMEND: unlisted,
        Step.RANK: unlisted,
        Step.NEGOTIATE: names if is_before else [],
        Step.PANEL: names if is_before and model.has_panel and panel_list(call) is None else [],
        Step.PROPOSE: lead if is_before else [],
        Step.ANSWER: answer,
        Step.CONFIRM: answer,
        Step.PUBLISH: [] if decision and decision.is_published else lead,
    }


def _words() -> dict[Step, str]:
    return {
        Step.LOCK: _("Each agency whose reviewers score locks its scores; then each sees the other’s."),
        Step.RECOMMEND: _(
            "Each agency records for every proposal whether it recommends it. Only what all recommend can be adopted."
        ),
        Step.RANK: _("Each agency records its own ranked list. The lists open once all are given."),
        Step.NEGOTIATE: _(
            "The agencies negotiate: each notes its position on the proposals in question. A rank that departs from an agency’s list has its reason."
        ),
        Step.PANEL: _("The joint panel makes one ranked list of all proposals."),
        Step.PROPOSE: _("A programme officer of the lead agency puts the ranked list before the agencies."),
        Step.ANSWER: _("An approver of each agency answers. The last yes adopts the decision."),
        Step.CONFIRM: _(
            "The lead agency’s approver answers, and the other agencies confirm what it has evaluated. The last yes adopts the decision."
        ),
        Step.PUBLISH: _(
            "The lead agency reads the letters and sets the time of publication. Until then nobody outside the agencies learns the results."
        ),
    }
