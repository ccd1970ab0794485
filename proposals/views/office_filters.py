"""An officer's saved filters: kept, shared, opened first, taken away."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Organisation
from accounts.permissions import is_agency_officer, organisation_ids
from kernel.forms import add_violations
from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads_and_writes, writes
from kernel.moves import Move
from kernel.violations import RuleBroken
from program.permissions import SEATS
from proposals.actions.saved_filters import make_default, remove_filter, save_filter
from proposals.forms.office_filters import SaveFilterForm
from proposals.models import SavedFilter
from proposals.queries import saved_filters_of
from proposals.views.office_list import listing_of


@reads_and_writes
@idempotent
def office_filters(request: HttpRequest) -> HttpResponse:
    """The saved filters, and a form that keeps what the address asks for."""
    if not is_agency_officer(request.user):
        raise Http404
    agencies = list(Organisation.objects.filter(pk__in=organisation_ids(request.user, *SEATS)).order_by("pk"))
    asked = listing_of(request).form
    form = SaveFilterForm(request.POST or None, agencies=agencies)
    if request.method == "POST" and form.is_valid():
        agency = next((one for one in agencies if one.public_id == form.cleaned_data["agency"]), None)
        try:
            save_filter(
                by=request.user,
                name=form.cleaned_data["name"],
                query=asked.query,
                agency=agency,
                is_default=form.cleaned_data["is_default"],
            )
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            messages.success(request, _("The filter was saved."))
            return redirect(f"{reverse('proposals:office')}?{asked.query or 'all'}")
    saved = list(saved_filters_of(request.user))
    heading = _("Saved filters")
    context = {
        "form": form,
        "asked": _in_words(asked),
        "heading": heading,
        "own": [_shown(one) for one in saved if one.user_id == request.user.pk],
        "shared": [_shown(one) for one in saved if one.user_id != request.user.pk],
        "breadcrumbs": [
            {"label": _("Proposals"), "url": reverse("proposals:office")},
            {"label": heading, "url": ""},
        ],
    }
    return render(request, "proposals/office_filters.html", context)


def _in_words(form: Any) -> list[tuple[str, str]]:
    """What a filter asks for, field by field."""
    found = []
    for name, field in form.fields.items():
        value = form.cleaned_data.get(name)
        if not value:
            continue
        words = dict(getattr(field, "choices", ()))
        values = value if isinstance(value, list) else [value]
        found.append((str(field.label), ", ".join(str(words.get(one, one)) for one in values)))
    return found


def _shown(saved: SavedFilter) -> dict[str, Any]:
    route = [saved.public_id]
    return {
        "name": saved.name,
        "url": f"{reverse('proposals:office')}?{saved.query or 'all'}",
        "agency": localized(saved.agency, "name") if saved.agency else "",
        "by": saved.user.person.name,
        "is_default": saved.is_default,
        "moves": [
            Move(
                _("Open the list without it") if saved.is_default else _("Open the list with it"),
                reverse("proposals:office_filter_default", args=route),
                method="post",
            ),
            Move(
                _("Remove"),
                reverse("proposals:office_filter_remove", args=route),
                method="post",
                tone="danger",
                confirm=_("The filter is removed for everybody who has it. No proposal is changed."),
            ),
        ],
    }


def _own(request: HttpRequest, public_id: str) -> SavedFilter:
    if not is_agency_officer(request.user):
        raise Http404
    return get_object_or_404(SavedFilter, user=request.user, public_id=public_id)


@writes
@idempotent
def office_filter_default(request: HttpRequest, public_id: str) -> HttpResponse:
    saved = _own(request, public_id)
    make_default(saved=saved, by=request.user, is_default=not saved.is_default)
    return redirect("proposals:office_filters")


@writes
@idempotent
def office_filter_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    remove_filter(saved=_own(request, public_id), by=request.user)
    messages.success(request, _("The filter was removed."))
    return redirect("proposals:office_filters")
