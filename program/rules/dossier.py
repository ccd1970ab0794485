"""What evidence and a dossier must hold."""

from kernel.text import is_blank_text
from kernel.violations import Violation
from program.rules.balance import HIGHEST, LOWEST

HEAVIEST = 100
# What makes up an item of evidence, in the order of its form.
EVIDENCE_FIELDS = (
    "kind",
    "measure_ja",
    "measure_en",
    "value",
    "unit_ja",
    "unit_en",
    "year",
    "source_ja",
    "source_en",
    "source_url",
    "score",
    "reason_ja",
    "reason_en",
    "weight",
)


def missing_in_dossier(*, evidence: int, weight: int, policies: int, consultations: int) -> list[Violation]:
    """What still lacks before its designation is proposed, from the numbers of each and the sum of the weights."""
    found = []
    if not evidence:
        found.append(Violation("dossier_without_evidence"))
    elif weight <= 0:
        found.append(Violation("dossier_without_weight"))
    if not policies:
        found.append(Violation("dossier_without_policy"))
    if not consultations:
        found.append(Violation("dossier_without_consultation"))
    return found


def evidence_violations(
    *, kind: str, measure: str, unit: str, source: str, score: int, reason: str, weight: int
) -> list[Violation]:
    """What one evidence item may not be; each names its field. The texts are those that must be there: the Japanese.

    A weight of zero is allowed: the item stays in the dossier and is left out of the balance.
    """
    texts = (
        ("evidence_without_measure", "measure_ja", measure),
        ("evidence_without_unit", "unit_ja", unit),
        ("evidence_without_source", "source_ja", source),
        ("evidence_without_reason", "reason_ja", reason),
    )
    found = [Violation(code, field) for code, field, text in texts if is_blank_text(text)]
    if not 0 <= weight <= HEAVIEST:
        found.append(Violation("evidence_weight_out_of_range", "weight", {"most": HEAVIEST}))
    broken = score_violation(score, kind)
    return [*found, broken] if broken else found


def year_violation(year: int, this_year: int) -> Violation | None:
    """What is measured lies in a year that has begun."""
    return Violation("evidence_year_ahead", "year") if year > this_year else None


def score_violation(score: int, kind: str) -> Violation | None:
    """A score runs from −2 to +2; a benefit is not below zero, a loss not above."""
    if not LOWEST <= score <= HIGHEST:
        return Violation("evidence_score_out_of_range", "score")
    if (kind == "benefit" and score < 0) or (kind == "loss" and score > 0):
        return Violation("evidence_score_of_other_sign", "score")
    return None
