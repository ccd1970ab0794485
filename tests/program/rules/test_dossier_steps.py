import pytest
from hypothesis import given
from hypothesis import strategies as st

from program.enums import DesignationState
from program.rules.dossier_steps import steps_to_decision

NOTHING = {"has_summary": False, "evidence": 0, "weight": 0, "policies": 0, "consultations": 0}
ALL = {"has_summary": True, "evidence": 2, "weight": 3, "policies": 1, "consultations": 1}


def statuses(state: str, parts: dict) -> list[tuple[str, str]]:
    return [(step.key, step.status) for step in steps_to_decision(state=state, **parts)]


def test_empty_draft_begins_with_evidence() -> None:
    assert statuses("draft", NOTHING) == [
        ("summary", "optional"),
        ("evidence", "next"),
        ("weights", "not_yet"),
        ("policies", "open"),
        ("consultations", "open"),
        ("propose", "not_yet"),
        ("review", "not_yet"),
        ("sign", "not_yet"),
        ("decide", "not_yet"),
    ]


def test_evidence_without_weight_asks_for_a_weight() -> None:
    assert dict(statuses("draft", {**ALL, "weight": 0}))["weights"] == "next"
    assert dict(statuses("draft", {**ALL, "weight": 0}))["propose"] == "not_yet"


@pytest.mark.parametrize(
    ("state", "following"),
    [("draft", "propose"), ("proposed", "review"), ("reviewed", "sign"), ("signed", "decide")],
)
def test_each_state_leads_to_one_step(state: str, following: str) -> None:
    assert [key for key, status in statuses(state, ALL) if status == "next"] == [following]


def test_after_the_decision_all_is_done() -> None:
    assert {status for _, status in statuses("suspended", ALL)} == {"done"}


@given(
    st.sampled_from([s for s in DesignationState if s != "withdrawn"]),
    st.booleans(),
    *(st.integers(0, 2) for _ in range(4)),
)
def test_at_most_one_step_is_next(
    state: str, has_summary: bool, evidence: int, weight: int, policies: int, consultations: int
) -> None:
    found = steps_to_decision(
        state=state,
        has_summary=has_summary,
        evidence=evidence,
        weight=weight if evidence else 0,
        policies=policies,
        consultations=consultations,
    )
    is_decided = state in ("decided", "suspended")
    assert sum(step.status == "next" for step in found) == (0 if is_decided else 1)
