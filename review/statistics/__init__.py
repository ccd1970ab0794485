"""Reading scores with honest uncertainty: plain values in, figures out; nothing here knows of Django or of a database.

`adjust` corrects for how severe each reviewer is, and says how sure that is; `agreement` says how far reviewers, and how
far agencies, agree; `outlying` who scores unlike the others. The method and its sources are in docs/review.md.
"""

from review.statistics.agreement import Agreement, Correlation, correlation, level, overlap, strength
from review.statistics.fit import Adjusted, Fit, adjust
from review.statistics.outliers import Habit, outlying
from review.statistics.reviews import Review, fingerprint

__all__ = [
    "Adjusted",
    "Agreement",
    "Correlation",
    "Fit",
    "Habit",
    "Review",
    "adjust",
    "correlation",
    "fingerprint",
    "level",
    "outlying",
    "overlap",
    "strength",
]
