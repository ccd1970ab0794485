"""A planned stay."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.choices import labelled_choices
from kernel.forms import DateField
from proposals.enums import CareerStage, ExchangeDirection
from registries.forms.countries import country_choices
from registries.forms.institutions import InstitutionField


class StayPlanForm(forms.Form):
    """Who goes where, from when to when, for which degree."""

    direction = forms.ChoiceField(label=_("Dispatch or acceptance"))
    person_name = forms.CharField(
        label=_("Name of the person"),
        max_length=200,
        required=False,
        help_text=_("Leave blank for somebody to be named later."),
    )
    career_stage = forms.ChoiceField(label=_("Career stage"))
    host = InstitutionField(label=_("Host institution"))
    country_code = forms.ChoiceField(label=_("Country of the host"))
    starts_on = DateField(label=_("First day of the stay"))
    ends_on = DateField(label=_("Last day of the stay"))
    degree_sought = forms.CharField(
        label=_("Degree sought"),
        max_length=120,
        required=False,
        help_text=_("For example PhD; blank for none."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (
            ("direction", labelled_choices(ExchangeDirection)),
            ("career_stage", labelled_choices(CareerStage)),
            ("country_code", country_choices()),
        ):
            field: Any = self.fields[name]
            field.choices = choices
