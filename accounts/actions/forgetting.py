"""Taking back that somebody was made known."""

from collections.abc import Collection
from typing import Any

from accounts.models import Person
from kernel import audit
from kernel.actions import action

BATCH = 500


@action
def forget_people(*, public_ids: Collection[str], by: Any) -> int:
    """Remove those of these people who have no account and to whom nothing points any more; returns how many.

    For whoever has made them known by mistake; the caller checks the right.
    """
    people = list(Person.objects.select_for_update().filter(public_id__in=list(public_ids), user=None))
    needed: set[int] = set()
    for relation in Person._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or relation.many_to_many:
            continue
        model: Any = relation.related_model
        column = relation.field.name  # type: ignore[union-attr]  # a reverse relation has the field that makes it
        for start in range(0, len(people), BATCH):
            keys = [person.pk for person in people[start : start + BATCH]]
            rows = model._base_manager.filter(**{f"{column}__in": keys})
            needed |= set(rows.values_list(column, flat=True))
    gone = [person for person in people if person.pk not in needed]
    audit.record_all("forgotten", [(person, {}, {}) for person in gone], by=by)
    for start in range(0, len(gone), BATCH):
        Person.objects.filter(pk__in=[person.pk for person in gone[start : start + BATCH]]).delete()
    return len(gone)
