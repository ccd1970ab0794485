"""A scenario in words: its rules, what it misses, what each rule costs, and its money beside the envelopes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kernel.languages import localized
from kernel.templatetags.kernel import fiscal_year, grouped
from registries.models import Country
from review.models import Scenario
from review.portfolio import Entry, Portfolio, candidates_of, threshold_of
from review.rules.portfolio import Purse, RuleKind, points_in, used_by


@dataclass(frozen=True)
class MoneyRow:
    """An agency's fiscal year, in yen: what all ranked proposals ask for, what the scenario takes, what it may take (None:
    nothing was set), what the envelope has left (None: no envelope here), and by how much it is over."""

    agency: str
    year: int
    asked: int
    taken: int
    limit: int | None
    left: int | None
    over: int


@dataclass(frozen=True)
class Sum:
    """A scenario in one row: how many proposals, what they are worth, the lead agency's yen, and what is not kept."""

    count: int
    points: int
    yen: int
    missed: int
    is_stale: bool


class Words:
    """The words for the rules of one portfolio; names are read once."""

    def __init__(self, portfolio: Portfolio) -> None:
        self.portfolio = portfolio
        self.agencies = {a.public_id: a.short_name for a in portfolio.agencies}
        self.fields = {key: localized(field, "title") for key, field in portfolio.fields.items()}
        self.numbers = {e.key: e.proposal.receipt_number or "" for e in portfolio.entries}
        found = Country.objects.filter(code__in=portfolio.countries)
        self.countries = {country.code: localized(country, "name") for country in found}

    def basis(self, threshold: str | None) -> list[str]:
        """By what each agency is taken to fund a proposal, one sentence each; `threshold` as the settings keep it."""
        known = {side.agency.pk: side.agency.short_name for side in self.portfolio.board.sides}
        known |= {a.pk: a.short_name for a in self.portfolio.agencies if a.pk in self.portfolio.recommended}
        found = []
        for key, name in known.items():
            if key in self.portfolio.recommended:
                words = _("%(agency)s: what it has recommended")
            elif threshold:
                words = _("%(agency)s: it has recommended nothing yet; a mean of %(mean)s or better")
            else:
                words = _("%(agency)s: it has recommended nothing yet; whatever its reviewers have scored")
            found.append(words % {"agency": name, "mean": threshold})
        return found

    def rule(self, rule: Mapping[str, Any]) -> str:
        """A rule as a noun: 「JST 令和9年度の上限 3,500,000,000円」."""
        subject, amount = rule["subject"], rule["amount"]
        match RuleKind(rule["kind"]):
            case RuleKind.PURSE:
                return _("at most ¥%(amount)s of %(agency)s in %(year)s") % {
                    "amount": grouped(amount),
                    "agency": self.agencies.get(subject, subject),
                    "year": fiscal_year(rule["year"]),
                }
            case RuleKind.PURSES:
                return _("what is set for %(agency)s in all years together") % {
                    "agency": self.agencies.get(subject, subject)
                }
            case RuleKind.FIELD:
                return _("at least %(count)s of the field “%(field)s”") % {
                    "count": amount,
                    "field": self.fields.get(subject, subject),
                }
            case RuleKind.COUNTRY:
                return _("at least %(count)s with %(country)s") % {
                    "count": amount,
                    "country": self.countries.get(subject, subject),
                }
            case RuleKind.BOTH:
                return _("only what every agency would fund")
            case RuleKind.MOST:
                return _("at most %(count)s proposals in all") % {"count": amount}
            case RuleKind.PINNED:
                return _("%(number)s always in") % {"number": self.numbers.get(subject, subject)}
            case RuleKind.LEFT_OUT:
                return _("%(number)s always out") % {"number": self.numbers.get(subject, subject)}

    def missed(self, missed: Mapping[str, Any]) -> str:
        """What is not kept, and by how much."""
        rule = self.rule(missed)
        if missed["kind"] == RuleKind.PURSE:
            return _("%(rule)s: ¥%(by)s too much") % {"rule": rule, "by": grouped(missed["by"])}
        if missed["kind"] in (RuleKind.FIELD, RuleKind.COUNTRY, RuleKind.PINNED):
            short = ngettext("%(rule)s: %(by)s is missing", "%(rule)s: %(by)s are missing", missed["by"])
            return short % {"rule": rule, "by": missed["by"]}
        many = ngettext("%(rule)s: %(by)s too many", "%(rule)s: %(by)s too many", missed["by"])
        return many % {"rule": rule, "by": missed["by"]}

    def price(self, price: Mapping[str, Any]) -> dict[str, Any]:
        """A rule that costs something: points that would be gained without it, and who would come and go."""
        return {
            "rule": self.rule(price),
            "points": price["points"],
            "comes": self._listed(price["comes"]),
            "goes": self._listed(price["goes"]),
        }

    def _listed(self, keys: list[str]) -> str:
        return _(", ").join(sorted(self.numbers[key] for key in keys if key in self.numbers))


def inside(portfolio: Portfolio, scenario: Scenario) -> list[Entry]:
    """The proposals of the scenario that are still ranked."""
    chosen = set(scenario.chosen)
    return [entry for entry in portfolio.entries if entry.key in chosen]


def money_rows(portfolio: Portfolio, scenario: Scenario) -> list[MoneyRow]:
    """An agency's years in which anything is asked of it or was set for it, the lead agency first."""
    everything, taken = _taken(portfolio.entries), _taken(inside(portfolio, scenario))
    limits: dict[Purse, int] = {
        (agency, int(year)): amount
        for agency, years in scenario.wishes.get("purses", {}).items()
        for year, amount in years.items()
    }
    rows = []
    for agency in portfolio.agencies:
        for year in portfolio.years:
            key = (agency.public_id, year)
            if not everything.get(key) and key not in limits:
                continue
            bound = limits.get(key, portfolio.purses.get(key))
            used = taken.get(key, 0)
            rows.append(
                MoneyRow(
                    agency.short_name,
                    year,
                    everything.get(key, 0),
                    used,
                    limits.get(key),
                    portfolio.purses.get(key),
                    0 if bound is None else max(used - bound, 0),
                )
            )
    return rows


def _taken(entries: Any) -> dict[Purse, int]:
    found: dict[Purse, int] = {}
    for entry in entries:
        for key, yen in entry.costs.items():
            found[key] = found.get(key, 0) + yen
    return found


def sum_of_scenario(portfolio: Portfolio, scenario: Scenario) -> Sum:
    candidates = candidates_of(portfolio, threshold_of(scenario.wishes))
    chosen = set(scenario.chosen) & {one.key for one in candidates}
    lead = portfolio.call.lead_agency.public_id
    used = used_by(candidates, chosen)
    return Sum(
        len(chosen),
        points_in(candidates, chosen),
        sum(yen for (agency, _year), yen in used.items() if agency == lead),
        len(scenario.outcome.get("missed", [])),
        bool(scenario.outcome) and scenario.outcome.get("digest") != portfolio.digest,
    )
