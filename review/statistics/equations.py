"""The mixed model's equations, with the proposals absorbed.

    score = mean of the agency + proposal + severity of the reviewer + rest

Proposal, severity and rest are normal, with standard deviations σp, σr and σe. What is computed here is exact for given
ratios σp/σe and σr/σe. The covariance of the reviews of each proposal is inverted in closed form, and whoever reviewed a
single proposal only adds to the variance of that review: so a matrix of the size of the reviewers of several proposals is
all that is ever factored (3,000 proposals × 3 reviews by 1,800 reviewers: one Cholesky factor of 1,800 rows).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import linalg

from review.statistics.reviews import Floats, Table


@dataclass(frozen=True)
class Solution:
    """The model solved at one pair of ratios (Henderson's equations).

    `log_density` is the logarithm of what the data say of the ratios: the restricted likelihood, with σe integrated out,
    under a flat prior of each standard deviation; `log_restricted` is the restricted likelihood at its best σe.
    `quadratic` is the residual form y'Py, `freedom` its degrees of freedom.
    """

    log_density: float
    log_restricted: float
    quadratic: float
    freedom: int
    means: Floats  # of the agencies
    severities: Floats
    proposals: Floats
    shrink: Floats  # variance of a proposal given all else, in units of σe²
    means_factor: Floats  # lower Cholesky factor of the precision of the means, in units of σe²
    # Lower Cholesky factor of I + b·Zr'MZr; None where the model has no severity, or where it was not kept.
    factor: Floats | None
    proposal_ratio: float
    severity_ratio: float


@dataclass(frozen=True)
class _Sums:
    """What the equations are made of, each review weighted by the inverse of its variance in units of σe²."""

    yy: float
    x_y: Floats
    x_x: Floats
    by_agency: Floats  # proposals × agencies
    y: Floats  # by proposal
    n: Floats  # by proposal


class Equations:
    """The parts that do not depend on the ratios."""

    def __init__(self, table: Table, *, with_severity: bool) -> None:
        self.table = table
        self.with_severity = with_severity
        self.by_reviewer = (table.z_proposal.T @ table.z_reviewer).tocsr()
        self._reviewers_t = self.by_reviewer.T.tocsr()
        self.r_y = np.asarray(table.z_reviewer.T @ table.y)
        self.r_x = np.asarray((table.z_reviewer.T @ table.x).todense(), dtype=float)
        self._several, self._alone = self._weighted(1.0 - table.alone), self._weighted(table.alone)

    @property
    def deviations(self) -> int:
        """How many ratios there are."""
        return 2 if self.with_severity else 1

    def _weighted(self, weights: Floats) -> _Sums:
        table = self.table
        x = table.x.multiply(weights[:, None]).tocsr()
        y = table.y * weights
        return _Sums(
            float(table.y @ y),
            np.asarray(table.x.T @ y),
            np.asarray((table.x.T @ x).todense(), dtype=float),
            np.asarray((table.z_proposal.T @ x).todense(), dtype=float),
            np.asarray(table.z_proposal.T @ y),
            np.asarray(table.z_proposal.T @ weights),
        )

    def _sums(self, severity_ratio: float) -> _Sums:
        one, other, weight = self._several, self._alone, 1.0 / (1.0 + severity_ratio**2)
        return _Sums(
            one.yy + weight * other.yy,
            one.x_y + weight * other.x_y,
            one.x_x + weight * other.x_x,
            one.by_agency + weight * other.by_agency,
            one.y + weight * other.y,
            one.n + weight * other.n,
        )

    def solve(self, proposal_ratio: float, severity_ratio: float = 0.0) -> Solution:
        """The model at σp/σe and σr/σe (the second is 0 where there is no severity in it)."""
        table, a, b = self.table, proposal_ratio**2, severity_ratio**2
        sums = self._sums(severity_ratio)
        c = a / (1.0 + a * sums.n)
        # W'MW for W = (X, y), where M is the inverse of the covariance without severities.
        xmx = sums.x_x - sums.by_agency.T @ (c[:, None] * sums.by_agency)
        xmy = sums.x_y - sums.by_agency.T @ (c * sums.y)
        ymy = sums.yy - float(sums.y @ (c * sums.y))
        log_det = float(np.log1p(a * sums.n).sum()) + float(table.alone.sum()) * float(np.log1p(b))
        factor: Floats | None = None
        severities = np.zeros(len(table.reviewers))
        if b > 0:
            rmr, rmx, rmy = self._severity_parts(sums, c)
            rmr *= b
            rmr[np.diag_indices_from(rmr)] += 1.0
            factor = linalg.cholesky(rmr, lower=True, overwrite_a=True, check_finite=False)
            log_det += 2.0 * float(np.log(np.diag(factor)).sum())
            half = linalg.solve_triangular(
                factor, np.column_stack([rmx, rmy]), lower=True, check_finite=False
            )
            hx, hy = half[:, :-1], half[:, -1]
            xmx = xmx - b * hx.T @ hx
            xmy = xmy - b * hx.T @ hy
            ymy = ymy - b * float(hy @ hy)
        means_factor = linalg.cholesky(xmx, lower=True, check_finite=False)
        means = linalg.cho_solve((means_factor, True), xmy, check_finite=False)
        quadratic = max(ymy - float(means @ xmy), 1e-9 * max(sums.yy, 1.0))
        if factor is not None:
            severities = b * linalg.cho_solve((factor, True), rmy - rmx @ means, check_finite=False)
        left = sums.y - sums.by_agency @ means - self.by_reviewer @ severities
        log_det += 2.0 * float(np.log(np.diag(means_factor)).sum())
        degrees = len(table.y) - len(table.agencies)
        freedom = degrees - self.deviations
        return Solution(
            -0.5 * (log_det + freedom * float(np.log(quadratic))),
            -0.5 * (log_det + degrees * float(np.log(quadratic))),
            quadratic,
            freedom,
            means,
            severities,
            c * left,
            c,
            means_factor,
            factor,
            proposal_ratio,
            severity_ratio,
        )

    def _severity_parts(self, sums: _Sums, c: Floats) -> tuple[Floats, Floats, Floats]:
        """Zr'MZr, Zr'MX and Zr'My."""
        weighted = self.by_reviewer.multiply(c[:, None]).tocsr()
        rmr = -np.asarray((self._reviewers_t @ weighted).todense(), dtype=float)
        rmr[np.diag_indices_from(rmr)] += self.table.loads
        rmx: Any = self.r_x - self._reviewers_t @ (c[:, None] * sums.by_agency)
        rmy: Any = self.r_y - self._reviewers_t @ (c * sums.y)
        return rmr, np.asarray(rmx), np.asarray(rmy)

    def draw(self, at: Solution, count: int, chance: np.random.Generator) -> tuple[Floats, Floats, Floats]:
        """`count` draws from what is known of everything, given the ratios: the agencies' means, the severities and the
        proposals, a column a draw."""
        if at.factor is None and at.severity_ratio > 0:
            at = self.solve(at.proposal_ratio, at.severity_ratio)
        sums, b = self._sums(at.severity_ratio), at.severity_ratio**2
        sigma = np.sqrt(at.quadratic / 2.0 / chance.gamma(at.freedom / 2.0, 1.0, count))
        turned = linalg.solve_triangular(
            at.means_factor, chance.standard_normal((len(at.means), count)), lower=True, trans="T"
        )
        means = at.means[:, None] + sigma * turned
        severities = np.zeros((len(self.table.reviewers), count))
        if at.factor is not None:
            _rmr, rmx, rmy = self._severity_parts(sums, at.shrink)
            centre = b * linalg.cho_solve((at.factor, True), rmy[:, None] - rmx @ means, check_finite=False)
            noise = chance.standard_normal(severities.shape)
            spread = linalg.solve_triangular(at.factor, noise, lower=True, trans="T", check_finite=False)
            severities = centre + sigma * at.severity_ratio * spread
        left = sums.y[:, None] - sums.by_agency @ means - self.by_reviewer @ severities
        noise = chance.standard_normal(left.shape)
        proposals = at.shrink[:, None] * left + sigma * np.sqrt(at.shrink)[:, None] * noise
        return means, severities, proposals
