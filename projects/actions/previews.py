"""What an entry would leave, found by making it and taking it back."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from projects.models import Project
from projects.queries import Remaining, remaining


def preview_entry(
    *, project: Project, years: list[int], category: str, make: Callable[[], Any]
) -> list[tuple[Remaining, Remaining]]:
    """What is left in each of `years` before and after `make`, which is then undone as a whole.

    So a preview obeys exactly the rules of the entry itself. `make` calls an action, and what it raises is raised here.
    """
    before = [remaining(project, year, category) for year in years]
    with transaction.atomic():
        make()
        after = [remaining(project, year, category) for year in years]
        transaction.set_rollback(True)
    return list(zip(before, after, strict=True))
