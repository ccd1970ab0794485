"""The one exception of this package: a code to look a sentence up by, and what to put into it."""

from collections.abc import Mapping


class DocumentError(Exception):
    """A document that cannot be read or made.

    `code` is dotted and stable ("csv.nul", "xlsx.too_large", "pdf.encrypted"); `params` holds the named values of the
    sentence that belongs to it. The words, in both languages, are the caller's: this package speaks to no person.
    """

    def __init__(self, code: str, params: Mapping[str, object] | None = None) -> None:
        self.code = code
        self.params = dict(params or {})
        super().__init__(code, self.params)

    def __str__(self) -> str:
        values = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
        return f"{self.code} ({values})" if values else self.code
