"""Every named route that the portal has, by walking the resolver."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


def routes() -> dict[str, int]:
    """The routes' full names, and how many values stand in the address of each."""
    return dict(_walk(get_resolver().url_patterns, (), 0))


def _walk(patterns: Any, spaces: tuple[str, ...], values: int) -> Iterator[tuple[str, int]]:
    for entry in patterns:
        own = values + len(getattr(entry.pattern, "converters", {}) or entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from _walk(entry.url_patterns, inner, own)
        elif isinstance(entry, URLPattern):
            assert entry.name, f"{entry.pattern} has no name"
            yield ":".join((*spaces, entry.name)), own
