"""What the routes of `review` answer."""

from tests.matrix.answer import Answer

ANSWERS: dict[str, Answer] = {}
