"""Taking a file into the registries: read it, compare it with what is there, and write the difference in bulk."""

import dataclasses
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.functional import lazy

from accounts.models import User
from kernel import audit
from kernel.actions import action, require
from kernel.files import store_upload
from kernel.files.models import StoredFile
from kernel.files.names import clean_name
from kernel.jobs import enqueue
from kernel.jobs.models import Job
from kernel.violations import RuleBroken, Violation, refuse_if
from registries.actions import (
    awards,
    calendars,
    erad_codes,
    institutions,
    publications,
    rates,
    reference_tables,
)
from registries.actions.archives import packed
from registries.actions.changes import Changes
from registries.enums import RegistryKind, Severity
from registries.messages import problem_in_full
from registries.models import ImportRun
from registries.permissions import may_import
from registries.queries import IMPORT_JOB, PREVIEW_JOB
from registries.rules.results import ParseResult, Problem

MOST_BYTES = 50 * 1024 * 1024
KEPT_PROBLEMS = 500
# What each kind is published as; the content decides, the ending is only what a person would pick.
ENDINGS = (".json", ".jsonl", ".ndjson", ".xml", ".csv", ".xlsx", ".zip")
# Of these kinds several files are taken in as one: codes, and names in each language.
TOGETHER = (RegistryKind.COUNTRIES,)


class FileRefused(RuleBroken):
    """The file as a whole cannot be used. `problems` are what was found wrong, as a run keeps them."""

    def __init__(self, violations: list[Violation], problems: list[dict[str, Any]]) -> None:
        super().__init__([*violations, *(problem_violation(problem) for problem in problems)])
        self.own, self.problems = violations, problems


@dataclass(frozen=True)
class Preview:
    """What an import would do: counts, and what is wrong with the file."""

    read: int
    changes: Changes
    refused: int
    problems: list[dict[str, Any]] = field(default_factory=list)


Reader = Callable[[bytes, str], ParseResult[Any]]
Comparer = Callable[[Any], Changes]
# How each kind is read, and how its records are compared with what is there.
KINDS: dict[RegistryKind, tuple[Reader, Comparer]] = {
    RegistryKind.INSTITUTIONS: (institutions.read, institutions.compare),
    RegistryKind.COUNTRIES: (calendars.read_countries, calendars.compare_countries),
    RegistryKind.RATES: (rates.read, rates.compare),
    RegistryKind.HOLIDAYS: (calendars.read_holidays, calendars.compare_holidays),
    RegistryKind.AWARDS: (awards.read, awards.compare),
    RegistryKind.PUBLICATIONS: (publications.read, publications.compare),
    RegistryKind.ERAD_CODES: (erad_codes.read, erad_codes.compare),
    RegistryKind.REVIEW_PROJECTS: (
        reference_tables.read_review_record,
        reference_tables.compare_review_record,
    ),
    RegistryKind.BUDGET_ITEMS: (reference_tables.read_budget_items, reference_tables.compare_budget_items),
}


@action
def request_preview(*, kind: RegistryKind, uploads: Sequence[Any], by: User) -> Job:
    """Put a file away under its sender's name, and have it read and compared in the background.

    Several files that say something only together (`TOGETHER`) are put away as one ZIP.

    Raises:
        RuleBroken: `import_one_file`, `import_empty`, `import_too_large`, and what `store_upload` refuses.
    """
    require(may_import(by))
    refuse_if(Violation("import_one_file", "file") if len(uploads) > 1 and kind not in TOGETHER else None)
    upload = uploads[0]
    if len(uploads) > 1:
        refuse_if(
            *(_size_violation(clean_name(one.name), one.size) for one in uploads),
            _size_violation(clean_name(upload.name), sum(one.size for one in uploads)),
        )
        name, content = packed([(clean_name(one.name), one.read()) for one in uploads])
        upload = SimpleUploadedFile(name, content)
    name = clean_name(upload.name)
    refuse_if(_size_violation(name, upload.size))
    stored = store_upload(upload=upload, by=by, allowed=ENDINGS, field="file", limit=MOST_BYTES)
    return _enqueue(PREVIEW_JOB, kind, stored, by)


@action
def request_import(*, kind: RegistryKind, stored: StoredFile, by: User) -> Job:
    """Have a file that was put away taken in, in the background."""
    require(may_import(by) and stored.uploaded_by_id == by.pk)
    return _enqueue(IMPORT_JOB, kind, stored, by)


def _enqueue(name: str, kind: RegistryKind, stored: StoredFile, by: User) -> Job:
    payload = {"kind": RegistryKind(kind).value, "file": stored.public_id, "name": stored.name}
    job: Job = enqueue(name, payload, by=by)
    return job


