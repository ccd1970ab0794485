"""What the views of this app share: a page with one form, and the end for those without the right."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kernel.forms import add_violations, carry_revision, make_from, values_shown
from kernel.moves import Move
from kernel.revisions import fingerprint
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
    request: HttpRequest,
    form: forms.BaseForm,
    act: Callable[[dict[str, Any]], Any],
    success: Any,
    on_stale: Callable[[], None] | None = None,
) -> tuple[bool, Any]:
    """Whether a posted form was good and `act` did what it asks, and what `act` returned.

    Broken rules stand beside the form's fields afterwards. `on_stale` is called where the form was made before the last
    change of what it changes.
    """
    if request.method != "POST" or not form.is_valid():
        return False, None
    try:
        made = act(form.cleaned_data)
    except RuleBroken as broken:
        add_violations(form, broken)
        if on_stale is not None and broken.is_stale:
            on_stale()
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
    template: str = "program/form.html",
    shows: Callable[[], dict[str, Any]] = dict,
    standing_now: Callable[[], list[dict[str, Any]]] | None = None,
) -> HttpResponse:
    """A page that asks one form. What is posted goes to `act` as cleaned values; broken rules stand beside the fields.

    Afterwards the reader is led to `back`, or to where `goes_to` says for what `act` has returned. A `template` that shows
    more beside the form gets it from `shows`. `standing_now` gives what is saved now, for a form that was made before the
    last change.
    """
    standing: list[dict[str, Any]] = []
    on_stale = (lambda: standing.extend(standing_now())) if standing_now else None
    done, made = carried_out(request, form, act, success, on_stale)
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
        "standing_now": standing,
        **shows(),
    }
    return render(request, template, context, status=409 if standing else 200)


def editing(
    request: HttpRequest, row: Any, make: Callable[[Any], forms.BaseForm], *, locked_out: Sequence[str] = ()
) -> dict[str, Any]:
    """The form by which a row that is there is changed, for `answer_form`: `make` makes it of what was posted and of what the
    row holds. It carries what it was made from, so that two tabs, or two people, never overwrite each other unseen: who
    comes later sees what is saved now beside what they typed, and may then save. `act` gets it as `seen`."""

    def made(data: Any) -> forms.BaseForm:
        form = make(data)
        for name in locked_out:
            del form.fields[name]
        return form

    form = made(posted(request))
    carry_revision(form, row)

    def standing_now() -> list[dict[str, Any]]:
        row.refresh_from_db()
        make_from(form, "seen", fingerprint(row))
        return values_shown(made(None))

    return {"form": form, "standing_now": standing_now}


def held(row: Any, names: Iterable[str]) -> dict[str, Any]:
    """What a row holds, as the beginning of a form."""
    return {name: getattr(row, name) for name in names}


def posted(request: HttpRequest) -> Any:
    """The posted values, or None for a form that has not been sent."""
    return request.POST if request.method == "POST" else None
