"""Evidence from made-up papers: how long a file of them takes to be taken in, counted and opened, and how much memory.

The papers are made up and always the same: each is worked out from its number alone, by whole numbers.
"""

import resource
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

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
    """The most memory that this process has held since `forget_memory`, in MB."""
    try:
        status = Path("/proc/self/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) / 1024
    except (OSError, ValueError, IndexError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def forget_memory() -> None:
    """Begin to look for the most anew, where the system lets us; making the papers up is no part of what is measured."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


class Watch:
    """Time by the clock and of the processor: on a busy machine only the second says what the work takes."""

    def __init__(self) -> None:
        self.clock, self.processor = time.perf_counter(), time.process_time()

    def read(self) -> tuple[float, float]:
        """Seconds since the beginning: by the clock, of the processor (of all threads together)."""
        return time.perf_counter() - self.clock, time.process_time() - self.processor


@bench("evidence")
def evidence(size: int | None) -> Iterator[Figure]:
    """Make papers, take them in, find those of a field, count them, open a page of them."""
    size = SIZE if size is None else size
    if size > 100_000_000:
        raise CannotMeasure("At most 100,000,000 papers can be made up.")

    def figure(what: str, value: float, unit: str) -> Figure:
        return Figure("evidence", what, round(value, 2), unit, size)

    def times(what: str, watch: Watch) -> Iterator[Figure]:
        clock, processor = watch.read()
        yield figure(what, clock, "s")
        yield figure(f"{what}: processor time", processor, "s")

    with TemporaryDirectory(prefix="bench-") as folder:
        works = Path(folder) / "works.ndjson"
        watch = Watch()
        with columnar() as engine:
            make_papers(engine, size, works)
        yield from times("make papers up", watch)
        yield figure("file of works", works.stat().st_size / 1e6, "MB")
        forget_memory()
        with columnar() as engine:
            papers, matched = engine.folder / "papers.parquet", engine.folder / "matched.parquet"
            whole = watch = Watch()
            engine.take(works, PaperFormat.OPENALEX, papers)
            yield from times("take in", watch)
            yield figure("file in columns", papers.stat().st_size / 1e6, "MB")
            watch = Watch()
            count = match_papers(engine, papers, FIELD, (FIRST_YEAR, LAST_YEAR), matched)
            yield from times("find those of the field", watch)
            yield figure("papers of the field", count, "papers")
            watch = Watch()
            count_papers(engine, {"group": GROUP})
            yield from times("count", watch)
            yield from times("take in and compute", whole)
            yield figure("take in and compute: records a second", size / whole.read()[0], "rows/s")
            watch = Watch()
            page_of_papers(matched, Filters(countries=("US",), home=True), page=1, size=60)
            yield figure("open the papers behind a figure", watch.read()[0] * 1000, "ms")
            yield figure("peak memory", memory(), "MB")
