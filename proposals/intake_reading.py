"""One row of a table of collected proposals, read into canonical values, with what is wrong with it and what should be looked at.

Values are plain text by name, without a language: a field, an institution or an agency by its public id, a support type by
its key, a country by its code, money in whole minor units, days in ISO 8601. A blank is not there.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from accounts.rules.numbers import erad_violation, researcher_number_warning, ror_id_in
from kernel.text import plain_digits
from kernel.violations import RuleBroken, Violation
from proposals.enums import BudgetCategory
from proposals.intake_columns import PARTNER_NAMES, PI_NAMES, IntakeColumn, budget_name, text_name, years_of
from proposals.intake_lookups import Lookups
from proposals.rules.answers import length_violation
from proposals.rules.budget import budget_violations
from proposals.rules.cells import CellField, CellKind, read_cell
from registries.rules.currencies import currencies

# (name of the column, or "" for the row; code; values of its sentence)
Problem = tuple[str, str, dict[str, Any]]
AWARD = ("award_agency", "award_number", "award_amount", "award_currency", "award_starts", "award_ends")
MOST_YEARS = 1_000


@dataclass
class RowRead:
    values: dict[str, str]
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def wrong(self, name: str, code: str, **params: Any) -> None:
        self.problems.append((name, code, params))


def read_row(
    cells: Mapping[str, Any], columns: Sequence[IntakeColumn], lookups: Lookups, standing: Mapping[str, str]
) -> RowRead:
    """What a row says, on top of what stands: a column that the table leaves out changes nothing; a blank cell clears."""
    row = RowRead(dict(standing))
    typed: dict[str, str] = {}
    currency = _currency(cells, row, standing)
    for column in columns:
        if column.name not in cells or column.name == "award_currency":
            continue
        money = currency if column.field.kind is CellKind.AMOUNT else ""
        if column.field.kind is CellKind.AMOUNT and not currency:
            continue  # an amount without its currency is no amount; that it is missing is told below
        try:
            typed[column.name] = read_cell(column.field, cells[column.name], currency=money)
        except RuleBroken as broken:
            for violation in broken.violations:
                row.wrong(column.name, violation.code, **_plain(violation.params))
    _resolve(typed, row, lookups)
    for name, value in typed.items():
        row.values.pop(name, None)
        if value:
            row.values[name] = value
    _check(row, lookups, {name for name, _code, _params in row.problems})
    return row


def _plain(params: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value if isinstance(value, int) else str(value) for name, value in params.items()}


def _currency(cells: Mapping[str, Any], row: RowRead, standing: Mapping[str, str]) -> str:
    """The award's currency, which its amount is read by; blank where there is none to read it by."""
    if "award_currency" not in cells:
        return standing.get("award_currency", "")
    try:
        currency = read_cell(CellField("award_currency", CellKind.CODE, 60), cells["award_currency"]).upper()
    except RuleBroken as broken:
        row.wrong("award_currency", broken.violations[0].code, **_plain(broken.violations[0].params))
        return ""
    row.values.pop("award_currency", None)
    if currency and currency not in currencies():
        row.wrong("award_currency", "currency_not_known", value=currency)
        return ""
    if currency:
        row.values["award_currency"] = currency
    return currency


def _resolve(typed: dict[str, str], row: RowRead, lookups: Lookups) -> None:
    """Names become what they name; what the portal does not have is told beside its column."""
    if "field" in typed or "partner" in typed:
        name, partner = typed.pop("field", ""), typed.pop("partner", "")
        found = lookups.designations_named(name, partner)
        if len(found) == 1:
            typed["field"] = found[0].public_id
        elif not found:
            row.wrong("field" if name else "partner", "designation_not_of_call")
        else:
            row.wrong("partner" if name else "field", "designation_not_one")
    if kind := typed.get("support_type"):
        known = lookups.support_type_named(kind)
        typed["support_type"] = known.key if known else ""
        if not known:
            row.wrong("support_type", "support_type_not_of_call")
    if "institution_ror" in typed or "institution_name" in typed:
        _institution(typed, row, lookups)
    if country := typed.get("partner_country"):
        typed["partner_country"] = lookups.country_named(country)
        if not typed["partner_country"]:
            row.wrong("partner_country", "country_not_known", value=country)
        elif typed["partner_country"] == "JP":
            row.wrong("partner_country", "partner_in_japan")
    if agency := typed.get("award_agency"):
        one = lookups.agency_named(agency)
        typed["award_agency"] = one.public_id if one else ""
        if not one:
            row.wrong("award_agency", "award_agency_not_of_call")


def _institution(typed: dict[str, str], row: RowRead, lookups: Lookups) -> None:
    ror, name = typed.pop("institution_ror", ""), typed.pop("institution_name", "")
    ror_id = ror_id_in(ror)
    if ror and not ror_id:
        row.wrong("institution_ror", "ror_id_not_valid", value=ror)
        return
    found = lookups.institutions_named(ror_id, name)
    column = "institution_ror" if ror_id else "institution_name"
    if len(found) == 1:
        typed["institution"] = found[0].public_id
    elif not ror_id and not name:
        row.wrong(column, "cell_missing")
    else:
        row.wrong(column, "institution_not_one" if found else "institution_not_known", value=ror or name)


