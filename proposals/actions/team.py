"""The people of both teams, and the attachment."""

from typing import Any

from accounts.actions.people import NAMES, register_person
from accounts.models import Membership, Person
from kernel import audit
from kernel.actions import action
from kernel.clock import today
from kernel.files.store import store_upload
from kernel.text import without_debris
from kernel.violations import Violation, refuse_if
from program.models import Call
from program.permissions import SEATS
from proposals.actions.editing import held, lock_for_editing, refuse_changed, refuse_stale, touch
from proposals.enums import TeamRole
from proposals.models import OtherGrant, Proposal, StandingRecord, Statement, TeamMember
from proposals.posts import POST_OF_MEMBER
from proposals.rules.completeness import TEAM
from proposals.rules.correction import ATTACHMENT
from proposals.rules.names import same_name
from proposals.rules.texts import TASK_LIMIT, normal, text_violation

ATTACHMENT_TYPES = (".pdf",)


@action
def add_team_member(
    *,
    proposal: Proposal,
    by: Any,
    role: str,
    institution_name: str,
    country_code: str,
    effort_percent: int,
    email: str = "",
    institution_ror_id: str = "",
    task: str = "",
    department_ja: str = "",
    department_en: str = "",
    title_ja: str = "",
    title_en: str = "",
    **names: str,
) -> TeamMember:
    """Add a person to either team. Somebody whose e-mail and name are known is taken as that person.

    They are named, and no more: the proposal opens to them when they accept their invitation. A co-investigator may then write
    it with the principal investigator; a member of the partner team may read it.

    Raises:
        NotAllowed: `by` is no writer of this proposal.
        RuleBroken: as `lock_for_editing`; `name_missing`, `role_is_the_pis`, `effort_out_of_range`, `partner_in_japan`,
            `text_over_limit`, `text_has_nul`; `member_is_the_pi`, `member_twice`, `email_twice` where somebody of the team
            has this e-mail in any case; `member_decides` for an officer or approver of one of the call's agencies.
    """
    locked = lock_for_editing(proposal=proposal, by=by, part=TEAM)
    refuse_if(
        _role_violation(role),
        _effort_violation(effort_percent),
        _country_violation(role, country_code),
        text_violation(task, TASK_LIMIT, "task"),
    )
    person = _person(email, by, names)
    refuse_if(
        _twice(locked, person, email),
        Violation("member_decides", "email") if _decides(person, locked.call) else None,
    )
    member = TeamMember.objects.create(
        proposal=locked,
        person=person,
        role=role,
        institution_name=institution_name,
        institution_ror_id=institution_ror_id,
        country_code=country_code,
        effort_percent=effort_percent,
        task=normal(task).strip(),
        department_ja=without_debris(department_ja),
        department_en=without_debris(department_en),
        title_ja=without_debris(title_ja),
        title_en=without_debris(title_en),
    )
    touch(locked)
    audit.record(
        "member_added", locked, by=by, details={"role": str(role)}, private={"person": person.public_id}
    )
    return member


def _person(email: str, by: Any, names: dict[str, str]) -> Person:
    """The person of this e-mail, if the name that was typed is theirs too; else a new one under the name that was typed.

    Whoever knows an address alone must not learn whose it is, nor let a stranger read the draft.
    """
    email = email.strip().lower()
    known = Person.objects.filter(email=email, merged_into=None).order_by("pk") if email else ()
    for person in known:
        if same_name(names, {part: getattr(person, part) for part in NAMES}):
            return person
    return register_person(by=by, email=email, **names)


def _twice(proposal: Proposal, person: Person, email: str) -> Violation | None:
    """Nobody is on a team twice, and no two members share an address: an invitation goes to one person."""
    email = email.strip().lower()
    for member in proposal.team.select_related("person__user"):
        is_same = member.person_id == person.pk
        if is_same or email in addresses_of(member.person):
            code = "member_twice" if is_same else "email_twice"
            return Violation("member_is_the_pi" if member.role == TeamRole.PI else code, "email")
    return None


def address_violation(proposal: Proposal, email: str, *, apart_from: TeamMember) -> Violation | None:
    """`member_is_the_pi`, `email_twice`: the address of another member, in any case."""
    for member in proposal.team.exclude(pk=apart_from.pk).select_related("person__user"):
        if email.strip().lower() in addresses_of(member.person):
            return Violation("member_is_the_pi" if member.role == TeamRole.PI else "email_twice", "email")
    return None


def addresses_of(person: Person) -> set[str]:
    """The e-mails by which a person is known, in lower case."""
    return {
        address.lower() for address in (person.email, person.user.email if person.user else "") if address
    }


def _decides(person: Person, call: Call) -> bool:
    """Whether the person has a seat at an agency of the call, whose decision the proposal asks for."""
    agencies = [part.agency_id for part in call.call_agencies.all()]
    return (
        Membership.objects.active_on(today())
        .filter(person=person, organisation__in=agencies, role__in=SEATS)
        .exists()
    )


