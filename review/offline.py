"""Reviews written offline: the workbook that goes out, and what one that comes back would change."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from kernel.choices import label
from kernel.clock import now
from kernel.documents.columns import Column, Kind
from kernel.documents.sheets import LISTS, Choice, Workbook
from kernel.documents.workbooks import Limits, Sheet, read_xlsx
from kernel.languages import current, localized
from kernel.violations import Violation, sentence
from program.models import Criterion
from review.actions.assignments import closed_violations
from review.enums import AssignmentState, Confidence
from review.figures import scale_of
from review.models import Assignment
from review.queries import own_assignments
from review.rules import offline as rules
from review.rules.scoring import COMMENTS, draft_violations

# A reviewer has some dozens of proposals at most; a workbook with more sheets is not one of ours.
MOST_SHEETS = 200
LIMITS = Limits(rows=20_000, columns=20)


def token_for(assignment: Assignment) -> rules.Token:
    version = assignment.proposal.form_version.number
    return rules.Token(assignment.public_id, version, assignment.revision)


def comment_words() -> dict[str, str]:
    return {
        "comment_to_applicant": _("Comment to the applicants"),
        "comment_to_agency": _("Comment to the agency"),
    }


def _steps(criterion: Criterion) -> list[str]:
    language = current()
    found = []
    for step in range(criterion.highest, criterion.lowest - 1, -1):
        anchors = criterion.anchors.get(str(step), {})
        words = anchors.get(language) or next(iter(anchors.values()), "")
        found.append(_("%(step)s: %(words)s") % {"step": step, "words": words} if words else str(step))
    return [*found, f"{rules.NOT_APPLICABLE}: {_('Not applicable')}"]


def _score_choice(criterion: Criterion) -> Choice:
    """The steps of the scale, the highest first as beside them in words, and “not applicable”."""
    steps = (str(step) for step in range(criterion.highest, criterion.lowest - 1, -1))
    return Choice(
        (*steps, rules.NOT_APPLICABLE),
        _("Choose a whole number from %(lowest)s to %(highest)s, or %(none)s for “not applicable”.")
        % {"lowest": criterion.lowest, "highest": criterion.highest, "none": rules.NOT_APPLICABLE},
    )


def workbook_of(assignments: Sequence[Assignment]) -> bytes:
    """A sheet for each review, with what is saved of it; in the reader's language."""
    language: Any = current()
    book = Workbook(created=now(), title=_("Reviews"), language=language)
    columns = [
        Column(_("Code (leave as it is)"), Kind.CODE, width=18),
        Column(_("What is asked"), width=44),
        Column(_("How to answer"), width=44),
        Column(_("Your answer"), Kind.CODE, width=60),
    ]
    for assignment in assignments:
        proposal = assignment.proposal
        scores = dict(assignment.scores.values_list("criterion", "value"))
        confidence = label(Confidence(assignment.confidence)) if assignment.confidence else ""
        title = localized(proposal, "title")
        choices: dict[tuple[int, int], Choice] = {}
        rows: list[list[Any]] = [
            [rules.FORM, _("The form"), _("Leave as it is."), str(token_for(assignment))],
            [rules.PROPOSAL, title, _("Leave as it is."), proposal.receipt_number or ""],
        ]
        for criterion in proposal.form_version.criteria.all():
            given = scores.get(criterion.pk, "")
            answer = rules.NOT_APPLICABLE if given is None else str(given)
            asked = "\n".join(filter(None, (localized(criterion, "title"), localized(criterion, "help"))))
            choices[len(rows), rules.ANSWER] = _score_choice(criterion)
            rows.append([criterion.public_id, asked, "\n".join(_steps(criterion)), answer])
        known = tuple(label(one) for one in Confidence)
        choices[len(rows), rules.ANSWER] = Choice(known, _("Choose one of the answers of the list."))
        rows.append([rules.CONFIDENCE, _("How well you know the field"), "\n".join(known), confidence])
        rows += [
            [name, words, _("At most 4,000 characters."), getattr(assignment, name)]
            for name, words in comment_words().items()
        ]
        book.add_sheet(proposal.receipt_number or title, columns, rows, choices=choices)
    return book.to_bytes()


@dataclass
class Checked:
    """A sheet that came back: the review that it belongs to, what it would save, and what is wrong with it.

    `errors` are pairs of a cell, "" for the whole sheet, and a sentence. Nothing is saved of a sheet with an error.
    `rows` are label, what is saved now, and what the sheet says, for whatever differs.
    """

    sheet: str
    assignment: Assignment | None = None
    revision: int = 0
    scores: dict[int, int | None] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    errors: list[tuple[str, str]] = field(default_factory=list)
    rows: list[dict[str, str]] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return not self.errors and bool(self.rows)

    def refuse(self, code: str, at: str = "", **params: Any) -> "Checked":
        self.errors.append((at, sentence(Violation(code, "", params))))
        return self


