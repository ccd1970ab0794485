"""What the views of this app share: the project of an address, its breadcrumbs, its title, amounts in words."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.choices import label
from kernel.languages import current, localized
from kernel.money import format_amount
from kernel.templatetags.kernel import unit_words
from projects.enums import EntryKind, ProjectState
from projects.models import Project
from projects.queries import projects_visible_to
from proposals.enums import BudgetCategory

TONES = {
    ProjectState.OFFERED: "warning",
    ProjectState.ACTIVE: "success",
    ProjectState.ENDED: "neutral",
    ProjectState.CLOSED: "neutral",
}


def visible_project(request: HttpRequest, public_id: str) -> Project:
    """The project of an address, as far as the reader may see it.

    Raises:
        Http404: otherwise.
    """
    found = projects_visible_to(request.user).select_related("proposal__support_type")
    return get_object_or_404(found, public_id=public_id)


def tone_of(project: Project) -> str:
    return TONES[ProjectState(project.state)]


def title_of(project: Project) -> str:
    return localized(project, "title") or _("(no title)")


def pi_of(project: Project) -> str:
    return str(project.pi.name_in(current()))


def address(project: Project, route: str = "project") -> str:
    return reverse(f"projects:{route}", args=[project.public_id])


def crumbs(project: Project, *steps: tuple[Any, str]) -> list[dict[str, Any]]:
    """The way up to the list; a step without an address is the page itself."""
    way = [(_("Projects"), reverse("projects:projects")), (project.number, address(project)), *steps]
    if not steps:
        way[-1] = (project.number, "")
    return [{"label": label, "url": url} for label, url in way]


def written(amount: int | None, currency: str) -> str:
    """An amount for a table whose caption names the currency."""
    return "–" if amount is None else format_amount(amount, currency)


def in_unit(heading: str, currency: str) -> str:
    """The head of a column of amounts, in a file that has no caption: 金額（円）, Amount (yen)."""
    return _("%(heading)s (%(unit)s)") % {"heading": heading, "unit": unit_words(currency)}


def category_words() -> dict[str, str]:
    """The words of each category in the reader's language, for rows that are written after the answer has begun."""
    return {str(category): label(category) for category in BudgetCategory}


def kind_words() -> dict[str, str]:
    """The same for the kinds of entries."""
    return {str(kind): label(kind) for kind in EntryKind}
