"""What holds on a panel: its order, its groups, who may vote."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TypeVar

from kernel.violations import Violation
from review.enums import Attendance, PanelRole

K = TypeVar("K")
LONGEST_NOTE = 4_000
MOST_BANDS = 9


def bands_of(text: str) -> list[str]:
    """The groups as they are typed, apart by commas of any width: "A, B、C" is A, B and C."""
    return [part.strip() for part in text.replace("、", ",").replace("，", ",").split(",") if part.strip()]


def bands_violation(text: str) -> Violation | None:
    bands = bands_of(text)
    if len(set(bands)) != len(bands) or len(bands) > MOST_BANDS or any(len(band) > 12 for band in bands):
        return Violation("panel_bands_wrong", "bands", {"most": MOST_BANDS})
    return None


def moved(order: Sequence[K], key: K, to: int) -> list[K]:
    """The order once `key` stands at place `to` (1 is first); beyond the last place it stands last. The others keep theirs."""
    rest = [other for other in order if other != key]
    place = min(max(to, 1), len(order)) - 1
    return [*rest[:place], key, *rest[place:]]


def has_vote(role: str, attendance: str) -> bool:
    """Whether somebody with this role votes: chair and members who are there."""
    return role in (PanelRole.CHAIR, PanelRole.MEMBER) and attendance != Attendance.ABSENT


def item_violations(
    *, band: str, bands: Sequence[str], note: str, votes: Mapping[str, str], leaving: AbstractSet[str]
) -> list[Violation]:
    """What cannot be recorded of one proposal. `votes` by the member's key; `leaving` are those who must leave, or left."""
    found = []
    if band and band not in bands:
        found.append(Violation("panel_band_unknown", "band"))
    if len(note) > LONGEST_NOTE:
        found.append(Violation("text_too_long", "note", {"limit": LONGEST_NOTE}))
    if "\x00" in note:
        found.append(Violation("text_has_null", "note"))
    found += [Violation("panel_vote_of_absent", f"vote_{key}") for key in votes if key in leaving]
    return found
