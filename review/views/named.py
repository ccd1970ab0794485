"""Reviewers named by an agency that does not sign in: the letter they rest on, and how they are confirmed."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Organisation
from kernel.files import store_upload
from program.models import Call
from review.models import Reviewer
from review.queries import reviewers_to_confirm


def confirm_url(reviewer: Reviewer) -> str:
    return reverse("review:pool_confirm", args=[reviewer.public_id])


def named_words(reviewer: Reviewer) -> str:
    """How a reviewer came into the pool on behalf of an agency; "" where the agency put them there itself."""
    if not reviewer.on_behalf:
        return ""
    values = {"agency": reviewer.agency.short_name, "name": reviewer.recorded_by}
    recorded = _("Recorded by %(name)s on behalf of %(agency)s, which does not sign in.") % values
    if reviewer.counts:
        return recorded + " " + _("Confirmed by %(name)s.") % {"name": reviewer.confirmed_by}
    return recorded + " " + _("It does not count yet: a second officer must confirm it.")


def last_letter(user: Any, call: Call, silent: list[Organisation]) -> Reviewer | None:
    """The reviewer who rests on the newest letter of the agencies that do not sign in, or None."""
    if not silent:
        return None
    named = reviewers_to_confirm(user).filter(call=call, agency__in=[a.pk for a in silent])
    return named.order_by("-id").first()


def letter_of(request: HttpRequest, values: dict[str, Any], last: Reviewer | None) -> dict[str, Any]:
    """The letter that came with the form; the last one of the same agency where none came."""
    if values["letter"]:
        letter = store_upload(upload=values["letter"], by=request.user, allowed=(".pdf",), field="letter")
        return {"letter": letter, "letter_dated": values["letter_dated"]}
    if last is not None and last.agency_id == values["agency"].pk:
        return {"letter": last.letter, "letter_dated": last.letter_dated}
    return {}
