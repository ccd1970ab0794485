"""e-Rad codes for the participating institutions: what the registry offers, and what an officer confirms."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.permissions import may_keep_institutions
from kernel.choices import label
from kernel.forms import add_violations
from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads_and_writes
from kernel.violations import RuleBroken
from registries.actions.participant_codes import take_codes
from registries.forms.organisations import TakeCodesForm
from registries.participants import code_offers
from registries.rules.identifiers import institution_code_warning
from registries.views.trails import only_if, trail

MOST_ROWS = 500


@reads_and_writes
@idempotent
def participant_codes(request: HttpRequest) -> HttpResponse:
    """The codes that could be taken, none of them ticked; a POST gives those that are ticked."""
    only_if(may_keep_institutions(request.user))
    form = TakeCodesForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            count = take_codes(confirmed=form.cleaned_data["take"], by=request.user)
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            said = ngettext(
                "%(count)s institution has got its code.",
                "%(count)s institutions have got their codes.",
                count,
            )
            messages.success(request, said % {"count": count})
            return redirect("registries:participant_codes")
    offers = code_offers(request.user)
    ticked = set(request.POST.getlist("take"))
    heading = _("e-Rad codes for participating institutions")
    home = (_("Participating institutions"), reverse("registries:organisations"))
    context: dict[str, Any] = {
        "form": form,
        "heading": heading,
        "rows": [
            {
                "offer": offer,
                "by": label(offer.by),
                "is_ticked": offer.value in ticked,
                "is_unusual": bool(institution_code_warning(offer.code)),
            }
            for offer in offers.offers[:MOST_ROWS]
        ],
        "ambiguous": [
            {"organisation": one, "records": [(localized(row, "name"), row) for row in several]}
            for one, several in offers.ambiguous[:MOST_ROWS]
        ],
        "breadcrumbs": trail(request.user, home, (heading, "")),
    }
    return render(request, "registries/participant_codes.html", context)
