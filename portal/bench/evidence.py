"""Evidence from made-up papers: how long a file of them takes to be taken in, counted and opened, and how much memory.

The papers are made up and always the same: each is worked out from its number alone, by whole numbers.
"""

import resource
import time
from collections.abc import Iterator
from pathlib import Path

from portal.bench import CannotMeasure, Figure, bench
from program.evidence_papers import Filters, page_of_papers
from program.evidence_work import count_papers, match_papers
from program.rules.field_definition import FieldDefinition
from registries.columnar import Columnar, columnar
from registries.enums import PaperFormat

SIZE = 1_000_000
FIRST_YEAR, LAST_YEAR = 2015, 2024
FIELD = FieldDefinition(
    terms=("quantum", "superconduct*", "量子"), subjects=("T10020",), exclusions=("quantum leap",)
)
GROUP = ("DE", "FR", "GB", "SE", "NL", "ES")

# The parts of a paper are drawn from its number `i` by multiplying with an odd number and taking the rest, so that they are
# the same on every machine and with every release of the engine.
DRAW = "(({i} * {factor} + {shift}) % 4294967291)"
WORDS = "['Quantum', 'Neural', 'Marine', 'Superconducting', 'Cellular', 'Polymer', 'Climate', 'Stellar', '量子', 'Genome']"
THINGS = "['networks', 'dots', 'transport', 'leap', 'imaging', 'dynamics', '計算', 'synthesis', 'materials', 'sensing']"
COUNTRIES = "['JP', 'JP', 'JP', 'US', 'US', 'CN', 'DE', 'GB', 'FR', 'CA', 'IN', 'AU', 'KR', 'SE', 'NL', 'ES', 'BR', 'SG', 'CH', 'IT']"


def _draw(factor: int, most: int, shift: int = 7, number: str = "i") -> str:
    return f"CAST(({DRAW.format(i=number, factor=factor, shift=shift)}) % {most} AS INTEGER)"


def make_papers(engine: Columnar, size: int, path: Path) -> None:
    """Write `size` made-up works into `path`, one JSON object a line, as OpenAlex gives them."""
    author = "i * 31 + a"
    engine.rows(
        f"""
COPY (SELECT 'https://openalex.org/W' || i AS id,
  CASE WHEN i % 10 < 9 THEN 'https://doi.org/10.1234/MADE-UP.' || i END AS doi,
  {WORDS}[1 + {_draw(2654435761, 10)}] || ' ' || {THINGS}[1 + {_draw(2246822519, 10)}] || ': a made-up study no. ' || i AS title,
  {FIRST_YEAR} + {_draw(3266489917, 10)} AS publication_year,
  CASE {_draw(668265263, 20)} WHEN 0 THEN 'preprint' WHEN 1 THEN 'review' WHEN 2 THEN 'dataset' ELSE 'article' END AS type,
  {_draw(374761393, 500)} = 0 AS is_retracted,
  {{'source': {{'display_name': 'Journal of Made-up Results ' || (i % 97)}}}} AS primary_location,
  list_transform(range(1 + {_draw(2147483647, 8)}),
    lambda a: {{'countries': [{COUNTRIES}[1 + {_draw(2654435761, 20, 3, author)}]]
      || CASE WHEN {_draw(2246822519, 9, 5, author)} = 0 THEN [{COUNTRIES}[1 + {_draw(3266489917, 20, 11, author)}]] ELSE [] END}}) AS authorships,
  [{{'id': 'https://openalex.org/T' || (10000 + {_draw(3812015801, 200)}), 'display_name': 'Topic ' || (i % 200)}}] AS topics,
  {{'is_in_top_10_percent': {_draw(1540483477, 10)} = 0}} AS citation_normalized_percentile
FROM range({size}) made(i)) TO '{path}' (FORMAT JSON)
"""
    )


def memory() -> float:
    """The most memory that this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@bench("evidence")
def evidence(size: int | None) -> Iterator[Figure]:
    """Make papers, take them in, find those of a field, count them, open a page of them."""
    size = SIZE if size is None else size
    if size > 100_000_000:
        raise CannotMeasure("At most 100,000,000 papers can be made up.")

    def figure(what: str, value: float, unit: str) -> Figure:
        return Figure("evidence", what, round(value, 2), unit, size)

    with columnar() as engine:
        works, papers, matched = (engine.folder / name for name in ("w.ndjson", "p.parquet", "m.parquet"))
        since = time.perf_counter()
        make_papers(engine, size, works)
        yield figure("make papers up", time.perf_counter() - since, "s")
        yield figure("file of works", works.stat().st_size / 1e6, "MB")
        since = began = time.perf_counter()
        processor = time.process_time()
        engine.take(works, PaperFormat.OPENALEX, papers)
        yield figure("take in", time.perf_counter() - since, "s")
        yield figure("file in columns", papers.stat().st_size / 1e6, "MB")
        computing = since = time.perf_counter()
        count = match_papers(engine, papers, FIELD, (FIRST_YEAR, LAST_YEAR), matched)
        yield figure("find those of the field", time.perf_counter() - since, "s")
        yield figure("papers of the field", count, "papers")
        since = time.perf_counter()
        count_papers(engine, {"group": GROUP})
        yield figure("count", time.perf_counter() - since, "s")
        end, used = time.perf_counter(), time.process_time() - processor
        yield figure("compute", end - computing, "s")
        yield figure("take in and compute", end - began, "s")
        yield figure("take in and compute: processor time", used, "s")
        yield figure("take in and compute: records a second", size / (end - began), "rows/s")
        since = time.perf_counter()
        page_of_papers(matched, Filters(countries=("US",), home=True), page=1, size=60)
        yield figure("open the papers behind a figure", (time.perf_counter() - since) * 1000, "ms")
        yield figure("peak memory", memory(), "MB")
