"""From the relaxation to whole numbers: what is whole in it stays, what is fractional is decided anew, wider where that loses."""

from typing import TYPE_CHECKING

import highspy
import numpy as np

from review.rules.matching.relaxation import BELOW, MISSING, Relaxation, Solved, run, solver
from review.rules.matching.task import Bools, Floats, Ints

if TYPE_CHECKING:
    from review.rules.matching.optimise import Watch

FRACTION = 1e-6
# A whole solution that comes so near to the bound is good enough: a hundredth of a per cent.
GAP = 1e-4
# Columns that would lose more than this, in units of expertise, are left out of a large integer program.
NEAR = 0.15
SMALL = 20_000


def whole_numbers(
    relaxation: Relaxation, solved: Solved | None, bound: float, watch: "Watch"
) -> tuple[Ints, bool]:
    """The positions of the chosen columns, and whether the relaxation itself was whole."""
    if solved is None:
        return _greedy(relaxation, np.zeros(len(relaxation.proposal)), None), False
    x = solved.x
    fractional = (x > FRACTION) & (x < 1 - FRACTION)
    if not fractional.any():
        return np.flatnonzero(x > 0.5), True
    gain = _gains(relaxation, solved)
    best = _greedy(relaxation, x, gain)
    best_value = _value(relaxation, best)
    # First only the proposals with fractions; then also all that share a reviewer with them; then everything.
    loose = np.zeros(len(relaxation.places), bool)
    loose[relaxation.proposal[fractional]] = True
    for _width in range(3):
        found = _decided(relaxation, x, gain, loose, watch)
        if found is not None and (value := _value(relaxation, found)) > best_value:
            best, best_value = found, value
        if bound - best_value <= GAP * max(abs(bound), 1) or watch.left() <= 0 or loose.all():
            break
        shared = np.zeros(len(relaxation.room), bool)
        shared[relaxation.reviewer[loose[relaxation.proposal] & (x > FRACTION)]] = True
        grown = loose.copy()
        grown[relaxation.proposal[shared[relaxation.reviewer] & (x > FRACTION)]] = True
        loose = grown if _width == 0 else np.ones_like(loose)
    return best, False


def _gains(relaxation: Relaxation, solved: Solved) -> Floats:
    """What each column would bring beyond the prices (0 for those that are worth exactly what they cost)."""
    columns = np.array(relaxation.highs.getSolution().col_dual)[relaxation.first :]
    return -columns[: len(relaxation.proposal)]


def _decided(relaxation: Relaxation, x: Floats, gain: Floats, loose: Bools, watch: "Watch") -> Ints | None:
    """The integer program over the loose proposals' nearly worthwhile columns; the others stay as they are in the relaxation."""
    stays = ~loose[relaxation.proposal]
    fixed = stays & (x > 0.5)
    near = np.full(len(x), True) if loose.all() and len(x) <= SMALL else (x > FRACTION) | (gain > -NEAR)
    open_columns = np.flatnonzero(loose[relaxation.proposal] & near)
    highs = solver(relaxation.threads)
    highs.setOptionValue("mip_rel_gap", GAP / 4)
    highs.setOptionValue("time_limit", max(watch.left(), 0.5) * 0.6)
    model = relaxation.highs.getLp()
    count = model.num_col_
    keep = np.zeros(count, bool)
    keep[: relaxation.first] = True
    keep[relaxation.first + open_columns] = True
    upper = np.array(model.col_upper_)
    lower = np.array(model.col_lower_)
    pairs_fixed = relaxation.first + np.flatnonzero(fixed)
    upper[~keep] = 0
    lower[~keep] = 0
    upper[pairs_fixed] = lower[pairs_fixed] = 1
    model.col_upper_, model.col_lower_ = upper, lower
    kinds = [highspy.HighsVarType.kContinuous] * count
    for column in relaxation.first + open_columns:
        kinds[int(column)] = highspy.HighsVarType.kInteger
    model.integrality_ = kinds
    highs.passModel(model)
    run(highs)
    values = np.array(highs.getSolution().col_value)
    if len(values) != count or not highs.getInfo().primal_solution_status:
        return None
    return np.flatnonzero(values[relaxation.first :] > 0.5)


def _value(relaxation: Relaxation, chosen: Ints) -> float:
    """The worth of chosen columns, with what is missing taken off at its cost."""
    task, count = relaxation.task, len(relaxation.places)
    proposal, reviewer = relaxation.proposal[chosen], relaxation.reviewer[chosen]
    has = np.bincount(proposal, minlength=count)
    missing = np.maximum(relaxation.places - has, 0).sum()
    for agency in range(task.shape[2]):
        own = np.bincount(proposal[task.agency[reviewer] == agency], minlength=count)
        missing += np.maximum(task.least[:, agency] - own, 0).sum()
    outside = np.bincount(proposal[task.outside[reviewer]], minlength=count)
    missing += np.maximum(task.least_outside - outside, 0).sum()
    served = np.bincount(proposal, weights=task.expertise[proposal, reviewer], minlength=count)
    below = np.maximum(relaxation.floor - served, 0).sum()
    value = float(relaxation.value[proposal, reviewer].sum(dtype=float)) - MISSING * missing - BELOW * below
    if task.balance:
        load = np.bincount(reviewer, minlength=len(relaxation.room))
        value -= float(task.balance * (load * (load - 1) / 2).sum()) / max(
            int(relaxation.room.max(initial=1)), 1
        )
    return float(value)


def _greedy(relaxation: Relaxation, x: Floats, gain: Floats | None) -> Ints:
    """Something whole at once: the columns in the order of how much of them the relaxation takes, as long as there is room."""
    task = relaxation.task
    worth = relaxation.value[relaxation.proposal, relaxation.reviewer]
    pinned = relaxation.pinned[relaxation.proposal, relaxation.reviewer]
    order = np.lexsort((-worth, -x, ~pinned))
    room, places = relaxation.room.copy(), relaxation.places.copy()
    least, outside = task.least.copy(), task.least_outside.copy()
    chosen: list[int] = []
    for is_last in (False, True):  # first what the rules ask for, then whoever is left
        taken = set(chosen)
        for column in order:
            p, r = relaxation.proposal[column], relaxation.reviewer[column]
            if column in taken or not room[r] or not places[p]:
                continue
            serves = least[p, task.agency[r]] > 0 or (task.outside[r] and outside[p] > 0)
            asked = max(int(np.maximum(least[p], 0).sum()), int(max(outside[p], 0)))
            if not (pinned[column] or is_last or serves or places[p] > asked):
                continue
            chosen.append(int(column))
            room[r] -= 1
            places[p] -= 1
            least[p, task.agency[r]] -= 1
            outside[p] -= bool(task.outside[r])
    return np.array(sorted(chosen), np.int64)
