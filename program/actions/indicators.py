"""What the programme is measured by, and the national totals that stand beside its own counts."""

from accounts.models import User
from kernel import audit
from kernel.actions import action, require
from kernel.violations import Violation, refuse_if
from program.actions.constraints import constraints_speak
from program.models import Baseline, Indicator, IndicatorTarget, Programme
from program.permissions import may_keep_programme


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
) -> Indicator:
    """Add an indicator; `measure` says what of the portal's own records is counted for it.

    Raises:
        RuleBroken: `indicator_is_there`.
    """
    require(may_keep_programme(by, programme))
    with constraints_speak(Violation("indicator_is_there", "measure")):
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
def change_indicator(*, indicator: Indicator, by: User, kind: str, position: int, **words: str) -> Indicator:
    """Change an indicator's words (any of `WORDS`), kind and place; what it measures stays."""
    indicator = (
        Indicator.objects.select_for_update(of=("self",)).select_related("programme").get(pk=indicator.pk)
    )
    require(may_keep_programme(by, indicator.programme))
    before = {name: getattr(indicator, name) for name in ("definition_ja", "definition_en")}
    for name in WORDS:
        setattr(indicator, name, words.get(name, getattr(indicator, name)))
    indicator.kind, indicator.position = kind, position
    indicator.save()
    after = {name: getattr(indicator, name) for name in before}
    audit.record("changed", indicator, by=by, details={"before": before, "after": after})
    return indicator


@action
def set_target(
    *, indicator: Indicator, by: User, fiscal_year: int, value: int, source_ja: str, source_en: str
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
        "target_set", indicator, by=by, details={"year": fiscal_year, "before": before, "after": value}
    )
    return target


@action
def add_baseline(
    *,
    indicator: Indicator,
    by: User,
    year: int,
    value: int,
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
    audit.record("baseline_set", indicator, by=by, details={"year": year, "before": before, "after": value})
    return baseline
