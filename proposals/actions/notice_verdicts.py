"""What the agencies say of a notice of intent, who stands aside, and whom the lead agency admits all the same."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils import translation

from accounts.models import Organisation, Person
from kernel import audit
from kernel.actions import action, require
from kernel.clock import now
from kernel.files.models import StoredFile
from kernel.outbox import queue_mail
from kernel.text import is_blank_text
from kernel.transitions import apply_transition
from kernel.violations import Violation, refuse_if
from program.models import Call
from proposals.actions.access import exclude
from proposals.actions.behalf import behalf_fields, confirm_violation, outcome_of, set_confirmed, two_agencies
from proposals.actions.notices import write_to_author
from proposals.enums import NoticeAnswer, NoticeState
from proposals.models import NoticeAdmission, NoticeExclusion, NoticeOfIntent, NoticeVerdict
from proposals.notices import (
    handles,
    is_judged_now,
    may_admit,
    may_confirm_notice,
    may_judge_notice,
)
from proposals.rules.notices import STEPS, answer_violations, as_verdict
from proposals.rules.texts import REASON_LIMIT, text_violation

SOURCE = "notice"


def _locked(notice: NoticeOfIntent) -> NoticeOfIntent:
    return NoticeOfIntent.objects.select_for_update(of=("self",)).select_related("call").get(pk=notice.pk)


@action
def judge_notice(
    *,
    notice: NoticeOfIntent,
    agency: Organisation,
    by: Any,
    verdict: str,
    reasons: str = "",
    letter: StoredFile | None = None,
    letter_dated: dt.date | None = None,
) -> NoticeVerdict:
    """Give an agency's own verdict on a notice ("yes", "advice", "no"); it may be given anew until all have answered.

    When every agency that must agree has a verdict that counts, the notice is accepted, with an advice too, or refused; the
    applicant is told once.

    Raises:
        NotAllowed: `by` does not answer for the agency, or has an interest in the notice.
        RuleBroken: `verdict_not_asked`, `verdict_missing`, `reason_missing`, `letter_missing`, `one_person_two_agencies`.
    """
    locked = _locked(notice)
    require(may_judge_notice(by, locked, agency))
    refuse_if(Violation("verdict_not_asked") if not is_judged_now(locked) else None)
    refuse_if(*answer_violations(verdict, reasons, REASON_LIMIT))
    behalf = behalf_fields(locked.call, agency, by, letter, letter_dated)
    refuse_if(two_agencies(NoticeVerdict.objects.filter(notice=locked), agency, by, behalf))
    answer, _created = NoticeVerdict.objects.update_or_create(
        notice=locked,
        agency=agency,
        defaults={"verdict": verdict, "reasons": reasons.strip(), "by": by, "at": now(), **behalf},
    )
    audit.record(
        "judged",
        locked,
        by=by,
        details={"agency": agency.public_id, "verdict": str(verdict), "on_behalf": answer.on_behalf},
        private={"reasons": reasons} if reasons else None,
        acting_for=agency.public_id,
    )
    _conclude(locked, by)
    return answer


@action
def confirm_notice_verdict(*, answer: NoticeVerdict, by: Any) -> NoticeVerdict:
    """Confirm, as a second officer of the lead agency, a verdict recorded on behalf; from now on it counts.

    Raises:
        NotAllowed: `by` is no officer of the lead agency, recorded the answer, or has an interest in the notice.
        RuleBroken: `nothing_to_confirm`, `verdict_not_asked`.
    """
    locked = _locked(answer.notice)
    answer = NoticeVerdict.objects.select_for_update(of=("self",)).select_related("agency").get(pk=answer.pk)
    require(handles(by, locked))
    refuse_if(
        confirm_violation(answer),
        Violation("verdict_not_asked") if not is_judged_now(locked) else None,
    )
    require(may_confirm_notice(by, locked, answer))
    set_confirmed(answer=answer, by=by)
    audit.record(
        "confirmed_on_behalf",
        locked,
        by=by,
        details={"agency": answer.agency.public_id, "about": answer._meta.model_name},
        acting_for=answer.agency.public_id,
    )
    _conclude(locked, by)
    return answer


def _conclude(notice: NoticeOfIntent, by: Any) -> None:
    answers = list(notice.verdicts.select_related("agency").order_by("agency__short_name"))
    step = outcome_of(notice.call, ((answer, as_verdict(answer.verdict)) for answer in answers))
    if step is None:
        return
    apply_transition(notice, STEPS[step], by=by)
    write_to_author(
        notice,
        "notice_told",
        key=f"notice-told:{notice.public_id}",
        is_accepted=notice.state == NoticeState.ACCEPTED,
        advice=[one for one in answers if one.counts and one.verdict == NoticeAnswer.ADVICE],
        refusals=[one for one in answers if one.counts and one.verdict == NoticeAnswer.NO],
    )


@action
def declare_notice_conflict(*, notice: NoticeOfIntent, by: Any) -> None:
    """Stand aside: from the next request on `by` finds neither the notice nor a proposal that is begun from it.

    Raises:
        NotAllowed: `by` handles no such notice.
        RuleBroken: `conflict_after_verdict`: who has given a verdict on it asks a colleague to give it anew first.
    """
    locked = _locked(notice)
    require(handles(by, locked))
    given = locked.verdicts.filter(by__person=by.person)
    refuse_if(Violation("conflict_after_verdict") if given.exists() else None)
    NoticeExclusion.objects.get_or_create(notice=locked, person=by.person)
    audit.record("excluded", locked, by=by, details={"source": SOURCE})
    for proposal in locked.proposals.all():
        exclude(proposal=proposal, person=by.person, source=SOURCE, by=by)


@action
def admit(*, call: Call, email: str, reason: str, by: Any) -> NoticeAdmission:
    """Let a registered person begin and submit proposals to a call without an accepted notice, with the reason; they are told.

    Raises:
        NotAllowed: `by` is no programme officer of the lead agency, or the call takes no proposals or requires no notice.
        RuleBroken: `admitted_unknown`: nobody is registered under this e-mail; `admitted_already`; `reason_missing`,
            `text_over_limit`, `text_has_nul`.
    """
    call = Call.objects.select_for_update().get(pk=call.pk)
    require(may_admit(by, call))
    address = email.strip().lower()
    person = Person.objects.filter(user__email__iexact=address, user__is_active=True).first()
    refuse_if(
        Violation("admitted_unknown", "email") if person is None or person.pk == by.person.pk else None,
        Violation("reason_missing", "reason") if is_blank_text(reason) else None,
        text_violation(reason, REASON_LIMIT, "reason"),
    )
    assert person is not None
    refuse_if(
        Violation("admitted_already", "email")
        if NoticeAdmission.objects.filter(call=call, person=person).exists()
        else None
    )
    admission = NoticeAdmission.objects.create(call=call, person=person, reason=reason.strip(), by=by)
    audit.record(
        "notice_admitted",
        call,
        by=by,
        private={"person": person.public_id, "reason": admission.reason},
        acting_for=call.lead_agency.public_id,
    )
    user = person.user
    assert user is not None
    with translation.override(user.language):
        path = reverse("program:call", args=[call.public_id])
    queue_mail(
        "notice_admitted",
        to=user.email,
        language=user.language,
        values={
            "call": call,
            "name": person.name_in(user.language),
            "path": path,
            "reason": admission.reason,
        },
        about=call,
        key=f"notice-admitted:{call.public_id}:{person.public_id}",
    )
    return admission