def check_workbook(content: bytes, user: Any) -> list[Checked]:
    """What each sheet would change of this user's own reviews. Empty sheets are left out.

    Raises:
        DocumentError: what `read_xlsx` raises.
    """
    read = read_xlsx(content, limits=LIMITS)
    sheets = [one for one in read if one.rows and one.rows[0][:1] != [LISTS]][:MOST_SHEETS]
    own = {one.public_id: one for one in own_assignments(user)}
    closed = closed_violations(list(own.values()))
    seen: set[str] = set()
    found = []
    for sheet in sheets:
        checked = _checked(sheet, own, closed)
        if checked.assignment is not None and not checked.errors:
            if checked.assignment.public_id in seen:
                checked.refuse("offline_twice")
            seen.add(checked.assignment.public_id)
        found.append(checked)
    return found


def _checked(sheet: Sheet, own: dict[str, Assignment], closed: dict[int, Violation]) -> Checked:
    checked = Checked(sheet.name)
    cells = rules.cells_of(sheet.rows)
    form = cells.get(rules.FORM)
    token = rules.token_of(rules.text_of(form.value)) if form else None
    if token is None or form is None:
        return checked.refuse("offline_no_form")
    assignment = own.get(token.assignment)
    if assignment is None:
        return checked.refuse("offline_not_yours", form.at)
    proposal = assignment.proposal
    named = cells.get(rules.PROPOSAL)
    if named is None or rules.text_of(named.value) != proposal.receipt_number:
        receipt = rules.text_of(named.value) if named else ""
        return checked.refuse(
            "offline_other_proposal", named.at if named else "", receipt=receipt[:40] or "–"
        )
    checked.assignment, checked.revision = assignment, assignment.revision
    criteria = list(proposal.form_version.criteria.all())
    if token.version != proposal.form_version.number or any(c.public_id not in cells for c in criteria):
        return checked.refuse("offline_older_version", form.at)
    if assignment.state != AssignmentState.IN_PROGRESS:
        return checked.refuse(
            "offline_not_declared" if assignment.state == AssignmentState.ASSIGNED else "review_not_open"
        )
    if why := closed.get(assignment.pk):
        checked.errors.append(("", sentence(why)))
        return checked
    _read_answers(checked, cells, criteria)
    _compare(checked, criteria)
    if token.revision != assignment.revision and checked.rows:
        checked.refuse("offline_changed_since", form.at)
    return checked


def _read_answers(checked: Checked, cells: dict[str, rules.Cell], criteria: Sequence[Criterion]) -> None:
    at: dict[str, str] = {}
    for criterion in criteria:
        cell = cells[criterion.public_id]
        at[f"score_{criterion.pk}"] = cell.at
        try:
            score = rules.score_in(cell.value)
        except rules.Unread:
            checked.refuse(
                "offline_score_unread",
                cell.at,
                value=rules.text_of(cell.value)[:40],
                lowest=criterion.lowest,
                highest=criterion.highest,
            )
        else:
            if not isinstance(score, str):
                checked.scores[criterion.pk] = score
    said = cells.get(rules.CONFIDENCE, rules.Cell("", None))
    checked.texts["confidence"] = ""
    try:
        checked.texts["confidence"] = rules.choice_in(said.value, _confidences())
    except rules.Unread:
        checked.refuse("confidence_unknown", said.at)
    for name in COMMENTS:
        found = cells.get(name)
        checked.texts[name] = rules.text_of(found.value) if found else ""
        at[name] = found.at if found else ""
    comments = {name: checked.texts[name] for name in COMMENTS}
    scales = {criterion.pk: scale_of(criterion) for criterion in criteria}
    for violation in draft_violations(checked.scores, scales, comments, checked.texts["confidence"]):
        checked.errors.append((at.get(violation.field, ""), sentence(violation)))


def _confidences() -> dict[str, str]:
    """Each confidence by its code and by its words in every language."""
    words = {one.value: one.value for one in Confidence}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            words |= {label(one): one.value for one in Confidence}
    return words


def _compare(checked: Checked, criteria: Sequence[Criterion]) -> None:
    assignment = checked.assignment
    assert assignment is not None
    saved = dict(assignment.scores.values_list("criterion", "value"))
    for criterion in criteria:
        before, after = (_score_words(scores, criterion) for scores in (saved, checked.scores))
        if before != after:
            checked.rows.append({"label": localized(criterion, "title"), "before": before, "after": after})
    confidence = (assignment.confidence, checked.texts["confidence"])
    texts = [(_("How well you know the field"), *(label(Confidence(c)) if c else "" for c in confidence))]
    texts += [
        (words, getattr(assignment, name), checked.texts[name]) for name, words in comment_words().items()
    ]
    checked.rows += [
        {"label": words, "before": before, "after": after}
        for words, before, after in texts
        if before.strip() != after.strip()
    ]


def _score_words(scores: dict[int, int | None], criterion: Criterion) -> str:
    if criterion.pk not in scores:
        return ""
    value = scores[criterion.pk]
    return _("Not applicable") if value is None else str(value)
