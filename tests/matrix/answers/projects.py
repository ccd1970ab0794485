"""What the routes of `projects` answer."""

from tests.matrix.answer import Answer

ANSWERS: dict[str, Answer] = {}
