"""A table of any length goes out row by row in the same memory (cases.md, 26)."""

import gc
import tracemalloc
from collections.abc import Iterable, Iterator

from kernel.documents.tables import ROWS_IN_CHUNK, stream_csv

ROWS = 100_000
COLUMNS = ["number", "title", "amount"]


class Counted:
    """Rows as a database yields them, counted as they are asked for."""

    def __init__(self, rows: int) -> None:
        self.rows, self.asked = rows, 0

    def __iter__(self) -> Iterator[list[object]]:
        for number in range(self.rows):
            self.asked += 1
            yield [f"{number:06}", f"研究課題{number}" * 5, number]


def peak_of(chunks: Iterable[bytes]) -> int:
    """The most memory that was held at once while the chunks went by, in bytes."""
    gc.collect()
    tracemalloc.start()
    for _ in chunks:
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def test_the_first_bytes_come_before_any_row_and_every_chunk_asks_for_its_own_rows() -> None:
    rows = Counted(ROWS)
    chunks = stream_csv(COLUMNS, rows)
    assert next(chunks).startswith(b"\xef\xbb\xbfnumber")
    assert rows.asked == 0
    for sent in range(1, 4):
        next(chunks)
        assert rows.asked == sent * ROWS_IN_CHUNK
    lines = 1 + 3 * ROWS_IN_CHUNK + sum(chunk.count(b"\r\n") for chunk in chunks)
    assert (lines, rows.asked) == (ROWS + 1, ROWS)


def test_memory_does_not_grow_with_the_rows() -> None:
    short, long = (peak_of(stream_csv(COLUMNS, Counted(rows))) for rows in (2_000, 20_000))
    assert long < short * 1.2 + 10_000
