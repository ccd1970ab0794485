"""The statistics in words and figures as they are read."""

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from kernel.choices import label
from review.reading import Pair, Reading
from review.rules.means import NOTHING

if TYPE_CHECKING:
    from review.statistics import Habit
    from review.statistics.agreement import Estimate
    from review.views.statistics import Asked


def decimals(value: float | None, places: int = 2) -> str:
    """Rounded half up; a true minus before what is below nought."""
    if value is None:
        return NOTHING
    exact = Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return str(abs(exact)) if exact == 0 else str(exact)


def chance_words(chance: float | None) -> str:
    """Whole per cent; what is nearly certain is not said to be so."""
    if chance is None:
        return NOTHING
    if chance > 0.99:
        return _("over 99%")
    if chance < 0.01:
        return _("under 1%")
    return f"{round(chance * 100)}%"


def _estimate(estimate: "Estimate") -> dict[str, str]:
    return {
        "value": decimals(estimate.value),
        "interval": f"{decimals(estimate.low)} – {decimals(estimate.high)}",
    }


def agreement_rows(of: "Asked", reading: Reading) -> list[dict[str, str]]:
    """Agreement of single reviews and of means, and the part of severity, of the view that is shown."""
    from review.statistics import level

    if reading.fit is None:
        return []
    agreement = reading.fit.agreement
    rows = [
        {
            "name": _("Agreement of single reviews: ICC(2,1)"),
            **_estimate(agreement.single),
            "words": label(level(agreement.single.value)),
        },
        {
            "name": _("Agreement of means of %(n)s reviews: ICC(2,%(n)s)") % {"n": agreement.reviews},
            **_estimate(agreement.of_mean),
            "words": label(level(agreement.of_mean.value)),
        },
    ]
    if agreement.severity is not None:
        rows.append(
            {
                "name": _("Part of the differences that comes from how severe reviewers are"),
                **_estimate(agreement.severity),
                "words": "",
            }
        )
    return rows


def pair_shown(pair: Pair, line: int | None) -> dict[str, Any]:
    """Two agencies beside each other, in one sentence each of correlation, difference and overlap."""
    from review.statistics import strength

    found = pair.correlation
    names = {"first": pair.first.short_name, "second": pair.second.short_name, "n": found.n}
    sentences = []
    if found.value is not None:
        sentences.append(
            _(
                "The means of %(first)s and %(second)s go together with r = %(r)s (95%%: %(low)s – %(high)s; n = %(n)s): %(words)s."
            )
            % {
                **names,
                "r": decimals(found.value),
                "low": decimals(found.low),
                "high": decimals(found.high),
                "words": label(strength(found.value)),
            }
        )
    else:
        sentences.append(
            _("%(n)s proposals were scored by both %(first)s and %(second)s: too few for a correlation.")
            % names
        )
    if found.difference is not None:
        sentences.append(
            _("On average %(first)s scores %(difference)s higher (below nought: lower) than %(second)s.")
            % {**names, "difference": decimals(found.difference)}
        )
    if pair.overlap is not None:
        sentences.append(
            _("Of the first %(line)s of each, %(both)s are the same; by chance alone %(chance)s would be.")
            % {"line": line, "both": pair.overlap.both, "chance": decimals(pair.overlap.by_chance, 1)}
        )
    return {"first": pair.first.short_name, "second": pair.second.short_name, "sentences": sentences}


def habit_row(name: str, habit: "Habit") -> dict[str, Any]:
    has_severity = habit.severity is not None
    return {
        "name": name,
        "n": habit.n,
        "mean": decimals(habit.mean),
        "deviation": decimals(habit.deviation),
        "severity": decimals(habit.severity),
        "interval": f"{decimals(habit.low)} – {decimals(habit.high)}" if has_severity else NOTHING,
        "odd": [label(one) for one in habit.oddities],
    }
