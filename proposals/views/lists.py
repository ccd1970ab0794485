"""What the pages of a proposal's parts that hold several rows have in common: a list, a form, and a page that asks again.

Each leads to the page that shows the proposal where there is nothing to edit any more.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from kernel.forms import add_violations, carry_revision, make_from, values_shown
from kernel.revisions import fingerprint
from kernel.violations import STALE, RuleBroken, sentence
from proposals.models import Proposal
from proposals.views.own import crumbs, written_proposal
from proposals.views.writing import leave_if_closed

PartRow = TypeVar("PartRow", bound=Model)


@dataclass(frozen=True)
class Row:
    """A row of a part's list: its cells, what is to be looked at in it, and where it is changed and removed."""

    cells: list[Any]
    warnings: list[str] = field(default_factory=list)
    change_url: str = ""
    remove_url: str = ""
    # Other pages about the row: words and address.
    links: list[tuple[str, str]] = field(default_factory=list)


def written_row(request: HttpRequest, rows: QuerySet[PartRow], public_id: str, row_id: str) -> PartRow:
    """One row of a proposal that the user writes; for anybody else it is absent."""
    proposal = written_proposal(request, public_id)
    found = rows.filter(proposal=proposal).select_related("proposal__call__programme")
    return get_object_or_404(found, public_id=row_id)


def list_page(
    request: HttpRequest,
    proposal: Proposal,
    *,
    heading: str,
    lead: str,
    columns: list[str],
    rows: list[Row],
    empty: str,
    add_url: str,
    add_label: str,
    table: dict[str, Any] | None = None,
    template: str = "proposals/part_list.html",
    extra: dict[str, Any] | None = None,
    warning: str = "",
) -> HttpResponse:
    """The rows of one part, the way to add another, and what they come to (`table`, as proposals/plain_table.html); above
    them the `warning` of what should be looked at in all of them together.

    A `template` that extends the common one shows what `extra` brings.
    """
    if leave := leave_if_closed(request, proposal):
        return leave
    context = {
        "proposal": proposal,
        "heading": heading,
        "lead": lead,
        "columns": columns,
        "rows": [
            {
                "row": row,
                "name": " ".join(str(cell) for cell in row.cells[:2]),
                "cells": [
                    {"label": label, "value": cell} for label, cell in zip(columns, row.cells, strict=True)
                ],
            }
            for row in rows
        ],
        "empty_title": empty,
        "add_url": add_url,
        "add_label": add_label,
        "table": table,
        "warning": warning,
        "breadcrumbs": crumbs(proposal, heading),
        **(extra or {}),
    }
    return render(request, template, context)


def sent(request: HttpRequest) -> tuple[Any, Any]:
    """What was sent, an empty form too; nothing where the page was only asked for."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def ask_for_files_again(form: Any) -> None:
    """A browser sends a file once: beside each that was in order, say that it has to be chosen again."""
    for name in form.files:
        if form.errors and name in form.fields and name not in form.errors:
            form.add_error(
                name, _("Choose the file again: it was not kept, because something else is wrong.")
            )


def form_page(
    request: HttpRequest,
    proposal: Proposal,
    form: Any,
    *,
    heading: str,
    act: Callable[[dict[str, Any]], Any],
    back: str,
    saved: str,
    extra: dict[str, Any] | None = None,
    on_stale: Callable[[], dict[str, Any]] | None = None,
    template: str = "proposals/part_form.html",
) -> HttpResponse:
    """A form that calls one action with its cleaned values; what a rule refuses comes back beside the fields. `on_stale`
    gives what the page shows besides when somebody has changed the row in the meantime."""
    if leave := leave_if_closed(request, proposal):
        return leave
    status, stale = 200, {}
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except RuleBroken as broken:
            add_violations(form, broken)
            if on_stale and any(violation.code in STALE for violation in broken.violations):
                status, stale = 409, on_stale()
        else:
            messages.success(request, saved)
            return redirect(back, public_id=proposal.public_id)
    ask_for_files_again(form)
    context = {
        "proposal": proposal,
        "form": form,
        "heading": heading,
        "back": back,
        "file": None,
        "breadcrumbs": crumbs(proposal, heading),
        "standing_now": [],
        **(extra or {}),
        **stale,
    }
    return render(request, template, context, status=status)


def change_page(
    request: HttpRequest,
    row: Any,
    make: Callable[..., Any],
    *,
    heading: str,
    act: Callable[[dict[str, Any]], Any],
    back: str,
    saved: str,
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    """The form of a row that is there, which `make` makes of what was sent. It carries what it was made from, so that two
    tabs, or two people, never overwrite each other unseen: who comes later sees what stands now, and may then save."""
    form = make(*sent(request))
    carry_revision(form, row)

    def on_stale() -> dict[str, Any]:
        row.refresh_from_db()
        make_from(form, "seen", fingerprint(row))
        return {"standing_now": values_shown(make(None, None))}

    return form_page(
        request,
        row.proposal,
        form,
        heading=heading,
        act=act,
        back=back,
        saved=saved,
        extra=extra,
        on_stale=on_stale,
    )


def removal_page(
    request: HttpRequest,
    row: Any,
    *,
    heading: str,
    question: str,
    act: Callable[[str], Any],
    back: str,
    consequences: Sequence[str] = (),
) -> HttpResponse:
    """Ask once more, then remove. The form carries what it was made from: `act` is told, and refuses what was changed since.
    `consequences` are what goes with it."""
    proposal: Proposal = row.proposal
    if leave := leave_if_closed(request, proposal):
        return leave
    if request.method == "POST":
        try:
            act(request.POST.get("seen", "")[:64])
        except RuleBroken as broken:
            for violation in broken.violations:
                messages.error(request, sentence(violation))
        else:
            messages.success(request, _("Removed."))
        return redirect(back, public_id=proposal.public_id)
    context = {
        "proposal": proposal,
        "heading": heading,
        "question": question,
        "consequences": consequences,
        "seen": fingerprint(row),
        "back": back,
        "breadcrumbs": crumbs(proposal, heading),
    }
    return render(request, "proposals/part_remove.html", context)
