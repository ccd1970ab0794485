"""Proposing another text of the shared core, and answering."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.forms import LongTextField
from program.models import FormSection
from proposals.forms.answers import AnswerText
from proposals.rules.texts import REASON_LIMIT, TITLE_LIMIT


class ChangeForm(forms.Form):
    """The text as it should be, and why; with a mark of the present text that it was written on."""

    use_required_attribute = False
    comment = LongTextField(
        label=_("Comment"),
        limit=REASON_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Why you propose it."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, section: FormSection | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"] = (
            AnswerText(
                label=_("Proposed text"),
                limit=section.limit,
                unit=section.unit,
                required=False,
                widget=forms.Textarea(attrs={"rows": 18}),
            )
            if section
            else forms.CharField(label=_("Proposed title"), max_length=TITLE_LIMIT)
        )
        self.order_fields(["text", "comment", "seen"])


class ChangeAnswerForm(forms.Form):
    """What a writer answers; with the number of the present text that they had before them."""

    answer = LongTextField(
        label=_("Answer"),
        limit=REASON_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed where you decline. It is sent by mail to the person who proposed the change."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
