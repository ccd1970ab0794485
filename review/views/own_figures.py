"""A reviewer's own distribution against the anonymous others, after submitting."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.languages import localized
from kernel.methods import reads
from program.models import Call
from program.views.answering import trail
from review.comparing import compared
from review.queries import own_assignments
from review.rules.means import in_words


@reads
def own_figures(request: HttpRequest, public_id: str) -> HttpResponse:
    own = own_assignments(request.user).values("proposal__call")
    call = get_object_or_404(Call.objects.filter(pk__in=own), public_id=public_id)
    found = compared(request.user, call)
    if found is None:
        return redirect("review:inbox")
    values = {"own": in_words(found.own_mean), "others": in_words(found.others_mean)}
    if not found.shares:
        finding = _(
            "Too few others have reviewed the same proposals so far: who scored what could be told from the figures."
        )
    elif found.own_mean == found.others_mean:
        finding = _("Your scores have the same mean as the others’: %(own)s.") % values
    else:
        is_stricter = (found.own_mean or 0) < (found.others_mean or 0)
        if found.low_is_best:
            is_stricter = not is_stricter
        finding = (
            _("You score more strictly than the others: your mean is %(own)s, theirs %(others)s.")
            if is_stricter
            else _("You score more generously than the others: your mean is %(own)s, theirs %(others)s.")
        ) % values
    context = {
        "title": localized(call, "title"),
        "found": found,
        "finding": finding,
        "breadcrumbs": trail(
            (_("My reviews"), reverse("review:inbox")), (_("Your scores and the others’"), "")
        ),
    }
    return render(request, "review/own_figures.html", context)
