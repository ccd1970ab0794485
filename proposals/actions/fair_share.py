"""The exception to fair share (応分負担), which holds in principle."""

from collections.abc import Iterable
from typing import Any

from kernel import audit
from kernel.actions import action, require
from kernel.clock import now
from kernel.text import is_blank_text
from kernel.violations import Violation, refuse_if
from proposals.models import EligibilityVerdict, PartnerAward, Proposal
from proposals.permissions import may_except
from proposals.rules.eligibility import CONFIRMED
from proposals.rules.points import needs_exception
from proposals.rules.texts import REASON_LIMIT, text_violation


def is_unfair(award: PartnerAward, verdicts: Iterable[EligibilityVerdict]) -> bool:
    """Whether an agency of the call has said, in an answer that counts, that the shares of this award are not fair."""
    said = [verdict.points.get(award.public_id, {}) for verdict in verdicts if verdict.counts]
    return any(map(needs_exception, [*said, award.points if award.counts else {}]))


def drop_exception(award: PartnerAward) -> None:
    """Forget an exception on an award that the caller saves."""
    award.share_exception, award.share_exception_by, award.share_exception_at = "", None, None


@action
def drop_exceptions(*, proposal: Proposal, awards: Iterable[str] | None = None) -> None:
    """Forget the exceptions on a locked proposal's awards, or on those with these public ids: a verdict on which one may
    rest was given anew or taken back."""
    known = PartnerAward.objects.filter(proposal=proposal).exclude(share_exception="")
    for award in known if awards is None else known.filter(public_id__in=list(awards)):
        drop_exception(award)
        award.save(update_fields=["share_exception", "share_exception_by", "share_exception_at"])


@action
def except_from_fair_share(*, award: PartnerAward, by: Any, reason: str) -> PartnerAward:
    """Let an award stand although an agency found that the shares are not fair. An approver of the lead agency or of the
    award's, with the reason; it falls with the verdict, which may be given anew.

    Raises:
        NotAllowed: `by` is no such approver, or has an interest in the proposal.
        RuleBroken: `verdict_not_asked`, `exception_not_needed`, `reason_missing`.
    """
    locked = Proposal.objects.select_for_update(of=("self",)).select_related("call").get(pk=award.proposal_id)
    award = PartnerAward.objects.select_for_update(of=("self",)).select_related("agency").get(pk=award.pk)
    require(may_except(by, locked, award))
    refuse_if(
        Violation("verdict_not_asked") if locked.state not in CONFIRMED else None,
        None if is_unfair(award, locked.eligibility.all()) else Violation("exception_not_needed"),
        Violation("reason_missing", "reason") if is_blank_text(reason) else None,
        text_violation(reason, REASON_LIMIT, "reason"),
    )
    award.share_exception, award.share_exception_by, award.share_exception_at = reason.strip(), by, now()
    award.save()
    audit.record(
        "fair_share_excepted",
        locked,
        by=by,
        details={"award": award.public_id},
        private={"reason": reason.strip()},
    )
    return award
