"""The agencies' agreement to a call before it opens, and the test of its form."""

import datetime as dt
from typing import Any

from accounts.models import User
from kernel import audit
from kernel.actions import action, require
from kernel.clock import now, today
from kernel.files import store_upload
from kernel.violations import Violation, refuse_if
from program.agreed import call_digest, refuse_unseen, shown_agreement
from program.enums import CallState
from program.models import Call, CallAgency, CallAgreement, FormVersion
from program.permissions import may_agree_for, may_change_call, may_confirm_on_behalf


@action
def agree_to_call(
    *, part: CallAgency, by: User, shown: str, letter: Any = None, letter_dated: dt.date | None = None
) -> CallAgreement:
    """Say for an agency that it agrees to the call as it stands; said again after a change of the call.

    `shown` is the state that `by` was shown (`program.agreed.shown_state`): nobody agrees to what they have not seen.

    Officers and approvers of that agency; the lead agency's officers for one that does not sign in, with its letter
    (an upload): that counts once a second officer has confirmed it.

    Raises:
        RuleBroken: `call_no_longer_prepared`, `letter_missing`, `letter_date_missing`, `letter_dated_ahead`,
            `call_changed_since_shown`.
    """
    call = _locked(part.call)
    part = CallAgency.objects.select_related("call", "agency").get(pk=part.pk)
    require(may_agree_for(by, part))
    refuse_unseen(call, shown)
    values: dict[str, Any] = {
        "on_behalf": False,
        "letter": None,
        "letter_dated": None,
        "recorded_by": None,
        "confirmed_by": None,
        "confirmed_at": None,
    }
    if not part.signs_in:
        refuse_if(
            Violation("letter_missing", "letter") if letter is None else None,
            Violation("letter_date_missing", "letter_dated") if letter_dated is None else None,
            Violation("letter_dated_ahead", "letter_dated")
            if letter_dated and letter_dated > today()
            else None,
        )
        file = store_upload(upload=letter, by=by, allowed=(".pdf",), field="letter")
        values |= {
            "on_behalf": True,
            "letter": file,
            "letter_dated": letter_dated,
            "recorded_by": by.person,
        }
    digest = call_digest(call)
    agreement, _ = CallAgreement.objects.update_or_create(
        part=part, defaults={**values, "digest": digest, "shown": shown, "by": by, "at": now()}
    )
    audit.record(
        "agreed",
        call,
        by=by,
        details={
            "agency": part.agency.public_id,
            "digest": digest,
            "on_behalf": values["on_behalf"],
            "letter": values["letter"].sha256 if values["letter"] else "",
        },
    )
    return agreement


@action
def confirm_agreement(*, agreement: CallAgreement, by: User, shown: str) -> CallAgreement:
    """Confirm as a second officer what was recorded on an agency's behalf: that record, of the call as it stands.

    `shown` is what `by` was shown (`program.agreed.shown_agreement`).

    Raises:
        NotAllowed: `by` recorded it, or is no officer of the lead agency.
        RuleBroken: `call_no_longer_prepared`, `nothing_to_confirm`, `agreement_to_earlier_state`,
            `agreement_recorded_again`.
    """
    call = _locked(agreement.part.call)
    agreement = (
        CallAgreement.objects.select_for_update(of=("self",))
        .select_related("part__agency")
        .get(pk=agreement.pk)
    )
    require(may_confirm_on_behalf(by, call, agreement))
    refuse_if(Violation("nothing_to_confirm") if not agreement.on_behalf or agreement.confirmed_at else None)
    refuse_if(
        Violation("agreement_to_earlier_state") if agreement.digest != call_digest(call) else None,
        Violation("agreement_recorded_again") if shown != shown_agreement(agreement) else None,
    )
    agreement.confirmed_by, agreement.confirmed_at = by.person, now()
    agreement.save(update_fields=["confirmed_by", "confirmed_at"])
    audit.record("agreement_confirmed", call, by=by, details={"agency": agreement.part.agency.public_id})
    return agreement


def _locked(call: Call) -> Call:
    call = (
        Call.objects.select_for_update(of=("self",))
        .select_related("programme", "lead_agency")
        .get(pk=call.pk)
    )
    refuse_if(None if call.state == CallState.DRAFT else Violation("call_no_longer_prepared"))
    return call


@action
def begin_trial(*, version: FormVersion, by: User) -> FormVersion:
    """Note that somebody fills in a version as a test: it is not rewritten any more, and a change begins the next one.

    Raises:
        RuleBroken: `call_no_longer_prepared`.
    """
    call = _locked(version.call)
    require(may_change_call(by, call))
    version = FormVersion.objects.select_for_update().get(pk=version.pk)
    if version.trial_begun_at is None:
        version.trial_begun_at = now()
        version.save(update_fields=["trial_begun_at"])
        audit.record("trial_begun", version, by=by, details={"number": version.number})
    return version


@action
def end_trial(*, version: FormVersion, by: User, sha256: str) -> FormVersion:
    """Note that a test on this version was filled in and sent off; `sha256` is the digest of what it held.

    Raises:
        RuleBroken: `call_no_longer_prepared`.
    """
    call = _locked(version.call)
    require(may_change_call(by, call))
    version = FormVersion.objects.select_for_update().get(pk=version.pk)
    version.tried_at = now()
    version.save(update_fields=["tried_at"])
    audit.record("trial_ended", version, by=by, details={"number": version.number, "sha256": sha256})
    return version
