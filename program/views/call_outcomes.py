"""How the outcome of a call is handled: feedback, objections, a second pair of eyes inside an agency."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads_and_writes
from program.actions.call_outcomes import set_outcome_rules
from program.enums import CallState
from program.forms.call_outcomes import OutcomeRulesForm
from program.views.answering import answer_form, only_if, posted, trail
from program.views.calls import address, home, led_call


@reads_and_writes
@idempotent
def call_outcome_rules(request: HttpRequest, public_id: str) -> HttpResponse:
    found = led_call(request, public_id)
    only_if(found.state not in (CallState.CANCELLED, CallState.DECIDED))
    # One that does not sign in answers by its letter, which a second officer confirms anyhow.
    parts = found.call_agencies.filter(must_agree=True, signs_in=True).select_related("agency").order_by("id")
    heading = _("Feedback, objections, second confirmation")
    form = OutcomeRulesForm(
        posted(request),
        parts=parts,
        initial={
            "feedback": found.feedback,
            "appeal_days": found.appeal_days,
            "second_pair": [part.public_id for part in parts if part.second_pair],
        },
    )
    is_agreed = found.state != CallState.DRAFT
    return answer_form(
        request,
        form=form,
        lead=_(
            "The agencies agreed to feedback and objections before the call opened: these stay as they are."
        )
        if is_agreed
        else _("The agencies agree to feedback and objections: a change asks them again."),
        act=lambda values: set_outcome_rules(call=found, by=request.user, **values),
        back=address(found),
        heading=heading,
        submit=_("Save"),
        success=_("The rules of the outcome are saved."),
        breadcrumbs=trail(home(), (localized(found, "title"), address(found)), (heading, "")),
    )
