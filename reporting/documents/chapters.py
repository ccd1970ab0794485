"""The chapters of the PDF, as blocks in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from kernel.money import format_amount
from kernel.templatetags.kernel import fiscal_year_short, yen
from proposals.enums import ExchangeDirection
from proposals.rules.exchange_money import ExchangeShare
from reporting.documents import words
from reporting.documents.blocks import Block, chart, column, number, remarks, table, text
from reporting.documents.words import Snapshot


def indicator_blocks(snapshot: Snapshot, language: str) -> list[Block]:
    blocks = []
    for indicator in snapshot["indicators"]:
        title, unit = (words.text_in(indicator, key, language) for key in ("title", "unit"))
        rows = [
            [
                fiscal_year_short(row["year"]) if indicator["is_fiscal"] else str(row["year"]),
                row["programme"],
                row["national"],
            ]
            for row in indicator["rows"]
        ]
        columns = [
            column(_("Fiscal year") if indicator["is_fiscal"] else _("Calendar year")),
            number(_("This programme")),
            number(_("National total (baseline)")),
        ]
        blocks.append(table(columns, rows, caption=title, unit=unit))
        definition = words.text_in(indicator, "definition", language)
        if definition:
            blocks.append(text(definition))
    blocks.append(
        remarks(
            _(
                "National totals come from the ministry’s own survey and have its definition. They stand beside the programme’s own counts and are never added to them."
            ),
            _("Persons dispatched and received are counted by mid/long-term stays, of 31 days or more."),
        )
    )
    return blocks


def money_blocks(snapshot: Snapshot, charts: Mapping[str, bytes]) -> list[Block]:
    money = snapshot["money"]
    numbers = words.numbers_of(snapshot)
    year = fiscal_year_short(snapshot["fiscal_year"])

    def cells(row: dict[str, Any]) -> list[int]:
        return [row["allocated"], row["carried_in"], row["carried_out"], row["returned"], row["paid"]]

    def of(head: str, rows: list[list[Any]], caption: str) -> Block:
        columns = [
            column(head, 12),
            number(_("Allocated"), 12),
            number(_("Carried in")),
            number(_("Carried out")),
            number(_("Returned amount")),
            number(_("Paid"), 12),
        ]
        whole = [_("Total"), *cells(money["whole"])]
        return table(columns, rows, caption=caption, total=whole, unit=_("yen"))

    share = money["travel_share"]
    percent = ExchangeShare(share["used"], share["awarded"], share["basis_points"]).percent
    paid = {"paid": yen(money["whole"]["paid"]), "allocated": yen(money["whole"]["allocated"])}
    return [
        *chart(
            charts,
            "money.svg",
            caption=_("Allocated and paid by fiscal year"),
            alt=_(
                "Bars of what was paid within what was allocated, a row for each fiscal year; the table below has the numbers."
            ),
            finding=_("Of %(allocated)s allocated so far, %(paid)s has been paid.") % paid,
        ),
        of(
            _("Fiscal year"),
            [[fiscal_year_short(row["fiscal_year"]), *cells(row)] for row in money["by_year"]],
            _("By fiscal year"),
        ),
        of(
            _("Category"),
            [[words.category(row["category"]), *cells(row)] for row in money["by_category"]],
            _("By category, up to %(year)s") % {"year": year},
        ),
        of(
            _("Project"),
            [[numbers[row["project"]], *cells(row)] for row in money["by_project"]],
            _("By project, up to %(year)s") % {"year": year},
        ),
        remarks(
            _(
                "Amounts are sums of the ledger’s entries by the fiscal year to which they belong, whatever the day of payment."
            ),
            _(
                "Travel paid so far is %(used)s, %(percent)s%% of what was allocated. Personnel of exchanged researchers is not told apart in the ledger, so the share used for exchange is at least that."
            )
            % {"used": yen(share["used"]), "percent": percent},
        ),
    ]


def mobility_blocks(snapshot: Snapshot, language: str, charts: Mapping[str, bytes]) -> list[Block]:
    mobility = snapshot["mobility"]
    numbers = words.numbers_of(snapshot)
    counts = [
        [
            fiscal_year_short(row["fiscal_year"]),
            words.direction(row["direction"]),
            row["people"],
            row["long_people"],
            row["days"],
        ]
        for row in mobility["counts"]
    ]
    visits = [
        [
            "\n".join(numbers[project] for project in visit["projects"]),
            words.direction(visit["direction"]),
            " / ".join(filter(None, [words.stage(visit["career_stage"]), visit["degree_sought"]])),
            f"{visit['host']}, {words.country(snapshot, visit['country'], language)}",
            words.short_period(visit),
            words.arithmetic(visit),
        ]
        for visit in mobility["visits"]
    ]
    plans = [
        [
            fiscal_year_short(row["fiscal_year"]),
            words.direction(row["direction"]),
            row["planned"],
            row["actual"],
            row["planned_days"],
            row["actual_days"],
        ]
        for row in snapshot["plans"]
    ]
    dispatched = sum(v["direction"] == ExchangeDirection.DISPATCH for v in mobility["visits"])
    finding = _("%(out)s stays abroad and %(in)s stays in Japan have begun so far.") % {
        "out": dispatched,
        "in": len(mobility["visits"]) - dispatched,
    }
    return [
        table(
            [
                column(_("Fiscal year")),
                column(_("Dispatch or acceptance"), 12),
                number(_("Persons")),
                number(_("of these mid/long-term")),
                number(_("Days in the year")),
            ],
            counts,
            caption=_("Persons and days by fiscal year"),
        ),
        *chart(
            charts,
            "flow.svg",
            caption=_("Stays by direction and career stage"),
            alt=_(
                "Bands from direction to career stage, as thick as the number of stays; the table of stays has the numbers."
            ),
            finding=finding,
        ),
        table(
            [
                column(_("Fiscal year")),
                column(_("Dispatch or acceptance"), 12),
                number(_("Stays planned")),
                number(_("Stays begun")),
                number(_("Days planned")),
                number(_("Days spent")),
            ],
            plans,
            caption=_("Plan against actual"),
        ),
        table(
            [
                column(_("Project"), 15),
                column(_("Dispatch or acceptance"), 10),
                column(_("Career stage, degree sought"), 13),
                column(_("Host (country)"), 18),
                column(_("Period"), 14),
                column(_("Days (by fiscal year)"), 15),
            ],
            visits,
            caption=_("Stays"),
        ),
        remarks(
            _(
                "Both end days count. Adjoining and overlapping stays of one person at one place are one stay."
            ),
            _(
                "The days of a stay over the end of a fiscal year belong to the years in which they fall; the person counts in the year in which the stay begins."
            ),
            _("A person counts once a fiscal year and direction. Mid/long-term means 31 days or more."),
        ),
    ]


def paper_blocks(snapshot: Snapshot, language: str, charts: Mapping[str, bytes]) -> list[Block]:
    papers = snapshot["papers"]
    counts, numbers = papers["programme"], words.numbers_of(snapshot)
    listed = [
        [
            paper["title"] or "–",
            str(paper["year"] or "–"),
            ", ".join(paper["countries"]) or "–",
            "\n".join(sorted(numbers[project] for project in paper["projects"])),
            words.reason(paper["not_counted"]),
        ]
        for paper in papers["list"]
    ]
    by_country = [
        [words.country(snapshot, code, language), count, words.fraction(counts["fractional"][code])]
        for code, count in sorted(counts["whole"].items(), key=lambda item: (-item[1], item[0]))
    ]
    by_project = sorted(
        [numbers[row["project"]], row["total"], row["multilateral"]] for row in papers["by_project"]
    )
    return [
        text(
            _(
                "International co-authored papers that count: %(total)s (of three or more countries: %(multilateral)s)."
            )
            % {"total": format_amount(counts["total"]), "multilateral": format_amount(counts["multilateral"])}
        ),
        *chart(
            charts,
            "papers.svg",
            caption=_("International co-authored papers by calendar year"),
            alt=_("A line of the papers counted in each calendar year; the table below lists the papers."),
            finding=_("%(year)s papers in the calendar year %(name)s.")
            % {"year": words.papers_in_year(snapshot), "name": snapshot["fiscal_year"]},
        ),
        table(
            [column(_("Country"), 20), number(_("Whole count")), number(_("Fractional count"))],
            by_country,
            caption=_("By country of affiliation"),
        ),
        table(
            [column(_("Project"), 20), number(_("Papers")), number(_("of these multilateral"))],
            by_project,
            caption=_("By project"),
            total=[_("Programme (each paper once)"), counts["total"], counts["multilateral"]],
        ),
        table(
            [
                column(_("Title of the paper"), 30),
                column(_("Year"), 6),
                column(_("Countries"), 11),
                column(_("Project"), 15),
                column(_("Counted, or why not"), 14),
            ],
            listed,
            caption=_("Papers"),
        ),
        remarks(
            _(
                "A paper is international if it has an affiliation in Japan and one abroad, by the country of the affiliation, never by nationality."
            ),
            _(
                "A paper of several projects stands under each and counts once in the programme. Retracted papers are shown and not counted."
            ),
            _(
                "Fractional count: each author with a known country has an equal share, divided among the countries of the author’s affiliations."
            ),
        ),
    ]


def project_blocks(snapshot: Snapshot, language: str) -> list[Block]:
    rows = [
        [
            project["number"],
            words.text_in(project, "title", language),
            words.text_in(project, "pi", language),
            words.text_in(project["institution"], "name", language),
            project["agency"],
        ]
        for project in snapshot["projects"]
    ]
    columns = [
        column(_("Project"), 15),
        column(_("Title"), 26),
        column(_("Principal investigator"), 14),
        column(_("Institution"), 18),
        column(_("Agency"), 8),
    ]
    return [table(columns, rows, caption=_("Projects of the report"))]
