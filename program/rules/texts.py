"""Words as they are compared: of any width and case."""

import unicodedata


def plain(text: str) -> str:
    """Two texts are one word if this is the same of both."""
    return unicodedata.normalize("NFKC", text).casefold().strip()
