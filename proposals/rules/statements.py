"""Statements on compliance (domain.md section 3): what each must say, and which of them a proposal lacks."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kernel.text import is_blank_text
from kernel.violations import Violation
from program.enums import StatementKind
from proposals.rules.texts import text_violation

# Of each member of the Japanese team; the others are of the whole proposal.
PER_PERSON = (StatementKind.ETHICS_TRAINING, StatementKind.INTEGRITY)
STATEMENT_LIMIT = 2_000


@dataclass(frozen=True)
class Stated:
    """A statement as the rules look at it; `person` names somebody of the team, None where it is of the whole proposal."""

    kind: str
    person: int | None = None
    valid_until: dt.date | None = None


@dataclass(frozen=True)
class Lacking:
    """What a proposal lacks of one kind: the members of whom nothing is stated and those whose training has run out (by
    name), or the statement itself."""

    kind: str
    names: Sequence[str] = ()
    expired: Sequence[str] = ()


def statement_violations(
    *,
    kind: str,
    has_person: bool,
    text: str,
    course: str,
    done_on: dt.date | None,
    valid_until: dt.date | None,
    on: dt.date,
    is_known: bool,
    has_posts: bool = False,
) -> list[Violation]:
    """What is wrong with a statement as it is made. `on` is today; `is_known` whether there is another of the same kind and
    person; `has_posts` whether the person's posts stand with it, which then need not be typed."""
    found = []
    if kind in PER_PERSON and not has_person:
        found.append(Violation("statement_of_nobody", "member"))
    elif is_known:
        found.append(Violation("statement_twice", "member" if kind in PER_PERSON else "text"))
    if kind == StatementKind.ETHICS_TRAINING:
        if is_blank_text(course):
            found.append(Violation("course_missing", "course"))
        if done_on is None:
            found.append(Violation("training_day_missing", "done_on"))
        elif done_on > on:
            found.append(Violation("training_done_ahead", "done_on"))
        if done_on and valid_until and valid_until < done_on:
            found.append(Violation("ends_before_start", "valid_until"))
    elif is_blank_text(text) and not has_posts:
        found.append(Violation("statement_blank", "text"))
    over = text_violation(text, STATEMENT_LIMIT, "text")
    return [*found, *([over] if over else [])]


def lacking(
    kinds: Iterable[str], members: Mapping[int, str], stated: Iterable[Stated], on: dt.date
) -> list[Lacking]:
    """What is missing of `kinds` on that day. `members` are the Japanese team's, with their names."""
    known = list(stated)
    found = []
    for kind in kinds:
        own = [one for one in known if one.kind == kind]
        if kind not in PER_PERSON:
            found += [] if own else [Lacking(kind)]
            continue
        valid = {one.person for one in own if one.valid_until is None or one.valid_until >= on}
        expired = {one.person for one in own} - valid
        names = [name for person, name in members.items() if person not in valid | expired]
        over = [name for person, name in members.items() if person in expired]
        if names or over:
            found.append(Lacking(kind, names, over))
    return found


def as_violations(what: Lacking, title: str, joined: str, part: str) -> list[Violation]:
    """The same for the check page. `title` is what the kind is called, `joined` what stands between two names."""
    if not what.names and not what.expired:
        return [Violation("statement_missing", part, {"kind": title})]
    found = []
    for code, names in (("statement_missing_of", what.names), ("training_expired", what.expired)):
        if names:
            found.append(Violation(code, part, {"kind": title, "names": joined.join(names)}))
    return found
