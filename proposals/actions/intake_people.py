"""The people whom the rows of a table name."""

from collections.abc import Sequence
from typing import Any

from accounts.models import Person
from kernel import audit
from proposals.intake import person_like
from proposals.intake_lookups import BATCH, people_known
from proposals.intake_reading import names_in


class People:
    """The people whom rows name: those who are known, and new ones, each once however many rows name them."""

    def __init__(self, rows: Sequence[dict[str, str]], by: Any) -> None:
        self._by = by
        self._by_email, self._by_number = people_known(
            {row[name] for row in rows for name in ("pi_email", "partner_email") if name in row},
            {row["pi_erad"] for row in rows if "pi_erad" in row},
        )
        self.new: list[Person] = []

    def of(self, values: dict[str, str], prefix: str) -> Person:
        """Whom a row names as `pi` or `partner`; a new one is not saved yet (see `save`)."""
        number = values.get(f"{prefix}_erad", "")
        person = person_like(values, prefix, self._by_email, self._by_number)
        if person is None:
            email = values.get(f"{prefix}_email", "")
            person = Person(email=email, erad_number=number, **names_in(values, prefix))
            self.new.append(person)
            if email:
                self._by_email.setdefault(email, []).append(person)
            if number:
                self._by_number.setdefault(number, []).append(person)
        elif number and not person.erad_number and person.user_id is None:
            person.erad_number = number
            if person.pk:
                person.save(update_fields=["erad_number"])
        return person

    def save(self) -> None:
        """Make the new ones known."""
        fresh = [person for person in self.new if person.pk is None]
        Person.objects.bulk_create(fresh, batch_size=BATCH)
        audit.record_all("registered", [(person, {}, {}) for person in fresh], by=self._by)
