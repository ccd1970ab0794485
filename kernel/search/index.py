"""Writing what is searched, and finding it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from kernel.actions import action
from kernel.search.letters import asked_of, folded, tokens_of
from kernel.search.models import SearchEntry

# More words than anybody means; the rest is not asked.
MOST_WORDS = 8


@action
def put(kind: str, object_id: int, texts: Iterable[str], *, source: str = "") -> SearchEntry:
    """Let these texts, and no others, be what is searched of the object. Each is searched by itself: no phrase is found
    across two of them."""
    entry, _ = SearchEntry.objects.update_or_create(
        kind=kind, object_id=object_id, defaults={"source": source, **_columns(texts)}
    )
    return entry


@action
def put_new(kind: str, of_each: Iterable[tuple[int, Iterable[str], str]]) -> None:
    """The same for many objects that were never searched before, each as (id, texts, source)."""
    SearchEntry.objects.bulk_create(
        (
            SearchEntry(kind=kind, object_id=object_id, source=source, **_columns(texts))
            for object_id, texts, source in of_each
        ),
        batch_size=200,
    )


@action
def remove(kind: str, object_ids: Iterable[int]) -> None:
    """Let these objects be found no more."""
    SearchEntry.objects.filter(kind=kind, object_id__in=list(object_ids)).delete()


def _columns(texts: Iterable[str]) -> dict[str, str]:
    # `folded` leaves no line breaks.
    lines = "\n".join(filter(None, map(folded, texts)))
    return {"text": lines, "tokens": " ".join(sorted(tokens_of(lines)))}


def matching(kind: str, query: str) -> QuerySet[SearchEntry, Any] | None:
    """The ids of the objects in which every word of the query is found, as a subquery; None where no word is asked for.

    The index finds what has the pairs of a word; whether they stand together is then seen in the text itself. A query of
    signs alone finds nothing. The caller combines it with what the reader may see.
    """
    words = query.split()[:MOST_WORDS]
    if not words:
        return None
    found = SearchEntry.objects.filter(kind=kind)
    for phrase in map(folded, words):
        if not phrase:
            return found.none().values("object_id")
        found = found.filter(tokens__hold=tuple(sorted(asked_of(phrase))), text__contains=phrase)
    return found.values("object_id")
