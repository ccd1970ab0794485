"""Beginning a proposal, and writing its core and its sections."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from accounts.models import Organisation
from kernel import audit
from kernel.actions import action, require
from kernel.clock import now
from kernel.files import store_upload
from kernel.violations import RuleBroken, Violation, refuse_if, stale
from program.models import Call, Designation, FormSection
from program.versions import current_form
from proposals.actions.editing import lock_for_editing, touch
from proposals.enums import TeamRole
from proposals.models import Proposal, ProposalSection, TeamMember
from proposals.permissions import belongs_to, is_call_open
from proposals.questions import questions_of
from proposals.rules.answers import (
    Question,
    answer_violation,
    field_name,
    is_blank,
    length_violation,
    missing,
)
from proposals.rules.texts import TITLE_LIMIT, normal, text_violation
from proposals.rules.years import years_violation

SITTING = dt.timedelta(minutes=10)


@action
def start_proposal(
    *, call: Call, by: Any, institution: Organisation, designation: Designation | None = None
) -> Proposal:
    """A new draft on the call's newest form, led by the person of `by`.

    Raises:
        NotAllowed: `by` is no researcher of `institution`.
        RuleBroken: `call_not_open` at this moment; `designation_not_of_call`.
    """
    require(belongs_to(by, institution))
    refuse_if(call_violation(call) or _foreign_designation(call, designation))
    form = current_form(call)
    assert form is not None  # no call opens without one
    proposal = Proposal.objects.create(
        call=call,
        form_version=form,
        designation=designation,
        pi=by.person,
        institution=institution,
        years=min(call.max_years, max(call.min_years, 5)),
        created_at=now(),
        changed_at=now(),
    )
    TeamMember.objects.create(
        proposal=proposal,
        person=by.person,
        role=TeamRole.PI,
        institution_name=institution.name_ja or institution.name_en,
        institution_ror_id=institution.ror_id or "",
        country_code=institution.country_code,
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
) -> Proposal:
    """Save titles, length and designation. `version` is the proposal's version that the writer had before them.

    A change of another part since then does no harm. A repetition of what is saved changes nothing. Without a
    `designation` the one that is there stays.

    Raises:
        NotAllowed: `by` is no writer of this proposal.
        RuleBroken: `deadline_passed`, `proposal_not_draft`; `stale_version` if the core was changed since `version`;
            `text_over_limit`, `text_has_nul`, `years_outside_call`, `designation_not_of_call`.
    """
    locked = lock_for_editing(proposal=proposal, by=by)
    call = locked.call
    refuse_if(
        text_violation(title_ja, TITLE_LIMIT, "title_ja"),
        text_violation(title_en, TITLE_LIMIT, "title_en"),
        years_violation(years, call.min_years, call.max_years),
        _foreign_designation(call, designation),
    )
    before = {"title_ja": locked.title_ja, "title_en": locked.title_en}
    was = (locked.title_ja, locked.title_en, locked.years, locked.designation_id)
    locked.title_ja, locked.title_en, locked.years = title_ja.strip(), title_en.strip(), years
    locked.designation_id = designation.pk if designation else locked.designation_id
    if (locked.title_ja, locked.title_en, locked.years, locked.designation_id) == was:
        return locked
    if locked.core_version > version:
        raise RuleBroken(stale(by=by, editor_id=audit.last_actor_id("changed_core", locked)))
    locked.core_version = locked.version + 1
    touch(locked, "title_ja", "title_en", "years", "designation", "core_version")
    audit.record(
        "changed_core", locked, by=by, details={"years": {"before": was[2], "after": years}}, private=before
    )
    return locked


@action
def save_section(
    *,
    proposal: Proposal,
    section: FormSection,
    by: Any,
    text: str,
    revision: int,
    is_complete: bool = False,
    answers: Mapping[str, Any] | None = None,
) -> ProposalSection:
    """Save one section's text and the answers to its fields. `revision` is the number that they were made from, 0 for a
    new one. Without `answers` those that are there stay; an answer that is an upload is stored as a file.

    The text is kept as typed, but for line breaks, which become LF. Saving again what is saved changes nothing, so that
    a repeated post does no harm.

    Raises:
        NotAllowed: `by` is no writer of this proposal, or the section belongs to another form.
        RuleBroken: `deadline_passed`, `proposal_not_draft`; `stale_version` if the section was changed since
            `revision`; `text_over_limit`, `text_over_words`, `text_has_nul`; what is wrong with an answer, or its file;
            `section_empty`, `answer_missing` if that is called complete.
    """
    locked = lock_for_editing(proposal=proposal, by=by)
    require(section.version_id == locked.form_version_id)
    text = normal(text) if section.has_text else ""
    written, _ = ProposalSection.objects.select_for_update().get_or_create(proposal=locked, section=section)
    questions = questions_of(section)
    given = written.answers if answers is None else _stored(questions, answers, by)
    refuse_if(
        length_violation(text, section.limit, section.unit),
        Violation("section_empty", "text")
        if is_complete and section.has_text and not text.strip() and (section.is_required or not questions)
        else None,
        *(answer_violation(question, given.get(question.key)) for question in questions),
        *(missing(question, given.get(question.key)) for question in questions if is_complete),
    )
    if (written.text, written.is_complete, written.answers) == (text, is_complete, given):
        return written
    if written.revision != revision and (written.text, written.answers) != (text, given):
        raise RuleBroken(stale(by=by, editor_id=written.edited_by_id))
    # Text saves itself every few seconds: one entry for each sitting of each writer, not one for each pause.
    is_same_sitting = (
        written.edited_by_id == by.pk
        and written.is_complete == is_complete
        and written.edited_at is not None
        and now() - written.edited_at < SITTING
    )
    written.text, written.answers, written.is_complete = text, given, is_complete
    written.revision += 1
    written.edited_by, written.edited_at = by, now()
    written.save()
    touch(locked)
    if not is_same_sitting:
        details = {"section": section.key, "revision": written.revision, "complete": is_complete}
        audit.record("changed_section", locked, by=by, details=details)
    return written


def _stored(questions: Sequence[Question], answers: Mapping[str, Any], by: Any) -> dict[str, Any]:
    """The answers as they are kept: blank ones left out, uploads as the files that they have become."""
    kept = {}
    for question in questions:
        answer = answers.get(question.key)
        if hasattr(answer, "chunks"):
            file = store_upload(upload=answer, by=by, allowed=(".pdf",), field=field_name(question.key))
            answer = {
                "public_id": file.public_id,
                "name": file.name,
                "sha256": file.sha256,
                "size": file.size,
            }
        if not is_blank(answer):
            kept[question.key] = answer
    return kept


def call_violation(call: Call) -> Violation | None:
    """`call_not_open` unless proposals to the call may be begun at this moment."""
    return None if is_call_open(call) else Violation("call_not_open")


def _foreign_designation(call: Call, designation: Designation | None) -> Violation | None:
    if designation is None or call.call_designations.filter(designation=designation).exists():
        return None
    return Violation("designation_not_of_call", "designation")
