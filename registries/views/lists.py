"""A registry's list: what its filter finds, page by page."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kernel.pages import SIZE, page_of
from registries.views.trails import trail


def list_page(
    request: HttpRequest,
    template: str,
    *,
    heading: Any,
    form: forms.Form,
    found: QuerySet[Any],
    size: int = SIZE,
    **more: Any,
) -> HttpResponse:
    """The rows of `found` as they are, under the filter that found them; `more` is what else the template shows."""
    context = {
        "filter_form": form,
        "page": page_of(found, request, size=size),
        "breadcrumbs": trail(request.user, (heading, "")),
        **more,
    }
    return render(request, template, context)
