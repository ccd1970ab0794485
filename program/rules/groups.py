"""Which countries belong to a group on a day."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Span:
    """Somebody's or something's part in a whole from one day to another, both included; `ends_on` None is open."""

    key: str
    starts_on: dt.date
    ends_on: dt.date | None = None

    def holds(self, day: dt.date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def meets(self, other: "Span") -> bool:
        """Whether the two share a day."""
        return (self.ends_on is None or other.starts_on <= self.ends_on) and (
            other.ends_on is None or self.starts_on <= other.ends_on
        )


def covered(spans: Iterable[Span], first: dt.date, last: dt.date | None) -> list[Span]:
    """The parts of `spans` that lie between two days, both included; `last` None is open."""
    whole = Span("", first, last)
    return [
        Span(
            span.key,
            max(span.starts_on, first),
            min((day for day in (span.ends_on, last) if day is not None), default=None),
        )
        for span in spans
        if span.meets(whole)
    ]


def covered_twice(spans: Iterable[Span], others: Sequence[Span]) -> list[str]:
    """The keys that stand on both sides on one and the same day, each once, in order."""
    return sorted(
        {span.key for span in spans if any(span.key == other.key and span.meets(other) for other in others)}
    )


def members_on(spans: Iterable[Span], day: dt.date) -> list[str]:
    """The keys of those that belong on `day`, each once, in the order given."""
    return list(dict.fromkeys(span.key for span in spans if span.holds(day)))
