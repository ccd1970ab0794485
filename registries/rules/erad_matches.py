"""Which e-Rad institution code belongs to which participating institution: offered for confirmation, never taken silently."""

from collections.abc import Iterable
from dataclasses import dataclass

from registries.enums import MatchedBy
from registries.rules.texts import searchable


@dataclass(frozen=True)
class Participant:
    """An institution that people of the portal belong to; `names` as written, in any language."""

    key: str
    ror_id: str
    names: tuple[str, ...]
    code: str  # "" for none


@dataclass(frozen=True)
class Coded:
    """A record of the registry that has a code; `lines` are its names as `searchable` writes them."""

    ror_id: str
    code: str
    lines: frozenset[str]


@dataclass(frozen=True)
class Match:
    """The code that the registry has for a participant, found by its ROR id or by a whole name."""

    key: str
    ror_id: str
    code: str
    by: MatchedBy


def matched(
    participants: Iterable[Participant], coded: Iterable[Coded]
) -> tuple[list[Match], dict[str, list[str]]]:
    """The matches that would change a participant's code, and the ROR ids of the several that each ambiguous name fits.

    A ROR id decides alone: where a participant has one, its names are not looked at.
    """
    by_ror: dict[str, Coded] = {}
    by_name: dict[str, dict[str, Coded]] = {}
    for record in coded:
        by_ror[record.ror_id] = record
        for line in record.lines:
            by_name.setdefault(line, {})[record.ror_id] = record
    found: list[Match] = []
    ambiguous: dict[str, list[str]] = {}
    for one in participants:
        if one.ror_id:
            fits = {one.ror_id: by_ror[one.ror_id]} if one.ror_id in by_ror else {}
        else:
            lines = {searchable(name) for name in one.names if name.strip()}
            fits = {ror_id: record for line in lines for ror_id, record in by_name.get(line, {}).items()}
        if len(fits) > 1:
            ambiguous[one.key] = sorted(fits)
        for record in fits.values():
            if len(fits) == 1 and record.code != one.code:
                by = MatchedBy.ROR_ID if one.ror_id else MatchedBy.NAME
                found.append(Match(one.key, record.ror_id, record.code, by))
    return found, ambiguous
