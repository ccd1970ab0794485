"""The reviewer's forms: shape only."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kernel.choices import labelled_choices
from kernel.forms import LongTextField
from kernel.languages import current, localized
from kernel.uploads import UploadField
from program.enums import ScaleDirection
from program.forms.fields import day_field
from program.models import Criterion
from review.enums import Confidence, ConflictKind
from review.models import Assignment
from review.rules.scoring import LONGEST_COMMENT

NOT_APPLICABLE = "na"
# Apart from “not applicable”: a review with it can be saved, and not submitted.
NOT_ANSWERED = _("Not answered yet")


class ConflictForm(forms.Form):
    """The declaration; one made late has no “none” to choose."""

    kind = forms.ChoiceField(label=_("Your declaration"), widget=forms.RadioSelect)
    since = day_field(label=_("Since"), required=False)
    until = day_field(
        label=_("Until"), required=False, help_text=_("Leave blank if it goes on, or if nobody knows.")
    )
    words = LongTextField(
        label=_("Describe the conflict"),
        limit=LONGEST_COMMENT,
        required=False,
        help_text=_("Needed for “other conflict”. The officers of the agency may read it."),
    )

    def __init__(self, *args: Any, is_late: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = labelled_choices(ConflictKind)
        kind: Any = self.fields["kind"]
        kind.choices = [c for c in choices if c[0] != ConflictKind.NONE] if is_late else choices


def step_words(criterion: Criterion, step: int) -> str:
    """A step of the scale with its anchor in the reader's language: 5: 極めて優れている."""
    anchors = criterion.anchors.get(str(step), {})
    words = anchors.get(current()) or next(iter(anchors.values()), "")
    return gettext("%(step)s: %(words)s") % {"step": step, "words": words} if words else str(step)


def score_words(criterion: Criterion, value: int | None) -> str:
    """A score as it is read back: with its anchor, or “not applicable”."""
    return gettext("Not applicable") if value is None else step_words(criterion, value)


def needed_to_submit(field: Any) -> Any:
    """A field without which a review can be saved, and not submitted; its label says so."""
    field.mark = gettext("Needed to submit")  # read by the form's template
    return field


class OfflineUploadForm(forms.Form):
    file = UploadField(label=_("Your workbook (.xlsx)"), allowed=(".xlsx",))


class ReviewForm(forms.Form):
    """A score a criterion, the reviewer's confidence, two comments, and the revision from which the page was made."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, criteria: list[Criterion], assignment: Assignment, **kwargs: Any) -> None:
        stored = {score.criterion_id: score.value for score in assignment.scores.all()}
        initial: dict[str, Any] = {
            "revision": assignment.revision,
            "comment_to_applicant": assignment.comment_to_applicant,
            "comment_to_agency": assignment.comment_to_agency,
            "confidence": assignment.confidence,
        }
        for key, value in stored.items():
            initial[f"score_{key}"] = NOT_APPLICABLE if value is None else str(value)
        super().__init__(*args, **{"initial": initial, **kwargs})
        self.criteria = criteria
        for criterion in criteria:
            self.fields[f"score_{criterion.pk}"] = self._score_field(criterion)
        self.fields["confidence"] = forms.ChoiceField(
            label=_("How well you know the field"),
            help_text=_("The agency sees it beside your scores; it weighs nothing."),
            choices=[*labelled_choices(Confidence), ("", NOT_ANSWERED)],
            widget=forms.RadioSelect,
            required=False,
        )
        needed_to_submit(self.fields["confidence"])
        self.fields["comment_to_applicant"] = LongTextField(
            label=_("Comment to the applicants"),
            limit=LONGEST_COMMENT,
            required=False,
            help_text=_("Sent to the team after the decision, without your name."),
        )
        self.fields["comment_to_agency"] = LongTextField(
            label=_("Comment to the agency"),
            limit=LONGEST_COMMENT,
            required=False,
            help_text=_("The applicants do not see it."),
        )

    def _score_field(self, criterion: Criterion) -> Any:
        steps = range(criterion.highest, criterion.lowest - 1, -1)
        low = criterion.direction == ScaleDirection.LOW_IS_BEST
        helps = [localized(criterion, "help"), gettext("Weight: %(weight)s.") % {"weight": criterion.weight}]
        if low:
            helps.append(gettext("The lowest number is the best."))
        field = forms.ChoiceField(
            label=localized(criterion, "title"),
            help_text=" ".join(text for text in helps if text),
            choices=[
                *((str(step), step_words(criterion, step)) for step in steps),
                (NOT_APPLICABLE, _("Not applicable")),
                ("", NOT_ANSWERED),
            ],
            widget=forms.RadioSelect,
            required=False,
        )
        return needed_to_submit(field)

    def written(self) -> dict[str, Any]:
        """What was written, as the actions take it."""
        names = ("comment_to_applicant", "comment_to_agency", "confidence")
        return {"scores": self.scores(), **{name: self.cleaned_data[name] for name in names}}

    def scores(self) -> dict[int, int | None]:
        """What was answered, by the criterion's id; a criterion without an answer is not among them."""
        found: dict[int, int | None] = {}
        for criterion in self.criteria:
            answer = self.cleaned_data.get(f"score_{criterion.pk}")
            if answer:
                found[criterion.pk] = None if answer == NOT_APPLICABLE else int(answer)
        return found
