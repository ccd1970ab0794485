"""What the views of this app share: tables in plain values, the project of an address, the way back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.languages import localized
from kernel.moves import Move
from program.views.answering import only_if
from projects.models import Project
from projects.queries import projects_visible_to
from reporting.permissions import may_record_outcomes


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its text, where it leads, a second line, and how it is set (`numeric`, `wide`)."""

    text: Any = ""
    url: str = ""
    more: str = ""
    css: str = ""
    moves: Sequence[Move] = ()


@dataclass(frozen=True)
class Table:
    """A table for `reporting/table.html`: headers are (words, css); `empty` is said where there is no row."""

    key: str
    caption: Any
    headers: Sequence[tuple[Any, str]]
    rows: Sequence[Sequence[Cell]] = field(default_factory=list)
    empty: Any = ""


def number(value: int | Decimal | None, url: str = "") -> Cell:
    """A count, or a dash where there is none."""
    return Cell("–" if value is None else f"{value:,}", url if value else "", css="numeric")


def visible_project(request: HttpRequest, public_id: str) -> Project:
    """A project that the reader may see."""
    found = projects_visible_to(request.user).select_related(
        "programme", "agency", "pi", "institution", "proposal"
    )
    return get_object_or_404(found, public_id=public_id)


def recorded_project(request: HttpRequest, public_id: str) -> Project:
    """A project whose outcomes the reader may record; for others the page is absent."""
    project = visible_project(request, public_id)
    only_if(may_record_outcomes(request.user, project))
    return project


def address(route: str, *keys: Any) -> str:
    return reverse(f"reporting:{route}", args=keys)


def crumbs(*steps: tuple[Any, str]) -> list[dict[str, Any]]:
    """The way from the outcomes of all projects down; the last step is the page itself."""
    way = [(_("Outcomes"), address("projects")), *steps]
    return [{"label": label, "url": url} for label, url in way]


def tabs_of(project: Project, current: str) -> list[dict[str, Any]]:
    """The two sides of a project's outcomes."""
    return [
        {"label": label, "url": address(route, project.public_id), "current": route == current, "count": ""}
        for route, label in (("stays", _("Stays")), ("papers", _("Papers")))
    ]


def heading_of(project: Project) -> str:
    return f"{project.number} {localized(project, 'title')}"
