"""Writing the sections of a proposal, by several people at once, and taking an earlier state of one up again."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from kernel import audit
from kernel.actions import action, require
from kernel.clock import now
from kernel.files import store_upload
from kernel.text import is_blank_text
from kernel.violations import RuleBroken, Violation, refuse_if, stale
from program.models import FormSection
from program.rules.form_files import MOST_PAGES, endings_of
from proposals.actions.editing import lock_for_editing, touch
from proposals.models import Proposal, ProposalSection, SectionRevision
from proposals.questions import fingerprint_of, questions_of
from proposals.rules.answers import (
    Question,
    answer_violation,
    field_name,
    is_blank,
    length_violation,
    missing,
)
from proposals.rules.completeness import section_part
from proposals.rules.merging import Written, merged, taken_away
from proposals.rules.texts import normal

SITTING = dt.timedelta(minutes=10)
# Somebody who takes away so much at once may not have meant to: what was there is kept apart.
MUCH = 100  # characters


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
    base: Written | None = None,
    over: int = 0,
) -> ProposalSection:
    """Save one section's text and the answers to its fields. `revision` is the number that they were made from, 0 for a
    new one. Without `answers` those that are there stay; an answer that is an upload is stored as a file.

    Where somebody else has saved in the meantime, and it is told from which `base` this writer wrote on, the changes of
    both are put together, unless they collide. The text is kept as typed, but for line breaks, which become LF. Saving
    again what is saved changes nothing, so that a repeated post does no harm. `over` is a revision that is knowingly replaced, by
    another's text or after both were seen: it stays in the history, however young it is.

    Raises:
        NotAllowed: `by` is no writer of this proposal, or the section belongs to another form.
        RuleBroken: `deadline_passed`, `proposal_not_draft`; `stale_version` if the section was changed since
            `revision` in the same place, or together they break a limit; `text_over_limit`, `text_over_words`,
            `text_has_nul`; what is wrong with an answer, or its file; `section_empty`, `answer_missing` if that is
            called complete.
    """
    locked = lock_for_editing(proposal=proposal, by=by, part=section_part(section.key))
    require(section.version_id == locked.form_version_id)
    written, _ = ProposalSection.objects.select_for_update().get_or_create(proposal=locked, section=section)
    questions = questions_of(section)
    given = written.answers if answers is None else _stored(questions, answers, by)
    saved = Written(written.text, written.answers, written.is_complete)
    wanted = Written(normal(text) if section.has_text else "", given, is_complete)
    refuse_if(*_violations(section, questions, wanted))
    if wanted == saved:
        return written
    if written.revision != revision and (wanted.text, wanted.answers) != (saved.text, saved.answers):
        together = merged(base, wanted, saved, prints=_prints(questions, wanted, saved)) if base else None
        if together is None or any(_violations(section, questions, together)):
            raise RuleBroken(stale(by=by, editor_id=written.edited_by_id))
        if together == saved:
            return written
        wanted = together
    is_replaced = over and over == written.revision
    _put(locked, written, wanted, by=by, sitting=None if is_replaced else _sitting(written, by, wanted))
    return written


@action
def restore_section(
    *, proposal: Proposal, section: FormSection, by: Any, number: int, revision: int
) -> ProposalSection:
    """Take up again what the section held at its revision `number`. `revision` is the one that the writer saw last; what
    stands now stays in the history.

    Raises:
        NotAllowed: as `save_section`; there is no such revision.
        RuleBroken: as `save_section`, `stale_version` if anybody has saved since `revision`.
    """
    earlier = SectionRevision.objects.filter(
        section__proposal=proposal, section__section=section, number=number
    ).first()
    require(earlier is not None)
    assert earlier is not None
    locked = lock_for_editing(proposal=proposal, by=by, part=section_part(section.key))
    written = ProposalSection.objects.select_for_update().get(proposal=locked, section=section)
    if written.revision != revision:
        raise RuleBroken(stale(by=by, editor_id=written.edited_by_id))
    wanted = Written(earlier.text, earlier.answers, earlier.is_complete)
    refuse_if(*_violations(section, questions_of(section), wanted))
    _put(locked, written, wanted, by=by, sitting=None)
    return written


def _put(
    locked: Proposal, written: ProposalSection, wanted: Written, *, by: Any, sitting: SectionRevision | None
) -> None:
    """Write it down, in the row of the history that this sitting has, or in one more."""
    if sitting is None:
        _keep_what_stood(written)
    written.text, written.answers, written.is_complete = wanted.text, dict(wanted.answers), wanted.is_complete
    written.revision += 1
    written.edited_by, written.edited_at = by, now()
    written.save()
    touch(locked)
    _keep(written, sitting)
    # One entry for each sitting of each writer, not one for each pause.
    if sitting is None:
        details = {
            "section": written.section.key,
            "revision": written.revision,
            "complete": written.is_complete,
        }
        audit.record("changed_section", locked, by=by, details=details)


def _violations(
    section: FormSection, questions: Sequence[Question], wanted: Written
) -> list[Violation | None]:
    is_text_asked = section.has_text and (section.is_required or not questions)
    return [
        length_violation(wanted.text, section.limit, section.unit),
        Violation("section_empty", "text")
        if wanted.is_complete and is_text_asked and is_blank_text(wanted.text)
        else None,
        *(answer_violation(question, wanted.answers.get(question.key)) for question in questions),
        *(
            missing(question, wanted.answers.get(question.key))
            for question in questions
            if wanted.is_complete
        ),
    ]


def _prints(questions: Sequence[Question], wanted: Written, saved: Written) -> dict[str, tuple[str, str]]:
    return {
        question.key: (
            fingerprint_of(wanted.answers.get(question.key)),
            fingerprint_of(saved.answers.get(question.key)),
        )
        for question in questions
    }


def _sitting(written: ProposalSection, by: Any, wanted: Written) -> SectionRevision | None:
    """The row of the history that this save replaces: the writer's last one of this sitting, unless much of the text goes
    away. Two people who write at once have one each."""
    if written.is_complete != wanted.is_complete or taken_away(written.text, wanted.text) >= MUCH:
        return None
    return written.revisions.filter(by=by, at__gt=now() - SITTING).order_by("-number").first()


def _keep_what_stood(written: ProposalSection) -> None:
    """What was there before any history was kept, or what came about without a writer, joins the history."""
    if written.revision and not written.revisions.filter(number=written.revision).exists():
        _keep(written, None)


def _keep(written: ProposalSection, row: SectionRevision | None) -> None:
    row = row or SectionRevision(section=written)
    row.number, row.text, row.answers = written.revision, written.text, written.answers
    row.is_complete, row.by, row.at = written.is_complete, written.edited_by, written.edited_at
    row.save()


def _stored(questions: Sequence[Question], answers: Mapping[str, Any], by: Any) -> dict[str, Any]:
    """The answers as they are kept: blank ones left out, uploads as the files that they have become."""
    kept = {}
    for question in questions:
        answer = answers.get(question.key)
        if hasattr(answer, "chunks"):
            file = store_upload(
                upload=answer,
                by=by,
                allowed=endings_of(question.file_kinds),
                field=field_name(question.key),
                limit=question.most_bytes,
                most_pages=question.most_pages or MOST_PAGES,
            )
            answer = {
                "public_id": file.public_id,
                "name": file.name,
                "sha256": file.sha256,
                "size": file.size,
                **({"pages": file.pages} if file.pages else {}),
            }
        if not is_blank(answer):
            kept[question.key] = answer
    return kept
