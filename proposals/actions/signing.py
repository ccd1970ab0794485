"""The partner PI's signature and the co-investigators' consent (承諾), each to one content of the shared core."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from accounts.permissions import person_of
from kernel import audit
from kernel.actions import action, require
from kernel.violations import Violation, refuse_if
from proposals.actions.content import content_of, digest
from proposals.models import Proposal, Signature, TeamMember
from proposals.permissions import SIGNATORIES, may_sign

# What both sides share. Budget and other grants are Japan's annex, award and attachment the partner's and the applicants'.
CORE = ("designation", "title_ja", "title_en", "fiscal_years", "institution", "sections", "team", "exchange")


@dataclass(frozen=True)
class Signed:
    """A member whose signature is asked for: when they signed what stands now (`at`), or whether they signed what stood
    before a change (`is_void`)."""

    member: TeamMember
    at: dt.datetime | None
    is_void: bool


def core_digest(content: dict[str, Any]) -> str:
    """SHA-256 of the shared core of a content."""
    return digest({part: content[part] for part in CORE})


def signatures_of(proposal: Proposal, content: dict[str, Any]) -> list[Signed]:
    """Everybody whose signature is asked for, in the order of the team."""
    core = core_digest(content)
    given: dict[int, dict[str, dt.datetime]] = {}
    for signature in proposal.signatures.order_by("pk"):
        given.setdefault(signature.person_id, {})[signature.sha256] = signature.at
    team: Sequence[TeamMember] = sorted(proposal.team.all(), key=lambda member: member.pk)
    found = []
    for member in team:
        if member.role in SIGNATORIES:
            own = given.get(member.person_id, {})
            found.append(Signed(member, own.get(core), bool(own) and core not in own))
    return found


@action
def sign_core(*, proposal: Proposal, by: Any, sha256: str) -> Signature:
    """Sign the shared core whose digest is `sha256`: what the signatory had before them.

    Raises:
        NotAllowed: `by` is neither co-investigator nor partner PI, or the proposal is no draft that can still be submitted.
        RuleBroken: `core_changed` when somebody has changed it in the meantime.
    """
    proposal = (
        Proposal.objects.select_for_update(of=("self",)).select_related("call__programme").get(pk=proposal.pk)
    )
    require(may_sign(by, proposal))
    core = core_digest(content_of(proposal))
    refuse_if(Violation("core_changed") if sha256 != core else None)
    signature, is_new = Signature.objects.get_or_create(proposal=proposal, person=person_of(by), sha256=core)
    if is_new:
        audit.record("signed", proposal, by=by, details={"sha256": core})
    return signature
