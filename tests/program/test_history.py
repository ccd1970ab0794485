"""What happened to a dossier, told with the values before and after."""

from decimal import Decimal

import pytest
from django.utils import translation

from program.actions import dossiers
from program.actions.evidence_import import WantedEvidence, import_evidence
from program.models import Designation
from program.rules.dossier import EVIDENCE_FIELDS
from program.views.history import history_of
from tests.builders.program import make_stage
from tests.program.test_designation_actions import a_draft, add

pytestmark = pytest.mark.django_db


def told(designation: Designation) -> list[tuple[str, str]]:
    with translation.override("en"):
        return [(event["title"], event["text"]) for event in history_of(designation)]


def test_history_tells_evidence_added_changed_and_taken_out() -> None:
    stage = make_stage()
    draft = a_draft(stage, is_complete=False)
    item = add(stage, draft)
    dossiers.change_evidence(
        item=item, by=stage.ministry2, weight=9, reason_ja="三位", value=Decimal("1850.5")
    )
    dossiers.remove_evidence(item=item, by=stage.ministry1)
    assert told(draft) == [
        ("Evidence taken out", "Papers\nValue: 1850.5\nYear: 2021\nScore: 2\nWeight: 9"),
        (
            "Evidence changed",
            "Papers\nValue: 1840 → 1850.5\nReason for the score (Japanese): Second in the field → 三位\nWeight: 3 → 9",
        ),
        ("Evidence added", "Papers\nValue: 1840\nYear: 2021\nScore: 2\nWeight: 3"),
        ("Preparation begun", ""),
    ]


def test_history_tells_an_import_with_each_item() -> None:
    stage = make_stage()
    draft = a_draft(stage, is_complete=False)
    item = add(stage, draft)
    values = {name: getattr(item, name) for name in EVIDENCE_FIELDS}
    import_evidence(
        designation=draft,
        wanted=[
            WantedEvidence(item.public_id, {**values, "weight": 7}),
            WantedEvidence("", {**values, "measure_ja": "論文"}),
        ],
        file_name="evidence.csv",
        sha256="0" * 64,
        by=stage.ministry2,
    )
    assert told(draft)[:3] == [
        ("Evidence imported", "evidence.csv: 1 new, 1 changed"),
        ("Evidence added", "論文\nValue: 1840\nYear: 2021\nScore: 2\nWeight: 3"),
        ("Evidence changed", "Papers\nWeight: 3 → 7"),
    ]


def test_history_of_one_dossier_has_nothing_of_another() -> None:
    stage = make_stage()
    draft, other = a_draft(stage, is_complete=False), a_draft(stage, is_complete=False)
    add(stage, other)
    assert [title for title, _text in told(draft)] == ["Preparation begun"]
