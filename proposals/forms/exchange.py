"""A stay in another country: what every form of one asks, and a planned one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.choices import labelled_choices
from kernel.forms import AmountField, DateField
from kernel.years import FiscalCalendar
from proposals.enums import CareerStage, ExchangeDirection
from proposals.models import ExchangePlan
from proposals.rules.exchange import LONG_TERM_DAYS
from registries.forms.countries import country_choices
from registries.forms.institutions import InstitutionField
from registries.queries import institution_meant


class StayFields(forms.Form):
    """Who goes where, from when to when, for which degree."""

    direction = forms.ChoiceField(label=_("Dispatch or acceptance"))
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

    def __init__(self, *args: Any, calendar: FiscalCalendar | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ends: Any = self.fields["ends_on"]
        year_begins = (calendar or FiscalCalendar()).first_month
        ends.widget.attrs.update({"data-stay": LONG_TERM_DAYS, "data-year-begins": year_begins})
        for name, choices in (
            ("direction", labelled_choices(ExchangeDirection)),
            ("career_stage", labelled_choices(CareerStage)),
            ("country_code", country_choices()),
        ):
            field: Any = self.fields[name]
            field.choices = choices


class StayPlanForm(StayFields):
    person_name = forms.CharField(
        label=_("Name of the person"),
        max_length=200,
        required=False,
        help_text=_("Leave blank for somebody to be named later."),
    )
    amount_yen = AmountField(
        label=_("Taken of the budget for this stay (travel, stay, personnel)"),
        required=False,
        help_text=_(
            "Part of what is asked for in the budget, in whole yen over the whole stay; blank where it is not known yet."
        ),
    )
    institution_ror_id = forms.CharField(required=False, max_length=9, widget=forms.HiddenInput)
    field_order = ("direction", "person_name")

    def clean(self) -> dict[str, Any]:
        """The host's ROR id is kept where it belongs to the name, or where the name names one institution alone."""
        values = super().clean() or {}
        ror_id = values.pop("institution_ror_id", "")
        typed = str(self["host"].value() or "") if values.get("host") else ""
        found = institution_meant(typed, ror_id) if typed else None
        values["host_ror_id"] = found.ror_id if found else ""
        return values


def stay_initial(plan: ExchangePlan) -> dict[str, Any]:
    """What the form of a planned stay begins with."""
    own = {name: getattr(plan, name) for name in StayPlanForm.base_fields if hasattr(plan, name)}
    return {**own, "institution_ror_id": plan.host_ror_id}
