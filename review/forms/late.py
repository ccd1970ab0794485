"""The forms about time and people: more time for a review, a proposal handed back, somebody else in a reviewer's place."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.forms import LongTextField
from program.forms.fields import day_field
from review.forms.office import AssignForm
from review.rules.scoring import LONGEST_REASON


class ExtraTimeForm(forms.Form):
    until = day_field(
        label=_("Open until the end of"), help_text=_("For this reviewer and this proposal alone.")
    )
    reason = LongTextField(label=_("Reason"), limit=LONGEST_REASON)


class ReopenForm(ExtraTimeForm):
    reason = LongTextField(
        label=_("Reason"),
        limit=LONGEST_REASON,
        help_text=_(
            "The officers of every agency read it, beside the figures. Name neither the reviewer nor a proposal."
        ),
    )


class HandBackForm(forms.Form):
    reason = LongTextField(
        label=_("Reason"), limit=LONGEST_REASON, help_text=_("The officers of the agency read it.")
    )


class ReassignForm(AssignForm):
    """Who takes over. The reason may be blank where the reviewer has given one."""

    reason = LongTextField(label=_("Reason"), limit=LONGEST_REASON, required=False)
