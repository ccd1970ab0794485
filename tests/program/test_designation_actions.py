import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from kernel.violations import NotAllowed, RuleBroken
from program.actions import designations
from program.models import Designation, EvidenceItem
from tests.builders.program import Stage, make_stage

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 4, 1)


def codes(broken: pytest.ExceptionInfo[RuleBroken]) -> list[str]:
    return [violation.code for violation in broken.value.violations]


def add(stage: Stage, designation: Designation, **changes: Any) -> EvidenceItem:
    return designations.add_evidence(
        **{
            "designation": designation,
            "by": stage.ministry1,
            "kind": "benefit",
            "measure_ja": "Papers",
            "value": Decimal("1840"),
            "unit_ja": "papers",
            "year": 2021,
            "source_ja": "Survey",
            "score": 2,
            "reason_ja": "Second in the field",
            "weight": 3,
            **changes,
        }
    )


def a_draft(stage: Stage, *, is_complete: bool = True) -> Designation:
    designation = designations.prepare_designation(
        programme=stage.programme, field=stage.field, by=stage.ministry1, country=stage.designation.country
    )
    if is_complete:
        add(stage, designation)
        add(stage, designation, kind="loss", score=-1, weight=1)
        designations.add_policy(designation=designation, by=stage.ministry1, title_ja="基本計画")
        designations.record_consultation(
            designation=designation, by=stage.ministry1, held_on=DAY, offices="内閣府", points="分野"
        )
    return designation


def test_proposal_lacks_all_three_parts_of_its_dossier() -> None:
    stage = make_stage()
    draft = a_draft(stage, is_complete=False)
    with pytest.raises(RuleBroken) as broken:
        designations.propose_designation(designation=draft, by=stage.ministry1)
    assert codes(broken) == [
        "dossier_without_evidence",
        "dossier_without_policy",
        "dossier_without_consultation",
    ]
    draft.refresh_from_db()
    assert (draft.state, draft.proposed_by) == ("draft", None)


def test_evidence_without_any_weight_makes_no_proposal() -> None:
    stage = make_stage()
    draft = a_draft(stage)
    for item in draft.evidence.all():
        designations.change_evidence(item=item, by=stage.ministry1, weight=0)
    with pytest.raises(RuleBroken) as broken:
        designations.propose_designation(designation=draft, by=stage.ministry1)
    assert codes(broken) == ["dossier_without_weight"]


def test_another_officer_decides_and_the_dossier_is_kept_as_it_stood() -> None:
    stage = make_stage()
    draft = designations.propose_designation(designation=a_draft(stage), by=stage.ministry1)
    with pytest.raises(RuleBroken) as broken:
        designations.decide_designation(designation=draft, by=stage.ministry1, valid_from=DAY)
    assert codes(broken) == ["designation_needs_two_officers"]
    decided = designations.decide_designation(designation=draft, by=stage.ministry2, valid_from=DAY)
    assert (decided.state, decided.proposed_by, decided.decided_by) == (
        "decided",
        stage.ministry1,
        stage.ministry2,
    )
    dossier = decided.decided_dossier
    assert dossier["balance"]["arithmetic"] == "(3×2 + 1×(−1)) / (3 + 1) = 5/4"
    assert [len(dossier[part]) for part in ("evidence", "policies", "consultations")] == [2, 1, 1]


def test_decision_cannot_end_before_it_begins() -> None:
    stage = make_stage()
    draft = designations.propose_designation(designation=a_draft(stage), by=stage.ministry1)
    with pytest.raises(RuleBroken) as broken:
        designations.decide_designation(
            designation=draft, by=stage.ministry2, valid_from=DAY, valid_until=dt.date(2026, 3, 31)
        )
    assert codes(broken) == ["ends_before_it_starts"]


def test_draft_is_not_decided_without_a_proposal() -> None:
    stage = make_stage()
    with pytest.raises(RuleBroken) as broken:
        designations.decide_designation(designation=a_draft(stage), by=stage.ministry2, valid_from=DAY)
    assert codes(broken) == ["transition_not_allowed"]


