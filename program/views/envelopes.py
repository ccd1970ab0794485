"""What an agency may commit: entries, and the history behind every sum."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads, reads_and_writes
from program.actions import programmes as actions
from program.envelopes import entry_rows, envelopes_of_user
from program.forms.programmes import EnvelopeForm
from program.views.answering import posted, trail
from program.views.programmes import answer_of_programme, kept_programme


@reads_and_writes
@idempotent
def envelope_add(request: HttpRequest, public_id: str) -> HttpResponse:
    programme = kept_programme(request, public_id)
    return answer_of_programme(
        request,
        programme,
        form=EnvelopeForm(posted(request), programme=programme),
        act=lambda values: actions.add_envelope_entry(programme=programme, by=request.user, **values),
        heading=_("Enter an envelope"),
        lead=_("An entry is never changed or taken away. Type a reduction without a sign."),
        submit=_("Enter"),
        success=_("The entry was made."),
    )


@reads
def envelope(request: HttpRequest, public_id: str) -> HttpResponse:
    """The entries behind one year's envelope."""
    found = get_object_or_404(envelopes_of_user(request.user), public_id=public_id)
    back = reverse("program:programme_page", args=[found.programme.public_id])
    context = {
        "envelope": found,
        "rows": [
            row for row in entry_rows(request.user, found.programme) if row.entry.envelope_id == found.pk
        ],
        "breadcrumbs": trail((localized(found.programme, "title"), back), (_("Envelope"), "")),
    }
    return render(request, "program/envelope.html", context)
