"""Calls: the list, a new one, and the page that everybody may read."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.choices import label_of_field
from kernel.clock import now, today
from kernel.idempotency import idempotent
from kernel.languages import current, localized
from kernel.methods import reads, reads_and_writes
from kernel.moves import Move
from kernel.pages import page_of
from kernel.searching import contains
from program.actions import calls as actions
from program.agreed import call_digest, has_agreed
from program.calendar import dates_in_words, dates_of
from program.change_words import lines_of
from program.contributions import call_moves, call_obstacles, public_call_moves
from program.documents import form_pdf
from program.enums import CallState as State
from program.forms.call_filter import CallFilterForm
from program.forms.calls import NewCallForm
from program.models import Call, CallAgency
from program.permissions import (
    is_officer_here,
    may_agree_for,
    may_change_call,
    may_confirm_on_behalf,
)
from program.queries import (
    calls_visible_to,
    designation_name,
    led_agencies,
    programmes_visible_to,
)
from program.statement_words import statement_words
from program.structured import structured_data
from program.versions import current_form
from program.views.answering import answer_form, only_if, posted, trail
from program.views.checklist_moves import checklist_moves
from program.views.history import history_of
from program.wording import cap_in_words, sections_in_words, steps_of, support_type_in_words

TONES = {
    State.DRAFT: "neutral",
    State.OPEN: "success",
    State.CLOSED: "warning",
    State.REVIEW: "info",
    State.DECIDED: "neutral",
    State.CANCELLED: "error",
}


def toned(state: str) -> str:
    return TONES[State(state)]


def standing_of(call: Call) -> dict[str, str]:
    """The call's state in words, with a tone. By the clock: from its deadline on an open call takes nothing any more,
    whether or not an officer has closed it."""
    if call.state == State.OPEN and now() >= call.deadline_at:
        return {"state": _("closed to submissions"), "tone": "warning"}
    return {"state": label_of_field(call, "state"), "tone": toned(call.state)}


def home() -> tuple[Any, str]:
    return _("Calls"), reverse("program:calls")


def address(call: Call, name: str = "call") -> str:
    return reverse(f"program:{name}", args=[call.public_id])


@login_not_required
@reads
def calls(request: HttpRequest) -> HttpResponse:
    form = CallFilterForm(request.GET, sees_drafts=is_officer_here(request.user))
    found = calls_visible_to(request.user).prefetch_related("call_agencies__agency")
    if form.is_valid():
        q, state = form.cleaned_data["q"], form.cleaned_data["state"]
        if q:
            found = found.filter(contains(q, "title_ja", "title_en", "code"))
        if state:
            found = found.filter(state=state)
    page = page_of(found, request)
    context = {
        "filter_form": form,
        "page": page,
        "rows": [
            {
                "call": call,
                **standing_of(call),
                "agencies": ", ".join(part.agency.short_name for part in call.call_agencies.all()),
            }
            for call in page.objects
        ],
        "moves": [Move(_("Prepare a call"), reverse("program:call_prepare"), tone="primary")]
        if led_agencies(request.user).exists()
        else [],
    }
    return render(request, "program/calls.html", context)


@reads_and_writes
@idempotent
def call_prepare(request: HttpRequest) -> HttpResponse:
    agencies = led_agencies(request.user)
    only_if(agencies.exists())
    heading = _("Prepare a call")
    return answer_form(
        request,
        form=NewCallForm(posted(request), programmes=programmes_visible_to(request.user), agencies=agencies),
        act=lambda values: actions.begin_call(by=request.user, **values),
        back=reverse("program:calls"),
        goes_to=lambda call: address(call, "call_preparation"),
        heading=heading,
        lead=_(
            "The call begins with a cap of 100 million yen a project and fiscal year, and with the usual form; both can be changed until it opens."
        ),
        submit=_("Prepare this call"),
        success=_("The call was prepared. See below what it still lacks before it can open."),
        breadcrumbs=trail(home(), (heading, "")),
    )


@login_not_required
@reads
def call(request: HttpRequest, public_id: str) -> HttpResponse:
    """All that an applicant must know of a call."""
    found = get_object_or_404(calls_visible_to(request.user), public_id=public_id)
    version = current_form(found)
    day = today(found.programme.zone)
    parts = sorted(
        found.call_agencies.select_related("agency").filter(Q(ends_on=None) | Q(ends_on__gte=day)),
        key=lambda part: (part.agency_id != found.lead_agency_id, part.agency.short_name),
    )
    links = found.call_designations.select_related(
        "designation__field", "designation__country", "designation__group"
    ).order_by("id")
    changes = list(found.changes.all())
    context = {
        "call": found,
        **standing_of(found),
        "cancelled_because": localized(changes[0], "reason")
        if changes and found.state == State.CANCELLED
        else "",
        "is_cancelled": found.state == State.CANCELLED,
        "parts": [
            {
                "part": part,
                "is_lead": part.agency_id == found.lead_agency_id,
                "starts_later": part.starts_on > day,
            }
            for part in parts
        ],
        "designations": [
            {
                "url": reverse("program:designation", args=[link.designation.public_id])
                if request.user.is_authenticated
                else "",
                "name": designation_name(link.designation),
            }
            for link in links
        ],
        "changes": [
            {"at": one.at, "lines": lines_of(one.rows), "reason": localized(one, "reason")} for one in changes
        ],
        "dates": dates_in_words(found, dates_of(found)),
        "support_types": [
            {"title": localized(one, "title"), "facts": support_type_in_words(one)}
            for one in found.support_types.all()
        ],
        "documents": list(found.documents.select_related("file")),
        "structured_data": structured_data(found),
        # Those of a support type stand with it.
        "caps": [
            cap_in_words(cap)
            for cap in found.caps.filter(support_type=None).select_related("rate").order_by("id")
        ],
        "statements": statement_words(found.required_statements),
        "sections": sections_in_words(version) if version else [],
        "criteria": [
            {"criterion": criterion, "steps": steps_of(criterion)} for criterion in version.criteria.all()
        ]
        if version
        else [],
        "is_late": now() >= found.deadline_at,
        "events": history_of(found) if may_change_call(request.user, found) else [],
        "moves": _moves(request.user, found),
        "obstacles": [one for contribute in call_obstacles for one in contribute(request.user, found)],
        "breadcrumbs": trail(home(), (localized(found, "title"), "")),
    }
    return render(request, "program/call.html", context)


def _moves(user: Any, call: Call) -> list[Move]:
    if call.state == State.CANCELLED:
        return own_moves(call) if may_change_call(user, call) else []
    shown: list[Move] = [move for contribute in public_call_moves for move in contribute(call)]
    if not user.is_authenticated:
        return [
            *shown,
            Move(_("Sign in to apply"), f"{reverse('account_login')}?next={address(call)}", tone="primary"),
        ]
    moves = shown + [move for contribute in call_moves for move in contribute(user, call)]
    moves += _agreement_moves(user, call) + checklist_moves(user, call)
    return moves + (own_moves(call) if may_change_call(user, call) else [])


def _agreement_moves(user: Any, call: Call) -> list[Move]:
    """Before the opening: agreeing for one's agency, recording and confirming the agreement of one that does not sign in."""
    if call.state != State.DRAFT:
        return []
    digest = call_digest(call)
    parts = call.call_agencies.select_related("agency", "agreement").order_by("id")
    return [move for part in parts for move in agreement_moves(user, call, part, digest)]


