"""What an officer asks of an assignment, as it is kept with its run: plain values, and what is wrong with them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kernel.violations import Violation
from review.enums import Balance, RunMode

MOST_PLACES = 20
MOST_LOAD = 200


# What a reviewer's last place costs more than the first, in units of expertise (`Task.balance`).
BALANCES = {Balance.NONE: 0.0, Balance.SOME: 0.05, Balance.STRONG: 0.3}
# What keeping is worth where an assignment is adjusted: of what was given, and of what was begun (`Task.kept`).
KEPT_GIVEN, KEPT_BEGUN = 0.3, 1.0


@dataclass(frozen=True)
class Settings:
    """`places` reviewers a proposal, of them at the least `least` of each agency (by its public id) and `outside` from outside the
    agencies' countries; at most `load` proposals a reviewer who has named no limit; `languages`: one in common is needed."""

    mode: RunMode = RunMode.ENSURE
    places: int = 3
    least: Mapping[str, int] = field(default_factory=dict)
    outside: int = 0
    load: int = 8
    languages: bool = True
    has_floor: bool = True
    balance: Balance = Balance.SOME

    def as_plain(self) -> dict[str, Any]:
        """As it is kept in JSON; `settings_from` reads it."""
        return {
            "mode": str(self.mode),
            "places": self.places,
            "least": dict(self.least),
            "outside": self.outside,
            "load": self.load,
            "languages": self.languages,
            "has_floor": self.has_floor,
            "balance": str(self.balance),
        }


def settings_from(plain: Mapping[str, Any]) -> Settings:
    """What `as_plain` has kept."""
    values = {**plain, "mode": RunMode(plain["mode"]), "balance": Balance(plain["balance"])}
    return Settings(**values)


def settings_violations(settings: Settings) -> list[Violation]:
    """`places_out_of_range`, `run_load_out_of_range`, `least_more_than_places`, `outside_more_than_places`; empty if nothing is wrong."""
    found = []
    if not 1 <= settings.places <= MOST_PLACES:
        found.append(Violation("places_out_of_range", "places", {"limit": MOST_PLACES}))
    if not 1 <= settings.load <= MOST_LOAD:
        found.append(Violation("run_load_out_of_range", "load", {"limit": MOST_LOAD}))
    if min(settings.least.values(), default=0) < 0 or sum(settings.least.values()) > settings.places:
        found.append(Violation("least_more_than_places", "places"))
    if not 0 <= settings.outside <= settings.places:
        found.append(Violation("outside_more_than_places", "outside"))
    return found
