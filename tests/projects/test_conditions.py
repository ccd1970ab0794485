"""The conditions of a decision on the project's page: kept by the adoption, met and reopened, read by whoever reads the project."""

from typing import Any

import pytest

from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.violations import NotAllowed, RuleBroken
from projects.actions.conditions import meet_condition, reopen_condition
from projects.models import AwardCondition, Project
from review.actions.decisions import propose_decision
from review.rules.decision import Extra
from tests.builders.program import Stage
from tests.builders.review import make_scored_call, publish
from tests.review.test_officer_pages import exclude
from tests.review.test_publication import adopt
from tests.review.test_reviewer_pages import page, signed_in

pytestmark = pytest.mark.django_db
SAID = Extra(conditions_ja="計画を改訂すること。", conditions_en="Revise the plan.")


def adopted() -> tuple[Stage, Project, Project]:
    """Two projects of one decision, the first with a condition."""
    stage, call, (one, two) = make_scored_call()
    decision = propose_decision(
        call=call,
        by=stage.home1,
        items=[(one, 1, "adopt", ""), (two, 2, "adopt", "")],
        extras={one.pk: SAID},
    )
    adopt(stage, decision)
    publish(decision)
    return stage, Project.objects.get(proposal=one), Project.objects.get(proposal=two)


def codes(act: Any) -> list[str]:
    with pytest.raises(RuleBroken) as broken:
        act()
    return [violation.code for violation in broken.value.violations]


def test_adoption_leaves_its_conditions_with_the_project_alone_that_has_them() -> None:
    stage, with_one, without = adopted()
    assert [(c.text_ja, c.text_en, c.state) for c in with_one.conditions.all()] == [
        ("計画を改訂すること。", "Revise the plan.", "open")
    ]
    client = signed_in(stage.home1)
    text = page(client, f"/en/projects/{with_one.public_id}/")
    assert "Conditions of the decision" in text
    assert "Revise the plan." in text
    assert "not met yet" in text
    assert "Conditions of the decision" not in page(client, f"/en/projects/{without.public_id}/")


def test_condition_is_met_and_is_not_after_all() -> None:
    stage, project, _ = adopted()
    condition = project.conditions.get()
    client, address = signed_in(stage.home1), f"/en/projects/conditions/{condition.public_id}/"
    assert "Revise the plan." in page(client, address)
    assert client.post(address, {"note": " "}).status_code == 200
    assert client.post(address, {"note": "Plan of 5 April received."}).status_code == 302
    text = page(client, f"/en/projects/{project.public_id}/")
    assert "Plan of 5 April received." in text
    assert f"recorded by {stage.home1.person.name}" in text
    reopened = client.post(address, {"note": "The wrong version.", "form_token": "another"})
    assert reopened.status_code == 302
    condition.refresh_from_db()
    assert (condition.state, condition.note, condition.met_at) == ("open", "The wrong version.", None)
    steps = AuditEntry.objects.filter(subject_id=condition.public_id).order_by("pk")
    assert [(entry.verb, entry.private) for entry in steps] == [
        ("meet_condition", {"reason": "Plan of 5 April received."}),
        ("reopen_condition", {"reason": "The wrong version."}),
    ]


def test_who_records_nothing_of_a_condition() -> None:
    stage, project, _ = adopted()
    condition = project.conditions.get()
    for stranger in (stage.home2, stage.partner1, project.pi.user):
        with pytest.raises(NotAllowed):
            meet_condition(condition=condition, by=stranger, note="x")
        assert signed_in(stranger).get(f"/en/projects/conditions/{condition.public_id}/").status_code == 404
    assert codes(lambda: reopen_condition(condition=condition, by=stage.home1, note="x")) == [
        "transition_not_allowed"
    ]
    meet_condition(condition=condition, by=stage.home1, note="x")
    assert codes(lambda: meet_condition(condition=condition, by=stage.home1, note="x")) == [
        "transition_not_allowed"
    ]
    exclude(project.proposal, stage.home1)
    with pytest.raises(NotAllowed):
        reopen_condition(condition=condition, by=stage.home1, note="x")


def test_team_reads_its_conditions() -> None:
    _stage, project, _ = adopted()
    text = page(signed_in(project.pi.user), f"/ja/projects/{project.public_id}/")
    assert "計画を改訂すること。" in text
    assert "/projects/conditions/" not in text


def test_met_condition_without_what_has_met_it_is_refused_by_the_database() -> None:
    _stage, project, _ = adopted()
    with pytest.raises(Exception, match=r"award_condition_is_met_by_something|CHECK"), writing():
        AwardCondition.objects.filter(project=project).update(state="met")
