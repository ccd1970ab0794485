"""The negotiation over one proposal: each agency's position, and the dated notes of both sides."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.idempotency import idempotent
from kernel.methods import reads_and_writes
from program.enums import CallState
from program.permissions import participation
from program.views.answering import answer_form, only_if, posted
from review.actions.agreeing import note_negotiation
from review.agreeing import are_lists_open, notes_visible_to, places_of
from review.forms.agreeing import NoteForm
from review.permissions import is_free_of_all, may_see_review, negotiating_agencies
from review.queries import proposals_under_review
from review.rules.agreement import agreement_of
from review.views.agreeing import said_of
from review.views.pools import crumbs
from review.views.shown import proposal_title


@reads_and_writes
@idempotent
def negotiation(request: HttpRequest, public_id: str) -> HttpResponse:
    """Positions and notes open once every agency has given its list; a note is written for the reader's own agency."""
    proposal = get_object_or_404(proposals_under_review(request.user), public_id=public_id)
    call = proposal.call
    only_if(
        agreement_of(call.agreement).negotiates
        and may_see_review(request.user, call)
        and is_free_of_all(request.user, call)
    )
    is_open = are_lists_open(call)
    sides = negotiating_agencies(request.user, call)
    agencies = [part.agency for key, part in sorted(participation(call).items()) if key in sides]
    # An officer of the lead agency who also speaks for a silent one speaks for their own first.
    agencies.sort(key=lambda agency: agency.pk != call.lead_agency_id)
    form = NoteForm(posted(request))
    return answer_form(
        request,
        form=form,
        act=lambda values: note_negotiation(
            proposal=proposal, agency=agencies[0], by=request.user, text=values["text"]
        ),
        back=reverse("review:negotiation", args=[public_id]),
        heading=_("Negotiation: %(number)s") % {"number": proposal.receipt_number},
        lead=proposal_title(proposal),
        submit=_("Add the note for %(agency)s") % {"agency": agencies[0].short_name},
        success=_("The note is kept."),
        template="review/negotiation.html",
        shows=lambda: {
            "is_open": is_open,
            "may_note": is_open and call.state == CallState.REVIEW,
            "positions": said_of(places_of(call), proposal) if is_open else [],
            "notes": notes_visible_to(request.user).filter(proposal=proposal) if is_open else [],
            "lists_url": reverse("review:lists", args=[call.public_id]),
        },
        breadcrumbs=crumbs(call, _("Negotiation")),
    )
