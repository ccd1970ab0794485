"""Forms of calls and what they are made of."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.enums import OrganisationKind
from accounts.models import Organisation
from kernel.choices import labelled_choices
from kernel.forms import AmountField, LongTextField, add_violations
from kernel.money import parse_amount
from kernel.violations import RuleBroken
from program.enums import (
    AgreementModel,
    CallMode,
    CallState,
    CapBasis,
    CapPeriod,
    Tier,
)
from program.forms.call_parts import zone_field
from program.forms.fields import AgencyChoice, InstantField, NamedChoice, day_field, whole_field, year_field
from program.forms.programmes import currency_code
from program.models import Call, Designation, Programme


class CallWordsForm(forms.Form):
    """What may still change once the call is open."""

    title_ja = forms.CharField(label=_("Title (Japanese)"), max_length=200)
    title_en = forms.CharField(label=_("Title (English)"), max_length=200)
    summary_ja = LongTextField(label=_("Summary (Japanese)"), limit=4_000, required=False)
    summary_en = LongTextField(label=_("Summary (English)"), limit=4_000, required=False)
    deadline_at = InstantField(
        label=_("Deadline (Japan’s time)"), help_text=_("What arrives at this very time is already late.")
    )


class CallForm(CallWordsForm):
    """All of a call that is being prepared, but its parts."""

    mode = forms.ChoiceField(label=_("Mode"), initial=CallMode.JOINT_CALL)
    tier = forms.ChoiceField(label=_("Tier"), initial=Tier.BOTH_AGENCIES)
    agreement = forms.ChoiceField(label=_("How the agencies agree"), initial=AgreementModel.BOTH_RECOMMEND)
    opens_at = InstantField(label=_("Opens at (Japan’s time)"))
    first_year = year_field(label=_("First fiscal year of the projects"))
    min_years = whole_field(1, 30, label=_("Least number of years"), initial=1)
    max_years = whole_field(
        1,
        30,
        label=_("Greatest number of years"),
        initial=5,
        help_text=_("Five years or more must be possible."),
    )
    indirect_percent = whole_field(0, 100, label=_("Indirect cost, at most"), initial=30)
    sufficient_yearly_yen = AmountField(
        label=_("Partner award: sufficient from this much a year"), required=False
    )
    field_order = (
        "programme",
        "lead_agency",
        "code",
        "title_ja",
        "title_en",
        "summary_ja",
        "summary_en",
        "mode",
        "tier",
        "agreement",
        "opens_at",
        "deadline_at",
        "first_year",
        "min_years",
        "max_years",
        "indirect_percent",
        "sufficient_yearly_yen",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["mode"].choices = labelled_choices(CallMode)
        fields["tier"].choices = labelled_choices(Tier)
        fields["agreement"].choices = labelled_choices(AgreementModel)
        fields["indirect_percent"].unit = _("% of direct cost")


class NewCallForm(CallForm):
    programme = NamedChoice(label=_("Programme"), queryset=Programme.objects.none())
    lead_agency = AgencyChoice(label=_("Lead agency"), queryset=Organisation.objects.none())
    code = forms.SlugField(
        label=_("Code"), max_length=40, help_text=_("Stands before every receipt number: 2027q-us.")
    )

    def __init__(
        self, *args: Any, programmes: QuerySet[Programme], agencies: QuerySet[Organisation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["programme"].queryset = programmes
        fields["lead_agency"].queryset = agencies
        for name, found in (("programme", programmes), ("lead_agency", agencies)):
            if len(found) == 1:
                fields[name].initial = found[0]


class CallDesignationForm(forms.Form):
    designation = forms.ModelChoiceField(label=_("Designation"), queryset=Designation.objects.none())

    def __init__(self, *args: Any, designations: QuerySet[Designation], names: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["designation"]
        field.queryset = designations
        field.label_from_instance = names


class CallAgencyForm(forms.Form):
    agency = AgencyChoice(
        label=_("Agency"),
        queryset=Organisation.objects.filter(kind=OrganisationKind.FUNDING_AGENCY).order_by("short_name"),
    )
    starts_on = day_field(label=_("Takes part from"))
    ends_on = day_field(label=_("Takes part until"), required=False)
    must_agree = forms.BooleanField(label=_("Its yes is needed"), required=False, initial=True)
    signs_in = forms.BooleanField(
        label=_("It signs in itself"),
        required=False,
        initial=True,
        help_text=_(
            "Otherwise the lead agency’s officers record its answers on its behalf, with its letter and a second officer."
        ),
    )
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)
    zone = zone_field()


class EndAgencyForm(forms.Form):
    ends_on = day_field(label=_("Last day"))
    reason = forms.CharField(label=_("Reason"), max_length=300)


class CapForm(forms.Form):
    """A cap. The amount is read in the currency named beside it."""

    amount = forms.CharField(label=_("Amount"), max_length=40, help_text=_("In whole units of the currency."))
    currency = forms.CharField(label=_("Currency"), max_length=3, initial="JPY")
    basis = forms.ChoiceField(label=_("What counts"))
    period = forms.ChoiceField(label=_("Over"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["amount"].widget.attrs["inputmode"] = "numeric"
        fields["basis"].choices = labelled_choices(CapBasis)
        fields["period"].choices = labelled_choices(CapPeriod)

    def clean_currency(self) -> str:
        return currency_code(self.cleaned_data["currency"])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if "amount" in values and "currency" in values:
            try:
                values["amount"] = parse_amount(values["amount"], currency=values["currency"], field="amount")
            except RuleBroken as broken:
                add_violations(self, broken)
        return values


class CallFilterForm(forms.Form):
    """What of the list of calls is shown."""

    q = forms.CharField(label=_("Title or code"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states: Any = self.fields["state"]
        states.choices = [("", _("all states")), *labelled_choices(CallState)]


def initial_of(call: Call, form: type[forms.Form]) -> dict[str, Any]:
    """A call's values for the fields of a form."""
    return {name: getattr(call, name) for name in form.base_fields if hasattr(call, name)}
