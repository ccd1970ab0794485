"""Asking somebody to review, and their answers: shape only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.forms import LongTextField
from review.confidentiality import VERSION
from review.rules.scoring import LONGEST_COMMENT


class AgreeForm(forms.Form):
    """Agreement to the text on the page, by its version."""

    version = forms.CharField(widget=forms.HiddenInput, max_length=20)
    agreed = forms.BooleanField(
        label=_("I have read this, and agree"),
        error_messages={"required": _("Without this agreement nothing of a proposal can be shown.")},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"version": VERSION})


class DeclineReviewForm(forms.Form):
    """Why not, and who instead; both may stay blank."""

    reason = LongTextField(label=_("Reason"), limit=LONGEST_COMMENT, required=False)
    suggestion = LongTextField(
        label=_("Whom would you suggest?"),
        limit=LONGEST_COMMENT,
        required=False,
        help_text=_("One person a line, with institution and e-mail if you know them."),
    )
