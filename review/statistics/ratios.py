"""What the data say of the ratios of the standard deviations: a grid of pairs with their weights.

The intervals of a panel of thirty proposals are too narrow if the variances are taken for known. So the model is solved
at every pair of a grid around the most likely one, and what it says there is weighed by how likely that pair is.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from scipy import optimize

from review.statistics.equations import Equations, Solution
from review.statistics.reviews import Floats

# A standard deviation of the proposals or the reviewers above this many times that of the rest is taken as this many.
MOST = 40.0
# The grid ends where a pair is e⁻⁸ times as likely as the most likely one.
DROP = 8.0
# Points on each axis; with thousands of reviews what is known of the ratios is narrow and nearly normal.
POINTS = {1: 31, 2: 9}
POINTS_OF_MANY, MANY = 5, 1_500


@dataclass(frozen=True)
class Weighed:
    """The model solved at one pair of ratios, and the weight of that pair; the weights add up to one."""

    proposal_ratio: float
    severity_ratio: float
    weight: float
    solution: Solution


def restricted(equations: Equations) -> tuple[float, float]:
    """The pair of ratios at which the restricted likelihood is highest (REML)."""
    best = _highest(lambda at: equations.solve(*at).log_restricted, equations.deviations)
    return float(best[0]), float(best[1]) if equations.with_severity else 0.0


def grid(equations: Equations) -> list[Weighed]:
    """The pairs with their weights, by Gauss and Legendre's rule on each axis."""

    def density(at: Floats) -> float:
        return equations.solve(*at).log_density

    many = len(equations.table.y) > MANY
    count = POINTS_OF_MANY if many else POINTS[equations.deviations]
    mode = _highest(density, equations.deviations, tolerance=0.01 if many else 0.001)
    top = density(mode)
    axes = []
    for axis in range(equations.deviations):
        low, high = _reach(density, mode, axis, top, -1), _reach(density, mode, axis, top, +1)
        places, weights = np.polynomial.legendre.leggauss(count)
        axes.append(((high - low) / 2 * places + (high + low) / 2, weights * (high - low) / 2))
    if equations.with_severity:
        pairs = [
            (float(p), float(r), float(wp * wr))
            for p, wp in zip(*axes[0], strict=True)
            for r, wr in zip(*axes[1], strict=True)
        ]
    else:
        pairs = [(float(p), 0.0, float(w)) for p, w in zip(*axes[0], strict=True)]
    # Their factors are left out: a hundred of them would fill a worker's memory.
    solved = [replace(equations.solve(p, r), factor=None) for p, r, _w in pairs]
    shares = np.array([w * np.exp(s.log_density - top) for (_p, _r, w), s in zip(pairs, solved, strict=True)])
    shares /= shares.sum()
    return [
        Weighed(p, r, float(share), solution)
        for (p, r, _w), share, solution in zip(pairs, shares, solved, strict=True)
    ]


def _highest(density: Callable[[Floats], float], dimensions: int, *, tolerance: float = 1e-5) -> Floats:
    found = optimize.minimize(
        lambda at: -density(np.clip(at, 1e-6, MOST)),
        np.full(dimensions, 0.7),
        method="Nelder-Mead",
        bounds=[(1e-6, MOST)] * dimensions,
        options={"xatol": tolerance, "fatol": tolerance, "maxiter": 400},
    )
    return np.asarray(np.clip(found.x, 1e-6, MOST))


def _reach(density: Callable[[Floats], float], mode: Floats, axis: int, top: float, way: int) -> float:
    """How far along an axis the pairs are worth a look: where the density has dropped by DROP, 0, or MOST."""
    wall = 1e-6 if way < 0 else MOST

    def drop(place: float) -> float:
        at = mode.copy()
        at[axis] = place
        return top - density(at) - DROP

    if drop(wall) <= 0:
        return wall
    near, step = float(mode[axis]), 0.05
    far = near
    while True:
        far = far + way * step
        if (far - wall) * way >= 0:
            far = wall
        if drop(far) > 0:
            break
        near, step = far, step * 2
    return float(optimize.brentq(drop, near, far, xtol=3e-2 * max(abs(far), 0.05)))
