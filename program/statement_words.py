"""The statements that a call wants, in words."""

from django.utils.translation import gettext as _

from kernel.choices import label
from program.rules.statements import required_kinds


def statement_words(text: str) -> str:
    """The kinds that a call keeps in `required_statements`, as one line in the reader's language."""
    return _(", ").join(label(kind) for kind in required_kinds(text))
