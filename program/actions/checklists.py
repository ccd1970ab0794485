"""Each agency's own checklist of eligibility for a call."""

import hashlib
import json
from collections.abc import Sequence

from accounts.models import User
from kernel import audit
from kernel.actions import action, require
from kernel.ids import new_public_id
from kernel.violations import Violation, refuse_if, stale
from program.actions.call_parts import ENDED
from program.models import Call, CallAgency
from program.permissions import may_keep_checklist
from program.rules.checklist import ChecklistItem, list_violations


def list_fingerprint(part: CallAgency) -> str:
    """What the list holds, as a short text: a form carries the one that it was made from."""
    return hashlib.sha256(json.dumps(part.checklist, sort_keys=True).encode()).hexdigest()[:32]


@action
def set_checklist(
    *, part: CallAgency, by: User, rows: Sequence[tuple[str, str, str]], seen: str = ""
) -> CallAgency:
    """Set what an agency checks of every proposal to a call, as (key, Japanese, English) a row; a blank row is left out.

    While the call is prepared or later, until it has ended. An item keeps its key when its words change. Verdicts that were
    given keep the words that were answered; the next ones answer the list as it is then.

    Raises:
        NotAllowed: `by` is no programme officer of the agency (of the lead agency, where it does not sign in).
        RuleBroken: `call_has_ended`; `checklist_item_in_one_language`, `checklist_too_long`; `stale_version`,
            `stale_version_own` where the list has changed since `seen`.
    """
    call = Call.objects.select_for_update().get(pk=part.call_id)
    part = CallAgency.objects.select_for_update(of=("self",)).select_related("agency", "call").get(pk=part.pk)
    require(may_keep_checklist(by, part))
    refuse_if(Violation("call_has_ended") if call.state in ENDED else None)
    if seen and seen != list_fingerprint(part):
        refuse_if(stale(by=by, editor_id=audit.last_actor_id("checklist_set", part)))
    refuse_if(*list_violations([(ja, en) for _key, ja, en in rows]))
    known = {item["key"] for item in part.checklist}
    items = [
        ChecklistItem(key=key if key in known else new_public_id(), ja=ja.strip(), en=en.strip())
        for key, ja, en in rows
        if ja.strip()
    ]
    before, part.checklist = part.checklist, items
    part.save(update_fields=["checklist"])
    # The other agencies read a call's trail too, and are not to learn what this one looks at.
    audit.record(
        "checklist_set",
        part,
        by=by,
        details={"agency": part.agency.public_id},
        private={
            "before": json.dumps(before, ensure_ascii=False),
            "after": json.dumps(items, ensure_ascii=False),
        },
        acting_for=part.agency.public_id,
    )
    return part
