"""The figures of a run in words and numbers, for a table, a file and a dossier."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from kernel.choices import label
from kernel.clock import day_of
from kernel.languages import localized
from kernel.templatetags.kernel import day
from program.enums import PaperFigure
from program.models import CountryGroup, EvidenceRun
from program.rules.coauthored import YearFigures, decimal, percent, total_of, years_of
from registries.queries import country_names

NUMBERS = (PaperFigure.WHOLE, PaperFigure.HOME_SHARE, PaperFigure.PARTNER_SHARE)


def partner_names(run: EvidenceRun) -> dict[str, str]:
    """The partners of a run in the reader's language: groups first, then countries, by their keys."""
    groups = CountryGroup.objects.filter(programme=run.field.programme, public_id__in=list(run.partners))
    names = {group.public_id: localized(group, "title") for group in groups}
    countries = country_names()
    return names | {
        key: countries.get(key, key)
        for key in run.partners
        if key not in names and run.partners[key] == [key]
    }


def partner_years(run: EvidenceRun, partner: str) -> list[YearFigures]:
    return years_of(run.figures, partner, run.first_year, run.last_year, countries=run.partners[partner])


def figure_text(row: YearFigures, figure: PaperFigure) -> str:
    """A figure as digits with a point, without its unit; blank where it cannot be had."""
    match figure:
        case PaperFigure.WHOLE:
            return str(row.whole)
        case PaperFigure.HOME_SHARE:
            return decimal(row.home_share, 2)
        case PaperFigure.PARTNER_SHARE:
            return decimal(row.partner_share, 2)
        case PaperFigure.GROWTH:
            return percent(row.growth)
        case PaperFigure.SHARE_OF_FIELD:
            return percent(row.share_of_field)
        case PaperFigure.SHARE_OF_HOME:
            return percent(row.share_of_home)
    return percent(row.top_share)


def shown(row: YearFigures, figure: PaperFigure) -> str:
    """The same as it is read: grouped, with its unit, a dash where it cannot be had."""
    text = figure_text(row, figure)
    if not text:
        return "–"
    whole, point, rest = text.replace("-", "").partition(".")
    grouped = f"{'−' if text.startswith('-') else ''}{int(whole):,}{point}{rest}"
    return grouped if figure in NUMBERS else f"{grouped}%"


def in_both(make: Any) -> dict[str, str]:
    """A text in Japanese and in English, by the ending of its field."""
    found = {}
    for language in ("ja", "en"):
        with translation.override(language):
            found[language] = str(make())
    return found


def measure_of(run: EvidenceRun, partner: str, figure: PaperFigure) -> dict[str, str]:
    """What an item of evidence measures, in both languages."""

    def make() -> str:
        return _("%(field)s, %(partner)s: %(figure)s") % {
            "field": localized(run.field, "title"),
            "partner": partner_names(run)[partner],
            "figure": label(figure),
        }

    return {key: text[:200] for key, text in in_both(make).items()}


def unit_of(figure: PaperFigure) -> dict[str, str]:
    return in_both(lambda: _("papers") if figure in NUMBERS else "%")


def source_of(run: EvidenceRun) -> dict[str, str]:
    """Where an item of evidence comes from: the database with its day, what was computed when, and its digest."""

    def make() -> str:
        return _(
            "Computed from %(source)s (%(dated)s), definition %(number)s of the field, on %(day)s; SHA-256 %(sha256)s"
        ) % {
            "source": source_name(run),
            "dated": run.source["dated"],
            "number": run.definition.number,
            "day": day(day_of(run.made_at)),
            "sha256": run.sha256,
        }

    return {key: text[:300] for key, text in in_both(make).items()}


def source_name(run: EvidenceRun) -> str:
    """The database of a run; one without papers has none."""
    return str(run.source["name"] or _("the registry, which holds no paper"))


def finding(run: EvidenceRun, partner: str, name: str) -> str:
    """One sentence on the period as a whole."""
    total = total_of(partner_years(run, partner))
    return _(
        "From %(first)s to %(last)s Japan and %(partner)s wrote %(whole)s papers of this field together: %(share)s of the field’s papers in these records."
    ) % {
        "first": run.first_year,
        "last": run.last_year,
        "partner": name,
        "whole": f"{total.whole:,}",
        "share": shown(total, PaperFigure.SHARE_OF_FIELD),
    }
