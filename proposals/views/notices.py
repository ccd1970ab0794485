"""An applicant's own notices of intent: given, changed, withdrawn, and the full proposal that is begun from one."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Organisation
from kernel.choices import label, label_of_field
from kernel.clock import now
from kernel.forms import add_violations, carry_revision, make_from, values_shown
from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads, reads_and_writes, writes
from kernel.moves import Move
from kernel.revisions import fingerprint
from kernel.violations import STALE, RuleBroken, refuse_if
from program.enums import NoticeRule
from program.models import Call
from program.queries import agencies_of, calls_visible_to
from proposals.actions.core import call_violation
from proposals.actions.notice_proposals import begin_from_notice
from proposals.actions.notices import FIELDS, give_notice, save_notice, withdraw_notice
from proposals.enums import NoticeAnswer, NoticeState
from proposals.forms.notices import NoticeForm
from proposals.forms.submission import ReasonForm
from proposals.models import NoticeOfIntent
from proposals.notice_words import TONES, VERDICT_TONES, moved_words, next_step, notice_facts, title_of
from proposals.notices import (
    begin_gap,
    is_collecting,
    may_change,
    may_withdraw_notice,
    own_notices,
    proposal_of,
)
from proposals.permissions import home_institutions, may_start
from proposals.rules.deadline import deadline_violation

DRAFT, SUBMIT = "draft", "submit"
RELATED = ("designation__field", "designation__country", "designation__group")


def own_notice(request: HttpRequest, public_id: str) -> NoticeOfIntent:
    """A notice of the user's own; for anybody else it is absent."""
    return get_object_or_404(own_notices(request.user).select_related(*RELATED), public_id=public_id)


def _crumbs(notice: NoticeOfIntent, here: str = "") -> list[dict[str, str]]:
    trail = [{"label": _("My proposals"), "url": reverse("proposals:mine")}]
    if not here:
        return [*trail, {"label": title_of(notice), "url": ""}]
    own = reverse("proposals:notice", args=[notice.public_id])
    return [*trail, {"label": title_of(notice), "url": own}, {"label": here, "url": ""}]


def _form(data: Any, call: Call, user: Any, **kwargs: Any) -> NoticeForm:
    institutions = [institution.pk for institution in home_institutions(user)]
    return NoticeForm(
        data,
        call=call,
        institutions=Organisation.objects.filter(pk__in=institutions).order_by("pk"),
        agencies=agencies_of(call).exclude(pk=call.lead_agency_id).order_by("pk"),
        **kwargs,
    )


def _page(
    request: HttpRequest, call: Call, form: NoticeForm, *, status: int = 200, **context: Any
) -> HttpResponse:
    shared = {
        "form": form,
        "call": call,
        "steps": [(DRAFT, _("Save as a draft")), (SUBMIT, _("Submit the notice"))],
        "standing_now": [],
        "cancel_url": reverse("program:call", args=[call.public_id]),
    }
    return render(request, "proposals/notice_form.html", {**shared, **context}, status=status)


def notice_give(request: HttpRequest, public_id: str) -> HttpResponse:
    """The instant that counts is this one: before any lock or turn is waited for."""
    return _notice_give(request, public_id, arrived_at=now())


@reads_and_writes
@idempotent
def _notice_give(request: HttpRequest, public_id: str, *, arrived_at: dt.datetime) -> HttpResponse:
    """A new notice of intent to a call that asks for one, as a draft or submitted at once."""
    call = get_object_or_404(calls_visible_to(request.user), public_id=public_id)
    if not home_institutions(request.user) or call.notice_deadline_at is None:
        raise Http404
    refuse_if(call_violation(call), deadline_violation(arrived_at, call.notice_deadline_at))
    form = _form(request.POST if request.method == "POST" else None, call, request.user)
    if request.method == "POST" and form.is_valid():
        try:
            notice = give_notice(
                call=call,
                by=request.user,
                is_submitted=request.POST.get("step") == SUBMIT,
                arrived_at=arrived_at,
                **form.cleaned_data,
            )
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            _say(request, notice)
            return redirect("proposals:notice", public_id=notice.public_id)
    heading = _("Give notice of intent")
    crumbs = [
        {"label": _("Calls"), "url": reverse("program:calls")},
        {"label": localized(call, "title"), "url": reverse("program:call", args=[public_id])},
        {"label": heading, "url": ""},
    ]
    return _page(request, call, form, heading=heading, breadcrumbs=crumbs)


def _say(request: HttpRequest, notice: NoticeOfIntent) -> None:
    if notice.state == NoticeState.DRAFT:
        messages.success(request, _("Saved as a draft. It counts only once it is submitted."))
    else:
        messages.success(
            request,
            _("Your notice of intent was received under the number %(number)s.") % {"number": notice.number},
        )


@reads
def notice(request: HttpRequest, public_id: str) -> HttpResponse:
    """A notice of one's own: where it stands, its receipt, what it says, and what the agencies have answered together."""
    found = own_notice(request, public_id)
    proposal = proposal_of(found)
    submitted_at = found.submitted_at
    context = {
        "notice": found,
        "title": title_of(found),
        "tone": TONES[found.state],
        "state": label_of_field(found, "state"),
        "facts": notice_facts(found),
        "next_step": next_step(found, has_proposal=proposal is not None),
        "received_utc": f"{submitted_at.astimezone(dt.UTC):%Y-%m-%d %H:%M:%S.%f}"[:-3]
        if submitted_at
        else "",
        "is_late": not is_collecting(found.call),
        "proposal": proposal,
        "answers": _told(found),
        "moves": _moves(request.user, found, has_proposal=proposal is not None),
        "breadcrumbs": _crumbs(found),
    }
    return render(request, "proposals/notice.html", context)


