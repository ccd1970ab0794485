"""An applicant's objection to what was decided (異議申立て), and the lead agency's answer."""

from typing import Any

from accounts.permissions import person_of
from kernel import audit
from kernel.actions import action, require
from kernel.clock import now
from kernel.text import is_blank_text
from kernel.violations import Violation, refuse_if
from proposals.actions.mails import write_to_pi
from proposals.permissions import is_pi
from review.enums import AppealVerdict
from review.models import Appeal, DecisionItem
from review.permissions import may_answer_appeal, root_of
from review.results import appeal_violation

LONGEST = 10_000


def _text_violations(text: str, field: str) -> list[Violation | None]:
    return [
        Violation("reason_missing", field) if is_blank_text(text) else None,
        Violation("text_too_long", field, {"limit": LONGEST}) if len(text) > LONGEST else None,
        Violation("text_has_null", field) if "\x00" in text else None,
    ]


@action
def raise_appeal(*, item: DecisionItem, by: Any, reasons: str) -> Appeal:
    """Object to what a published decision says of a proposal, with reasons, once.

    Raises:
        NotAllowed: `by` is not the principal investigator.
        RuleBroken: `appeals_not_taken`, `appeal_too_late`, `appeal_raised_already`, `appeal_only_newest`, `reason_missing`,
            `text_too_long`, `text_has_null`.
    """
    item = (
        DecisionItem.objects.select_for_update(of=("self",))
        .select_related("decision__call__programme", "proposal__call", "proposal__pi__user")
        .get(pk=item.pk)
    )
    require(is_pi(by, item.proposal) and item.decision.is_published)
    refuse_if(appeal_violation(item), *_text_violations(reasons, "reasons"))
    appeal = Appeal.objects.create(item=item, reasons=reasons.strip(), by=by)
    audit.record(
        "appealed",
        appeal,
        by=by,
        details={"proposal": item.proposal.public_id, "decision": item.decision.public_id},
        private={"reasons": appeal.reasons},
    )
    write_to_pi(
        item.proposal,
        "appeal_received",
        key=f"appeal-received:{appeal.public_id}",
        page="review:result",
    )
    return appeal


@action
def answer_appeal(*, appeal: Appeal, by: Any, verdict: str, answer: str) -> Appeal:
    """The lead agency's answer to an objection, with its reasons. One that is upheld is followed by the correction of the
    decision, which all agencies adopt.

    Raises:
        NotAllowed: `by` is no programme officer of the lead agency, or has a conflict in the call.
        RuleBroken: `appeal_answered_already`, `verdict_unknown`, `reason_missing`, `text_too_long`, `text_has_null`.
    """
    appeal = (
        Appeal.objects.select_for_update(of=("self",))
        .select_related("item__decision__call", "item__proposal__call", "item__proposal__pi__user")
        .get(pk=appeal.pk)
    )
    require(may_answer_appeal(by, appeal))
    refuse_if(
        Violation("appeal_answered_already") if appeal.verdict else None,
        None if verdict in list(AppealVerdict) else Violation("appeal_verdict_unknown", "verdict"),
        *_text_violations(answer, "answer"),
    )
    person = person_of(by)
    assert person is not None
    appeal.verdict, appeal.answer = verdict, answer.strip()
    appeal.answered_by, appeal.answered_at = root_of(person), now()
    appeal.save(update_fields=["verdict", "answer", "answered_by", "answered_at"])
    audit.record(
        "appeal_answered",
        appeal,
        by=by,
        details={"proposal": appeal.item.proposal.public_id, "verdict": str(verdict)},
        private={"answer": appeal.answer},
    )
    write_to_pi(
        appeal.item.proposal,
        "appeal_answered",
        key=f"appeal-answered:{appeal.public_id}",
        page="review:result",
        is_upheld=verdict == AppealVerdict.UPHELD,
        answer=appeal.answer,
    )
    return appeal
