"""What the registries hold, and what was taken in last."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.choices import label
from kernel.methods import reads
from kernel.moves import Move
from kernel.pages import page_of
from registries.enums import RegistryKind
from registries.permissions import may_import, may_keep_papers, may_read_registries
from registries.queries import import_runs_visible_to, last_runs, registry_sizes
from registries.views.trails import LISTS, only_if, trail


@reads
def overview(request: HttpRequest) -> HttpResponse:
    only_if(may_read_registries(request.user))
    sizes, last = registry_sizes(), last_runs(request.user)
    context = {
        "registries": [
            {
                "label": label(kind),
                "url": reverse(LISTS[kind]) if kind in LISTS else "",
                "size": sizes[kind.value],
                "run": last.get(kind.value),
            }
            for kind in RegistryKind
        ],
        "moves": _moves(request.user),
    }
    return render(request, "registries/overview.html", context)


@reads
def import_runs(request: HttpRequest) -> HttpResponse:
    """Every file that was taken in."""
    only_if(may_read_registries(request.user))
    context = {
        "page": page_of(import_runs_visible_to(request.user).select_related("by__person"), request),
        "moves": _moves(request.user),
        "breadcrumbs": trail(request.user, (_("Imports"), "")),
    }
    return render(request, "registries/import_runs.html", context)


def _moves(user: Any) -> list[Move]:
    moves = []
    if may_import(user):
        moves.append(Move(_("Import a file"), reverse("registries:import"), tone="primary"))
    if may_keep_papers(user):
        moves.append(Move(_("Files of papers"), reverse("registries:paper_files")))
    return moves