def _check(row: RowRead, lookups: Lookups, told: set[str]) -> None:
    """What the row as a whole lacks; a column that was found wrong is not told again as missing."""
    values, call = row.values, lookups.call
    if not (values.get("title_ja") or values.get("title_en") or {"title_ja", "title_en"} & told):
        row.wrong("title_ja", "cell_missing")
    if not values.get("field") and not {"field", "partner"} & told:
        only = lookups.designations_named("", "")
        if len(only) == 1:
            values["field"] = only[0].public_id
        else:
            row.wrong("field", "designation_not_one")
    if not values.get("institution") and not {"institution_ror", "institution_name"} & told:
        row.wrong("institution_ror", "cell_missing")
    if lookups.support_types and not values.get("support_type") and "support_type" not in told:
        row.wrong("support_type", "cell_missing")
    if (number := values.get("pi_erad")) and (broken := erad_violation(number)):
        row.wrong("pi_erad", broken.code)
    elif number and (doubt := researcher_number_warning(number)):
        row.warnings.append(("pi_erad", doubt.code, _plain(doubt.params)))
    if int(values.get("effort", "0")) > 100:
        row.wrong("effort", "effort_out_of_range")
    _years(row, lookups, told)
    _partner(row, told)
    _award(row, told)
    for key, section in lookups.sections.items():
        name = text_name(key)
        if text := values.get(name):
            over = length_violation(text, section.limit, section.unit)
            if over:
                row.wrong(name, over.code, **_plain(over.params))
    if not row.problems:
        asked = amounts_in(values, range(call.first_year, call.first_year + int(values["years"])))
        kind = lookups.support_type_named(values["support_type"]) if "support_type" in values else None
        row.warnings += [
            ("", found.code, _plain(found.params))
            for found in budget_violations(
                asked,
                range(call.first_year, call.first_year + int(values["years"])),
                percent=call.indirect_percent,
                caps=lookups.caps(kind),
            )
        ]


def _years(row: RowRead, lookups: Lookups, told: set[str]) -> None:
    call, values = lookups.call, row.values
    if "years" not in values:
        if "years" not in told:
            row.wrong("years", "cell_missing")
        return
    years = int(values["years"])
    if not 1 <= years <= call.max_years:
        row.wrong("years", "years_outside_call", least=call.min_years, most=call.max_years)
        return
    kind = lookups.support_type_named(values["support_type"]) if "support_type" in values else None
    least, most = (kind.min_years, kind.max_years) if kind else (call.min_years, call.max_years)
    if not least <= years <= most:
        row.warnings.append(("years", "years_outside_call", {"least": least, "most": most}))
    for year in years_of(call):
        for category in BudgetCategory:
            name = budget_name(category, year)
            if year >= call.first_year + years and int(values.get(name, "0")):
                row.wrong(name, "budget_year_outside_term", year=year)


def _partner(row: RowRead, told: set[str]) -> None:
    values = row.values
    filled = [name for name in values if name.startswith("partner_")]
    if not filled:
        row.warnings.append(("", "partner_leader_missing", {}))
        return
    if not any(values.get(f"partner_{name}") for name in PARTNER_NAMES):
        row.wrong("partner_family_romaji", "cell_missing")
    for name in ("partner_institution", "partner_country"):
        if name not in values and name not in told:
            row.wrong(name, "cell_missing")


def _award(row: RowRead, told: set[str]) -> None:
    values = row.values
    if not any(name.startswith("award_") for name in (*values, *told)):
        row.warnings.append(("", "partner_award_missing", {}))
        return
    for name in AWARD:
        if name not in values and name not in told:
            row.wrong(name, "cell_missing")
    if int(values.get("award_amount", "1")) <= 0:
        row.wrong("award_amount", "amount_not_above_zero")
    starts, ends = values.get("award_starts"), values.get("award_ends")
    if starts and ends and ends < starts:
        row.wrong("award_ends", "ends_before_start")


def amounts_in(values: Mapping[str, str], years: range) -> dict[tuple[int, str], int]:
    """The budget of a row: `{(fiscal year, category): yen}`, without what is 0."""
    found = {
        (year, category.value): int(values.get(budget_name(category, year), "0"))
        for year in years
        for category in BudgetCategory
    }
    return {key: amount for key, amount in found.items() if amount}


def names_in(values: Mapping[str, str], prefix: str) -> dict[str, str]:
    """The names of a person by their parts."""
    return {name: values.get(f"{prefix}_{name}", "") for name in PI_NAMES}


def day_of(values: Mapping[str, str], name: str) -> dt.date:
    return dt.date.fromisoformat(values[name])


def key_in(cell: Any, name: str, limit: int) -> str:
    """The key of a row.

    Raises:
        RuleBroken: as `read_cell`; `cell_missing`.
    """
    key = read_cell(CellField(name, CellKind.CODE, limit), cell)
    if not plain_digits(key):
        raise RuleBroken(Violation("cell_missing", name))
    return key
