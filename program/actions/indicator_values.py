"""The programme's own figures of indicators that are not counted from its records: typed, imported, taken away."""

from collections.abc import Sequence
from decimal import Decimal

from accounts.models import User
from kernel import audit
from kernel.actions import action, require
from kernel.clock import now
from kernel.violations import Violation, refuse_if
from program.enums import IndicatorMeasure
from program.models import Indicator, IndicatorValue
from program.permissions import may_keep_programme
from program.rules.indicator_values import WantedValue, plain


@action
def set_value(
    *, indicator: Indicator, by: User, year: int, value: Decimal, source_ja: str, source_en: str = ""
) -> IndicatorValue:
    """Enter the figure of one year, or correct it, with its source. Officers of the programme's ministry may.

    Raises:
        RuleBroken: `indicator_is_computed`.
    """
    _require_entered(indicator, by)
    before = indicator.values.filter(year=year).first()
    facts = {"value": value, "source_ja": source_ja, "source_en": source_en}
    kept, _ = IndicatorValue.objects.update_or_create(
        indicator=indicator, year=year, defaults=facts | {"by": by, "at": now()}
    )
    audit.record(
        "value_set",
        indicator,
        by=by,
        details={"year": year, "before": plain(before.value) if before else None, "after": plain(value)},
    )
    return kept


@action
def import_values(
    *, indicator: Indicator, wanted: Sequence[WantedValue], by: User, file_name: str = ""
) -> tuple[int, int]:
    """Enter the figures of a table: all of them or none. What is there already, with the same source, is left alone; years
    that the table does not name stay. Returns how many are new, and how many changed.

    Raises:
        RuleBroken: `indicator_is_computed`.
    """
    _require_entered(indicator, by)
    there = {row.year: row for row in indicator.values.select_for_update()}
    new = changed = 0
    for one in wanted:
        row = there.get(one.year)
        known = (row.value, row.source_ja, row.source_en) if row else None
        if known == (one.value, one.source_ja, one.source_en):
            continue
        set_value(
            indicator=indicator,
            by=by,
            year=one.year,
            value=one.value,
            source_ja=one.source_ja,
            source_en=one.source_en,
        )
        new, changed = new + (row is None), changed + (row is not None)
    audit.record(
        "values_imported",
        indicator,
        by=by,
        details={"file_name": file_name[:255], "created": new, "updated": changed},
    )
    return new, changed


@action
def remove_value(*, value: IndicatorValue, by: User) -> None:
    """Take away a figure that was entered by mistake; the trail keeps it."""
    _require_entered(value.indicator, by)
    audit.record(
        "value_removed", value.indicator, by=by, details={"year": value.year, "before": plain(value.value)}
    )
    value.delete()


def _require_entered(indicator: Indicator, by: User) -> None:
    require(may_keep_programme(by, indicator.programme))
    refuse_if(
        None if indicator.measure == IndicatorMeasure.ENTERED else Violation("indicator_is_computed", "year")
    )
