"""What a review must be like to be saved, and to be submitted."""

from collections.abc import Mapping

from kernel.text import is_blank_text
from kernel.violations import Violation
from review.enums import Confidence
from review.rules.means import Scale

LONGEST_COMMENT = 4_000
LONGEST_REASON = 500
COMMENTS = ("comment_to_applicant", "comment_to_agency")


def draft_violations(
    scores: Mapping[int, int | None],
    scales: Mapping[int, Scale],
    comments: Mapping[str, str],
    confidence: str = "",
) -> list[Violation]:
    """What cannot even be saved. `scores` and `scales` by the criterion's id; None is “not applicable”. A blank
    `confidence` is one that was not said yet."""
    found = []
    if confidence and confidence not in set(Confidence):
        found.append(Violation("confidence_unknown", "confidence"))
    for criterion, value in scores.items():
        scale = scales.get(criterion)
        if scale is None:
            found.append(Violation("criterion_unknown"))
        elif value is not None and not scale.lowest <= value <= scale.highest:
            found.append(
                Violation(
                    "score_out_of_scale",
                    f"score_{criterion}",
                    {"lowest": scale.lowest, "highest": scale.highest},
                )
            )
    for name in COMMENTS:
        text = comments.get(name, "")
        if len(text) > LONGEST_COMMENT:
            found.append(Violation("text_too_long", name, {"limit": LONGEST_COMMENT}))
        if "\x00" in text:
            found.append(Violation("text_has_null", name))
    return found


def missing_scores(scores: Mapping[int, int | None], scales: Mapping[int, Scale]) -> list[Violation]:
    """The criteria that have neither a score nor “not applicable” yet, in the order of the form."""
    return [
        Violation("score_missing", f"score_{criterion}", {"number": number})
        for number, criterion in enumerate(scales, 1)
        if criterion not in scores
    ]


def gaps(scores: Mapping[int, int | None], scales: Mapping[int, Scale], confidence: str) -> list[Violation]:
    """What a review lacks before it can be submitted, in the order of the form."""
    missing = missing_scores(scores, scales)
    return missing if confidence else [*missing, Violation("confidence_missing", "confidence")]


def reason_violation(reason: str) -> Violation | None:
    """Whether the reason that somebody gives can be kept: it is there, of at most `LONGEST_REASON` characters, and has no NUL."""
    if is_blank_text(reason):
        return Violation("reason_missing", "reason")
    if len(reason) > LONGEST_REASON:
        return Violation("text_too_long", "reason", {"limit": LONGEST_REASON})
    return Violation("text_has_null", "reason") if "\x00" in reason else None
