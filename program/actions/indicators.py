"""What the programme is measured by, and the national totals that stand beside its own counts."""

from decimal import Decimal

from django.db.models import QuerySet

from accounts.models import User
from kernel import audit
from kernel.actions import action, require
from kernel.revisions import refuse_stale
from kernel.violations import Violation, refuse_if
from program.models import Baseline, Indicator, IndicatorTarget, Programme
from program.permissions import may_keep_programme
from program.rules.indicator_values import plain


@action
def add_indicator(
    *,
    programme: Programme,
    by: User,
    kind: str,
    measure: str,
    title_ja: str,
    title_en: str,
    unit_ja: str,
    unit_en: str,
    definition_ja: str = "",
    definition_en: str = "",
    source_ja: str = "",
    source_en: str = "",
    position: int = 0,
    counts_fiscal_years: bool = True,
) -> Indicator:
    """Add an indicator; `measure` says what of the portal's own records is counted for it, if anything.

    Several may be counted from the same records: each has its own words, baseline and targets.

    Raises:
        RuleBroken: `indicator_is_there`, where the programme has one of this title.
    """
    require(may_keep_programme(by, programme))
    Programme.objects.select_for_update().get(pk=programme.pk)
    _refuse_taken(programme.indicators.all(), title_ja, title_en)
    indicator = Indicator.objects.create(
        programme=programme,
        kind=kind,
        measure=measure,
        title_ja=title_ja,
        title_en=title_en,
        unit_ja=unit_ja,
        unit_en=unit_en,
        definition_ja=definition_ja,
        definition_en=definition_en,
        source_ja=source_ja,
        source_en=source_en,
        position=position,
        counts_fiscal_years=counts_fiscal_years,
    )
    audit.record("added", indicator, by=by, details={"kind": kind, "measure": measure})
    return indicator


WORDS = (
    "title_ja",
    "title_en",
    "unit_ja",
    "unit_en",
    "definition_ja",
    "definition_en",
    "source_ja",
    "source_en",
)


@action
def change_indicator(
    *,
    indicator: Indicator,
    by: User,
    kind: str,
    position: int,
    counts_fiscal_years: bool | None = None,
    seen: str = "",
    **words: str,
) -> Indicator:
    """Change an indicator's words (any of `WORDS`), kind and place; what it measures stays.

    Raises:
        RuleBroken: `indicator_is_there`; `stale_version` if the indicator was changed since `seen`.
    """
    indicator = (
        Indicator.objects.select_for_update(of=("self",)).select_related("programme").get(pk=indicator.pk)
    )
    require(may_keep_programme(by, indicator.programme))
    refuse_stale(indicator, seen, writer=by, verb="changed", subject=indicator)
    before = {name: getattr(indicator, name) for name in ("definition_ja", "definition_en")}
    for name in WORDS:
        setattr(indicator, name, words.get(name, getattr(indicator, name)))
    indicator.kind, indicator.position = kind, position
    if counts_fiscal_years is not None:
        indicator.counts_fiscal_years = counts_fiscal_years
    _refuse_taken(
        indicator.programme.indicators.exclude(pk=indicator.pk), indicator.title_ja, indicator.title_en
    )
    indicator.save()
    after = {name: getattr(indicator, name) for name in before}
    audit.record("changed", indicator, by=by, details={"before": before, "after": after})
    return indicator


def _refuse_taken(others: QuerySet[Indicator], title_ja: str, title_en: str) -> None:
    refuse_if(
        Violation("indicator_is_there", "title_ja") if others.filter(title_ja=title_ja).exists() else None,
        Violation("indicator_is_there", "title_en") if others.filter(title_en=title_en).exists() else None,
    )


@action
def set_target(
    *, indicator: Indicator, by: User, fiscal_year: int, value: Decimal | int, source_ja: str, source_en: str
) -> IndicatorTarget:
    """Set what is to be reached in a fiscal year, or correct it, with who set it.

    Raises:
        RuleBroken: `year_outside_programme`.
    """
    require(may_keep_programme(by, indicator.programme))
    refuse_if(
        None
        if fiscal_year in indicator.programme.years
        else Violation("year_outside_programme", "fiscal_year")
    )
    before = indicator.targets.filter(fiscal_year=fiscal_year).values_list("value", flat=True).first()
    target, _ = IndicatorTarget.objects.update_or_create(
        indicator=indicator,
        fiscal_year=fiscal_year,
        defaults={"value": value, "source_ja": source_ja, "source_en": source_en},
    )
    audit.record(
        "target_set",
        indicator,
        by=by,
        details={"year": fiscal_year, "before": plain(before), "after": plain(value)},
    )
    return target


@action
def add_baseline(
    *,
    indicator: Indicator,
    by: User,
    year: int,
    value: Decimal | int,
    source_ja: str,
    source_en: str,
    is_fiscal_year: bool = True,
) -> Baseline:
    """Enter the national total of one year, or correct it: the ministry's own survey's figure, with its source."""
    require(may_keep_programme(by, indicator.programme))
    before = indicator.baselines.filter(year=year).values_list("value", flat=True).first()
    baseline, _ = Baseline.objects.update_or_create(
        indicator=indicator,
        year=year,
        defaults={
            "value": value,
            "source_ja": source_ja,
            "source_en": source_en,
            "is_fiscal_year": is_fiscal_year,
        },
    )
    audit.record(
        "baseline_set",
        indicator,
        by=by,
        details={"year": year, "before": plain(before), "after": plain(value)},
    )
    return baseline
