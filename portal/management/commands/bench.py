"""`manage.py bench NAME [--size N]`: measure, and print one JSON line a figure."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.bench import CannotMeasure, benches


class Command(BaseCommand):
    help = "Measure the portal on the data that are there, and print one JSON line a figure."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", choices=sorted(benches()))
        parser.add_argument(
            "--size", type=int, default=None, help="how many rows, for a bench that makes its own"
        )

    def handle(self, *args: Any, name: str, size: int | None, **options: Any) -> None:
        if size is not None and size < 1:
            raise CommandError("--size is a number of rows, 1 or more.")
        try:
            for figure in benches()[name](size):
                self.stdout.write(figure.line())
        except CannotMeasure as error:
            raise CommandError(str(error)) from error
