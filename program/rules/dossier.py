"""What a dossier must hold before its designation is proposed."""

from kernel.violations import Violation
from program.rules.balance import HIGHEST, LOWEST


def missing_in_dossier(*, evidence: int, weight: int, policies: int, consultations: int) -> list[Violation]:
    """What still lacks, from the numbers of each and the sum of the weights."""
    found = []
    if not evidence:
        found.append(Violation("dossier_without_evidence"))
    elif not weight:
        found.append(Violation("dossier_without_weight"))
    if not policies:
        found.append(Violation("dossier_without_policy"))
    if not consultations:
        found.append(Violation("dossier_without_consultation"))
    return found


def score_violation(score: int, kind: str) -> Violation | None:
    """A score runs from −2 to +2; a benefit is not below zero, a loss not above."""
    if not LOWEST <= score <= HIGHEST:
        return Violation("evidence_score_out_of_range", "score")
    if (kind == "benefit" and score < 0) or (kind == "loss" and score > 0):
        return Violation("evidence_score_of_other_sign", "score")
    return None
