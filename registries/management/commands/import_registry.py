"""`manage.py import_registry KIND FILE...`: take files in, as the page does, and say what became of them."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kernel.violations import RuleBroken, sentence
from registries.actions.archives import packed
from registries.actions.imports import TOGETHER, import_file
from registries.enums import RegistryKind
from registries.messages import problem_words


class Command(BaseCommand):
    help = "Import files into a registry. The same file again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=[kind.value for kind in RegistryKind])
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--problems", action="store_true", help="say every problem, not only their number"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        for name, content in _contents(RegistryKind(options["kind"]), options["files"]):
            since = time.monotonic()
            try:
                run = import_file(kind=RegistryKind(options["kind"]), name=name, content=content, by=None)
            except RuleBroken as broken:
                raise CommandError(
                    "\n".join(sentence(violation) for violation in broken.violations)
                ) from broken
            seconds = time.monotonic() - since
            self.stdout.write(
                f"{name}: {run.read} read, {run.created} new, {run.updated} changed, {run.unchanged} unchanged, "
                f"{run.refused} left out, {len(run.problems)} problems, {run.read / seconds:,.0f} records/s"
            )
            if options["problems"]:
                for problem in run.problems:
                    key = f" [{problem['key']}]" if problem["key"] else ""
                    self.stdout.write(f"  {problem_words(problem)}{key}")


def _contents(kind: RegistryKind, paths: list[Path]) -> Iterator[tuple[str, bytes]]:
    """What is taken in, by name: one file after the other, or all in one where they say something only together."""
    try:
        if kind in TOGETHER and len(paths) > 1:
            yield packed([(path.name, path.read_bytes()) for path in paths])
        else:
            for path in paths:
                yield path.name, path.read_bytes()
    except OSError as error:
        raise CommandError(f"{error.filename}: {error.strerror}") from error
