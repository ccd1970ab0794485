"""Beginning a proposal, and writing its core."""

from typing import Any

from accounts.models import Organisation
from kernel import audit
from kernel.actions import action, require
from kernel.clock import now
from kernel.languages import localized
from kernel.violations import RuleBroken, Violation, refuse_if, stale
from program.models import Call, Designation, SupportType
from program.versions import current_form
from proposals.actions.completeness import years_allowed
from proposals.actions.editing import lock_for_editing, touch
from proposals.enums import TeamRole
from proposals.models import NoticeOfIntent, Proposal, TeamMember
from proposals.notices import begin_gap, proposal_of
from proposals.permissions import belongs_to, is_call_open
from proposals.posts import post_of
from proposals.rules.completeness import CORE
from proposals.rules.texts import TITLE_LIMIT, text_violation
from proposals.rules.years import usual_years, years_violation


@action
def start_proposal(
    *,
    call: Call,
    by: Any,
    institution: Organisation,
    designation: Designation | None = None,
    support_type: SupportType | None = None,
    notice: NoticeOfIntent | None = None,
) -> Proposal:
    """A new draft on the call's newest form, led by the person of `by`; resting on their notice of intent, if any.

    Raises:
        NotAllowed: `by` is no researcher of `institution`.
        RuleBroken: `call_not_open` at this moment; `designation_not_of_call`; `support_type_missing` where the call
            offers any, `support_type_not_of_call`; where the call requires a notice of intent, that none was given
            or it was refused (`rules.notices.start_violation`); `notice_has_proposal`.
    """
    require(belongs_to(by, institution) and (notice is None or notice.pi_id == by.person.pk))
    refuse_if(
        call_violation(call),
        begin_gap(call, by.person, notice),
        Violation("notice_has_proposal") if notice is not None and proposal_of(notice) is not None else None,
        foreign_designation(call, designation),
        foreign_type(call, support_type),
        Violation("support_type_missing", "support_type")
        if support_type is None and call.support_types.exists()
        else None,
    )
    form = current_form(call)
    assert form is not None  # no call opens without one
    proposal = Proposal.objects.create(
        call=call,
        form_version=form,
        designation=designation,
        support_type=support_type,
        notice=notice,
        pi=by.person,
        institution=institution,
        years=usual_years(*years_allowed(call, support_type)),
        created_at=now(),
        changed_at=now(),
    )
    TeamMember.objects.create(
        proposal=proposal,
        person=by.person,
        role=TeamRole.PI,
        joined_at=now(),
        institution_name=institution.name_ja or institution.name_en,
        institution_ror_id=institution.ror_id or "",
        country_code=institution.country_code,
        **post_of(by.person, institution.ror_id or "", institution.name_ja or institution.name_en),
    )
    audit.record("started", proposal, by=by, details={"call": call.code}, acting_for=institution.public_id)
    return proposal


@action
def save_core(
    *,
    proposal: Proposal,
    by: Any,
    version: int,
    title_ja: str,
    title_en: str,
    years: int,
    designation: Designation | None = None,
    support_type: SupportType | None = None,
) -> Proposal:
    """Save titles, length, designation and support type. `version` is the proposal's version that the writer had before
    them.

    A change of another part since then does no harm. A repetition of what is saved changes nothing. Without a
    `designation` or a `support_type` the one that is there stays.

    Raises:
        NotAllowed: `by` is no writer of this proposal.
        RuleBroken: `deadline_passed`, `proposal_not_draft`; `stale_version` if the core was changed since `version`;
            `text_over_limit`, `text_has_nul`, `years_outside_call`, `years_outside_type`, `designation_not_of_call`,
            `support_type_not_of_call`.
    """
    locked = lock_for_editing(proposal=proposal, by=by, part=CORE)
    call, chosen = locked.call, support_type or locked.support_type
    refuse_if(
        text_violation(title_ja, TITLE_LIMIT, "title_ja"),
        text_violation(title_en, TITLE_LIMIT, "title_en"),
        foreign_type(call, support_type)
        or years_violation(years, *years_allowed(call, chosen), localized(chosen, "title") if chosen else ""),
        foreign_designation(call, designation),
    )
    before = {"title_ja": locked.title_ja, "title_en": locked.title_en}
    was = _core_of(locked)
    years_before = locked.years
    locked.title_ja, locked.title_en, locked.years = title_ja.strip(), title_en.strip(), years
    locked.designation_id = designation.pk if designation else locked.designation_id
    locked.support_type = chosen
    if _core_of(locked) == was:
        return locked
    if locked.core_version > version:
        raise RuleBroken(stale(by=by, editor_id=audit.last_actor_id("changed_core", locked)))
    locked.core_version = locked.version + 1
    touch(locked, "title_ja", "title_en", "years", "designation", "support_type", "core_version")
    details: dict[str, Any] = {"years": {"before": years_before, "after": years}}
    if chosen:
        details["support_type"] = chosen.key
    audit.record("changed_core", locked, by=by, details=details, private=before)
    return locked


def _core_of(proposal: Proposal) -> tuple[Any, ...]:
    return (
        proposal.title_ja,
        proposal.title_en,
        proposal.years,
        proposal.designation_id,
        proposal.support_type_id,
    )


def call_violation(call: Call) -> Violation | None:
    """`call_not_open` unless proposals to the call may be begun at this moment."""
    return None if is_call_open(call) else Violation("call_not_open")


def foreign_type(call: Call, support_type: SupportType | None) -> Violation | None:
    """`support_type_not_of_call`."""
    if support_type is None or support_type.call_id == call.pk:
        return None
    return Violation("support_type_not_of_call", "support_type")


def foreign_designation(call: Call, designation: Designation | None) -> Violation | None:
    """`designation_not_of_call`."""
    if designation is None or call.call_designations.filter(designation=designation).exists():
        return None
    return Violation("designation_not_of_call", "designation")
