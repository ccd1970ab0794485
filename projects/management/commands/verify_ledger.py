"""`manage.py verify_ledger`: whether every account says what its entries add up to; 1 if not."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from projects.verification import ledger_differences, missing_triggers


class Command(BaseCommand):
    help = "Add up the whole ledger and name each account that says otherwise."

    def handle(self, *args: Any, **options: Any) -> None:
        differences = list(ledger_differences())
        for difference in differences:
            self.stderr.write(f"{difference.what}: {difference.found:,}, not {difference.expected:,}")
        missing = missing_triggers()
        for name in missing:
            self.stderr.write(f"trigger {name} is missing: the database no longer holds the ledger by itself")
        if differences or missing:
            raise CommandError(
                f"{len(differences)} differences in the ledger, {len(missing)} triggers missing"
            )
        self.stdout.write("The ledger is whole.")
