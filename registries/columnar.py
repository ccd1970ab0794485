"""Papers by the million in columns: files of the world turned into one Parquet file, and asked by an embedded engine (DuckDB).

One row a paper (`COLUMNS`). `authors` holds each author's countries, "JP US;DE;;JP": codes parted by spaces, authors by
semicolons; `countries` those of the paper, " DE JP US ". Docs: docs/adr/0015-papers-in-columns.md.
"""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from registries.enums import PaperFormat
from registries.rules.paper_words import fold_sql, words_sql

MEMORY = "512MB"
THREADS = 2
# Bytes of one work; the reader keeps room for two of them a thread.
LARGEST_WORK = 16 * 1024 * 1024
# What a table of papers holds, each as text: the portal's own layout for files that come from elsewhere.
TABLE = (
    "key",
    "doi",
    "year",
    "kind",
    "title",
    "container",
    "subjects",
    "authors",
    "is_retracted",
    "is_top10",
)
COLUMNS = (*TABLE, "countries", "words", "subject_keys", "container_key")

AFFILIATIONS = """
SELECT DISTINCT key, author, country FROM (
  SELECT key, author, unnest(string_split(codes, ' ')) AS country FROM (
    SELECT key, generate_subscripts(list, 1) AS author, unnest(list) AS codes FROM (
      SELECT key, string_split(authors, ';') AS list FROM {papers})))
WHERE country <> ''
"""

_USABLE = "key <> '' AND year BETWEEN 1000 AND 2199"
_DOI = r"lower(regexp_replace(trim(coalesce({0}, '')), '^(https?://(dx\.)?doi\.org/|doi:\s*)', '', 'i'))"
_OPENALEX = {
    "id": "VARCHAR",
    "doi": "VARCHAR",
    "title": "VARCHAR",
    "display_name": "VARCHAR",
    "publication_year": "INTEGER",
    "type": "VARCHAR",
    "is_retracted": "BOOLEAN",
    "primary_location": "STRUCT(source STRUCT(display_name VARCHAR))",
    "authorships": "STRUCT(countries VARCHAR[], institutions STRUCT(country_code VARCHAR)[])[]",
    "topics": "STRUCT(id VARCHAR, display_name VARCHAR, subfield STRUCT(display_name VARCHAR), field STRUCT(display_name VARCHAR))[]",
    "concepts": "STRUCT(id VARCHAR, display_name VARCHAR, score DOUBLE)[]",
    "citation_normalized_percentile": "STRUCT(is_in_top_10_percent BOOLEAN)",
}
# OpenAlex's kinds of work as ours; anything else is "other", which no count holds.
_OPENALEX_KINDS = (
    "CASE type WHEN 'article' THEN 'article' WHEN 'review' THEN 'review' WHEN 'book-chapter' THEN 'chapter' "
    "WHEN 'book' THEN 'book' WHEN 'preprint' THEN 'preprint' WHEN 'dataset' THEN 'dataset' "
    "WHEN 'erratum' THEN 'notice' WHEN 'retraction' THEN 'notice' ELSE 'other' END"
)


class UnreadableFile(Exception):
    """The engine cannot read a file; its own words say why."""


@dataclass(frozen=True)
class Taken:
    """What became of a file's records: `refused` have no key or no year, `repeated` came again under the same key."""

    read: int
    kept: int
    refused: int
    repeated: int
    first_year: int | None = None
    last_year: int | None = None


