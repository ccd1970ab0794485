"""`manage.py demo_accounts`: who may sign in to the demo, and with what."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.demo.accounts import ACCOUNTS, PASSWORD


class Command(BaseCommand):
    help = "Print the demo's accounts and their password."

    def handle(self, *args: Any, **options: Any) -> None:
        width = max(len(account.email) for account in ACCOUNTS)
        for account in ACCOUNTS:
            self.stdout.write(f"  {account.email:<{width}}  {account.role_en} / {account.role_ja}")
        self.stdout.write(f"  password: {PASSWORD}")
