"""The ministry's review record and the Ministry of Finance's budget items: tables to look things up in."""

from collections.abc import Iterable
from dataclasses import asdict

from registries.actions.changes import Changes, compared, rows_with
from registries.models import BudgetItem, ReviewProject
from registries.rules import budget_items, review_record
from registries.rules.results import ParseResult
from registries.rules.texts import searchable


def read_review_record(content: bytes, name: str) -> ParseResult[review_record.ReviewedProject]:
    return review_record.parse_review_record(content, file_name=name)


def compare_review_record(records: Iterable[review_record.ReviewedProject]) -> Changes:
    """By number. A sheet of an earlier year than the one that is there changes nothing."""
    wanted = {}
    for record in records:
        values = asdict(record) | {"addresses": list(record.addresses), "methods": list(record.methods)}
        texts = (str(record.number), record.name, record.bureau, record.purpose, record.outline)
        wanted[record.number] = values | {"search_text": "\n".join(searchable(text) for text in texts)}
    existing = rows_with(ReviewProject.objects.all(), "number", wanted)
    newer = {
        row.number: row.review_year
        for row in existing
        if row.review_year and (wanted[row.number]["review_year"] or row.review_year) < row.review_year
    }
    changes = compared(
        ReviewProject,
        {number: values for number, values in wanted.items() if number not in newer},
        key=lambda row: row.number,
        existing=existing,
    )
    changes.unchanged += len(newer)
    return changes


def read_budget_items(content: bytes, name: str) -> ParseResult[budget_items.BudgetItem]:
    return budget_items.parse_budget_items(content, file_name=name)


def compare_budget_items(records: Iterable[budget_items.BudgetItem]) -> Changes:
    """By the source's own key, within its fiscal year."""
    wanted = {}
    for record in records:
        key = f"{record.fiscal_year}/{record.key}"
        texts = (record.name, record.section, record.description, record.major_expense)
        wanted[key] = asdict(record) | {
            "key": key,
            "search_text": "\n".join(searchable(text) for text in texts),
        }
    existing = rows_with(BudgetItem.objects.all(), "key", wanted)
    return compared(BudgetItem, wanted, key=lambda row: row.key, existing=existing)
