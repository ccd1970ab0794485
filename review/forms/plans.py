"""The forms of the phases: an agency's plan, an entry of the discussion, a review that is amended."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.forms import LongTextField
from program.forms.fields import day_field
from review.forms.own import ReviewForm
from review.rules.phases import Dates
from review.rules.scoring import LONGEST_COMMENT, LONGEST_REASON

DAYS = ("others_from", "closes_on", "discussion_from", "frozen_from")


class PlanForm(forms.Form):
    """From which day which phase holds. `seen` is what the page was made from."""

    closes_on = day_field(
        label=_("Reviews can be written until the end of"),
        required=False,
        help_text=_(
            "Apart from the day on which each review is due. Left blank, they are closed by the agency’s lock alone."
        ),
    )
    others_from = day_field(
        label=_("Others’ reviews can be read from"),
        required=False,
        help_text=_(
            "By reviewers of this agency who have submitted their own review of the proposal. Left blank, nobody reads another’s."
        ),
    )
    discussion_from = day_field(
        label=_("Discussion from"),
        required=False,
        help_text=_(
            "After the last day on which reviews can be written. Once every agency has locked its scores and is in its discussion, all discuss together."
        ),
    )
    frozen_from = day_field(
        label=_("Frozen from"),
        required=False,
        help_text=_("From this day on everything can be read, and nothing changed."),
    )
    may_amend = forms.BooleanField(
        label=_("Reviewers may amend their own review during the discussion"),
        required=False,
        help_text=_("What they submitted first stays beside it."),
    )
    shows_names = forms.BooleanField(
        label=_("Other reviewers read the names of this agency’s reviewers"), required=False
    )
    reminder_days = forms.CharField(
        label=_("Reminders before a review is due, in days"),
        max_length=60,
        required=False,
        help_text=_("For example 14, 7, 1. After the day, a reminder follows by itself. Blank: no reminder."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        given = dict(self.cleaned_data)
        return {"dates": Dates(**{name: given.pop(name) for name in DAYS}), **given}


class EntryForm(forms.Form):
    text = LongTextField(label=_("What you want to say"), limit=LONGEST_COMMENT)


class HideForm(forms.Form):
    reason = LongTextField(
        label=_("Reason"),
        limit=LONGEST_REASON,
        help_text=_("It stands in the place of the entry, for all who read the discussion."),
    )


class AmendForm(ReviewForm):
    """A submitted review, with the reason for its change."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = LongTextField(
            label=_("Reason for the change"),
            limit=LONGEST_REASON,
            help_text=_("It stands beside what you submitted first."),
        )
