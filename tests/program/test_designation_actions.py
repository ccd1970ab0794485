import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from kernel.violations import NotAllowed, RuleBroken
from program.actions import consultations, designations, dossiers
from program.actions.designation_life import suspend_designation
from program.models import Designation, EvidenceItem
from registries.models import Country
from tests.builders.program import Stage, make_stage
from tests.builders.registries import make_country

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 4, 1)


def codes(broken: pytest.ExceptionInfo[RuleBroken]) -> list[str]:
    return [violation.code for violation in broken.value.violations]


def gb() -> Country:
    return Country.objects.get(code="GB")


def add(stage: Stage, designation: Designation, **changes: Any) -> EvidenceItem:
    return dossiers.add_evidence(
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
        programme=stage.programme, field=stage.field, by=stage.ministry1, country=gb()
    )
    if is_complete:
        add(stage, designation)
        add(stage, designation, kind="loss", score=-1, weight=1)
        dossiers.add_policy(designation=designation, by=stage.ministry1, title_ja="基本計画")
        consultations.record_consultation(
            designation=designation, by=stage.ministry1, held_on=DAY, offices_ja="内閣府", points_ja="分野"
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
        dossiers.change_evidence(item=item, by=stage.ministry1, weight=0)
    with pytest.raises(RuleBroken) as broken:
        designations.propose_designation(designation=draft, by=stage.ministry1)
    assert codes(broken) == ["dossier_without_weight"]


def test_dossier_is_fixed_once_proposed_and_free_once_returned() -> None:
    stage = make_stage()
    draft = designations.propose_designation(designation=a_draft(stage), by=stage.ministry1)
    item = draft.evidence.first()
    for change in (
        lambda: add(stage, draft),
        lambda: dossiers.change_evidence(item=item, by=stage.ministry1, weight=9),
        lambda: dossiers.remove_evidence(item=item, by=stage.ministry1),
        lambda: dossiers.add_policy(designation=draft, by=stage.ministry1, title_ja="別の計画"),
        lambda: designations.change_summary(
            designation=draft, by=stage.ministry1, summary_ja="別", summary_en=""
        ),
    ):
        with pytest.raises(RuleBroken) as broken:
            change()
        assert codes(broken) == ["dossier_fixed"]
    designations.review_designation(designation=draft, by=stage.ministry2, comment="確認済み")
    returned = designations.return_designation(designation=draft, by=stage.ministry2, reason="根拠が古い")
    assert (returned.proposed_by, returned.reviewed_by, returned.review_comment) == (None, None, "")
    dossiers.remove_evidence(item=item, by=stage.ministry1)
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
        ({"year": 2100}, "evidence_year_ahead"),
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


def test_the_programmes_own_country_is_no_partner_country() -> None:
    stage = make_stage()
    with pytest.raises(RuleBroken) as broken:
        designations.prepare_designation(
            programme=stage.programme, field=stage.field, by=stage.ministry1, country=make_country("JP")
        )
    assert codes(broken) == ["partner_is_home"]


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


def test_review_is_by_another_officer_who_says_what_was_examined() -> None:
    stage = make_stage()
    proposed = designations.propose_designation(designation=a_draft(stage), by=stage.ministry1)
    for by, comment, expected in (
        (stage.ministry1, "確認済み", "designation_reviewed_by_another"),
        (stage.ministry2, " ", "review_comment_missing"),
    ):
        with pytest.raises(RuleBroken) as broken:
            designations.review_designation(designation=proposed, by=by, comment=comment)
        assert codes(broken) == [expected]
    reviewed = designations.review_designation(designation=proposed, by=stage.ministry2, comment="確認済み")
    assert (reviewed.state, reviewed.reviewed_by, reviewed.review_comment) == (
        "reviewed",
        stage.ministry2,
        "確認済み",
    )


def test_draft_is_not_reviewed_without_a_proposal() -> None:
    stage = make_stage()
    with pytest.raises(RuleBroken) as broken:
        designations.review_designation(designation=a_draft(stage), by=stage.ministry2, comment="確認済み")
    assert codes(broken) == ["transition_not_allowed"]


@pytest.mark.parametrize("who", ["home1", "home2", "partner1"])
def test_no_agency_works_on_a_designation(who: str) -> None:
    stage = make_stage()
    with pytest.raises(NotAllowed):
        suspend_designation(designation=stage.designation, by=getattr(stage, who), reason="reason")
    with pytest.raises(NotAllowed):
        add(stage, a_draft(stage), by=getattr(stage, who))
