"""What the routes of `proposals` answer."""

from tests.matrix.answer import Answer

ANSWERS: dict[str, Answer] = {}
