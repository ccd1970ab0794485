"""What a parser hands back: the records it could read, and what it found wrong, by file and place."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from registries.enums import Severity

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in an imported file that a person should know of.

    `record` and `line` count from 1; a problem of the whole file has neither. `key` is the record's own identifier
    where it could be read (a DOI, an award number), so that the sender can find it in the source.
    """

    file_name: str
    code: str
    severity: Severity
    record: int | None = None
    line: int | None = None
    key: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ParseResult(Generic[Record]):
    """`records` in the order of the file; `read` counts what the file held, so `read - len(records)` were refused."""

    records: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()
    read: int = 0

    @property
    def refused(self) -> int:
        return self.read - len(self.records)


class Refused(Exception):
    """One record, or the file, cannot be used. Caught inside the parsers and turned into a `Problem`."""

    def __init__(self, code: str, *, line: int | None = None, **params: Any) -> None:
        self.code, self.line, self.params = code, line, params
        super().__init__(code)


class Reading(Generic[Record]):
    """Collects records and problems while one file is read.

    A parser opens each record with `with reading.record():`; a `Refused` raised inside it becomes an error that names
    the file and the record, and the next record is read.
    """

    def __init__(self, file_name: str) -> None:
        self.file_name = file_name
        self._records: list[Record] = []
        self._problems: list[Problem] = []
        self._read = 0
        self._line: int | None = None
        self._key = ""
        self._inside = False

    def record(self, *, line: int | None = None) -> "_OneRecord":
        self._read += 1
        self._line, self._key = line, ""
        return _OneRecord(self)

    def name(self, key: str) -> None:
        """Say how the source calls the record being read; later problems carry it."""
        self._key = key

    def add(self, record: Record) -> None:
        self._records.append(record)

    def warn(self, code: str, **params: Any) -> None:
        self._note(code, Severity.WARNING, self._line, params)

    def inform(self, code: str, **params: Any) -> None:
        self._note(code, Severity.INFO, self._line, params)

    def take_each(
        self,
        entries: Iterable[tuple[int | None, Any]],
        make: Callable[[Any, "Reading[Record]"], Record],
        key: Callable[[Record], str],
    ) -> None:
        """Take what `make` reads of each entry, (line or None, whatever `make` understands), each `key` once.

        Refused: what `make` refuses, and a second record of the same key.
        """
        seen: set[str] = set()
        for line, entry in entries:
            with self.record(line=line):
                record = make(entry, self)
                if key(record) in seen:
                    raise Refused("record_twice", key=key(record))
                seen.add(key(record))
                self.add(record)

    def refuse(self, refused: Refused) -> None:
        self._note(refused.code, Severity.ERROR, refused.line or self._line, refused.params)

    def result(self) -> ParseResult[Record]:
        return ParseResult(tuple(self._records), tuple(self._problems), self._read)

    def __iter__(self) -> Iterator[Record]:
        return iter(self._records)

    def _note(self, code: str, severity: Severity, line: int | None, params: Mapping[str, Any]) -> None:
        number = self._read if self._inside else None
        key = self._key if self._inside else ""
        self._problems.append(Problem(self.file_name, code, severity, number, line, key, dict(params)))


class _OneRecord:
    """Keeps a refusal inside the record that caused it."""

    def __init__(self, reading: Reading[Any]) -> None:
        self._reading = reading

    def __enter__(self) -> None:
        self._reading._inside = True

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> bool:
        refused = isinstance(error, Refused)
        if isinstance(error, Refused):
            self._reading.refuse(error)
        self._reading._inside, self._reading._line, self._reading._key = False, None, ""
        return refused
