"""The partner's principal investigator proposes another text of the shared core; whoever writes it accepts or declines."""

from typing import Any

from kernel import audit
from kernel.actions import action, require
from kernel.clock import now
from kernel.revisions import fingerprint
from kernel.text import is_blank_text
from kernel.transitions import apply_transition
from kernel.violations import RuleBroken, Violation, refuse_if
from program.models import FormSection
from proposals.actions.core import save_core
from proposals.actions.editing import draft_violation, lock_for_editing
from proposals.actions.mails import write_to_pi
from proposals.actions.reminders import write_to_signatory
from proposals.actions.sections import save_section
from proposals.enums import ChangeState, ChangeTarget
from proposals.invited import newest_invitations
from proposals.models import Proposal, ProposalSection, ProposedChange
from proposals.permissions import is_partner_pi, team_person
from proposals.rules.answers import length_violation
from proposals.rules.texts import REASON_LIMIT, TITLE_LIMIT, normal, text_violation


def present_text(proposal: Proposal, target: str, section: FormSection | None) -> tuple[str, int]:
    """What stands there now, and the number of its last change: the section's revision, or the core's version."""
    if section is None:
        return str(getattr(proposal, target)), proposal.version
    written = ProposalSection.objects.filter(proposal=proposal, section=section).first()
    return (written.text, written.revision) if written else ("", 0)


def mark_of(text: str) -> str:
    """What a form carries of the text that it was made from."""
    return fingerprint({"text": text})


@action
def propose_change(
    *,
    proposal: Proposal,
    by: Any,
    target: str,
    section: FormSection | None,
    text: str,
    comment: str,
    seen: str = "",
) -> ProposedChange:
    """Propose another text for a title or a section. It replaces what the same person proposed for it and nobody has
    answered yet. The principal investigator is told. `seen` is the `mark_of` the text that the person wrote on: what others
    have written since must not look as if it were struck out.

    Raises:
        NotAllowed: `by`, a user or `ByLink`, is not the partner's principal investigator, or the section has no text here.
        RuleBroken: `deadline_passed`, `proposal_not_draft`; `change_changes_nothing`; `text_over_limit`,
            `text_over_words`, `text_has_nul`; `stale_version` if the present text is not what was `seen`.
    """
    proposal = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("call", "pi__user")
        .get(pk=proposal.pk)
    )
    require(is_partner_pi(by, proposal))
    require(section is None or (section.version_id == proposal.form_version_id and section.has_text))
    refuse_if(draft_violation(proposal))
    text = normal(text) if section else text.strip()
    present, revision = present_text(proposal, target, section)
    refuse_if(
        length_violation(text, section.limit, section.unit) if section else text_violation(text, TITLE_LIMIT),
        text_violation(comment, REASON_LIMIT, "comment"),
        Violation("change_changes_nothing", "text") if text == present else None,
    )
    if seen and seen != mark_of(present):
        raise RuleBroken(Violation("stale_version"))
    person = team_person(by, proposal)
    same = ProposedChange.objects.select_for_update().filter(
        proposal=proposal, person=person, target=target, section=section, state=ChangeState.OPEN
    )
    for earlier in same:
        if (earlier.text, earlier.comment, earlier.revision) == (text, comment.strip(), revision):
            return earlier  # a second click
        apply_transition(earlier, "supersede", by=by)
    change = ProposedChange.objects.create(
        proposal=proposal,
        person=person,
        target=target,
        section=section,
        revision=revision,
        text=text,
        comment=comment.strip(),
    )
    audit.record("proposed_text", change, by=by, details={"target": str(target)})
    write_to_pi(
        proposal,
        "change_proposed",
        key=f"change-proposed:{change.public_id}",
        page="proposals:changes",
        change=change,
        member=person.name_in(proposal.pi.user.language if proposal.pi.user else "en"),
    )
    return change


def _locked(change: ProposedChange, by: Any) -> tuple[Proposal, ProposedChange]:
    """The proposal and the change, held for an answer by one of its writers."""
    proposal = lock_for_editing(proposal=change.proposal, by=by, part=None)
    held = ProposedChange.objects.select_for_update(of=("self",)).select_related("section", "person__user")
    return proposal, held.get(pk=change.pk)


def _answer(change: ProposedChange, step: str, by: Any, answer: str) -> None:
    change.answer, change.answered_by, change.answered_at = answer.strip(), by, now()
    change.save(update_fields=["answer", "answered_by", "answered_at"])
    apply_transition(change, step, by=by)
    member = change.proposal.team.filter(person=change.person).select_related("person__user").first()
    if member is not None:
        invitation = newest_invitations(change.proposal).get(member.pk)
        key = f"change-answered:{change.public_id}"
        write_to_signatory("change_answered", change.proposal, member, invitation, key=key, change=change)


@action
def accept_change(*, change: ProposedChange, by: Any, revision: int, answer: str = "") -> ProposedChange:
    """Put the proposed text in the place of the present one, whose number `revision` the writer had before them.

    Raises:
        NotAllowed, RuleBroken: as `save_section` and `save_core`, `stale_version` among them; `transition_not_allowed`
            where it has been answered or replaced; `text_over_limit`, `text_has_nul` of the answer.
    """
    proposal, change = _locked(change, by)
    refuse_if(text_violation(answer, REASON_LIMIT, "answer"))
    refuse_if(None if change.state == ChangeState.OPEN else Violation("transition_not_allowed"))
    if change.section is not None:
        written = ProposalSection.objects.filter(proposal=proposal, section=change.section).first()
        save_section(
            proposal=proposal,
            section=change.section,
            by=by,
            text=change.text,
            revision=revision,
            over=revision,
            is_complete=bool(written and written.is_complete and change.text.strip()),
        )
    else:
        titles = {"title_ja": proposal.title_ja, "title_en": proposal.title_en, change.target: change.text}
        save_core(
            proposal=proposal,
            by=by,
            version=revision,
            title_ja=titles["title_ja"],
            title_en=titles["title_en"],
            years=proposal.years,
        )
    _answer(change, "accept", by, answer)
    return change


@action
def reject_change(*, change: ProposedChange, by: Any, answer: str) -> ProposedChange:
    """Leave the present text as it is, with an answer to whoever proposed another.

    Raises:
        NotAllowed: `by` is no writer of this proposal.
        RuleBroken: as `lock_for_editing`; `answer_to_change_missing`, `text_over_limit`, `text_has_nul`;
            `transition_not_allowed` where it has been answered or replaced.
    """
    _proposal, change = _locked(change, by)
    refuse_if(
        Violation("answer_to_change_missing", "answer") if is_blank_text(answer) else None,
        text_violation(answer, REASON_LIMIT, "answer"),
    )
    _answer(change, "decline", by, answer)
    return change


TITLES = (ChangeTarget.TITLE_JA, ChangeTarget.TITLE_EN)
