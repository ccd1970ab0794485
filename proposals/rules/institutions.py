"""The institutions of the Japanese side among which a budget is divided."""

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

# The key of the lead institution: the principal investigator's.
LEAD = ""


@dataclass(frozen=True)
class Named:
    """An institution as a team names it."""

    name: str
    ror_id: str = ""

    @property
    def key(self) -> str:
        """What makes two entries one institution: the ROR id, else the name without differences of width, case, blanks."""
        return self.ror_id or hashlib.sha256(folded(self.name).encode()).hexdigest()[:12]


def folded(name: str) -> str:
    """A name without differences of width, case and blanks."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def co_institutions(
    named: Iterable[Named], *, lead_names: Iterable[str], lead_ror_id: str
) -> dict[str, Named]:
    """The institutions beside the lead one, each once, by their keys, in the order in which they are named.

    One name that is written once with a ROR id and once without is one institution.
    """
    own = {folded(name) for name in lead_names if name}
    entries = list(named)
    known = {folded(entry.name): entry for entry in reversed(entries) if entry.ror_id}
    found: dict[str, Named] = {}
    for entry in entries:
        entry = known.get(folded(entry.name), entry)
        if folded(entry.name) in own or (lead_ror_id and entry.ror_id == lead_ror_id):
            continue
        found.setdefault(entry.key, entry)
    return found
