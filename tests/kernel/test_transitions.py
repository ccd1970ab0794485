from enum import StrEnum

import pytest

from kernel.audit.models import AuditEntry
from kernel.transitions import Transition, Workflow, apply_transition
from kernel.violations import RuleBroken
from program.models import Call
from tests.builders.program import make_call, make_stage


class Lamp(StrEnum):
    OFF = "off"
    ON = "on"
    BROKEN = "broken"


WORKFLOW = Workflow(
    states=Lamp,
    initial=Lamp.OFF,
    transitions=(
        Transition("switch_on", (Lamp.OFF,), Lamp.ON),
        Transition("switch_off", (Lamp.ON,), Lamp.OFF),
        Transition("drop", (Lamp.OFF, Lamp.ON), Lamp.BROKEN),
    ),
)


@pytest.mark.parametrize(
    ("step", "state", "allowed"),
    [("switch_on", "off", True), ("switch_on", "on", False), ("drop", "on", True), ("drop", "broken", False)],
)
def test_a_step_leads_only_from_its_sources(step, state, allowed):
    assert WORKFLOW.allows(step, state) is allowed


def test_an_unknown_step_leads_nowhere():
    assert WORKFLOW.find("polish", "off") is None


def test_what_no_step_leaves_is_final():
    assert WORKFLOW.final_states() == [Lamp.BROKEN]


@pytest.mark.django_db
def test_a_step_saves_the_state_and_leaves_its_row():
    stage = make_stage()
    call = make_call(stage)
    apply_transition(call, "close", by=stage.home1, reason="締切", details={"late": 0})
    entry = AuditEntry.objects.get(verb="close")
    assert Call.objects.get(pk=call.pk).state == "closed"
    assert entry.details == {"before": "open", "after": "closed", "late": 0}
    assert (entry.actor, entry.subject_id, entry.private) == (
        stage.home1,
        call.public_id,
        {"reason": "締切"},
    )


@pytest.mark.django_db
def test_the_state_in_the_database_decides_not_the_one_in_memory():
    stage = make_stage()
    call = make_call(stage)
    stale = Call.objects.get(pk=call.pk)
    apply_transition(call, "close", by=stage.home1)
    with pytest.raises(RuleBroken) as refused:
        apply_transition(stale, "close", by=stage.home1)
    assert [violation.code for violation in refused.value.violations] == ["transition_not_allowed"]
    assert AuditEntry.objects.filter(verb="close").count() == 1


@pytest.mark.django_db
def test_a_step_saves_nothing_but_the_state():
    stage = make_stage()
    call = make_call(stage)
    before = call.title_en
    call.title_en = "Changed in memory"
    apply_transition(call, "close", by=stage.home1)
    assert Call.objects.get(pk=call.pk).title_en == before
