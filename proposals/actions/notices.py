"""Giving a notice of intent (趣意書): written, submitted, changed, withdrawn."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils import translation

from accounts.models import Organisation
from kernel import audit
from kernel.actions import action, require
from kernel.clock import now
from kernel.outbox import queue_mail
from kernel.revisions import refuse_stale
from kernel.text import hidden_violation, is_blank_text, without_debris
from kernel.transitions import apply_transition
from kernel.violations import Violation, refuse_if
from program.models import Call
from program.permissions import participation
from proposals.actions.core import call_violation, foreign_designation, foreign_type
from proposals.enums import NoticeState
from proposals.models import NoticeOfIntent
from proposals.notices import own_notices, proposal_of
from proposals.permissions import belongs_to
from proposals.rules.deadline import deadline_violation
from proposals.rules.notices import FIELDS, NAMES, Written, notice_gaps, text_violations
from proposals.rules.texts import REASON_LIMIT, normal, text_violation


@action
def give_notice(
    *,
    call: Call,
    by: Any,
    institution: Organisation,
    is_submitted: bool,
    arrived_at: dt.datetime | None = None,
    **values: Any,
) -> NoticeOfIntent:
    """A new notice of intent of `by`'s person, as a draft or submitted at once. `values` are any of `FIELDS`.

    Raises:
        NotAllowed: `by` is no researcher of `institution`.
        RuleBroken: `call_not_open`; `notice_not_taken` where the call asks for none; what `save_notice` refuses.
    """
    require(belongs_to(by, institution))
    refuse_if(call_violation(call), None if call.notice_deadline_at else Violation("notice_not_taken"))
    notice = NoticeOfIntent(call=call, pi=by.person, institution=institution)
    return _written(
        notice, by, values, is_submitted=is_submitted, at=arrived_at or now(), institution=institution
    )


@action
def save_notice(
    *,
    notice: NoticeOfIntent,
    by: Any,
    institution: Organisation,
    is_submitted: bool,
    seen: str = "",
    arrived_at: dt.datetime | None = None,
    **values: Any,
) -> NoticeOfIntent:
    """Save a draft, or submit it; one that was submitted is changed by being submitted again, under its number. `seen` is the
    `fingerprint` of what the writer had before them; the instant that counts is that at which the request arrived.

    Raises:
        NotAllowed: it is not `by`'s notice, or `by` is no researcher of `institution`.
        RuleBroken: `deadline_passed`; `notice_not_open` unless it is a draft or submitted; `stale_version`;
            `designation_not_of_call`, `support_type_not_of_call`, `award_agency_not_of_call`, `partner_in_japan`,
            `member_is_the_pi`, `text_over_limit`, `text_has_nul`, `name_has_hidden_character`; to submit it, what
            `rules.notices.notice_gaps` finds.
    """
    notice = NoticeOfIntent.objects.select_for_update(of=("self",)).select_related("call").get(pk=notice.pk)
    require(notice.pi_id == by.person.pk and belongs_to(by, institution))
    refuse_if(
        Violation("notice_not_open")
        if notice.state not in (NoticeState.DRAFT, NoticeState.SUBMITTED)
        else None
    )
    refuse_stale(notice, seen, writer=by, verb="notice_saved", subject=notice)
    is_again = notice.state == NoticeState.SUBMITTED
    return _written(
        notice,
        by,
        values,
        is_submitted=is_submitted or is_again,
        at=arrived_at or now(),
        institution=institution,
    )


def _written(
    notice: NoticeOfIntent,
    by: Any,
    values: dict[str, Any],
    *,
    is_submitted: bool,
    at: dt.datetime,
    institution: Organisation,
) -> NoticeOfIntent:
    call = Call.objects.select_for_update().get(pk=notice.call_id)
    assert call.notice_deadline_at is not None  # a notice is given to a call that asks for one
    refuse_if(deadline_violation(at, call.notice_deadline_at), call_violation(call))
    before = {name: str(getattr(notice, name) or "") for name in FIELDS if name in values}
    for name, value in values.items():
        assert name in FIELDS
        setattr(notice, name, _plain(name, value))
    notice.institution = institution
    refuse_if(
        *_violations(notice, call, by), *(notice_gaps(_as_written(notice, call)) if is_submitted else ())
    )
    notice.changed_at = at
    if is_submitted:
        notice.version, notice.submitted_at = notice.version + 1, at
        if notice.number is None:
            call.last_notice += 1
            call.save(update_fields=["last_notice"])
            notice.number = f"{call.code}-N{call.last_notice:04}"
    notice.save()
    audit.record(
        "notice_saved",
        notice,
        by=by,
        details={"call": call.code, "number": notice.number or "", "version": notice.version},
        private={name: text for name, text in before.items() if text},
        acting_for=institution.public_id,
    )
    if is_submitted:
        if notice.state == NoticeState.DRAFT:
            apply_transition(notice, "submit", by=by, details={"receipt": notice.number})
        write_to_author(notice, "notice_received", key=f"notice-received:{notice.public_id}:{notice.version}")
    return notice


def _plain(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if name == "email":
        return value.strip().lower()
    return without_debris(value) if name in NAMES else normal(value).strip()


def _violations(notice: NoticeOfIntent, call: Call, by: Any) -> list[Violation | None]:
    """What not even a draft may hold."""
    agency = notice.partner_agency
    is_partner = agency is None or (agency.pk in participation(call) and agency.pk != call.lead_agency_id)
    own = {address.lower() for address in (by.email, by.person.email) if address}
    return [
        *text_violations(notice.title_ja, notice.title_en, notice.keywords, notice.summary),
        *(hidden_violation(getattr(notice, name), name) for name in NAMES),
        foreign_designation(call, notice.designation),
        foreign_type(call, notice.support_type),
        None if is_partner else Violation("award_agency_not_of_call", "partner_agency"),
        Violation("partner_in_japan", "country_code") if notice.country_code == "JP" else None,
        Violation("member_is_the_pi", "email") if notice.email.lower() in own else None,
    ]


def _as_written(notice: NoticeOfIntent, call: Call) -> Written:
    return Written(
        title_ja=notice.title_ja,
        title_en=notice.title_en,
        keywords=notice.keywords,
        summary=notice.summary,
        has_designation=notice.designation_id is not None,
        has_type=notice.support_type_id is not None,
        offers_types=call.support_types.exists(),
        has_agency=notice.partner_agency_id is not None,
        has_partner_name=any(getattr(notice, name) for name in NAMES),
        partner_institution=notice.institution_name,
        partner_country=notice.country_code,
    )


@action
def withdraw_notice(*, notice: NoticeOfIntent, by: Any, reason: str) -> NoticeOfIntent:
    """Withdraw a notice of intent, with a reason. Where a proposal was begun from it, that is withdrawn instead.

    Raises:
        NotAllowed: it is not `by`'s notice.
        RuleBroken: `reason_missing`, `text_over_limit`, `text_has_nul`; `notice_has_proposal`; `transition_not_allowed`.
    """
    require(own_notices(by).filter(pk=notice.pk).exists())
    notice = NoticeOfIntent.objects.select_for_update(of=("self",)).select_related("call").get(pk=notice.pk)
    refuse_if(
        Violation("reason_missing", "reason") if is_blank_text(reason) else None,
        text_violation(reason, REASON_LIMIT, "reason"),
        Violation("notice_has_proposal") if proposal_of(notice) is not None else None,
    )
    apply_transition(notice, "withdraw", by=by, reason=reason.strip())
    write_to_author(
        notice, "notice_withdrawn", key=f"notice-withdrawn:{notice.public_id}", reason=reason.strip()
    )
    return notice


@action
def write_to_author(notice: NoticeOfIntent, template: str, *, key: str, **values: Any) -> None:
    """Write to whoever has given the notice, in their language."""
    user = notice.pi.user
    language = user.language if user else "en"
    with translation.override(language):
        path = reverse("proposals:notice", args=[notice.public_id])
    queue_mail(
        template,
        to=user.email if user else notice.pi.email,
        language=language,
        values={
            "notice": notice,
            "call": notice.call,
            "name": notice.pi.name_in(language),
            "path": path,
            **values,
        },
        about=notice,
        key=key,
    )
