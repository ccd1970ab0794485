"""What a proposal still lacks before it may be submitted: the check page's list.

A violation's `field` names the part of the proposal in which it is put right: `core`, `section:KEY`, `team`, `grants`,
`award`, `exchange`, `budget`, `statements`. Where one control of that part's form is meant, it is a `Gap` that names it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from kernel.text import is_blank_text
from kernel.violations import Violation
from program.enums import LimitUnit
from proposals.rules.answers import Question, answer_violation, is_blank, length_violation, missing
from proposals.rules.budget import Amounts, Cap, budget_violations
from proposals.rules.effort import Load, overload
from proposals.rules.years import years_violation

CORE, TEAM, GRANTS, AWARD, EXCHANGE, BUDGET = "core", "team", "grants", "award", "exchange", "budget"
STANDING, STATEMENTS = "standing", "statements"


@dataclass(frozen=True)
class Gap(Violation):
    """A violation of a part, which its control `at` puts right."""

    at: str = ""


def _gap(violation: Violation, part: str, at: str = "") -> Gap:
    return Gap(violation.code, part, violation.params, at or violation.field)


def section_part(key: str) -> str:
    """The part that a section of the form is."""
    return f"section:{key}"


@dataclass(frozen=True)
class WrittenSection:
    """One section of the form, and what was written in it."""

    key: str
    text: str
    limit: int
    is_required: bool
    is_complete: bool
    unit: str = LimitUnit.CHARACTERS
    has_text: bool = True
    answers: Sequence[tuple[Question, Any]] = ()


@dataclass(frozen=True)
class Written:
    """Everything about a proposal that decides whether it may be submitted."""

    title_ja: str
    title_en: str
    years: int
    least_years: int
    most_years: int
    has_designation: bool
    # Whether the call offers support types, and the name of the one that is chosen.
    has_support_types: bool
    support_type: str
    sections: Sequence[WrittenSection]
    partner_leaders: int
    # Everybody's working time by fiscal year, each with the person's name.
    loads: Sequence[tuple[str, Load]]
    awards: int
    dispatches: int
    # Planned stays that begin before or end after the joint research, as after its term was shortened.
    stays_outside: int
    fiscal_years: Sequence[int]
    amounts: Amounts
    indirect_percent: int
    caps: Sequence[Cap]
    # Of each institution that asks for anything its name and its amounts.
    parts: Sequence[tuple[str, Amounts]] = ()
    # What lacks of the statements that the call wants before submission (`rules.statements`).
    statements: Sequence[Violation] = ()


def gaps(written: Written) -> list[Violation]:
    """What stands against submitting, in the order of the form; empty for a complete proposal."""
    found = _core(written)
    for section in written.sections:
        found += _section(section)
    if not written.partner_leaders:
        found.append(Violation("partner_leader_missing", TEAM))
    over_all = [overload(load, name) for name, load in written.loads]
    found += [replace(violation, field=GRANTS) for violation in over_all if violation]
    found += written.statements
    if not written.awards:
        found.append(Violation("partner_award_missing", AWARD))
    if not written.dispatches:
        found.append(Violation("dispatch_missing", EXCHANGE))
    if written.stays_outside:
        found.append(Violation("stays_outside_term", EXCHANGE, {"n": written.stays_outside}))
    over_caps = budget_violations(
        written.amounts,
        written.fiscal_years,
        percent=written.indirect_percent,
        caps=written.caps,
        parts=written.parts,
    )
    return found + [_gap(violation, BUDGET) for violation in over_caps]


def section_gaps(written: Written) -> list[Violation]:
    """What the sections of the form lack, and nothing else."""
    return [violation for section in written.sections for violation in _section(section)]


def _core(written: Written) -> list[Violation]:
    years = years_violation(written.years, written.least_years, written.most_years, written.support_type)
    return [
        *([Gap("title_ja_missing", CORE, at="title_ja")] if is_blank_text(written.title_ja) else []),
        *([Gap("title_en_missing", CORE, at="title_en")] if is_blank_text(written.title_en) else []),
        *([Gap("designation_missing", CORE, at="designation")] if not written.has_designation else []),
        *(
            [Gap("support_type_missing", CORE, at="support_type")]
            if written.has_support_types and not written.support_type
            else []
        ),
        *([_gap(years, CORE, at="years")] if years else []),
    ]


def _section(section: WrittenSection) -> list[Violation]:
    part = section_part(section.key)
    found = [_text(section)] if section.has_text else []
    for question, answer in section.answers:
        found.append(answer_violation(question, answer) or missing(question, answer))
    wrong: list[Violation] = [_gap(violation, part) for violation in found if violation]
    is_blank_whole = is_blank_text(section.text) and all(is_blank(answer) for _, answer in section.answers)
    if wrong or section.is_complete or (is_blank_whole and not section.is_required):
        return wrong
    return [Gap("section_unfinished", part, at="is_complete")]


def _text(section: WrittenSection) -> Violation | None:
    too_long = length_violation(section.text, section.limit, section.unit)
    if too_long:
        return too_long
    return Violation("section_empty", "text") if section.is_required and is_blank_text(section.text) else None
