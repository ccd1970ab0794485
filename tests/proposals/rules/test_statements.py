import datetime as dt
from typing import Any

import pytest

from program.rules.statements import as_text, required_kinds
from proposals.rules.statements import (
    STATEMENT_LIMIT,
    Lacking,
    Stated,
    as_violations,
    lacking,
    statement_violations,
)

TODAY = dt.date(2026, 11, 1)
TRAINING: dict[str, Any] = {
    "kind": "ethics_training",
    "has_person": True,
    "text": "",
    "course": "eAPRIN",
    "done_on": TODAY,
    "valid_until": None,
    "on": TODAY,
    "is_known": False,
}
EXPORT = {
    **TRAINING,
    "kind": "export_control",
    "has_person": False,
    "text": "None.",
    "course": "",
    "done_on": None,
}


def found(values: dict[str, Any], **changes: Any) -> list[tuple[str, str]]:
    return [(one.code, one.field) for one in statement_violations(**{**values, **changes})]


@pytest.mark.parametrize(
    ("values", "changes", "expected"),
    [
        (TRAINING, {}, []),
        (TRAINING, {"has_person": False}, [("statement_of_nobody", "member")]),
        (TRAINING, {"course": " "}, [("course_missing", "course")]),
        (TRAINING, {"done_on": None}, [("training_day_missing", "done_on")]),
        (TRAINING, {"done_on": TODAY + dt.timedelta(1)}, [("training_done_ahead", "done_on")]),
        (TRAINING, {"valid_until": TODAY}, []),
        (TRAINING, {"valid_until": TODAY - dt.timedelta(1)}, [("ends_before_start", "valid_until")]),
        (TRAINING, {"is_known": True}, [("statement_twice", "member")]),
        (EXPORT, {}, []),
        (EXPORT, {"text": " "}, [("statement_blank", "text")]),
        (EXPORT, {"is_known": True}, [("statement_twice", "text")]),
        (EXPORT, {"text": "x" * STATEMENT_LIMIT}, []),
        (EXPORT, {"text": "x" * (STATEMENT_LIMIT + 1)}, [("text_over_limit", "text")]),
        (EXPORT, {"text": "x\x00"}, [("text_has_nul", "text")]),
    ],
)
def test_what_a_statement_must_say(
    values: dict[str, Any], changes: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert found(values, **changes) == expected


TEAM = {1: "見本 花子", 2: "見本 太郎"}


def test_training_is_asked_of_each_member_and_must_not_have_run_out() -> None:
    kinds = ["ethics_training"]
    assert lacking(kinds, TEAM, [], TODAY) == [Lacking("ethics_training", list(TEAM.values()), [])]
    one = Stated("ethics_training", 1, TODAY)
    assert lacking(kinds, TEAM, [one, Stated("ethics_training", 2)], TODAY) == []
    assert lacking(kinds, TEAM, [one], TODAY + dt.timedelta(1)) == [
        Lacking("ethics_training", ["見本 太郎"], ["見本 花子"])
    ]
    # Somebody who has left the team is asked nothing.
    assert (
        lacking(kinds, {1: "見本 花子"}, [one, Stated("ethics_training", 3, dt.date(2020, 1, 1))], TODAY)
        == []
    )


def test_the_others_are_made_once_for_the_whole() -> None:
    kinds = ["export_control", "data_management"]
    assert lacking(kinds, TEAM, [Stated("export_control")], TODAY) == [Lacking("data_management")]


def test_what_lacks_is_said_by_kind_and_name() -> None:
    (missing,) = as_violations(Lacking("export_control"), "輸出管理", "、", "statements")
    assert (missing.code, missing.field, missing.params) == (
        "statement_missing",
        "statements",
        {"kind": "輸出管理"},
    )
    both = as_violations(Lacking("ethics_training", ["A", "B"], ["C"]), "研修", "、", "statements")
    assert [(one.code, one.params["names"]) for one in both] == [
        ("statement_missing_of", "A、B"),
        ("training_expired", "C"),
    ]


def test_a_call_keeps_what_it_wants_in_one_order() -> None:
    text = as_text(["integrity", "export_control", "gossip", "integrity"])
    assert text == "export_control integrity"
    assert [kind.value for kind in required_kinds(text)] == ["export_control", "integrity"]
    assert required_kinds("") == []
