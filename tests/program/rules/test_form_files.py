"""What a field for a file takes, as the rules see it."""

from typing import Any

import pytest

from program.enums import ChangeKind
from program.rules.form import section_violations
from program.rules.form_comparison import form_changes
from program.rules.form_files import MEGABYTE, endings_of, file_violation, kinds_in_letters


def test_pdf_is_always_taken_and_the_others_as_the_call_says() -> None:
    assert endings_of([]) == (".pdf",)
    assert endings_of(["picture", "xlsx"]) == (".pdf", ".xlsx", ".png", ".jpg", ".jpeg")
    assert kinds_in_letters(["csv", "docx"]) == "PDF, DOCX, CSV"


@pytest.mark.parametrize(
    ("bounds", "found"),
    [
        ({"file_kinds": ["xlsx", "csv"], "most_megabytes": 100, "most_pages": 1}, []),
        ({"file_kinds": None, "most_megabytes": None, "most_pages": None}, []),
        ({"file_kinds": ["exe"]}, [("file_kind_unknown", "file_kinds")]),
        ({"most_megabytes": 0}, [("file_bound_out_of_range", "most_megabytes")]),
        (
            {"most_megabytes": 101, "most_pages": 2_001},
            [("file_bound_out_of_range", "most_megabytes"), ("file_bound_out_of_range", "most_pages")],
        ),
    ],
)
def test_bounds_are_ones_that_can_hold(bounds: dict[str, Any], found: list[tuple[str, str]]) -> None:
    section = {"fields": [{"key": "data", "kind": "file", **bounds}]}
    assert [(one.code, one.field) for one in section_violations(section)] == found


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ({"name": "a.PDF", "size": MEGABYTE, "pages": 3}, ""),
        ({"name": "a.xlsx", "size": MEGABYTE}, ""),
        ({"name": "a.docx", "size": 1}, "file_type_not_allowed"),
        ({"name": "a.xlsx", "size": MEGABYTE + 1}, "file_too_large"),
        ({"name": "a.pdf", "size": 1, "pages": 4}, "file_too_many_pages"),
    ],
)
def test_a_stored_file_is_held_to_the_bounds(file: dict[str, Any], code: str) -> None:
    found = file_violation(file, field="field_data", kinds=["xlsx"], most_bytes=MEGABYTE, most_pages=3)
    assert (found.code if found else "") == code


def test_without_bounds_any_size_and_number_of_pages_is_good() -> None:
    file = {"name": "a.pdf", "size": 10**9, "pages": 10**4}
    assert file_violation(file, field="f", kinds=(), most_bytes=0, most_pages=0) is None


def test_a_bound_that_was_set_or_taken_away_is_a_change() -> None:
    def form(**bounds: Any) -> Any:
        return [{"key": "s", "fields": [{"key": "data", "kind": "file", **bounds}]}], []

    for old, new in ((form(), form(most_pages=3)), (form(most_pages=3), form())):
        (change,) = form_changes(old, new)
        assert (change.kind, change.attributes) == (ChangeKind.CHANGED, ("most_pages",))
    assert form_changes(form(most_pages=3), form(most_pages=3)) == []
