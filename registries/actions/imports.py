"""Taking a file into the registries: read it, compare it with what is there, and write the difference in bulk."""

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.functional import lazy

from accounts.models import User
from kernel import audit
from kernel.actions import action, require
from kernel.violations import RuleBroken, Violation
from registries.actions import awards, calendars, institutions, publications, rates
from registries.actions.changes import Changes
from registries.enums import RegistryKind, Severity
from registries.messages import problem_words
from registries.models import ImportRun
from registries.permissions import may_import
from registries.rules.results import ParseResult, Problem

MOST_BYTES = 50 * 1024 * 1024
KEPT_PROBLEMS = 500


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
}


def preview_file(*, kind: RegistryKind, name: str, content: bytes, reader: User) -> Preview:
    """What `import_file` would do with this file, shown to `reader`; writes nothing.

    Raises:
        RuleBroken: as `import_file`.
    """
    require(may_import(reader))
    result, changes = _compare(RegistryKind(kind), name, content)
    return Preview(result.read, changes, result.refused, [_kept(problem) for problem in result.problems])


@action
def import_file(*, kind: RegistryKind, name: str, content: bytes, by: User | None) -> ImportRun:
    """Take a file into the registry `kind`. The same file again changes nothing.

    Records that cannot be used are left out and named, by record or line, in the run's problems; the others are taken.
    Officers of Japanese agencies and staff may.

    Raises:
        RuleBroken: `file_empty`, `import_too_large`, or what is wrong with the file as a whole (a format that is
            unknown, text that breaks off); nothing has been changed.
    """
    require(by is None or may_import(by))
    result, changes = _compare(RegistryKind(kind), name, content)
    run = ImportRun.objects.create(
        kind=kind,
        file_name=name[:255],
        sha256=hashlib.sha256(content).hexdigest(),
        read=result.read,
        created=len(changes.new),
        updated=len(changes.changed),
        unchanged=changes.unchanged,
        refused=result.refused,
        problems=[_kept(problem) for problem in result.problems[:KEPT_PROBLEMS]],
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


def _compare(kind: RegistryKind, name: str, content: bytes) -> tuple[ParseResult[Any], Changes]:
    if not content:
        raise RuleBroken(Violation("import_empty", "file", {"file": name}))
    if len(content) > MOST_BYTES:
        raise RuleBroken(Violation("import_too_large", "file", {"file": name, "limit": MOST_BYTES // 2**20}))
    read, compare = KINDS[kind]
    result = read(content, name)
    of_the_file = [p for p in result.problems if p.severity == Severity.ERROR and p.record is None]
    if of_the_file and not result.records:
        raise RuleBroken([problem_violation(_kept(problem)) for problem in of_the_file])
    if not result.records:
        problems = [problem_violation(_kept(problem)) for problem in result.problems[:20]]
        raise RuleBroken([Violation("import_without_records", "file", {"file": name}), *problems])
    return result, compare(result.records)


def problem_violation(problem: dict[str, Any]) -> Violation:
    """A kept problem as a violation, whose sentence names the file and the place."""
    return Violation("import_problem", "file", {"what": lazy(problem_words, str)(problem)})


def _kept(problem: Problem) -> dict[str, Any]:
    kept = asdict(problem)
    kept["severity"] = str(problem.severity)
    kept["params"] = {
        name: value if isinstance(value, int) else str(value) for name, value in problem.params.items()
    }
    return kept