def test_dossier_is_fixed_once_proposed_and_free_once_returned() -> None:
    stage = make_stage()
    draft = designations.propose_designation(designation=a_draft(stage), by=stage.ministry1)
    item = draft.evidence.first()
    for change in (
        lambda: add(stage, draft),
        lambda: designations.change_evidence(item=item, by=stage.ministry1, weight=9),
        lambda: designations.remove_evidence(item=item, by=stage.ministry1),
        lambda: designations.add_policy(designation=draft, by=stage.ministry1, title_ja="別の計画"),
        lambda: designations.change_summary(
            designation=draft, by=stage.ministry1, summary_ja="別", summary_en=""
        ),
    ):
        with pytest.raises(RuleBroken) as broken:
            change()
        assert codes(broken) == ["dossier_fixed"]
    designations.return_designation(designation=draft, by=stage.ministry2, reason="根拠が古い")
    designations.remove_evidence(item=item, by=stage.ministry1)
    assert draft.evidence.count() == 1


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"score": 3}, "evidence_score_out_of_range"),
        ({"score": -3, "kind": "loss"}, "evidence_score_out_of_range"),
        ({"score": -1}, "evidence_score_of_other_sign"),
        ({"score": 1, "kind": "loss"}, "evidence_score_of_other_sign"),
        ({"source_ja": "　"}, "evidence_without_source"),
        ({"reason_ja": ""}, "evidence_without_reason"),
        ({"measure_ja": " "}, "evidence_without_measure"),
        ({"unit_ja": ""}, "evidence_without_unit"),
        ({"weight": -1}, "evidence_weight_out_of_range"),
        ({"weight": 101}, "evidence_weight_out_of_range"),
    ],
)
def test_evidence_that_is_none_is_refused(changes: dict, expected: str) -> None:
    stage = make_stage()
    with pytest.raises(RuleBroken) as broken:
        add(stage, a_draft(stage, is_complete=False), **changes)
    assert codes(broken) == [expected]


def test_designation_is_for_a_country_or_a_group_not_both_or_neither() -> None:
    stage = make_stage()
    with pytest.raises(RuleBroken) as broken:
        designations.prepare_designation(programme=stage.programme, field=stage.field, by=stage.ministry1)
    assert codes(broken) == ["designation_needs_country_or_group"]


def test_field_of_another_programme_is_refused() -> None:
    stage, other = make_stage(), make_stage()
    with pytest.raises(RuleBroken) as broken:
        designations.prepare_designation(
            programme=stage.programme,
            field=other.field,
            by=stage.ministry1,
            country=stage.designation.country,
        )
    assert codes(broken) == ["of_another_programme"]


def test_suspended_designation_is_resumed_or_withdrawn_with_a_reason() -> None:
    stage = make_stage()
    step = {"designation": stage.designation, "by": stage.ministry2}
    with pytest.raises(RuleBroken) as broken:
        designations.suspend_designation(**step, reason=" ")
    assert codes(broken) == ["reason_missing"]
    assert designations.suspend_designation(**step, reason="確認中").state == "suspended"
    assert designations.resume_designation(**step, reason="確認済み").state == "decided"
    assert designations.withdraw_designation(**step, reason="終了").state == "withdrawn"
    with pytest.raises(RuleBroken) as broken:
        designations.resume_designation(**step, reason="再開")
    assert codes(broken) == ["transition_not_allowed"]


@pytest.mark.parametrize("who", ["home1", "home2", "partner1"])
def test_no_agency_works_on_a_designation(who: str) -> None:
    stage = make_stage()
    with pytest.raises(NotAllowed):
        designations.suspend_designation(
            designation=stage.designation, by=getattr(stage, who), reason="reason"
        )
    with pytest.raises(NotAllowed):
        add(stage, a_draft(stage), by=getattr(stage, who))
