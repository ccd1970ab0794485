"""Forms of calls and what they are made of."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.enums import OrganisationKind
from accounts.models import Organisation
from kernel.choices import labelled_choices
from kernel.forms import AmountField, CodeField, LongTextField, add_violations
from kernel.money import parse_amount
from kernel.violations import RuleBroken, sentence
from program.enums import (
    AgreementModel,
    CallMode,
    CapBasis,
    CapPeriod,
    NoticeRule,
    Tier,
)
from program.forms.announced import AnnouncedForm
from program.forms.call_parts import zone_field
from program.forms.fields import (
    AgencyChoice,
    DaysField,
    InstantField,
    NamedChoice,
    StatementsField,
    currency_code,
    day_field,
    whole_field,
    year_field,
)
from program.models import Call, Designation, Programme, SupportType
from program.rules.opening import TIERS_OF, basic_violations
from program.rules.reminders import USUAL, days_violation

TIERS = {tier for tiers in TIERS_OF.values() for tier in tiers}


class CallWordsForm(AnnouncedForm):
    """What may still change once the call is open."""

    title_ja = forms.CharField(label=_("Title (Japanese)"), max_length=200)
    title_en = forms.CharField(label=_("Title (English)"), max_length=200)
    summary_ja = LongTextField(label=_("Summary (Japanese)"), limit=4_000, required=False)
    summary_en = LongTextField(label=_("Summary (English)"), limit=4_000, required=False)
    deadline_at = InstantField(
        label=_("Deadline (Japan’s time)"), help_text=_("What arrives at this very time is already late.")
    )
    notice_deadline_at = InstantField(
        label=_("Deadline of the notice of intent (Japan’s time)"),
        required=False,
        help_text=_("Before the deadline of the full proposal. Blank where no notice is asked for."),
    )

    reminder_days = DaysField(
        label=_("Reminders: days before the deadline"),
        max_length=60,
        required=False,
        initial=USUAL,
        help_text=_(
            "On these days whoever has something left to do is reminded by mail: applicants, signatories, institutions, and agencies of their eligibility checks. Blank for no reminders. Changed while the call is open, nobody is reminded of a day gone by, and of no day twice."
        ),
    )

    def __init__(self, *args: Any, has_notice: bool = True, **kwargs: Any) -> None:
        """`has_notice`: whether an announced call asks for a notice of intent; of one that is prepared it may still."""
        super().__init__(*args, **kwargs)
        if not has_notice:
            del self.fields["notice_deadline_at"]

    def clean_reminder_days(self) -> str:
        days: str = self.cleaned_data["reminder_days"]
        wrong = days_violation(days, "reminder_days")
        if wrong:
            raise forms.ValidationError(sentence(wrong))
        return days


class CallForm(CallWordsForm):
    """All of a call that is being prepared, but its parts."""

    mode = forms.ChoiceField(label=_("Mode"), initial=CallMode.JOINT_CALL)
    tier = forms.ChoiceField(label=_("Tier"), initial=Tier.BOTH_AGENCIES)
    agreement = forms.ChoiceField(label=_("How the agencies agree"), initial=AgreementModel.BOTH_RECOMMEND)
    opens_at = InstantField(label=_("Opens at (Japan’s time)"))
    notice = forms.ChoiceField(
        label=_("Notice of intent"),
        initial=NoticeRule.OFF,
        help_text=_(
            "Given before the full proposal; each agency says whether it is eligible. Where it is required, a full proposal is begun from a submitted notice, and submitted only once that was accepted. This cannot be changed once the call is open."
        ),
    )
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
    exchange_target_percent = whole_field(
        1,
        100,
        label=_("Exchange of people: target share of the budget"),
        required=False,
        help_text=_("A line that applicants see beside their own share. It blocks nothing. Blank for none."),
    )
    caps_by_month = forms.BooleanField(
        label=_("The yearly caps of a part year are reduced by month"),
        required=False,
        help_text=_(
            "Otherwise they hold in full, and applicants are only warned where a part year asks for more than its share."
        ),
    )
    needs_approval = forms.BooleanField(
        label=_("The institution must approve before submission"),
        required=False,
        initial=True,
        help_text=_(
            "The research institution’s officer approves each proposal or returns it; without a valid approval it cannot be submitted. This cannot be changed once the call is open."
        ),
    )
    required_statements = StatementsField(
        label=_("Statements needed before submission"),
        required=False,
        help_text=_(
            "Without these nothing is submitted; where another one lacks, applicants are only warned. Training and integrity are asked of every member in Japan."
        ),
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
        "notice",
        "notice_deadline_at",
        "deadline_at",
        "first_year",
        "min_years",
        "max_years",
        "indirect_percent",
        "sufficient_yearly_yen",
        "exchange_target_percent",
        "caps_by_month",
        "needs_approval",
        "required_statements",
        "reminder_days",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["mode"].choices = labelled_choices(CallMode)
        # An ordinary exchange has no mode of a call.
        fields["tier"].choices = [one for one in labelled_choices(Tier) if one[0] in TIERS]
        fields["agreement"].choices = labelled_choices(AgreementModel)
        fields["notice"].choices = labelled_choices(NoticeRule)
        fields["indirect_percent"].unit = _("% of direct cost")
        fields["exchange_target_percent"].unit = _("% of the whole")

    def clean(self) -> dict[str, Any]:
        """What the rules say of the fields that are good, together with what is wrong with the others."""
        values = super().clean()
        names = ("mode", "tier", "opens_at", "deadline_at", "min_years", "max_years", "notice")
        known = {name: values.get(name) for name in (*names, "notice_deadline_at")}
        if "notice_deadline_at" in self.errors:
            known["notice"] = None
        found = basic_violations(**known)
        if found:
            add_violations(self, RuleBroken(found))
        return values


class NewCallForm(CallForm):
    programme = NamedChoice(label=_("Programme"), queryset=Programme.objects.none())
    lead_agency = AgencyChoice(label=_("Lead agency"), queryset=Organisation.objects.none())
    code = CodeField(
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
    zone = zone_field(_("As America/New_York. Blank: as its own page says, or that of its country."))


class EndAgencyForm(forms.Form):
    ends_on = day_field(label=_("Last day"))
    reason = forms.CharField(label=_("Reason"), max_length=300)


class CapForm(forms.Form):
    """A cap. The amount is read in the currency named beside it. Where the call has support types, it holds for one of
    them or for every project."""

    support_type = NamedChoice(
        label=_("Holds for"),
        queryset=SupportType.objects.none(),
        required=False,
        empty_label=_("every project of the call"),
    )
    amount = forms.CharField(label=_("Amount"), max_length=40, help_text=_("In whole units of the currency."))
    currency = forms.CharField(label=_("Currency"), max_length=3, initial="JPY")
    basis = forms.ChoiceField(label=_("What counts"))
    period = forms.ChoiceField(label=_("Over"))
    replaces = forms.BooleanField(
        label=_("Replace the cap that is there"), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, support_types: QuerySet[SupportType], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["support_type"].queryset = support_types
        if not support_types:
            del fields["support_type"]
        fields["amount"].widget.attrs["inputmode"] = "numeric"
        fields["basis"].choices = labelled_choices(CapBasis)
        fields["period"].choices = labelled_choices(CapPeriod)

    def ask_to_replace(self) -> None:
        """Offer the box by which a cap that is there is replaced."""
        self.fields["replaces"].widget = forms.CheckboxInput()

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


def initial_of(call: Call, form: type[forms.Form]) -> dict[str, Any]:
    """A call's values for the fields of a form."""
    return {name: getattr(call, name) for name in form.base_fields if hasattr(call, name)}
