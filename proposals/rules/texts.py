"""What a text may be: its length in code points, a line break counting as one."""

from kernel.violations import Violation

TITLE_LIMIT = 200
REASON_LIMIT = 2000
TASK_LIMIT = 300


def normal(text: str) -> str:
    """The text with every line break as one LF: a browser sends two characters for it."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def text_violation(text: str, limit: int, field: str = "text") -> Violation | None:
    """`text_has_nul`, or `text_over_limit` with the number of characters above `limit`."""
    if "\0" in text:
        return Violation("text_has_nul", field)
    over = len(normal(text)) - limit
    return Violation("text_over_limit", field, {"over": over, "limit": limit}) if over > 0 else None
