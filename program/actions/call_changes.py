"""Changes of an announced call: kept with their reason, and told to those whom they concern."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import translation

from accounts.models import Membership, User
from kernel.actions import action, require
from kernel.clock import today
from kernel.jobs import enqueue
from kernel.languages import localized
from kernel.outbox import queue_mail
from kernel.outbox.models import OutboxMail
from kernel.text import is_blank_text
from kernel.violations import Violation, refuse_if
from program.change_words import rows_in_words
from program.contributions import Reader, call_readers
from program.enums import CallState
from program.models import Call, CallChange
from program.permissions import SEATS, may_change_call

TELL_JOB = "program.tell_call_change"


def is_announced(call: Call) -> bool:
    """Whether the public has read the call: from then on nothing of it changes without a reason."""
    return call.state not in (CallState.DRAFT, CallState.CANCELLED)


@action
def announce_change(
    *,
    call: Call,
    by: User,
    rows: Sequence[dict[str, Any]],
    reason_ja: str,
    reason_en: str,
    only_agencies: bool = False,
) -> CallChange | None:
    """Keep what has been changed of an announced call, and have it told in the background: by mail to the officers of its
    agencies and to whoever has a draft or a proposal (to `only_agencies` where applicants are told otherwise). None where
    nothing was changed, or nothing is announced yet.

    Raises:
        RuleBroken: `reason_missing`, in each language.
    """
    require(may_change_call(by, call))
    if not rows or not is_announced(call):
        return None
    refuse_if(
        *(
            Violation("reason_missing", name) if is_blank_text(reason) else None
            for name, reason in (("reason_ja", reason_ja), ("reason_en", reason_en))
        )
    )
    change = CallChange.objects.create(
        call=call, rows=list(rows), reason_ja=reason_ja.strip(), reason_en=reason_en.strip()
    )
    payload = {"change": change.pk, "only_agencies": only_agencies}
    enqueue(TELL_JOB, payload, by=by, key=f"{TELL_JOB}:{change.public_id}")
    return change


@action
def tell_call_change(*, change: CallChange, only_agencies: bool = False) -> int:
    """Write to everybody whom a change concerns, once; how many mails are new."""
    written = 0
    readers = agency_readers(change.call) if only_agencies else _readers(change.call)
    for reader in readers:
        key = f"call-changed:{change.public_id}:{reader.key}"
        if OutboxMail.objects.filter(key=key).exists():
            continue
        with translation.override(reader.language):
            values = {
                "call": change.call,
                "change": change,
                "name": reader.name,
                "rows": rows_in_words(change.rows),
                "reason": localized(change, "reason"),
                "path": reverse("program:call", args=[change.call.public_id]),
            }
        queue_mail(
            "call_changed",
            to=reader.address,
            language=reader.language,
            values=values,
            about=change.call,
            key=key,
        )
        written += 1
    return written


def _readers(call: Call) -> list[Reader]:
    """The officers of the call's agencies and those who apply, each address once."""
    found = [*agency_readers(call), *(one for contribute in call_readers for one in contribute(call))]
    return list({reader.address: reader for reader in reversed(found)}.values())


def agency_readers(call: Call, *, of_lead: bool = False) -> list[Reader]:
    """The officers and approvers of the agencies that take part today (`of_lead`: of the lead agency alone), for as long as
    they hold their office."""
    day = today(call.programme.zone)
    parts = call.call_agencies.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)
    agencies = [call.lead_agency_id] if of_lead else list(parts.values_list("agency", flat=True))
    members = Membership.objects.active_on(day).filter(
        organisation__in=agencies, role__in=SEATS, person__user__is_active=True
    )
    users = User.objects.filter(pk__in=members.values("person__user")).select_related("person")
    return [reader_of(user) for user in users.order_by("pk")]


def reader_of(user: User) -> Reader:
    """A user as the reader of a mail."""
    return Reader(user.public_id, user.email, user.language, user.person.name_in(user.language))
