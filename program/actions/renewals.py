"""Renewal: a new designation that goes on from an old one, with its dossier."""

from accounts.models import User
from kernel import audit
from kernel.actions import action, require
from kernel.text import is_blank_text
from kernel.violations import Violation, refuse_if
from program.actions.designations import OUTLINE, locked_designation
from program.actions.versions import keep_version
from program.enums import DesignationState, VersionOccasion
from program.models import Designation, EvidenceItem, PolicyDocument
from program.permissions import may_keep_programme
from program.rules.dossier import EVIDENCE_FIELDS
from program.rules.standing import DECIDED


@action
def renew_designation(*, designation: Designation, by: User, reason: str) -> Designation:
    """Begin the designation of the next period: a draft with the old one's summary, division, evidence and policy documents.

    The old one stays as it is. The Cabinet Office is consulted anew: its consultations belong to the old period.

    Raises:
        RuleBroken: `designation_not_to_be_renewed`, `renewal_is_begun`, `reason_missing`.
    """
    old = locked_designation(designation)
    require(may_keep_programme(by, old.programme))
    refuse_if(
        Violation("reason_missing", "reason") if is_blank_text(reason) else None,
        None if old.state in DECIDED else Violation("designation_not_to_be_renewed"),
        Violation("renewal_is_begun")
        if old.renewals.exclude(state=DesignationState.WITHDRAWN).exists()
        else None,
    )
    new = Designation.objects.create(
        programme=old.programme,
        field=old.field,
        country=old.country,
        group=old.group,
        **{name: getattr(old, name) for name in OUTLINE},
        renews=old,
    )
    _copy_parts(old, new)
    audit.record("renewal_begun", old, by=by, details={"by": new.public_id}, private={"reason": reason})
    audit.record("prepared", new, by=by, details={"renews": old.public_id}, private={"reason": reason})
    keep_version(designation=new, by=by, occasion=VersionOccasion.RENEWED)
    return new


def _copy_parts(old: Designation, new: Designation) -> None:
    """Who added an item, and when, stays as it was."""
    copied = (*EVIDENCE_FIELDS, "added_by", "added_at")
    for item in old.evidence.order_by("id"):
        values = {name: getattr(item, name) for name in copied}
        EvidenceItem.objects.create(designation=new, origin=item.origin or item.public_id, **values)
    for policy in old.policies.order_by("id"):
        PolicyDocument.objects.create(
            designation=new,
            title_ja=policy.title_ja,
            title_en=policy.title_en,
            decided_on=policy.decided_on,
            url=policy.url,
        )
