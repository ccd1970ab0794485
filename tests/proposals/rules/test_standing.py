from typing import Any

import pytest

from proposals.rules.standing import MOST_RECORDS, doubts, is_address, names_author, record_violations

GOOD: dict[str, Any] = {
    "kind": "work",
    "first_year": 2020,
    "last_year": None,
    "source_url": "",
    "doi": "10.1234/abc",
    "typed_doi": "doi:10.1234/ABC",
    "known": 0,
}


def found(**changes: Any) -> list[tuple[str, str]]:
    return [(one.code, one.field) for one in record_violations(**{**GOOD, **changes})]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"last_year": 2020}, []),
        ({"last_year": 2019}, [("ends_before_start", "last_year")]),
        ({"doi": "", "typed_doi": "abc"}, [("doi_unreadable", "doi")]),
        ({"kind": "prize"}, [("doi_of_no_work", "doi")]),
        ({"doi": "", "typed_doi": " "}, [("source_missing", "source_url")]),
        ({"doi": "", "typed_doi": "", "source_url": "https://a.example/x"}, []),
        ({"source_url": "javascript:alert(1)"}, [("source_not_an_address", "source_url")]),
        ({"known": MOST_RECORDS}, [("too_many_records", "")]),
    ],
)
def test_a_record_needs_a_source_that_can_be_read(
    changes: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert found(**changes) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://a.example", True),
        ("http://a.example/b?c=d", True),
        ("ftp://a.example", False),
        ("https://", False),
        ("https://[", False),
        ("https://a.example/x y", False),
    ],
)
def test_only_an_address_of_the_web_is_linked_to(text: str, expected: bool) -> None:
    assert is_address(text) is expected


AUTHORS = [("Sample", "Morgan", ""), ("見本", "花子", "0000-0002-1825-0097")]


@pytest.mark.parametrize(
    ("names", "orcid", "expected"),
    [
        (["Morgan Sample"], "", True),
        (["Sample, Morgan"], "", True),
        (["Hanako Mihon"], "0000-0002-1825-0097", True),
        (["Hanako Mihon", "花子 見本"], "", True),
        # 見本 花子 is in another script.
        (["Alex Other"], "", None),
    ],
)
def test_an_author_is_found_by_name_or_id(names: list[str], orcid: str, expected: bool | None) -> None:
    assert names_author(AUTHORS, names, orcid) is expected


def test_a_list_in_the_same_script_without_the_name_says_so() -> None:
    assert names_author(AUTHORS[:1], ["Alex Other"], "") is False


def test_a_paper_without_authors_says_nothing_of_them() -> None:
    assert names_author([], ["Morgan Sample"], "") is None


def test_what_is_to_be_looked_at() -> None:
    paper = {"is_retracted": True, "is_author": False}
    record = {"doi": "10.1234/abc", "paper": paper}
    assert [one.code for one in doubts(record)] == ["work_retracted", "work_by_others"]
    assert [one.code for one in doubts({"doi": "10.1234/abc"})] == ["work_not_in_registry"]
    assert doubts({"doi": "", "paper": {}}) == []
    assert doubts({**record, "paper": {"is_retracted": False, "is_author": None}}) == []
