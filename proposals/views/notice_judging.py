"""A notice of intent as officers see it: each agency's verdict, standing aside, and admitting somebody all the same."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Organisation
from kernel.choices import label, label_of_field
from kernel.files import respond
from kernel.forms import add_violations
from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads, reads_and_writes, writes
from kernel.moves import Move
from kernel.violations import RuleBroken, sentence
from program.permissions import answers_on_behalf, participation
from program.queries import agencies_of, calls_visible_to
from proposals.actions.notice_verdicts import (
    admit,
    confirm_notice_verdict,
    declare_notice_conflict,
    judge_notice,
)
from proposals.enums import NoticeAnswer
from proposals.forms.notices import AdmitForm, NoticeVerdictForm
from proposals.models import NoticeAdmission, NoticeOfIntent, NoticeVerdict
from proposals.notice_words import TONES, VERDICT_TONES, notice_facts, title_of
from proposals.notices import (
    is_judged_now,
    may_admit,
    may_confirm_notice,
    may_judge_notice,
    office_notices,
)
from proposals.permissions import may_read_letter
from proposals.queries import office_proposals
from proposals.views.answers_given import behalf_of, may_see_reasons, move_words
from proposals.views.lists import sent
from proposals.views.notices import RELATED
from proposals.views.verdicts import answer_page

ANSWERED = ("agency", "letter", "recorded_by", "confirmed_by")


def office_notice_of(request: HttpRequest, public_id: str) -> NoticeOfIntent:
    """A notice that the officer handles; for anybody else, and before its deadline, it is absent."""
    return get_object_or_404(office_notices(request.user).select_related(*RELATED), public_id=public_id)


def crumbs_of(notice: NoticeOfIntent, here: str = "") -> list[dict[str, str]]:
    trail = [{"label": _("Notices of intent"), "url": reverse("proposals:notices")}]
    name = f"{notice.number} {title_of(notice)}"
    if not here:
        return [*trail, {"label": name, "url": ""}]
    own = reverse("proposals:office_notice", args=[notice.public_id])
    return [*trail, {"label": name, "url": own}, {"label": here, "url": ""}]


@reads
def office_notice(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the notice says, what each agency has answered, and the proposal that it became."""
    found = office_notice_of(request, public_id)
    given = {one.agency_id: one for one in found.verdicts.select_related(*ANSWERED)}
    own = any(one.by_id == request.user.pk for one in given.values())
    moves = []
    if may_admit(request.user, found.call):
        url = reverse("proposals:notice_admit", args=[found.call.public_id])
        moves.append(Move(_("Admit somebody exceptionally"), url))
    if not own:
        confirm = _(
            "From now on you find neither this notice nor a proposal that is begun from it. Only do so if you have a conflict of interest."
        )
        url = reverse("proposals:notice_conflict", args=[public_id])
        moves.append(Move(_("I have a conflict of interest"), url, "post", "danger", confirm))
    became = office_proposals(request.user).filter(notice=found).first()
    context = {
        "notice": found,
        "title": title_of(found),
        "tone": TONES[found.state],
        "state": label_of_field(found, "state"),
        "facts": notice_facts(found),
        "verdicts": _verdicts(request.user, found, given),
        "became": became,
        "moves": moves,
        "breadcrumbs": crumbs_of(found),
    }
    return render(request, "proposals/office_notice.html", context)


def _verdicts(user: Any, notice: NoticeOfIntent, given: dict[int, NoticeVerdict]) -> list[dict[str, Any]]:
    """Those whose yes is needed, and whoever else has answered; the lead agency first."""
    parts = participation(notice.call).values()
    agencies = {part.agency_id: part.agency for part in parts if part.must_agree}
    agencies |= {pk: answer.agency for pk, answer in given.items()}
    lead = notice.call.lead_agency_id
    ordered = sorted(agencies.values(), key=lambda agency: (agency.pk != lead, agency.short_name))
    return [_answer(user, notice, agency, given.get(agency.pk)) for agency in ordered]


