"""The one exception of this package: a code to look a sentence up by, and what to put into it."""

from collections.abc import Mapping

from kernel.violations import Violation


class DocumentError(Exception):
    """A document that cannot be read or made.

    `code` is stable (`csv_nul`, `xlsx_too_large`, `pdf_encrypted`); `params` holds the named values of its sentence,
    which `messages.VIOLATIONS` has in both languages.
    """

    def __init__(self, code: str, params: Mapping[str, object] | None = None) -> None:
        self.code = code
        self.params = dict(params or {})
        super().__init__(code, self.params)

    def __str__(self) -> str:
        values = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
        return f"{self.code} ({values})" if values else self.code

    def as_violation(self, field: str = "") -> Violation:
        """The same as a broken rule, for a form: `field` is the one that the file came in by."""
        return Violation(self.code, field, self.params)
