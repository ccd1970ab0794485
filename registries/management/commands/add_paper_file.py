"""`manage.py add_paper_file FILE --source NAME --dated DAY`: keep a file of papers by the million, for evidence."""

import datetime as dt
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kernel.violations import RuleBroken, sentence
from registries.actions.paper_files import FORMATS
from registries.enums import PaperFormat
from registries.messages import problem_words
from registries.paper_intake import add_paper_file


class Command(BaseCommand):
    help = "Keep a file of papers by the million, from a named database of a day. The same file again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", required=True, help="the database, such as OpenAlex")
        parser.add_argument(
            "--dated", required=True, type=dt.date.fromisoformat, help="of which day: 2026-11-01"
        )
        parser.add_argument("--licence", default="", help="in the source's own words, such as CC0 1.0")
        parser.add_argument("--format", choices=[kind.value for kind in PaperFormat], default=None)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        kind = PaperFormat(options["format"]) if options["format"] else FORMATS.get(path.suffix.lower())
        if kind is None:
            raise CommandError(f"{path.name}: say by --format what it is.")
        if not path.is_file():
            raise CommandError(f"{path}: no such file.")
        since = time.monotonic()
        try:
            found = add_paper_file(
                path=path,
                source=options["source"],
                dated=options["dated"],
                kind=kind,
                licence=options["licence"],
            )
        except RuleBroken as broken:
            raise CommandError("\n".join(sentence(violation) for violation in broken.violations)) from broken
        seconds = time.monotonic() - since
        self.stdout.write(
            f"{found.name}: {found.read} read, {found.kept} kept, {found.refused} left out, {found.repeated} repeated, "
            f"{found.read / seconds:,.0f} records/s"
        )
        for problem in found.problems:
            self.stdout.write(f"  {problem_words(problem)}")
