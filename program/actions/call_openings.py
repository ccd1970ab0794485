"""Calls opened by the clock: an announced opening does not wait for somebody to press a button."""

import datetime as dt

from django.urls import reverse
from django.utils import translation

from kernel.actions import action
from kernel.clock import now, today
from kernel.outbox import MailKind, queue_mail
from kernel.outbox.models import OutboxMail
from kernel.templatetags.kernel import plain_instant
from kernel.violations import Violation, sentence
from program.actions.call_changes import agency_readers
from program.actions.call_steps import open_call
from program.contributions import Reader
from program.enums import CallState
from program.models import Call
from program.plan import opening_plan
from program.rules.opening import CallPlan, opening_violations, too_early_or_late


def open_due_calls() -> int:
    """Open every call that is complete and whose opening instant has come; returns how many. Of one that still lacks
    something its officers are told, once; it opens as soon as nothing lacks any more.

    Each call is done by itself, so that a fault in one holds up no other. Doing it again changes nothing.
    """
    moment = now()
    due = Call.objects.filter(state=CallState.DRAFT, opens_at__lte=moment, deadline_at__gt=moment)
    return sum(_open_due(pk, moment) for pk in due.order_by("opens_at", "pk").values_list("pk", flat=True))


@action
def _open_due(call_id: int, moment: dt.datetime) -> int:
    call = Call.objects.select_for_update(of=("self",)).select_related("programme").get(pk=call_id)
    if call.state != CallState.DRAFT or not call.opens_at <= moment < call.deadline_at:
        return 0  # it was opened, cancelled or put off while we waited for the lock
    if _lacks(opening_plan(call, today(call.programme.zone)), moment):
        for reader in agency_readers(call, of_lead=True):
            _write(call, reader, "call_not_opened")
        return 0
    call = open_call(call=call, by=None)
    for reader in agency_readers(call):
        _write(call, reader, "call_opened")
    return 1


def _lacks(plan: CallPlan, moment: dt.datetime) -> list[Violation]:
    late = too_early_or_late(plan, moment)
    return [*([late] if late else []), *opening_violations(plan)]


def _write(call: Call, reader: Reader, template: str) -> None:
    key = f"{template}:{call.public_id}:{call.opens_at.isoformat()}:{reader.key}"
    if OutboxMail.objects.filter(key=key).exists():
        return
    with translation.override(reader.language):
        plan = opening_plan(call, today(call.programme.zone))
        is_opened = call.state != CallState.DRAFT
        page = "program:call" if is_opened else "program:call_preparation"
        values = {
            "call": call,
            "name": reader.name,
            "opens_at": plain_instant(call.opens_at),
            "deadline_at": plain_instant(call.deadline_at),
            "lacks": [] if is_opened else [sentence(violation) for violation in _lacks(plan, now())],
            "path": reverse(page, args=[call.public_id]),
        }
    queue_mail(
        template,
        to=reader.address,
        language=reader.language,
        values=values,
        about=call,
        key=key,
        kind=MailKind.NEWS if is_opened else MailKind.REQUIRED,
    )
