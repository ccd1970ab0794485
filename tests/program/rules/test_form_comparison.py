"""Two versions of a form compared: what is found leads from the old one to the new one, and nothing else is found."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from program.enums import ChangeKind, PartKind
from program.rules.form_comparison import form_changes

KEYS = st.lists(st.sampled_from("abcdefgh"), unique=True)
LIMITS = st.integers(1, 3)


@st.composite
def sections(draw: st.DrawFn) -> list[dict[str, Any]]:
    return [{"key": key, "limit": draw(LIMITS), "fields": []} for key in draw(KEYS)]


def kinds(changes: Any, kind: ChangeKind) -> list[str]:
    return [str((change.after or change.before)["key"]) for change in changes if change.kind is kind]


@given(sections())
def test_a_form_does_not_differ_from_itself(form: list[dict[str, Any]]) -> None:
    assert form_changes((form, []), (form, [])) == []


@given(sections(), sections())
def test_what_is_found_leads_from_one_form_to_the_other(old: list[Any], new: list[Any]) -> None:
    changes = form_changes((old, []), (new, []))
    before, after = {s["key"]: s["limit"] for s in old}, {s["key"]: s["limit"] for s in new}
    assert set(kinds(changes, ChangeKind.ADDED)) == set(after) - set(before)
    assert set(kinds(changes, ChangeKind.REMOVED)) == set(before) - set(after)
    assert set(kinds(changes, ChangeKind.CHANGED)) == {
        key for key in before.keys() & after.keys() if before[key] != after[key]
    }
    still = [s["key"] for s in old if s["key"] in after]
    moved = set(kinds(changes, ChangeKind.MOVED))
    kept = [key for key in still if key not in moved]
    assert kept == [s["key"] for s in new if s["key"] in before and s["key"] not in moved]


def test_one_that_goes_to_the_end_is_the_only_one_moved() -> None:
    old = [{"key": key, "fields": []} for key in "abcd"]
    assert kinds(form_changes((old, []), ([*old[1:], old[0]], [])), ChangeKind.MOVED) == ["a"]


def test_fields_are_compared_within_their_section_and_criteria_by_their_aspect() -> None:
    field = {"key": "cost", "kind": "number", "highest": 5}
    old = ([{"key": "plan", "fields": [field]}], [{"aspect": "people", "title_en": "People", "weight": 1}])
    new = (
        [{"key": "plan", "fields": [{**field, "highest": 9}, {"key": "day", "kind": "date"}]}],
        [{"aspect": "people", "title_en": "Exchange", "weight": 2}],
    )
    found = [(c.kind, c.part, c.attributes) for c in form_changes(old, new)]
    assert found == [
        (ChangeKind.CHANGED, PartKind.FIELD, ("highest",)),
        (ChangeKind.ADDED, PartKind.FIELD, ()),
        (ChangeKind.CHANGED, PartKind.CRITERION, ("title_en", "weight")),
    ]
