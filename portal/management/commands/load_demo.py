"""`manage.py load_demo`: fill an empty portal with the demo programme."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.demo import world


class Command(BaseCommand):
    help = "Make the demo programme by calling the portal's own actions. Loading it twice changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(
            "The demo programme was loaded." if world.load() else "The demo programme is there already."
        )
