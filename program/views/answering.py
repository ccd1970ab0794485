"""What the views of this app share: a page with one form, and the end for those without the right."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kernel.forms import add_violations
from kernel.moves import Move
from kernel.violations import RuleBroken


def only_if(allowed: bool) -> None:
    """Go on only for those who may; for others there is nothing here.

    Raises:
        Http404: otherwise.
    """
    if not allowed:
        raise Http404


def trail(*steps: tuple[Any, str]) -> list[dict[str, Any]]:
    """Breadcrumbs from (label, address) pairs; the last one's address is blank: the page itself."""
    return [{"label": label, "url": url} for label, url in steps]


def carried_out(
    request: HttpRequest, form: forms.BaseForm, act: Callable[[dict[str, Any]], Any], success: Any
) -> tuple[bool, Any]:
    """Whether a posted form was good and `act` did what it asks, and what `act` returned.

    Broken rules stand beside the form's fields afterwards.
    """
    if request.method != "POST" or not form.is_valid():
        return False, None
    try:
        made = act(form.cleaned_data)
    except RuleBroken as broken:
        add_violations(form, broken)
        return False, None
    messages.success(request, success)
    return True, made


def answer_form(
    request: HttpRequest,
    *,
    form: forms.BaseForm,
    act: Callable[[dict[str, Any]], Any],
    back: str,
    heading: Any,
    submit: Any,
    success: Any,
    breadcrumbs: list[dict[str, Any]],
    lead: Any = "",
    tone: str = "primary",
    moves: list[Move] | None = None,
    goes_to: Callable[[Any], str] | None = None,
) -> HttpResponse:
    """A page that asks one form. What is posted goes to `act` as cleaned values; broken rules stand beside the fields.

    Afterwards the reader is led to `back`, or to where `goes_to` says for what `act` has returned.
    """
    done, made = carried_out(request, form, act, success)
    if done:
        return redirect(goes_to(made) if goes_to else back)
    context = {
        "form": form,
        "heading": heading,
        "lead": lead,
        "submit_label": submit,
        "cancel_url": back,
        "tone": tone,
        "moves": moves or [],
        "breadcrumbs": breadcrumbs,
    }
    return render(request, "program/form.html", context)


def posted(request: HttpRequest) -> Any:
    """The posted values, or None for a form that has not been sent."""
    return request.POST if request.method == "POST" else None
