"""What the routes of `program` answer."""

from tests.matrix.answer import Answer

ANSWERS: dict[str, Answer] = {}