def agreement_moves(user: Any, call: Call, part: CallAgency, digest: str) -> list[Move]:
    """What this person may do next about one agency's agreement to the call, whose digest is `digest`."""
    agreement = getattr(part, "agreement", None)
    agency = {"agency": part.agency.short_name}
    if agreement and agreement.digest == digest and not agreement.counts:
        if not may_confirm_on_behalf(user, call, agreement):
            return []
        url = reverse("program:agreement_confirm", args=[agreement.public_id])
        return [Move(_("Confirm the agreement of %(agency)s") % agency, url, tone="primary")]
    if part.must_agree and not has_agreed(part, digest) and may_agree_for(user, part):
        words = _("Agree for %(agency)s") if part.signs_in else _("Record the agreement of %(agency)s")
        return [
            Move(words % agency, reverse("program:call_agreement", args=[part.public_id]), tone="primary")
        ]
    return []


def own_moves(call: Call) -> list[Move]:
    """What an officer of the lead agency may do next with the call itself."""
    state = State(call.state)
    moves = []
    if state is State.DRAFT:
        moves.append(Move(_("Preparation"), address(call, "call_preparation"), tone="primary"))
    elif state is not State.CANCELLED:
        moves.append(Move(_("Agencies"), address(call, "call_agencies")))
        if state is not State.DECIDED:
            moves.append(Move(_("Milestones"), address(call, "call_milestones")))
            moves.append(Move(_("Documents"), address(call, "call_documents")))
    if state not in (State.DECIDED, State.CANCELLED):
        words = _("Feedback, objections, second confirmation")
        moves.append(Move(words, address(call, "call_outcome_rules")))
    moves.append(Move(_("Copy for the next year"), address(call, "call_copy")))
    if state is State.OPEN:
        moves.append(Move(_("Change the call"), address(call, "call_change")))
        moves.append(Move(_("Form and criteria"), address(call, "call_form")))
        if now() >= call.deadline_at:
            moves.append(
                Move(
                    _("Close the call"),
                    address(call, "call_close"),
                    "post",
                    "primary",
                    _("Nothing can be submitted or changed from then on."),
                )
            )
    if state is State.CLOSED:
        moves.append(
            Move(
                _("Begin the review"),
                address(call, "call_begin_review"),
                "post",
                "primary",
                _("The eligible proposals go to the reviewers."),
            )
        )
    if state in (State.DRAFT, State.OPEN, State.CLOSED):
        moves.append(Move(_("Cancel the call"), address(call, "call_cancel"), tone="danger"))
    return moves


@login_not_required
@reads
def call_form_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    """The call with its blank form and its criteria, to print."""
    found = get_object_or_404(calls_visible_to(request.user), public_id=public_id)
    response = HttpResponse(form_pdf(found, language=current()), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{found.code}-form.pdf"'
    return response


def led_call(request: HttpRequest, public_id: str) -> Call:
    """The call, for an officer of its lead agency; nothing for others."""
    found = get_object_or_404(calls_visible_to(request.user), public_id=public_id)
    only_if(may_change_call(request.user, found))
    return found
