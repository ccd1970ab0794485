"""The institution's queue: its filters, an answer, and the institution's own deadline."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.choices import label
from kernel.forms import DateField, LongTextField
from kernel.languages import localized
from proposals.enums import ApprovalState
from proposals.rules.texts import REASON_LIMIT

# What the queue shows unless told otherwise: what can still be answered.
WAITING = "waiting"


class ApprovalFilterForm(forms.Form):
    """What is looked for in the queue; it stands in the address."""

    q = forms.CharField(label=_("Title or principal investigator"), required=False, max_length=200)
    call = forms.ChoiceField(label=_("Call"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, *args: Any, calls: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["call"].choices = [
            ("", _("All")),
            *((call.public_id, localized(call, "title")) for call in calls),
        ]
        answered = (ApprovalState.APPROVED, ApprovalState.RETURNED, ApprovalState.REPLACED)
        fields["state"].choices = [
            ("", _("to be answered")),
            *((state.value, label(state)) for state in answered),
            ("all", _("All")),
        ]


class AnswerForm(forms.Form):
    """The comment to an answer; whether it approves or returns, the button says."""

    comment = LongTextField(
        label=_("Comment"),
        limit=REASON_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Needed where you return the proposal: what is to be mended. Its team reads it."),
    )


class InternalDeadlineForm(forms.Form):
    """The institution's own day for one call; blank takes it away."""

    on = DateField(
        label=_("Internal deadline"),
        required=False,
        help_text=_("The whole day counts. Blank: the institution has none of its own for this call."),
    )
