"""`manage.py verify_ledger`: whether every account says what its entries add up to; 1 if not."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from projects.verification import ledger_differences


class Command(BaseCommand):
    help = "Add up the whole ledger and name each account that says otherwise."

    def handle(self, *args: Any, **options: Any) -> None:
        differences = list(ledger_differences())
        for difference in differences:
            self.stderr.write(f"{difference.what}: {difference.found:,}, not {difference.expected:,}")
        if differences:
            raise CommandError(f"{len(differences)} differences in the ledger")
        self.stdout.write("The ledger is whole.")
