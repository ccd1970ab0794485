"""What the pages of the registries share: the way back up, and words for values that a file gave."""

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from registries.enums import RegistryKind
from registries.permissions import may_read_registries

# The page that lists each kind.
LISTS = {
    RegistryKind.INSTITUTIONS: "registries:institutions",
    RegistryKind.COUNTRIES: "registries:countries",
    RegistryKind.RATES: "registries:rates",
    RegistryKind.AWARDS: "registries:awards",
    RegistryKind.PUBLICATIONS: "registries:publications",
    RegistryKind.HOLIDAYS: "registries:holidays",
    RegistryKind.ERAD_CODES: "registries:institutions",
    RegistryKind.REVIEW_PROJECTS: "registries:review_projects",
    RegistryKind.BUDGET_ITEMS: "registries:budget_items",
}


def only_if(allowed: bool) -> None:
    """Go on only for those who may; for others there is nothing here.

    Raises:
        Http404: otherwise.
    """
    if not allowed:
        raise Http404


def trail(user: Any, *steps: tuple[Any, str]) -> list[dict[str, Any]]:
    """Breadcrumbs from (label, address) pairs, below the overview for those who may read it; the last is the page."""
    home = [(_("Registries"), reverse("registries:overview"))] if may_read_registries(user) else []
    return [{"label": label, "url": url} for label, url in (*home, *steps)]


def country_name(names: dict[str, str], code: str) -> str:
    """The country's name, or its code where the registry does not have it; "–" for none."""
    return names.get(code, code) or "–"
