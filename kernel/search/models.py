from typing import Any

from django.db import models


class TokensField(models.TextField):
    """Tokens with single blanks between them. The database keeps an index of them: a tsvector in a GIN index on
    PostgreSQL, an FTS5 table that triggers write on SQLite (migration 0005)."""


@TokensField.register_lookup
class HoldsAll(models.Lookup):  # type: ignore[type-arg]  # no subscript when it runs
    """Whether all of these tokens are there; asked of the index."""

    lookup_name = "hold"
    prepare_rhs = False

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        lhs, params = self.process_lhs(compiler, connection)
        # No token holds a quote or a backslash: `folded` leaves letters and digits alone.
        asked = " & ".join(f"'{token}'" for token in self.rhs)
        return f"array_to_tsvector(string_to_array({lhs}, ' ')) @@ %s::tsquery", [*params, asked]

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        table = compiler.quote_name_unless_alias(self.lhs.alias)
        asked = " AND ".join(f'"{token}"' for token in self.rhs)
        rows = "SELECT rowid FROM kernel_searchtokens WHERE kernel_searchtokens MATCH %s"
        return f'{table}."id" IN ({rows})', [asked]


class SearchEntry(models.Model):
    """What is searched of one object of any app: its texts, folded, and their tokens."""

    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    # Which state of the object was indexed, so that one that was missed is found.
    source = models.CharField(max_length=40, blank=True, default="")
    text = models.TextField()
    tokens = TokensField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="search_entry_is_there_once")
        ]