def preview_file(*, kind: RegistryKind, name: str, content: bytes, reader: User) -> Preview:
    """What `import_file` would do with this file, shown to `reader`; writes nothing.

    Raises:
        RuleBroken: as `import_file`.
    """
    require(may_import(reader))
    return previewed(compare_with_registry(kind, read_content(kind, name, content), name))


def previewed(compared: tuple[ParseResult[Any], Changes]) -> Preview:
    """What a comparison has found, for people to see."""
    result, changes = compared
    return Preview(result.read, changes, _refused(result, changes), _kept_problems(result, changes))


@action
def import_file(*, kind: RegistryKind, name: str, content: bytes, by: User | None) -> ImportRun:
    """Take a file into the registry `kind`. The same file again changes nothing.

    Records that cannot be used are left out and named, by record or line, in the run's problems; the others are taken.
    Officers of Japanese agencies and staff may.

    Raises:
        RuleBroken: `import_empty`, `import_too_large`, or what is wrong with the file as a whole (a format that is
            unknown, text that breaks off); nothing has been changed.
    """
    require(by is None or may_import(by))
    return write_records(
        kind=kind, name=name, content=content, result=read_content(kind, name, content), by=by
    )


@action
def write_records(
    *, kind: RegistryKind, name: str, content: bytes, result: ParseResult[Any], by: User | None
) -> ImportRun:
    """Write what was read from a file, whole or not at all.

    Raises:
        RuleBroken: as `import_file`.
    """
    require(by is None or may_import(by))
    result, changes = compare_with_registry(kind, result, name)
    problems = _kept_problems(result, changes)
    run = ImportRun.objects.create(
        kind=kind,
        file_name=name[:255],
        sha256=hashlib.sha256(content).hexdigest(),
        read=result.read,
        created=len(changes.new),
        updated=len(changes.changed),
        unchanged=changes.unchanged,
        refused=_refused(result, changes),
        problems=problems[:KEPT_PROBLEMS],
        by=by,
    )
    changes.write(run)
    audit.record(
        "imported",
        run,
        by=by,
        details={"kind": str(kind), "created": run.created, "updated": run.updated, "refused": run.refused},
    )
    return run


def read_content(kind: RegistryKind, name: str, content: bytes) -> ParseResult[Any]:
    """The records of a file. Touches no database.

    Raises:
        FileRefused: there is no record that could be used.
        RuleBroken: `import_empty`, `import_too_large`, an archive that cannot be opened.
    """
    refuse_if(_size_violation(name, len(content)))
    result = KINDS[RegistryKind(kind)][0](content, name)
    if result.records:
        return result
    of_the_file = [p for p in result.problems if p.severity == Severity.ERROR and p.record is None]
    if of_the_file:
        raise FileRefused([], [kept_problem(problem) for problem in of_the_file])
    raise FileRefused(
        [Violation("import_without_records", "file", {"file": name})],
        [kept_problem(problem) for problem in result.problems[:20]],
    )


def compare_with_registry(
    kind: RegistryKind, result: ParseResult[Any], name: str
) -> tuple[ParseResult[Any], Changes]:
    """What was read, and what would change."""
    changes = KINDS[RegistryKind(kind)][1](result.records)
    changes.problems = [dataclasses.replace(problem, file_name=name) for problem in changes.problems]
    return result, changes


def _size_violation(name: str, size: int) -> Violation | None:
    if not size:
        return Violation("import_empty", "file", {"file": name})
    if size > MOST_BYTES:
        return Violation("import_too_large", "file", {"file": name, "limit": MOST_BYTES // 2**20})
    return None


def _refused(result: ParseResult[Any], changes: Changes) -> int:
    return result.refused + sum(problem.severity == Severity.ERROR for problem in changes.problems)


def _kept_problems(result: ParseResult[Any], changes: Changes) -> list[dict[str, Any]]:
    return [kept_problem(problem) for problem in (*result.problems, *changes.problems)]


def problem_violation(problem: dict[str, Any]) -> Violation:
    """A kept problem as a violation, whose sentence names the file and the place."""
    return Violation("import_problem", "file", {"what": lazy(problem_in_full, str)(problem)})


def kept_problem(problem: Problem) -> dict[str, Any]:
    """A problem as a run keeps it."""
    kept = asdict(problem)
    kept["severity"] = str(problem.severity)
    kept["params"] = {
        name: value if isinstance(value, int) else str(value) for name, value in problem.params.items()
    }
    return kept
