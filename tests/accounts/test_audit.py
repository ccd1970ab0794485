"""The audit trail as a person reads it."""

import ast
import datetime as dt
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.utils import translation

from kernel import audit, clock
from kernel.actions import action, writing
from kernel.audit.models import AuditEntry
from kernel.audit.words import Change, line, word
from portal.trail_subjects import SUBJECTS
from portal.trail_words import VERBS
from tests.builders.people import make_agency, make_user

JAPANESE = translation.override("ja")


def codes_in_sources() -> set[str]:
    """The verbs that our code writes: first arguments of `record` and names of transitions."""
    found = set()
    for app in (
        "kernel",
        "accounts",
        "registries",
        "program",
        "proposals",
        "projects",
        "review",
        "reporting",
    ):
        for file in (Path(settings.BASE_DIR) / app).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                if not isinstance(node, ast.Call) or not node.args:
                    continue
                first, called = node.args[0], ast.unparse(node.func)
                if called in ("audit.record", "record", "Transition") and isinstance(first, ast.Constant):
                    found.add(first.value)
    return found


def test_every_verb_has_words() -> None:
    assert sorted(codes_in_sources() - VERBS.keys()) == []


def test_every_kind_of_thing_has_words() -> None:
    kinds = {
        model._meta.label_lower
        for model in apps.get_models()
        if hasattr(model, "public_id") and not model.__name__.startswith("Historical")
    }
    assert sorted(kinds - SUBJECTS.keys()) == []


def test_a_code_without_words_stays_a_code() -> None:
    assert word("verb", "of_long_ago") == "of_long_ago"


def told(subject_type: str, **details: object) -> list[Change]:
    with JAPANESE:
        return list(line(AuditEntry(subject_type=subject_type, verb="changed", details=details)).changes)


def test_a_step_tells_both_states_in_words() -> None:
    assert told("proposals.proposal", before="draft", after="submitted") == [
        Change("状態", "state", "提出済み", "作成中", is_change=True)
    ]


def test_values_are_readable() -> None:
    found = told(
        "proposals.proposal", years={"before": 3, "after": None}, totals={"2026": 5}, on_behalf=True, items=[]
    )
    assert [(one.field, one.before, one.text) for one in found] == [
        ("年数", "3", "–"),
        ("年度別合計", "", "2026: 5"),
        ("代理", "", "はい"),
        ("項目", "", "–"),
    ]


def test_a_verdict_on_a_proposal_is_told_in_words() -> None:
    assert [one.text for one in told("proposals.proposal", verdict="yes")] == ["可"]
    assert [one.text for one in told("review.agencyanswer", vote="yes")] == ["同意する"]
    entry = AuditEntry(
        subject_type="proposals.proposal", verb="award_judged", details={"before": "yes", "after": "no"}
    )
    with JAPANESE:
        (change,) = line(entry).changes
    assert (change.code, change.before, change.text) == ("verdict", "可", "否")


def test_what_a_model_no_more_has_is_told_as_recorded() -> None:
    (change,) = told("gone.model", colour="blue")
    assert (change.field, change.text) == ("colour", "blue")


@action
def note(*, by: object, subject: object, verb: str) -> None:
    audit.record(verb, subject, by=by)


@pytest.fixture
def trail(db: None) -> Client:
    """Staff before a trail of two people, two kinds and two days."""
    staff, taro, hanako = (
        make_user("staff@x.example"),
        make_user("taro@x.example"),
        make_user("hanako@x.example"),
    )
    with writing():
        staff.is_staff = True
        staff.save()
    agency = make_agency()
    with clock.set_to(
        dt.datetime(2026, 4, 1, 14, 59, 59, tzinfo=dt.UTC)
    ):  # a second before midnight in Japan
        note(by=taro, subject=taro.person, verb="changed_names")
    with clock.set_to(dt.datetime(2026, 4, 1, 15, tzinfo=dt.UTC)):
        note(by=hanako, subject=agency, verb="profile_set")
    client = Client()
    client.force_login(staff)
    return client


@pytest.mark.parametrize(
    ("query", "verbs"),
    [
        ("", ["profile_set", "changed_names"]),
        ("q=TARO@", ["changed_names"]),
        ("kind=accounts.organisation", ["profile_set"]),
        ("until=2026-04-01", ["changed_names"]),
        ("since=2026-04-02", ["profile_set"]),
        ("since=2026-04-02&q=taro", []),
        ("q=%00", ["profile_set", "changed_names"]),
        ("kind=nonsense&since=never", ["profile_set", "changed_names"]),
    ],
)
def test_the_filter_stands_in_the_address(trail: Client, query: str, verbs: list[str]) -> None:
    page = trail.get(f"/ja/audit/?{query}")
    assert [told.entry.verb for _who, told in page.context["lines"]] == verbs
    rows = (
        b"".join(trail.get(f"/ja/audit/csv/?{query}").streaming_content).decode("utf-8-sig").splitlines()[1:]
    )
    # That the trail itself was taken away stands in it at once.
    assert [verb for row in rows if (verb := row.split(",")[3]) != "file_downloaded"] == verbs


@pytest.mark.parametrize(
    ("language", "words"), [("ja", ["プロフィールの保存", "人物"]), ("en", ["profile saved", "person"])]
)
def test_page_and_file_speak_in_words_with_the_code_beside(
    trail: Client, language: str, words: list[str]
) -> None:
    page = trail.get(f"/{language}/audit/?q=taro").content.decode()
    file = b"".join(trail.get(f"/{language}/audit/csv/?q=taro").streaming_content).decode()
    for text in (*words, "changed_names", "accounts.person"):
        assert text in page
        assert text in file


def test_the_file_is_sent_as_it_is_read(trail: Client) -> None:
    answer = trail.get("/ja/audit/csv/")
    assert answer.streaming
    assert answer["Content-Disposition"] == 'attachment; filename="audit.csv"'