class Columnar:
    """A connection to the engine, with bounded memory; what does not fit is put into its own folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._connection = duckdb.connect(
            config={
                "memory_limit": MEMORY,
                "threads": THREADS,
                "temp_directory": str(folder / "spill"),
                "preserve_insertion_order": False,
                "autoinstall_known_extensions": False,
            }
        )

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The answer to one question. Values are parameters, never text of the question."""
        try:
            return self._connection.execute(sql, list(params)).fetchall()
        except duckdb.OutOfMemoryException:
            raise  # no fault of the file
        except duckdb.Error as error:
            raise UnreadableFile(str(error).splitlines()[0][:500]) from error

    def each(self, sql: str, params: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The same, a few thousand rows at a time."""
        cursor = self._connection.execute(sql, list(params))
        while part := cursor.fetchmany(2_000):
            yield from part

    def view(self, name: str, sql: str, params: Sequence[Any] = ()) -> None:
        """Give the answer to a question a name that further ones may use; it is worked out once."""
        self.rows(f"CREATE OR REPLACE TEMP TABLE {name} AS {sql}", params)

    def open_papers(self, path: Path, name: str = "papers") -> None:
        """Papers of a Parquet file, by a name."""
        self.rows(f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT * FROM read_parquet('{_quoted(path)}')")

    def write(self, sql: str, params: Sequence[Any], path: Path) -> None:
        """Put the answer to a question into a Parquet file."""
        self.rows(f"COPY ({sql}) TO '{_quoted(path)}' (FORMAT PARQUET, COMPRESSION SNAPPY)", params)

    def take(self, source: Path, kind: PaperFormat, target: Path) -> Taken:
        """Turn a file of papers into `target`, a Parquet file of `COLUMNS`.

        Raises:
            UnreadableFile: it is not what it is said to be.
        """
        self.write(_with_keys(_reader(source, kind)), (), target)
        papers = f"read_parquet('{_quoted(target)}')"
        read, usable, distinct, first, last = self.rows(
            f"SELECT count(*), count(*) FILTER (WHERE {_USABLE}), count(DISTINCT key) FILTER (WHERE {_USABLE}), "
            f"min(year) FILTER (WHERE {_USABLE}), max(year) FILTER (WHERE {_USABLE}) FROM {papers}"
        )[0]
        if read != distinct:
            # Of two records of one paper the one that says retracted stands: a retraction holds, whoever reports it.
            chosen = self.folder / "chosen.parquet"
            self.write(
                f"SELECT * FROM {papers} WHERE {_USABLE} QUALIFY row_number() OVER (PARTITION BY key "
                "ORDER BY is_retracted DESC, is_top10 DESC NULLS LAST, authors DESC, title) = 1",
                (),
                chosen,
            )
            chosen.replace(target)
        return Taken(
            read=read,
            kept=distinct,
            refused=read - usable,
            repeated=usable - distinct,
            first_year=first,
            last_year=last,
        )

    def unusable_rows(self, source: Path, most: int) -> list[tuple[Any, ...]]:
        """Of a table in columns the first rows without a key or a year: (number from 1, key, year)."""
        return self.rows(
            "SELECT file_row_number + 1, coalesce(nullif(trim(coalesce(doi, '')), ''), key), year "
            f"FROM read_parquet('{_quoted(source)}', file_row_number=true) "
            "WHERE coalesce(nullif(trim(coalesce(doi, '')), ''), nullif(trim(coalesce(key, '')), '')) IS NULL "
            "OR try_cast(year AS INTEGER) IS NULL OR try_cast(year AS INTEGER) NOT BETWEEN 1000 AND 2199 "
            "ORDER BY 1 LIMIT ?",
            [most],
        )

    def close(self) -> None:
        self._connection.close()


@contextmanager
def columnar() -> Iterator[Columnar]:
    """An engine with a folder of its own, which goes with it."""
    with tempfile.TemporaryDirectory(prefix="papers-") as folder:
        engine = Columnar(Path(folder))
        try:
            yield engine
        finally:
            engine.close()


def _reader(source: Path, kind: PaperFormat) -> str:
    """The question that reads a file into the columns of `TABLE`."""
    path = _quoted(source)
    with source.open("rb") as content:
        packed = content.read(2) == b"\x1f\x8b"
    if kind is PaperFormat.OPENALEX:
        columns = ", ".join(f"{name}: '{kind}'" for name, kind in _OPENALEX.items())
        return _OPENALEX_SQL.format(
            source=f"read_json('{path}', format='newline_delimited', maximum_object_size={LARGEST_WORK}, "
            f"compression='{'gzip' if packed else 'uncompressed'}', "
            f"columns={{{columns}}})"
        )
    if kind is PaperFormat.PARQUET:
        return _TABLE_SQL.format(source=f"read_parquet('{path}')")
    names = ", ".join(f"'{name}': 'VARCHAR'" for name in TABLE)
    return _TABLE_SQL.format(
        source=f"read_csv('{path}', header=true, delim=',', quote='\"', escape='\"', columns={{{names}}}, "
        f"max_line_size=16777216, compression='{'gzip' if packed else 'none'}')"
    )


_TABLE_SQL = f"""
SELECT {_DOI.format("doi")} AS bare_doi, coalesce(nullif(bare_doi, ''), trim(coalesce(key, ''))) AS key,
  bare_doi AS doi, try_cast(year AS INTEGER) AS year, coalesce(kind, '') AS kind,
  coalesce(title, '') AS title, coalesce(container, '') AS container, coalesce(subjects, '') AS subjects,
  upper(coalesce(authors, '')) AS authors,
  coalesce(try_cast(try_cast(is_retracted AS BOOLEAN) AS INTEGER), 0) AS is_retracted,
  try_cast(try_cast(nullif(CAST(is_top10 AS VARCHAR), '') AS BOOLEAN) AS INTEGER) AS is_top10
FROM {{source}}
"""

_CODES = (
    "array_to_string(list_sort(list_distinct(list_filter(coalesce(nullif(a.countries, []), "
    "list_transform(a.institutions, lambda i: i.country_code), []), lambda c: c IS NOT NULL))), ' ')"
)
_OPENALEX_SQL = f"""
SELECT {_DOI.format("doi")} AS bare_doi,
  coalesce(nullif(bare_doi, ''), regexp_replace(coalesce(id, ''), '^.*/', '')) AS key, bare_doi AS doi, publication_year AS year, {_OPENALEX_KINDS} AS kind,
  coalesce(title, display_name, '') AS title,
  coalesce(primary_location.source.display_name, '') AS container,
  array_to_string(list_sort(list_distinct(list_transform(list_filter(flatten([
    list_transform(coalesce(topics, []), lambda t: regexp_replace(coalesce(t.id, ''), '^.*/', '')),
    list_transform(coalesce(topics, []), lambda t: t.display_name),
    list_transform(coalesce(topics, []), lambda t: t.subfield.display_name),
    list_transform(coalesce(topics, []), lambda t: t.field.display_name),
    list_transform(list_filter(coalesce(concepts, []), lambda c: c.score >= 0.3), lambda c: regexp_replace(coalesce(c.id, ''), '^.*/', '')),
    list_transform(list_filter(coalesce(concepts, []), lambda c: c.score >= 0.3), lambda c: c.display_name)]),
    lambda s: s IS NOT NULL AND s <> ''), lambda s: replace(s, ';', ',')))), ';') AS subjects,
  array_to_string(list_transform(coalesce(authorships, []), lambda a: {_CODES}), ';') AS authors,
  CAST(coalesce(is_retracted, false) AS INTEGER) AS is_retracted,
  CAST(citation_normalized_percentile.is_in_top_10_percent AS INTEGER) AS is_top10
FROM {{source}}
"""


def _with_keys(papers: str) -> str:
    """The papers with what questions are asked by."""
    return f"""
SELECT * EXCLUDE (bare_doi), ' ' || array_to_string(list_sort(list_distinct(list_filter(
    string_split(replace(authors, ';', ' '), ' '), lambda c: c <> ''))), ' ') || ' ' AS countries,
  {words_sql("title")} AS words,
  ';' || CASE WHEN contains(subjects, ' ;') OR contains(subjects, '; ')
    THEN regexp_replace({fold_sql("subjects")}, ' *; *', ';', 'g') ELSE {fold_sql("subjects")} END || ';' AS subject_keys,
  trim({fold_sql("container")}) AS container_key
FROM ({papers})
"""


def table_line(values: Iterable[object]) -> list[str]:
    """A row of the table layout: nothing is blank, truth is 1 or 0."""
    return [
        "" if value is None else str(int(value) if isinstance(value, bool) else value) for value in values
    ]


def _quoted(path: Path) -> str:
    """A path inside a question, which takes none as a parameter."""
    return str(path).replace("'", "''")
