"""Finding two letters in long texts of any script, the same on both databases (docs/adr/0017-search.md)."""

from kernel.search.index import matching, put, put_new, remove
from kernel.search.letters import folded

__all__ = ["folded", "matching", "put", "put_new", "remove"]
