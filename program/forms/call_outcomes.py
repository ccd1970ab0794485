"""The form by which a call says how its outcome is handled."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kernel.choices import labelled_choices
from program.enums import Feedback
from program.forms.fields import whole_field
from program.models import CallAgency


class PartsField(forms.ModelMultipleChoiceField):
    """Agencies of a call, by their short names."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.agency.short_name)


class OutcomeRulesForm(forms.Form):
    feedback = forms.ChoiceField(
        label=_("What applicants read of the review"),
        help_text=_("Of their own proposal, once the decision is published; never who reviewed it."),
    )
    appeal_days = whole_field(
        1,
        365,
        label=_("Objections: days from the publication"),
        required=False,
        help_text=_("Blank where nobody can object in the portal."),
    )
    second_pair = PartsField(
        label=_("Agencies whose approver’s answer a second person of theirs confirms"),
        queryset=CallAgency.objects.none(),
        to_field_name="public_id",
        required=False,
    )

    def __init__(self, *args: Any, parts: QuerySet[CallAgency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["feedback"].choices = labelled_choices(Feedback)
        fields["second_pair"].queryset = parts
