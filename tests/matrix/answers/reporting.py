"""What the routes of `reporting` answer."""

from tests.matrix.answer import Answer

ANSWERS: dict[str, Answer] = {}
