"""Which proposals to fund together: the line under a ranked list, and the best choice under envelopes and minimums.

A choice is worth the sum of its proposals' points, each the mean of the agencies brought onto 1 to 1,000. The best one is
an integer program, solved by HiGHS; what comes back is checked here again, to the yen. Nothing is decided by it: it shows
the officers what the rules allow, and what each of them costs.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import Any

MOST_POINTS = 1_000
SECONDS = 10.0  # for one solution
YEN_A_UNIT = 1_000_000  # amounts go to the solver in millions, where its tolerance is below a yen
TOLERANCE = 1e-9

# An agency's money of a fiscal year: its key, and the year.
Purse = tuple[str, int]


class RuleKind(StrEnum):
    """What may hold a choice back."""

    PURSE = "purse"
    FIELD = "field"
    COUNTRY = "country"
    BOTH = "both"
    MOST = "most"
    PINNED = "pinned"
    LEFT_OUT = "left_out"


@dataclass(frozen=True)
class Rule:
    """One rule of a wish: of a purse `subject` is the agency's key and `year` the fiscal year, of a minimum the field or the
    country, of a proposal that is held in or out its key; `amount` is yen or a number of proposals."""

    kind: RuleKind
    subject: str = ""
    year: int = 0
    amount: int = 0


@dataclass(frozen=True)
class Candidate:
    """A proposal that may be funded. `points` is None where nobody has scored it; `costs` is yen by purse; `for_both` says
    whether every agency would fund it. Candidates come in the order of their ranks."""

    key: str
    points: int | None
    costs: Mapping[Purse, int]
    field: str = ""
    countries: frozenset[str] = frozenset()
    for_both: bool = True


@dataclass(frozen=True)
class Wish:
    """What a choice has to keep. `purses` are yen; a purse that is not named holds nothing back."""

    purses: Mapping[Purse, int]
    fields: Mapping[str, int]
    countries: Mapping[str, int]
    only_both: bool = False
    most: int | None = None
    pinned: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()

    def rules(self) -> Iterator[Rule]:
        """Each of its rules, so that it can be lifted alone."""
        for (agency, year), amount in sorted(self.purses.items()):
            yield Rule(RuleKind.PURSE, agency, year, amount)
        for name, least in sorted(self.fields.items()):
            yield Rule(RuleKind.FIELD, name, amount=least)
        for name, least in sorted(self.countries.items()):
            yield Rule(RuleKind.COUNTRY, name, amount=least)
        if self.only_both:
            yield Rule(RuleKind.BOTH)
        if self.most is not None:
            yield Rule(RuleKind.MOST, amount=self.most)
        for key in sorted(self.pinned):
            yield Rule(RuleKind.PINNED, key)
        for key in sorted(self.left_out):
            yield Rule(RuleKind.LEFT_OUT, key)

    def without(self, rule: Rule) -> "Wish":
        """The same wish, were it not for `rule`."""
        match rule.kind:
            case RuleKind.PURSE:
                kept = {
                    key: amount for key, amount in self.purses.items() if key != (rule.subject, rule.year)
                }
                return replace(self, purses=kept)
            case RuleKind.FIELD:
                return replace(self, fields={k: n for k, n in self.fields.items() if k != rule.subject})
            case RuleKind.COUNTRY:
                return replace(self, countries={k: n for k, n in self.countries.items() if k != rule.subject})
            case RuleKind.BOTH:
                return replace(self, only_both=False)
            case RuleKind.MOST:
                return replace(self, most=None)
            case RuleKind.PINNED:
                return replace(self, pinned=self.pinned - {rule.subject})
            case RuleKind.LEFT_OUT:
                return replace(self, left_out=self.left_out - {rule.subject})


@dataclass(frozen=True)
class Best:
    """The best choice found: its proposals and points. `gap` is the part by which a better one could still beat it; 0 where
    it is proved to be the best."""

    chosen: frozenset[str]
    points: int
    gap: float = 0.0


@dataclass(frozen=True)
class Missed:
    """A rule that cannot be kept together with the others, and by how much: yen of a purse, else proposals."""

    rule: Rule
    by: int


@dataclass(frozen=True)
class Price:
    """What a rule costs: the points that the best choice would gain without it, and who would come in and go out."""

    rule: Rule
    points: int
    comes: frozenset[str]
    goes: frozenset[str]


def points_of(mean: Fraction | None, lowest: int, highest: int) -> int | None:
    """A mean, high is best, as points from 1 to 1,000: even the lowest is worth more than funding nobody."""
    if mean is None:
        return None
    place = (mean - lowest) / (highest - lowest)
    return max(1, min(MOST_POINTS, round(place * MOST_POINTS)))


def above_line(candidates: Sequence[Candidate], count: int) -> frozenset[str]:
    """The first `count` of a ranked list, whatever they cost."""
    return frozenset(one.key for one in candidates[: max(count, 0)])


def used_by(candidates: Iterable[Candidate], chosen: Collection[str]) -> dict[Purse, int]:
    """What a choice takes of each purse, in yen."""
    taken: Counter[Purse] = Counter()
    for one in candidates:
        if one.key in chosen:
            taken.update(one.costs)
    return dict(taken)


def points_in(candidates: Iterable[Candidate], chosen: Collection[str]) -> int:
    return sum(one.points or 0 for one in candidates if one.key in chosen)


def missed_by(candidates: Sequence[Candidate], wish: Wish, chosen: Collection[str]) -> list[Missed]:
    """Every rule that a choice does not keep, and by how much. Whole numbers alone: no solver has a say in it."""
    inside = [one for one in candidates if one.key in chosen]
    taken = used_by(candidates, chosen)
    fields = Counter(one.field for one in inside)
    countries = Counter(name for one in inside for name in one.countries)
    found = []
    for rule in wish.rules():
        match rule.kind:
            case RuleKind.PURSE:
                by = taken.get((rule.subject, rule.year), 0) - rule.amount
            case RuleKind.FIELD:
                by = rule.amount - fields[rule.subject]
            case RuleKind.COUNTRY:
                by = rule.amount - countries[rule.subject]
            case RuleKind.BOTH:
                by = sum(not one.for_both for one in inside)
            case RuleKind.MOST:
                by = len(inside) - rule.amount
            case RuleKind.PINNED:
                by = int(rule.subject not in chosen)
            case RuleKind.LEFT_OUT:
                by = int(rule.subject in chosen)
        if by > 0:
            found.append(Missed(rule, by))
    return found


def best_choice(candidates: Sequence[Candidate], wish: Wish, *, seconds: float = SECONDS) -> Best | None:
    """The choice with the most points that keeps every rule of `wish`; None where there is none.

    Of several with equal points it is the one whose proposals stand higher in the list. Who has no score is in it only
    where `wish` pins them.
    """
    model = _Model(candidates, wish)
    chosen, gap = model.solve(seconds)
    if chosen is None or missed_by(candidates, wish, chosen):
        return None
    return Best(chosen, points_in(candidates, chosen), gap)


def nearest_choice(
    candidates: Sequence[Candidate], wish: Wish, *, seconds: float = SECONDS
) -> tuple[Best, list[Missed]]:
    """Where no choice keeps every rule: the one that misses them by least, and what it misses. A proposal that is missing to
    a minimum weighs as much as one of the dearest proposals over a purse."""
    model = _Model(candidates, wish, gives=True)
    chosen, gap = model.solve(seconds)
    kept = chosen if chosen is not None else wish.pinned - wish.left_out
    return Best(kept, points_in(candidates, kept), gap), missed_by(candidates, wish, kept)


def prices(
    candidates: Sequence[Candidate], wish: Wish, best: Best, *, seconds: float = SECONDS
) -> list[Price]:
    """What each rule costs, the dearest first; a rule that costs nothing is not listed."""
    found = []
    for rule in wish.rules():
        without = best_choice(candidates, wish.without(rule), seconds=seconds)
        if without is not None and without.points > best.points:
            comes, goes = without.chosen - best.chosen, best.chosen - without.chosen
            found.append(Price(rule, without.points - best.points, comes, goes))
    return sorted(found, key=lambda price: -price.points)


class _Model:
    """The integer program of a wish: a variable a proposal, 1 if it is funded. Where it `gives`, each rule may be missed at a
    price that no points can pay."""

    def __init__(self, candidates: Sequence[Candidate], wish: Wish, *, gives: bool = False) -> None:
        import highspy  # compiled: loaded where something is solved

        self.candidates, self.wish, self.gives = candidates, wish, gives
        self.highs: Any = highspy.Highs()
        for name, value in (("output_flag", False), ("threads", 1), ("random_seed", 1)):
            self.highs.setOptionValue(name, value)
        for name in ("mip_rel_gap", "mip_abs_gap"):
            self.highs.setOptionValue(name, 0.0)
        self.highs.setOptionValue("primal_feasibility_tolerance", TOLERANCE)
        self.highs.setOptionValue("mip_feasibility_tolerance", TOLERANCE)
        self.optimal = highspy.HighsModelStatus.kOptimal
        self.late = highspy.HighsModelStatus.kTimeLimit
        # More than all points together: missing a rule by one step is worse than any choice is good.
        self.worst = float(MOST_POINTS * (len(candidates) + 1))
        self.inside = [self._proposal(place, one) for place, one in enumerate(candidates)]
        self.lost: list[Any] = []
        self._keep()

    def _proposal(self, place: int, one: Candidate) -> Any:
        """Its variable. The places in the list break ties: together they weigh less than one point."""
        many = len(self.candidates)
        value = (one.points or 0) + (many - place) / (many * (many + 1))
        held_in = one.key in self.wish.pinned and not self.gives
        held_out = one.key in self.wish.left_out and not self.gives
        shut = self.wish.only_both and not one.for_both and not self.gives
        unscored = one.points is None and one.key not in self.wish.pinned
        most = 0 if held_out or shut or unscored else 1
        return self.highs.addVariable(
            lb=1 if held_in else 0, ub=max(most, 1 if held_in else 0), obj=value, type=_integer()
        )

    def _keep(self) -> None:
        for rule in self.wish.rules():
            match rule.kind:
                case RuleKind.PURSE:
                    key = (rule.subject, rule.year)
                    terms = [
                        (one.costs.get(key, 0) / YEN_A_UNIT) * x
                        for one, x in self._pairs()
                        if one.costs.get(key)
                    ]
                    dearest = max((one.costs.get(key, 0) for one in self.candidates), default=1)
                    self._at_most(terms, rule.amount / YEN_A_UNIT, step=max(dearest, 1) / YEN_A_UNIT)
                case RuleKind.FIELD:
                    self._at_least([x for one, x in self._pairs() if one.field == rule.subject], rule.amount)
                case RuleKind.COUNTRY:
                    self._at_least(
                        [x for one, x in self._pairs() if rule.subject in one.countries], rule.amount
                    )
                case RuleKind.MOST:
                    self._at_most([x for _one, x in self._pairs()], rule.amount)
                case RuleKind.BOTH if self.gives:
                    self._at_most([x for one, x in self._pairs() if not one.for_both], 0)
                case RuleKind.PINNED if self.gives or rule.subject in self.wish.left_out:
                    self._at_least([x for one, x in self._pairs() if one.key == rule.subject], 1)
                case RuleKind.LEFT_OUT:
                    self._at_most([x for one, x in self._pairs() if one.key == rule.subject], 0)

    def _pairs(self) -> Iterator[tuple[Candidate, Any]]:
        return zip(self.candidates, self.inside, strict=True)

    def _given(self, step: float = 1.0) -> Any:
        """How much a rule is missed by; nothing where the model does not give."""
        if not self.gives:
            return 0
        return self.highs.addVariable(lb=0, obj=-self.worst / step)

    def _at_most(self, terms: list[Any], limit: float, step: float = 1.0) -> None:
        if not terms and limit >= 0:
            return
        given = self._given(step)
        self.highs.addConstr(self.highs.qsum([*terms, -1 * given] if self.gives else terms) <= limit)

    def _at_least(self, terms: list[Any], least: float) -> None:
        given = self._given()
        if terms or self.gives:
            self.highs.addConstr(self.highs.qsum([*terms, given] if self.gives else terms) >= least)
        elif least > 0:
            self.lost.append(least)

    def solve(self, seconds: float) -> tuple[frozenset[str] | None, float]:
        """The proposals of the solution and the gap; None where there is none."""
        if self.lost:
            return None, 0.0
        if not self.candidates:
            return frozenset(), 0.0
        self.highs.setOptionValue("time_limit", seconds)
        self.highs.changeObjectiveSense(_most())
        self.highs.solve()
        status = self.highs.getModelStatus()
        info = self.highs.getInfo()
        if status != self.optimal and (status != self.late or not info.primal_solution_status):
            return None, 0.0
        values = self.highs.getSolution().col_value
        chosen = frozenset(one.key for one, x in self._pairs() if values[x.index] > 0.5)
        return chosen, 0.0 if status == self.optimal else float(info.mip_gap)


def _integer() -> Any:
    import highspy

    return highspy.HighsVarType.kInteger


def _most() -> Any:
    import highspy

    return highspy.ObjSense.kMaximize
