"""The page on which an agency keeps what it checks of every proposal to a call."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads_and_writes
from program.actions.call_parts import ENDED
from program.actions.checklists import list_fingerprint, set_checklist
from program.forms.checklist import ChecklistForm
from program.models import CallAgency
from program.permissions import may_keep_checklist
from program.queries import calls_visible_to
from program.views.answering import answer_form, only_if, posted, trail
from program.views.calls import address, home


@reads_and_writes
@idempotent
def call_checklist(request: HttpRequest, public_id: str) -> HttpResponse:
    """An agency's own list: nobody of another agency finds this page."""
    part = get_object_or_404(
        CallAgency.objects.select_related("call__programme", "agency").filter(
            call__in=calls_visible_to(request.user)
        ),
        public_id=public_id,
    )
    only_if(may_keep_checklist(request.user, part) and part.call.state not in ENDED)
    form = ChecklistForm(posted(request), items=part.checklist, fingerprint=list_fingerprint(part))
    heading = _("Eligibility checklist of %(agency)s") % {"agency": part.agency.short_name}
    lead = _(
        "What your agency checks of every proposal to this call. Each item is answered with every verdict. Another agency sees neither the list nor the answers before all agencies have given their verdicts. Blank both languages to take an item out. A verdict that was given keeps the items as they were answered."
    )
    suggested = _("Nothing is set yet. What stands below is a suggestion: change it, and save it.")
    return answer_form(
        request,
        form=form,
        act=lambda values: set_checklist(part=part, by=request.user, rows=form.given(), seen=values["seen"]),
        back=address(part.call),
        heading=heading,
        lead=lead if part.checklist else f"{lead} {suggested}",
        submit=_("Save the checklist"),
        success=_("The checklist was saved. It holds for every verdict from now on."),
        breadcrumbs=trail(home(), (localized(part.call, "title"), address(part.call)), (heading, "")),
    )
