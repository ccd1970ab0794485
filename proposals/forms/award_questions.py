"""Asking about a partner award, and answering."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.forms import LongTextField
from proposals.award_questions import ANSWER_LIMIT, QUESTION_LIMIT


class AwardQuestionForm(forms.Form):
    """What an officer wants to know."""

    question = LongTextField(
        label=_("Question"),
        limit=QUESTION_LIMIT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("The team and the officers of the call’s agencies read it."),
    )


class AwardAnswerForm(forms.Form):
    """What the team answers."""

    answer = LongTextField(
        label=_("Answer"),
        limit=ANSWER_LIMIT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("The officers of the call’s agencies read it. It can be given once, and not changed."),
    )
