"""The signatures of both principal investigators and the co-investigators' consent (承諾), each to one content of the shared
core."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kernel import audit
from kernel.actions import action, require
from kernel.violations import Violation, refuse_if
from proposals.actions.content import content_of, digest
from proposals.actions.editing import draft_violation
from proposals.actions.mails import write_to_pi
from proposals.enums import TeamRole
from proposals.models import Proposal, Signature, TeamMember
from proposals.permissions import SIGNATORIES, is_signatory, team_person

# What both sides share, in the applicants' own words. The record of the institution is the officers' to correct and to merge
# with another of the same institution: it is what they read, and no word of theirs. The evidence of a partner's standing is signed too: it is said of
# a person, who must know it. Budget and other grants are Japan's annex, award and attachment the partner's and the applicants'.
CORE = (
    "designation",
    "support_type",
    "title_ja",
    "title_en",
    "fiscal_years",
    "sections",
    "team",
    "exchange",
    "standing",
)


@dataclass(frozen=True)
class Signed:
    """A member whose signature is asked for: when they signed what stands now (`at`), or whether they signed what stood
    before a change (`is_void`)."""

    member: TeamMember
    at: dt.datetime | None
    is_void: bool


def core_digest(content: dict[str, Any]) -> str:
    """SHA-256 of the shared core of a content."""
    return digest({part: content[part] for part in CORE if part in content})


def signatures_of(proposal: Proposal, content: dict[str, Any], *, with_pi: bool = False) -> list[Signed]:
    """Everybody whose signature is asked for, in the order of the team; the principal investigator, who is not asked but
    signs by `sign_as_pi`, where it is shown who has signed (`with_pi`)."""
    roles = (TeamRole.PI, *SIGNATORIES) if with_pi else SIGNATORIES
    core = core_digest(content)
    given: dict[int, dict[str, dt.datetime]] = {}
    for signature in proposal.signatures.order_by("pk"):
        given.setdefault(signature.person_id, {})[signature.sha256] = signature.at
    team: Sequence[TeamMember] = sorted(proposal.team.all(), key=lambda member: member.pk)
    found = []
    for member in team:
        if member.role in roles:
            own = given.get(member.person_id, {})
            found.append(Signed(member, own.get(core), bool(own) and core not in own))
    return found


@action
def sign_core(*, proposal: Proposal, by: Any, sha256: str) -> Signature:
    """Sign the shared core whose digest is `sha256`: what the signatory had before them.

    Raises:
        NotAllowed: `by`, a user or `ByLink`, is neither co-investigator nor partner PI.
        RuleBroken: `deadline_passed`; `proposal_not_draft`; `core_changed` when somebody has changed it in the meantime.
    """
    proposal = (
        Proposal.objects.select_for_update(of=("self",)).select_related("call__programme").get(pk=proposal.pk)
    )
    require(is_signatory(by, proposal))
    refuse_if(draft_violation(proposal))
    core = core_digest(content_of(proposal))
    refuse_if(Violation("core_changed") if sha256 != core else None)
    person = team_person(by, proposal)
    signature, is_new = Signature.objects.get_or_create(proposal=proposal, person=person, sha256=core)
    if is_new:
        signed = signatures_of(proposal, content_of(proposal))
        if all(one.at is not None for one in signed):
            key = f"signatures-complete:{proposal.public_id}:{core[:32]}"
            tell_pi("signatures_complete", proposal, signed, key=key)
        audit.record("signed", proposal, by=by, details={"sha256": core})
    return signature


@action
def sign_as_pi(*, proposal: Proposal, by: Any, content: dict[str, Any]) -> None:
    """The principal investigator signs the shared core of what they ask the institution to approve, or submit: both sides'
    signatures are of one digest. The caller holds the lock, and has checked the right."""
    core = core_digest(content)
    _signature, is_new = Signature.objects.get_or_create(proposal=proposal, person=proposal.pi, sha256=core)
    if is_new:
        audit.record("signed", proposal, by=by, details={"sha256": core})


def tell_pi(template: str, proposal: Proposal, signed: list[Signed], *, key: str) -> None:
    """Write to the principal investigator about these signatures."""
    user = proposal.pi.user
    names = [one.member.person.name_in(user.language if user else "en") for one in signed]
    write_to_pi(proposal, template, key=key, page="proposals:tasks", names=names)
