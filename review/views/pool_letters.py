"""The letter on which a table of reviewers rests, for an agency that does not sign in: sent with the table, and carried to the page
that shows what the table would change."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Q
from django.http import Http404, HttpRequest

from kernel.files import store_upload
from kernel.files.models import StoredFile
from kernel.forms import add_violations
from kernel.violations import RuleBroken
from program.models import Call
from review.actions.letters import behalf_fields
from review.models import Reviewer
from review.queries import reviewers_to_confirm


def letter_for(request: HttpRequest, call: Call, form: forms.Form, last: Reviewer | None) -> dict[str, str]:
    """The letter that came with the table, or the agency's last one where none came, as `letter_in` reads it; what it lacks stands
    beside the form's fields."""
    values = form.cleaned_data
    letter, dated = None, values["letter_dated"]
    try:
        if values["letter"]:
            letter = store_upload(upload=values["letter"], by=request.user, allowed=(".pdf",), field="letter")
        elif last is not None and last.agency_id == values["agency"].pk:
            letter, dated = last.letter, last.letter_dated
        behalf_fields(call, request.user, letter, dated)
    except RuleBroken as broken:
        add_violations(form, broken)
        return {}
    assert letter is not None
    return {"letter": letter.public_id, "dated": dated.isoformat()}


def letter_in(request: HttpRequest, call: Call) -> dict[str, Any]:
    """The letter that the address names: one that the officer has sent, or on which somebody of the call rests already."""
    key, dated = request.GET.get("letter", ""), request.GET.get("dated", "")
    if not key or "\x00" in key:
        return {}
    named = reviewers_to_confirm(request.user).filter(call=call).values("letter")
    own = StoredFile.objects.filter(Q(uploaded_by=request.user.pk) | Q(pk__in=named), made_here=False)
    letter = own.filter(public_id=key).first()
    try:
        day = dt.date.fromisoformat(dated)
    except ValueError:
        raise Http404 from None
    if letter is None:
        raise Http404
    return {"letter": letter, "letter_dated": day}
