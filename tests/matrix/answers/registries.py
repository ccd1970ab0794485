"""What the routes of `registries` answer."""

from tests.matrix.answer import Answer

ANSWERS: dict[str, Answer] = {}