def _told(notice: NoticeOfIntent) -> list[dict[str, Any]]:
    """What each agency has answered, once all have: nothing before."""
    if notice.state not in (NoticeState.ACCEPTED, NoticeState.REFUSED):
        return []
    given = notice.verdicts.select_related("agency").order_by("agency__short_name")
    return [
        {
            "agency": one.agency,
            "label": label(NoticeAnswer(one.verdict)),
            "tone": VERDICT_TONES[one.verdict],
            "reasons": one.reasons,
        }
        for one in given
        if one.counts
    ]


def _moves(user: Any, notice: NoticeOfIntent, *, has_proposal: bool) -> list[Move]:
    at = notice.public_id
    moves = []
    if _may_begin(user, notice, has_proposal=has_proposal):
        url = reverse("proposals:notice_propose", args=[at])
        moves.append(Move(_("Begin the full proposal"), url, "post", "primary"))
    if may_change(user, notice):
        is_draft = notice.state == NoticeState.DRAFT
        words = _("Continue and submit") if is_draft else _("Change the notice")
        url = reverse("proposals:notice_change", args=[at])
        moves.append(Move(words, url, tone="primary" if is_draft else "secondary"))
    if may_withdraw_notice(user, notice):
        moves.append(Move(_("Withdraw"), reverse("proposals:notice_withdraw", args=[at]), tone="danger"))
    return moves


def _may_begin(user: Any, notice: NoticeOfIntent, *, has_proposal: bool) -> bool:
    is_optional = notice.call.notice == NoticeRule.OPTIONAL
    if has_proposal or notice.state == NoticeState.WITHDRAWN or not may_start(user, notice.call):
        return False
    if is_optional and notice.state == NoticeState.DRAFT and is_collecting(notice.call):
        return False  # first it is submitted
    return begin_gap(notice.call, notice.pi, notice) is None


def notice_change(request: HttpRequest, public_id: str) -> HttpResponse:
    return _notice_change(request, public_id, arrived_at=now())


@reads_and_writes
@idempotent
def _notice_change(request: HttpRequest, public_id: str, *, arrived_at: dt.datetime) -> HttpResponse:
    """Continue a draft, or change what was submitted: that is submitted again at once, under its number."""
    found = own_notice(request, public_id)
    if not home_institutions(request.user):
        raise Http404
    if request.method != "POST" and not may_change(request.user, found):
        messages.info(request, _("This notice of intent cannot be changed any more."))
        return redirect("proposals:notice", public_id=public_id)

    def make(data: Any) -> NoticeForm:
        initial = {name: getattr(found, name) for name in (*FIELDS, "institution")}
        return _form(data, found.call, request.user, initial=initial)

    form = make(request.POST if request.method == "POST" else None)
    carry_revision(form, found)
    status, standing_now = 200, []
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_notice(
                notice=found,
                by=request.user,
                is_submitted=request.POST.get("step") == SUBMIT,
                arrived_at=arrived_at,
                **form.cleaned_data,
            )
        except RuleBroken as broken:
            add_violations(form, broken)
            if any(violation.code in STALE for violation in broken.violations):
                found = own_notice(request, public_id)
                status, standing_now = 409, values_shown(make(None))
                make_from(form, "seen", fingerprint(found))
        else:
            _say(request, saved)
            return redirect("proposals:notice", public_id=public_id)
    extra: dict[str, Any] = {}
    if found.state == NoticeState.SUBMITTED:
        extra["steps"] = [(SUBMIT, _("Submit the changed notice"))]
    heading = _("Notice of intent")
    return _page(
        request,
        found.call,
        form,
        status=status,
        heading=heading,
        standing_now=standing_now,
        cancel_url=reverse("proposals:notice", args=[public_id]),
        breadcrumbs=_crumbs(found, _("Change")),
        **extra,
    )


@reads_and_writes
@idempotent
def notice_withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    found = own_notice(request, public_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_notice(notice=found, by=request.user, reason=form.cleaned_data["reason"])
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            messages.success(request, _("The notice of intent was withdrawn."))
            return redirect("proposals:notice", public_id=public_id)
    elif request.method != "POST" and not may_withdraw_notice(request.user, found):
        return redirect("proposals:notice", public_id=public_id)
    context = {
        "form": form,
        "proposal": found,
        "heading": _("Withdraw this notice of intent"),
        "warning": _("A withdrawn notice cannot be brought back; another may be given before the deadline."),
        "submit_label": _("Withdraw the notice"),
        "cancel_url": reverse("proposals:notice", args=[public_id]),
        "breadcrumbs": _crumbs(found, _("Withdraw")),
    }
    return render(request, "proposals/giving_up.html", context)


@writes
@idempotent
def notice_propose(request: HttpRequest, public_id: str) -> HttpResponse:
    """A full proposal with everything that the notice says."""
    found = own_notice(request, public_id)
    proposal = begin_from_notice(notice=found, by=request.user)
    messages.success(
        request,
        _(
            "Your proposal was begun with what your notice of intent says. It is a draft that only your team can see."
        ),
    )
    if said := moved_words(found, proposal):
        messages.warning(request, said)
    return redirect("proposals:tasks", public_id=proposal.public_id)
