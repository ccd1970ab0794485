"""Reviews as the statistics take them, and as the arrays they are computed from."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Review:
    """One submitted review: its mean on the common scale, where high is best. The keys are any that sort."""

    proposal: str
    reviewer: str
    agency: str
    value: float


def fingerprint(reviews: Sequence[Review], *settings: Any) -> str:
    """SHA-256 of all that a computation rests upon, whatever the order of the reviews."""
    rows = sorted((r.proposal, r.reviewer, r.agency, float(r.value).hex()) for r in reviews)
    return hashlib.sha256(json.dumps([VERSION, rows, settings]).encode()).hexdigest()


# A change of the method makes what was stored by an older one stale.
VERSION = 1


class Table:
    """The reviews as arrays and as counts, a row a review in one order for one set of data.

    `reviewers` are those who scored several proposals: of one who scored a single one, severity and rest cannot be told
    apart, and are one variance (`alone` marks those reviews).
    """

    def __init__(self, reviews: Sequence[Review]) -> None:
        # One order for one set of data: sums of floats depend on it.
        ordered = sorted(reviews, key=lambda r: (r.proposal, r.agency, r.reviewer, r.value))
        loads = Counter(r.reviewer for r in ordered)
        self.proposals = sorted({r.proposal for r in ordered})
        self.reviewers = sorted(key for key, load in loads.items() if load > 1)
        self.agencies = sorted({r.agency for r in ordered})
        self.agency_of = {r.reviewer: r.agency for r in ordered}
        self.loads = np.array([loads[key] for key in self.reviewers], dtype=float)
        self.y = np.array([r.value for r in ordered], dtype=float)
        self.alone = np.array([loads[r.reviewer] == 1 for r in ordered], dtype=float)
        of_proposal = _places([r.proposal for r in ordered], self.proposals)
        of_agency = _places([r.agency for r in ordered], self.agencies)
        several = np.flatnonzero(self.alone == 0)
        of_reviewer = _places([ordered[i].reviewer for i in several], self.reviewers)
        self.n = np.bincount(of_proposal, minlength=len(self.proposals)).astype(float)
        self.z_proposal = _indicator(of_proposal, len(self.proposals))
        self.x = _indicator(of_agency, len(self.agencies))
        self.z_reviewer = sparse.csr_matrix(
            (np.ones(len(several)), (several, of_reviewer)), shape=(len(ordered), len(self.reviewers))
        )


def _places(keys: Sequence[str], known: Sequence[str]) -> NDArray[np.intp]:
    place = {key: index for index, key in enumerate(known)}
    return np.array([place[key] for key in keys], dtype=np.intp)


def _indicator(places: NDArray[np.intp], columns: int) -> Any:
    rows = np.arange(len(places))
    return sparse.csr_matrix((np.ones(len(places)), (rows, places)), shape=(len(places), columns))
