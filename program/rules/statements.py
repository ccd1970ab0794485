"""Which statements on compliance a call wants before submission; of the others a proposal is only warned."""

from collections.abc import Iterable

from program.enums import StatementKind


def as_text(kinds: Iterable[str]) -> str:
    """The kinds as a call keeps them: in one order, each once, with blanks between; what is no kind is left out."""
    chosen = set(kinds)
    return " ".join(kind.value for kind in StatementKind if kind.value in chosen)


def required_kinds(text: str) -> list[StatementKind]:
    """The kinds that a call keeps so."""
    return [kind for kind in StatementKind if kind.value in text.split()]