@action
def change_team_member(
    *,
    member: TeamMember,
    by: Any,
    role: str,
    institution_name: str,
    country_code: str,
    effort_percent: int,
    institution_ror_id: str = "",
    task: str = "",
    seen: str = "",
    **post: str,
) -> TeamMember:
    """Change where a member works and as what (`post`: any of `POST_OF_MEMBER`), their role, their task and their share of time. The PI's role stays. `seen` is the `fingerprint` of
    what the writer had before them.

    Raises:
        NotAllowed, RuleBroken: as `add_team_member`; `stale_version` if the member was changed since `seen`.
    """
    locked = lock_for_editing(proposal=member.proposal, by=by, part=TEAM)
    member = held(member)
    refuse_stale(member, seen, writer=by, verb="member_changed")
    is_pi = member.role == TeamRole.PI
    refuse_if(
        None if is_pi else _role_violation(role),
        _effort_violation(effort_percent),
        None if is_pi else _country_violation(role, country_code),
        text_violation(task, TASK_LIMIT, "task"),
    )
    member.role = member.role if is_pi else role
    member.institution_name, member.country_code = institution_name, country_code
    member.institution_ror_id, member.effort_percent = institution_ror_id, effort_percent
    member.task = normal(task).strip()
    for name in POST_OF_MEMBER:
        setattr(member, name, without_debris(post.get(name, getattr(member, name))))
    member.save()
    touch(locked)
    audit.record("member_changed", locked, by=by, details={"member": member.public_id})
    return member


@action
def remove_team_member(*, member: TeamMember, by: Any, seen: str = "") -> None:
    """Take a person off the team, the PI excepted, with the other grants, the evidence of standing and the statements that
    were entered of them.

    Raises:
        NotAllowed: `by` is no writer of this proposal.
        RuleBroken: as `lock_for_editing`; `pi_stays`.
    """
    locked = lock_for_editing(proposal=member.proposal, by=by, part=TEAM)
    member = held(member)
    refuse_changed(member, seen)
    refuse_if(Violation("pi_stays") if member.role == TeamRole.PI else None)
    audit.record("member_removed", locked, by=by, private={"person": member.person.public_id})
    for model in (OtherGrant, StandingRecord, Statement):
        model.objects.filter(proposal=locked, person=member.person_id).delete()
    member.delete()
    touch(locked)


def file_mark(proposal: Proposal) -> str:
    """What a form carries of the attachment that it was made beside."""
    return proposal.attachment.public_id if proposal.attachment else "none"


def _refuse_another_file(locked: Proposal, seen: str) -> None:
    refuse_if(Violation("attachment_changed", "file") if seen and seen != file_mark(locked) else None)


@action
def attach_file(*, proposal: Proposal, by: Any, upload: Any, seen: str = "") -> Proposal:
    """Attach a PDF, in place of the one that is there. What was submitted keeps the file that it had. `seen` is the
    `file_mark` of what the writer had before them.

    Raises:
        NotAllowed, RuleBroken: as `lock_for_editing`, and what `store_upload` refuses, beside the field `file`;
            `attachment_changed` if another was attached, or it was removed, since it was `seen`.
    """
    locked = lock_for_editing(proposal=proposal, by=by, part=ATTACHMENT)
    _refuse_another_file(locked, seen)
    locked.attachment = store_upload(upload=upload, by=by, allowed=ATTACHMENT_TYPES, field="file")
    touch(locked, "attachment")
    audit.record("attached", locked, by=by, details={"sha256": locked.attachment.sha256})
    return locked


@action
def remove_attachment(*, proposal: Proposal, by: Any, seen: str = "") -> Proposal:
    """Leave the proposal without an attachment.

    Raises:
        NotAllowed, RuleBroken: as `lock_for_editing`; `attachment_changed` as in `attach_file`.
    """
    locked = lock_for_editing(proposal=proposal, by=by, part=ATTACHMENT)
    if locked.attachment_id is not None:  # removed twice is removed
        _refuse_another_file(locked, seen)
    if locked.attachment_id is not None:
        locked.attachment = None
        touch(locked, "attachment")
        audit.record("attachment_removed", locked, by=by)
    return locked


def _role_violation(role: str) -> Violation | None:
    return Violation("role_is_the_pis", "role") if role == TeamRole.PI else None


def _country_violation(role: str, country_code: str) -> Violation | None:
    """The partner team works abroad."""
    is_partner = role in (TeamRole.PARTNER_PI, TeamRole.PARTNER_MEMBER)
    return Violation("partner_in_japan", "country_code") if is_partner and country_code == "JP" else None


def _effort_violation(percent: int) -> Violation | None:
    return None if 0 <= percent <= 100 else Violation("effort_out_of_range", "effort_percent")
