"""The page on which something of a call is taken away; of an announced one with the reason."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from program.actions.call_changes import is_announced
from program.forms.announced import TakeAwayForm
from program.models import Call
from program.views.answering import answer_form, posted
from program.views.calls import address
from program.views.preparation import steps_to


def take_away_page(
    request: HttpRequest,
    call: Call,
    *,
    act: Callable[[dict[str, Any]], Any],
    back: str,
    heading: str,
    lead: str,
    success: str,
) -> HttpResponse:
    """Ask, take it away by `act`, and lead back to the page `back` of the call."""
    return answer_form(
        request,
        form=TakeAwayForm(posted(request), is_announced=is_announced(call)),
        act=act,
        back=address(call, back),
        heading=heading,
        lead=lead,
        submit=_("Take away"),
        success=success,
        breadcrumbs=steps_to(call, heading),
        tone="danger",
    )
