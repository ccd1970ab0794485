"""The best choice of a wish: an integer program, solved by HiGHS and checked again to the yen; what it misses where there is
none, and what each rule costs."""

from collections.abc import Iterator, Sequence
from typing import Any

from review.rules.portfolio import (
    MOST_POINTS,
    Best,
    Candidate,
    Missed,
    Price,
    RuleKind,
    Wish,
    missed_by,
    points_in,
)

SECONDS = 10.0  # for one solution
YEN_A_UNIT = 1_000_000  # amounts go to the solver in millions, where its tolerance is below a yen
TOLERANCE = 1e-9


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
    """What each rule costs, and each agency's money of all years together, the dearest first; what costs nothing is not
    listed."""
    found = []
    for rule in (*wish.agencies(), *wish.rules()):
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
        # The solver's threads are the process's: a number of them that another run has begun with would be refused.
        highspy.Highs.resetGlobalScheduler(True)
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
