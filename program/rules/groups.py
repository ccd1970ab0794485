"""Which countries belong to a group on a day."""

import datetime as dt
from collections.abc import Iterable
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


def members_on(spans: Iterable[Span], day: dt.date) -> list[str]:
    """The keys of those that belong on `day`, each once, in the order given."""
    return list(dict.fromkeys(span.key for span in spans if span.holds(day)))
