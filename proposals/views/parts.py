"""The parts of a proposal as the applicant meets them: their names, addresses and states, and what they still lack."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kernel.languages import localized
from kernel.templatetags.kernel import instant
from kernel.violations import Violation, sentence
from program.enums import FieldKind
from program.models import FormSection
from proposals.actions.completeness import written_of
from proposals.actions.content import read_whole
from proposals.enums import BudgetCategory
from proposals.models import Proposal, ProposalSection
from proposals.queries import open_correction
from proposals.rules.answers import field_name
from proposals.rules.completeness import (
    AWARD,
    BUDGET,
    CORE,
    EXCHANGE,
    GRANTS,
    STANDING,
    STATEMENTS,
    TEAM,
    gaps,
    section_part,
)
from proposals.rules.correction import ATTACHMENT

# Where each part is written; a section's address has its key besides.
ROUTES = {
    CORE: "proposals:core",
    TEAM: "proposals:team",
    GRANTS: "proposals:grants",
    AWARD: "proposals:awards",
    STANDING: "proposals:standing",
    EXCHANGE: "proposals:exchange",
    BUDGET: "proposals:budget",
    STATEMENTS: "proposals:statements",
    ATTACHMENT: "proposals:attachment",
}


# What is put right by entering a first one.
BEGUN_AT = ("partner_leader_missing", "partner_award_missing", "dispatch_missing")
# What may stay blank.
OPTIONAL = (ATTACHMENT, GRANTS, STANDING, STATEMENTS)


@dataclass(frozen=True)
class Part:
    """One part: its name, where it is written, whether anything is there, and what it lacks."""

    name: str
    label: str
    url: str
    is_begun: bool
    gaps: list[Violation]
    hint: Any = ""
    # Where a control is not found by its name: the anchors by the names.
    anchors: Mapping[str, str] = field(default_factory=dict)


def parts_of(proposal: Proposal) -> list[Part]:
    """The parts in the order of the form. For a page that shows: what it reads is kept on the proposal."""
    read_whole(proposal)
    written = written_of(proposal)
    lacking: dict[str, list[Violation]] = defaultdict(list)
    for violation in gaps(written):
        lacking[violation.field].append(violation)
    entries = {entry.section_id: entry for entry in proposal.sections.all()}
    has_colleagues = len(proposal.team.all()) > 1

    def part(name: str, label: str, *, is_begun: bool) -> Part:
        url = reverse(ROUTES[name], args=[proposal.public_id])
        return Part(name, label, url, is_begun, lacking[name])

    return [
        part(CORE, _("Title, term and field"), is_begun=bool(written.title_ja or written.title_en)),
        *(
            Part(
                section_part(section.key),
                localized(section, "title"),
                reverse("proposals:section", args=[proposal.public_id, section.key]),
                bool(section.pk in entries and (entries[section.pk].text or entries[section.pk].answers)),
                lacking[section_part(section.key)],
                _who_edited(entries.get(section.pk)),
                _anchors(section),
            )
            for section in proposal.form_version.sections.all()
        ),
        part(TEAM, _("Research team"), is_begun=has_colleagues),
        part(GRANTS, _("Other grants and effort"), is_begun=bool(proposal.grants.all())),
        part(AWARD, _("Award of the partner agency"), is_begun=bool(written.awards)),
        part(STANDING, _("Standing of the partner researcher"), is_begun=bool(proposal.standing.all())),
        part(EXCHANGE, _("Dispatch and acceptance"), is_begun=bool(proposal.exchange.all())),
        part(BUDGET, _("Budget by fiscal year"), is_begun=bool(written.amounts)),
        part(STATEMENTS, _("Statements on compliance"), is_begun=bool(proposal.statements.all())),
        part(ATTACHMENT, _("Attachment"), is_begun=proposal.attachment_id is not None),
    ]


def _anchors(section: FormSection) -> dict[str, str]:
    """Of an answer that is made of several controls, the first one."""
    return {
        field_name(one.key): f"id_{field_name(one.key)}__name"
        for one in section.fields.all()
        if one.kind in (FieldKind.PERSON, FieldKind.ORGANISATION)
    }


def _who_edited(entry: ProposalSection | None) -> Any:
    if entry is None or entry.edited_by is None:
        return ""
    return edited_words(entry.edited_by, entry.edited_at)


def edited_words(user: Any, at: Any) -> Any:
    """By whom and when something was edited last."""
    person = getattr(user, "person", None)
    name = person.name if person else user.email
    return format_html(_("Last edited by {name}, {at}"), name=name, at=instant(at))


def tasks_of(proposal: Proposal, parts: list[Part], *, is_approved: bool = True) -> list[dict[str, Any]]:
    """The task list (components/task_list.html): every part, then submitting."""
    returned = open_correction(proposal)
    tasks = [
        _task(part) if returned is None or part.name in returned.parts else _closed(part) for part in parts
    ]
    left = sum(bool(part.gaps) for part in parts)
    if left:
        hint = ngettext(
            "Opens once every part is complete (%(n)s part left).",
            "Opens once every part is complete (%(n)s parts left).",
            left,
        ) % {"n": left}
        submit = {"url": "", "hint": hint, "state_label": _("Cannot start yet"), "tone": "neutral"}
    elif not is_approved:
        hint = _("Opens when the institution has approved the proposal.")
        submit = {"url": "", "hint": hint, "state_label": _("Cannot start yet"), "tone": "neutral"}
    else:
        url = reverse("proposals:submit", args=[proposal.public_id])
        submit = {"url": url, "hint": "", "state_label": _("Ready"), "tone": "info"}
    return [*tasks, _unwanted_task(proposal), {"label": _("Submit"), **submit}]


def _unwanted_task(proposal: Proposal) -> dict[str, Any]:
    """No part of the form, and never asked for: what the officers alone read."""
    return {
        "label": _("Reviewers not wanted"),
        "url": reverse("proposals:unwanted", args=[proposal.public_id]),
        "hint": _("Read by the agencies’ officers only; in no PDF."),
        "state_label": _("Optional"),
        "tone": "neutral",
    }


def _task(part: Part) -> dict[str, Any]:
    words, tone = _state_words(part)
    return {"label": part.label, "url": part.url, "hint": part.hint, "state_label": words, "tone": tone}


def _closed(part: Part) -> dict[str, Any]:
    """A part that stays as it was submitted, where others were returned for correction."""
    return {**_task(part), "url": "", "state_label": _("Not returned"), "tone": "neutral"}


def _state_words(part: Part) -> tuple[str, str]:
    if part.name in OPTIONAL and not part.is_begun and not part.gaps:
        return _("Optional"), "neutral"
    if not part.gaps:
        return _("Completed"), "success"
    return (_("In progress"), "info") if part.is_begun else (_("Not started"), "neutral")


def errors_of(parts: list[Part]) -> list[dict[str, str]]:
    """What stands against submitting, each with the address of the field where it is put right
    (components/error_summary.html)."""
    return [
        {"label": part.label, "message": sentence(violation), "url": _where(part, violation)}
        for part in parts
        for violation in part.gaps
    ]


def _where(part: Part, violation: Violation) -> str:
    """The control that puts it right, else the page of the part; what is to be entered anew begins on its own page."""
    if violation.code in BEGUN_AT:
        return f"{part.url}add/"
    at = getattr(violation, "at", "")
    if not at:
        return part.url
    if part.name == BUDGET:
        # A sum has no control: its year's first cell; the whole term has the page.
        at = at.replace("total_", f"{BudgetCategory.GOODS.value}_")
        return f"{part.url}#id_{at}" if at != "total" else part.url
    return f"{part.url}#{part.anchors.get(at, f'id_{at}')}"
