"""What the pages of a proposal's parts that hold several rows have in common: a list, a form, and a page that asks again."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kernel.forms import add_violations
from kernel.violations import STALE, RuleBroken
from proposals.actions.editing import fingerprint
from proposals.models import Proposal
from proposals.views.own import crumbs, make_from


@dataclass(frozen=True)
class Row:
    """A row of a part's list: its cells, what is to be looked at in it, and where it is changed and removed."""

    cells: list[Any]
    warnings: list[str] = field(default_factory=list)
    change_url: str = ""
    remove_url: str = ""


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
) -> HttpResponse:
    """The rows of one part, the way to add another, and what they come to (`table`, as proposals/plain_table.html)."""
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
        "breadcrumbs": crumbs(proposal, heading),
    }
    return render(request, "proposals/part_list.html", context)


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
) -> HttpResponse:
    """A form that calls one action with its cleaned values; what a rule refuses comes back beside the fields. `on_stale`
    gives what the page shows besides when somebody has changed the row in the meantime."""
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
        "found": None,
        "search_form": None,
        "breadcrumbs": crumbs(proposal, heading),
        "standing_now": [],
        **(extra or {}),
        **stale,
    }
    return render(request, "proposals/part_form.html", context, status=status)


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
    form.fields["seen"] = forms.CharField(
        widget=forms.HiddenInput, required=False, max_length=64, initial=fingerprint(row)
    )

    def on_stale() -> dict[str, Any]:
        row.refresh_from_db()
        make_from(form, "seen", fingerprint(row))
        return {"standing_now": _shown(make(None, None))}

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


def _shown(form: Any) -> list[dict[str, Any]]:
    """What a form that nobody has filled in holds, in words (components/summary_list.html)."""
    rows = []
    for bound in form.visible_fields():
        if isinstance(bound.field, forms.FileField | forms.BooleanField):
            continue
        value = bound.field.prepare_value(bound.value())
        words = {str(key): label for key, label in getattr(bound.field, "choices", ())}
        rows.append({"label": bound.label, "value": words.get(str(value), value)})
    return rows


def removal_page(
    request: HttpRequest,
    proposal: Proposal,
    *,
    heading: str,
    question: str,
    act: Callable[[], Any],
    back: str,
) -> HttpResponse:
    """Ask once more, then remove."""
    if request.method == "POST":
        try:
            act()
        except RuleBroken:
            messages.error(
                request, _("It could not be removed: the proposal cannot be changed at the moment.")
            )
        else:
            messages.success(request, _("Removed."))
        return redirect(back, public_id=proposal.public_id)
    context = {
        "proposal": proposal,
        "heading": heading,
        "question": question,
        "back": back,
        "breadcrumbs": crumbs(proposal, heading),
    }
    return render(request, "proposals/part_remove.html", context)
