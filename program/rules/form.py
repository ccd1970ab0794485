"""What a call's form must be."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from kernel.violations import Violation
from program.enums import CriterionAspect

LONGEST_SECTION = 20_000  # code points
_KEY = re.compile(r"[a-z][a-z0-9_-]{0,39}")


def form_violations(
    sections: Sequence[Mapping[str, Any]], criteria: Sequence[Mapping[str, Any]]
) -> list[Violation]:
    """What is wrong with a form of these sections (key, limit, ...) and criteria (aspect, weight, lowest, highest, ...)."""
    found = []
    keys = [str(section["key"]) for section in sections]
    if not sections:
        found.append(Violation("call_without_form"))
    if len(set(keys)) < len(keys):
        found.append(Violation("section_key_taken", "key"))
    if any(not _KEY.fullmatch(key) for key in keys):
        found.append(Violation("section_key_malformed", "key"))
    if any(not 1 <= section.get("limit", 1) <= LONGEST_SECTION for section in sections):
        found.append(Violation("section_limit_out_of_range", "limit", {"most": LONGEST_SECTION}))
    if CriterionAspect.PEOPLE not in {criterion["aspect"] for criterion in criteria}:
        found.append(Violation("call_without_people_criterion", "aspect"))
    if any(criterion.get("weight", 1) < 1 for criterion in criteria):
        found.append(Violation("criterion_without_weight", "weight"))
    if any(criterion.get("highest", 5) <= criterion.get("lowest", 1) for criterion in criteria):
        found.append(Violation("criterion_without_steps", "highest"))
    return found
