"""An outcome report as a workbook: every figure with the records behind it, so that it can be summed again."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from kernel.documents.columns import Column, Kind
from kernel.documents.sheets import Workbook
from kernel.documents.typeset import Language
from kernel.templatetags.kernel import fiscal_year_short
from program.rules.indicator_values import figure_of
from proposals.enums import ExchangeDirection
from reporting.documents import words
from reporting.documents.words import Snapshot

Row = list[Any]


def report_xlsx(
    snapshot: Snapshot, *, language: Language, number: int, sha256: str, made_at: dt.datetime
) -> bytes:
    """The workbook in `language`, which must be activated."""
    book = Workbook(created=made_at, language=language, title=words.title())
    total = _("Total")
    book.add_sheet(_("Summary"), _summary_columns(), _summary(snapshot, language, number, sha256))
    book.add_sheet(_("Projects"), _project_columns(), _projects(snapshot, language))
    book.add_sheet(_("Indicators"), _indicator_columns(snapshot), _indicators(snapshot, language))
    book.add_sheet(_("Budget by project and year"), _budget_columns(), _budget(snapshot), total_label=total)
    book.add_sheet(_("Payments made"), _payment_columns(), _payments(snapshot), total_label=total)
    book.add_sheet(_("Stays"), _stay_columns(), _stays(snapshot, language))
    book.add_sheet(_("Plan against actual"), _plan_columns(), _plans(snapshot))
    book.add_sheet(_("Papers"), _paper_columns(), _papers(snapshot))
    return book.to_bytes()


def _summary_columns() -> list[Column]:
    return [
        Column(_("Item"), width=44),
        Column(_("Number"), Kind.INTEGER, width=18),
        Column(_("Unit"), width=12),
        Column(_("Text"), width=70),
    ]


def _summary(snapshot: Snapshot, language: str, number: int, sha256: str) -> list[Row]:
    money, papers = snapshot["money"], snapshot["papers"]["programme"]
    yen, people, pieces = _("yen"), _("persons"), _("papers")
    dispatch, acceptance = ExchangeDirection.DISPATCH, ExchangeDirection.ACCEPTANCE

    def people_row(item: str, way: ExchangeDirection, key: str) -> Row:
        return [item, words.count_of(snapshot, way, key), people, ""]

    return [
        [_("Programme"), None, "", words.text_in(snapshot["programme"], "title", language)],
        [_("Agency"), None, "", words.agency_of(snapshot, language)],
        [_("Fiscal year"), None, "", words.year_of(snapshot)],
        [_("Version"), number, "", ""],
        [_("Digest of the data (SHA-256)"), None, "", sha256],
        [_("Projects"), len(snapshot["projects"]), "", ""],
        [_("Allocated in the fiscal year"), money["year"]["allocated"], yen, ""],
        [_("Allocated so far"), money["whole"]["allocated"], yen, ""],
        [_("Paid in the fiscal year"), money["year"]["paid"], yen, ""],
        [_("Paid so far"), money["whole"]["paid"], yen, ""],
        people_row(_("Dispatched in the fiscal year"), dispatch, "people"),
        people_row(_("Dispatched in the fiscal year, mid/long-term"), dispatch, "long_people"),
        people_row(_("Received in the fiscal year"), acceptance, "people"),
        people_row(_("Received in the fiscal year, mid/long-term"), acceptance, "long_people"),
        [
            _("International co-authored papers in the calendar year"),
            words.papers_in_year(snapshot),
            pieces,
            "",
        ],
        [_("International co-authored papers so far"), papers["total"], pieces, ""],
        [_("of these with three or more countries"), papers["multilateral"], pieces, ""],
    ]


def _project_columns() -> list[Column]:
    return [
        Column(_("Project"), Kind.CODE),
        Column(_("Title"), width=50),
        Column(_("Principal investigator")),
        Column(_("Institution")),
        Column(_("Agency")),
        Column(_("First fiscal year"), Kind.INTEGER),
        Column(_("Last fiscal year"), Kind.INTEGER),
        Column(_("Id of the record"), Kind.CODE),
    ]


def _projects(snapshot: Snapshot, language: str) -> list[Row]:
    return [
        [
            project["number"],
            words.text_in(project, "title", language),
            words.text_in(project, "pi", language),
            words.text_in(project["institution"], "name", language),
            project["agency"],
            project["first_year"],
            project["last_year"],
            project["id"],
        ]
        for project in snapshot["projects"]
    ]


def _indicator_columns(snapshot: Snapshot) -> list[Column]:
    figures = [
        row[of] for one in snapshot["indicators"] for row in one["rows"] for of in ("programme", "national")
    ]
    places = max((len(figure.partition(".")[2]) for figure in figures if isinstance(figure, str)), default=0)
    kind = Kind.DECIMAL if places else Kind.INTEGER
    return [
        Column(_("Indicator"), width=50),
        Column(_("Year"), Kind.CODE),
        Column(_("This programme"), kind, decimals=places),
        Column(_("National total (baseline)"), kind, decimals=places),
        Column(_("Unit")),
        Column(_("Records behind the programme’s count"), width=40),
    ]


def _indicators(snapshot: Snapshot, language: str) -> list[Row]:
    return [
        [
            words.text_in(indicator, "title", language),
            fiscal_year_short(row["year"]) if indicator["is_fiscal"] else str(row["year"]),
            figure_of(row["programme"]),
            figure_of(row["national"]),
            words.text_in(indicator, "unit", language),
            _listed(row["records"]),
        ]
        for indicator in snapshot["indicators"]
        for row in indicator["rows"]
    ]


def _listed(records: list[str]) -> str:
    """Public ids in one cell; a cell has an end, and the snapshot has them all."""
    shown = ", ".join(records[:2_000])
    return shown if len(records) <= 2_000 else f"{shown}, …"


def _budget_columns() -> list[Column]:
    return [
        Column(_("Project"), Kind.CODE),
        Column(_("Fiscal year"), Kind.INTEGER),
        Column(_("Category")),
        Column(_("Allocated"), Kind.YEN, total=True),
        Column(_("Carried in"), Kind.YEN, total=True),
        Column(_("Carried out"), Kind.YEN, total=True),
        Column(_("Returned amount"), Kind.YEN, total=True),
        Column(_("Paid"), Kind.YEN, total=True),
        Column(_("Ledger entries"), width=40),
    ]


def _budget(snapshot: Snapshot) -> list[Row]:
    numbers = words.numbers_of(snapshot)
    return [
        [
            numbers[cell["project"]],
            cell["fiscal_year"],
            words.category(cell["category"]),
            *(cell[side] for side in ("allocated", "carried_in", "carried_out", "returned", "paid")),
            _listed(cell["entries"]),
        ]
        for cell in snapshot["money"]["cells"]
    ]


def _payment_columns() -> list[Column]:
    return [
        Column(_("Project"), Kind.CODE),
        Column(_("Fiscal year"), Kind.INTEGER),
        Column(_("Category")),
        Column(_("Date"), Kind.DATE),
        Column(_("Amount"), Kind.YEN, total=True),
        Column(_("Reason"), width=40),
        Column(_("Entry against"), Kind.CODE),
        Column(_("Ledger entry"), Kind.CODE),
    ]


def _payments(snapshot: Snapshot) -> list[Row]:
    numbers = words.numbers_of(snapshot)
    return [
        [
            numbers[payment["project"]],
            payment["fiscal_year"],
            words.category(payment["category"]),
            dt.date.fromisoformat(payment["on"]),
            payment["amount"],
            payment["reason"],
            payment["corrects"],
            payment["id"],
        ]
        for payment in snapshot["payments"]
    ]


def _stay_columns() -> list[Column]:
    return [
        Column(_("Project"), Kind.CODE),
        Column(_("Dispatch or acceptance")),
        Column(_("Career stage")),
        Column(_("Home institution")),
        Column(_("Host")),
        Column(_("Country")),
        Column(_("From"), Kind.DATE),
        Column(_("Until"), Kind.DATE),
        Column(_("Days"), Kind.INTEGER),
        Column(_("Days by fiscal year")),
        Column(_("Counts in"), Kind.CODE),
        Column(_("Mid/long-term")),
        Column(_("Degree sought")),
        Column(_("Person"), Kind.CODE),
        Column(_("Records")),
    ]


def _stays(snapshot: Snapshot, language: str) -> list[Row]:
    numbers = words.numbers_of(snapshot)
    return [
        [
            ", ".join(numbers[project] for project in visit["projects"]),
            words.direction(visit["direction"]),
            words.stage(visit["career_stage"]),
            visit["home"],
            visit["host"],
            words.country(snapshot, visit["country"], language),
            dt.date.fromisoformat(visit["starts_on"]),
            dt.date.fromisoformat(visit["ends_on"]),
            visit["days"],
            words.arithmetic(visit),
            fiscal_year_short(visit["fiscal_year"]),
            words.yes_no(visit["is_long"]),
            visit["degree_sought"],
            visit["person"],
            _listed(visit["stays"]),
        ]
        for visit in snapshot["mobility"]["visits"]
    ]


def _plan_columns() -> list[Column]:
    return [
        Column(_("Fiscal year"), Kind.INTEGER),
        Column(_("Dispatch or acceptance")),
        Column(_("Stays planned"), Kind.INTEGER),
        Column(_("Stays begun"), Kind.INTEGER),
        Column(_("Days planned"), Kind.INTEGER),
        Column(_("Days spent"), Kind.INTEGER),
    ]


def _plans(snapshot: Snapshot) -> list[Row]:
    keys = ("planned", "actual", "planned_days", "actual_days")
    return [
        [row["fiscal_year"], words.direction(row["direction"]), *(row[key] for key in keys)]
        for row in snapshot["plans"]
    ]


def _paper_columns() -> list[Column]:
    return [
        Column("DOI", Kind.CODE, width=30),
        Column(_("Title of the paper"), width=60),
        Column(_("Published in"), width=30),
        Column(_("Year"), Kind.INTEGER),
        Column(_("Countries")),
        Column(_("Shares by country"), width=30),
        Column(_("Multilateral")),
        Column(_("Counted, or why not"), width=30),
        Column(_("Projects")),
        Column(_("Id of the record"), Kind.CODE),
    ]


def _papers(snapshot: Snapshot) -> list[Row]:
    numbers = words.numbers_of(snapshot)
    return [
        [
            paper["doi"],
            paper["title"],
            paper["container"],
            paper["year"],
            ", ".join(paper["countries"]),
            ", ".join(f"{code} {words.fraction(share)}" for code, share in paper["shares"].items()),
            words.yes_no(paper["is_multilateral"]),
            words.reason(paper["not_counted"]),
            ", ".join(sorted(numbers[project] for project in paper["projects"])),
            paper["id"],
        ]
        for paper in snapshot["papers"]["list"]
    ]