def _answer(
    user: Any, notice: NoticeOfIntent, agency: Organisation, answer: NoticeVerdict | None
) -> dict[str, Any]:
    """One agency's answer as proposals/answer.html shows it."""
    is_open, moves = is_judged_now(notice), []
    if is_open and may_judge_notice(user, notice, agency):
        words = move_words(user, notice.call, agency, is_given=answer is not None)
        url = reverse("proposals:notice_verdict", args=[notice.public_id, agency.public_id])
        moves.append(Move(words, url, tone="secondary" if answer else "primary"))
    shown: dict[str, Any] = {
        "agency": agency,
        "label": _("not answered yet"),
        "tone": "neutral",
        "moves": moves,
        "checks": [],
    }
    if answer is None:
        return shown
    if is_open and may_confirm_notice(user, notice, answer):
        url = reverse("proposals:notice_confirm", args=[notice.public_id, answer.public_id])
        confirm = _(
            "I have read the agency’s letter, and it says what was recorded. From now on the answer counts."
        )
        moves.append(Move(_("Confirm this answer"), url, "post", "primary", confirm))
    words = label(NoticeAnswer(answer.verdict))
    is_shown = may_see_reasons(user, notice.call, agency, is_open=is_open)
    return {
        **shown,
        "label": words
        if answer.counts
        else _("%(verdict)s: awaiting the second officer") % {"verdict": words},
        "tone": VERDICT_TONES[answer.verdict] if answer.counts else "neutral",
        "at": answer.at,
        "reasons": answer.reasons if is_shown else "",
        "withheld": bool(answer.reasons) and not is_shown,
        "behalf": behalf_of(user, notice, answer, "notice") if answer.on_behalf else None,
    }


@reads_and_writes
@idempotent
def notice_verdict(request: HttpRequest, public_id: str, agency_id: str) -> HttpResponse:
    """An agency's own verdict on a notice."""
    found = office_notice_of(request, public_id)
    agency = get_object_or_404(agencies_of(found.call), public_id=agency_id)
    if not may_judge_notice(request.user, found, agency):
        raise Http404
    given = found.verdicts.filter(agency=agency).first()
    heading = _("Notice of intent: verdict of %(agency)s") % {"agency": agency.short_name}
    return answer_page(
        request,
        agency,
        form=NoticeVerdictForm(
            *sent(request),
            on_behalf=answers_on_behalf(request.user, found.call, agency),
            initial={"verdict": given.verdict, "reasons": given.reasons} if given else None,
        ),
        is_asked=is_judged_now(found),
        act=lambda **values: judge_notice(notice=found, agency=agency, by=request.user, **values),
        heading=heading,
        lead=_("Once every agency has given its verdict, the applicant is told, once."),
        facts=[{"label": _("Number of the notice"), "value": found.number}, *notice_facts(found)],
        back=reverse("proposals:office_notice", args=[public_id]),
        breadcrumbs=crumbs_of(found, heading),
    )


def _given(request: HttpRequest, public_id: str, answer_id: str) -> tuple[NoticeOfIntent, NoticeVerdict]:
    found = office_notice_of(request, public_id)
    answers = found.verdicts.select_related(*ANSWERED, "notice__call")
    return found, get_object_or_404(answers, public_id=answer_id)


@writes
@idempotent
def notice_confirm(request: HttpRequest, public_id: str, answer_id: str) -> HttpResponse:
    _found, answer = _given(request, public_id, answer_id)
    try:
        confirm_notice_verdict(answer=answer, by=request.user)
    except RuleBroken as broken:
        for violation in broken.violations:
            messages.error(request, sentence(violation))
    else:
        messages.success(request, _("The answer was confirmed. It counts from now on."))
    return redirect("proposals:office_notice", public_id=public_id)


@reads
def notice_letter(request: HttpRequest, public_id: str, answer_id: str) -> HttpResponse | FileResponse:
    found, answer = _given(request, public_id, answer_id)
    if answer.letter is None or not may_read_letter(request.user, found, answer):
        raise Http404
    return respond(answer.letter)


@writes
@idempotent
def notice_conflict(request: HttpRequest, public_id: str) -> HttpResponse:
    """Stand aside, for good."""
    declare_notice_conflict(notice=office_notice_of(request, public_id), by=request.user)
    messages.success(request, _("Recorded. You find this notice of intent no more."))
    return redirect("proposals:notices")


@reads_and_writes
@idempotent
def notice_admit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Somebody whom the lead agency lets propose without an accepted notice."""
    call = get_object_or_404(calls_visible_to(request.user), public_id=public_id)
    if not may_admit(request.user, call):
        raise Http404
    form = AdmitForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            admission = admit(call=call, by=request.user, **form.cleaned_data)
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            messages.success(
                request,
                _("%(name)s is admitted, and was told by mail.") % {"name": admission.person.name},
            )
            return redirect("proposals:notice_admit", public_id=public_id)
    admissions = NoticeAdmission.objects.filter(call=call).select_related("person", "by__person")
    heading = _("Admit somebody exceptionally")
    context = {
        "call": call,
        "form": form,
        "heading": heading,
        "admissions": admissions.order_by("-pk"),
        "cancel_url": f"{reverse('proposals:notices')}?call={call.public_id}",
        "breadcrumbs": [
            {"label": _("Notices of intent"), "url": reverse("proposals:notices")},
            {"label": localized(call, "title"), "url": reverse("program:call", args=[public_id])},
            {"label": heading, "url": ""},
        ],
    }
    return render(request, "proposals/notice_admit.html", context)
