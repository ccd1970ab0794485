"""Forms of a programme: its words, facts, indicators, envelopes, fields, groups of countries."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.enums import OrganisationKind
from accounts.models import Organisation
from kernel.choices import labelled_choices
from kernel.forms import AmountField, CodeField, LongTextField
from program.enums import EnvelopeEntryKind, FundModel, Tier
from program.forms.fields import AgencyChoice, currency_code, day_field, whole_field, year_field
from program.models import CountryGroup, Programme
from registries.forms.countries import CheckedCountries, CountriesChoice, CountryChoice
from registries.models import Country
from registries.queries import countries


class ProgrammeWordsForm(forms.Form):
    """What of a programme may change later: its words, and the year in which it ends."""

    title_ja = forms.CharField(label=_("Title (Japanese)"), max_length=200)
    title_en = forms.CharField(label=_("Title (English)"), max_length=200)
    last_year = year_field(label=_("Last fiscal year"))
    purpose_ja = LongTextField(label=_("Purpose (Japanese)"), limit=4_000, required=False)
    purpose_en = LongTextField(label=_("Purpose (English)"), limit=4_000, required=False)
    issues_ja = LongTextField(label=_("Issues (Japanese)"), limit=4_000, required=False)
    issues_en = LongTextField(label=_("Issues (English)"), limit=4_000, required=False)
    outline_ja = LongTextField(label=_("Outline (Japanese)"), limit=4_000, required=False)
    outline_en = LongTextField(label=_("Outline (English)"), limit=4_000, required=False)


class NewProgrammeForm(ProgrammeWordsForm):
    code = CodeField(label=_("Code"), max_length=40, help_text=_("Small Latin letters, digits and -."))
    ministry = AgencyChoice(label=_("Ministry"), queryset=Organisation.objects.none())
    first_year = year_field(label=_("First fiscal year"))
    year_begins_in_month = whole_field(1, 12, label=_("Month in which its fiscal year begins"), initial=4)
    currency = forms.CharField(label=_("Currency"), max_length=3, initial="JPY")
    fund_model = forms.ChoiceField(label=_("Budget"))
    default_tier = forms.ChoiceField(label=_("Tier of its calls"), initial=Tier.BOTH_AGENCIES)
    field_order = ("code", "ministry", "title_ja", "title_en", "first_year", "last_year")

    def __init__(self, *args: Any, ministries: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["ministry"].queryset = ministries
        fields["fund_model"].choices = labelled_choices(FundModel)
        fields["default_tier"].choices = labelled_choices(Tier)

    def clean_currency(self) -> str:
        return currency_code(self.cleaned_data["currency"])


class FactForm(forms.Form):
    about = CodeField(label=_("About"), max_length=40, help_text=_("A short key, such as years or request."))
    value_ja = forms.CharField(label=_("What the source says (Japanese)"), max_length=300)
    value_en = forms.CharField(label=_("What the source says (English)"), max_length=300)
    source_ja = forms.CharField(label=_("Source (Japanese)"), max_length=300)
    source_en = forms.CharField(label=_("Source (English)"), max_length=300)
    dated = forms.CharField(
        label=_("Dated"), max_length=20, help_text=_("As the source gives it: 2022-08, or 2025.")
    )


class EnvelopeForm(forms.Form):
    """An entry. The amount is typed without a sign; a reduction is one by its kind."""

    agency = AgencyChoice(
        label=_("Agency"),
        queryset=Organisation.objects.filter(
            kind=OrganisationKind.FUNDING_AGENCY, country_code="JP"
        ).order_by("short_name"),
    )
    fiscal_year = forms.TypedChoiceField(label=_("Fiscal year"), coerce=int)
    kind = forms.ChoiceField(label=_("Entry"), help_text=_("A request is noted and appropriates nothing."))
    amount = AmountField(label=_("Amount"))
    reason = forms.CharField(label=_("Reason"), max_length=300)
    source = forms.CharField(label=_("Source"), max_length=300, required=False)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        currency = programme.currency
        unit = "円" if currency == "JPY" else currency
        self.fields["amount"] = AmountField(label=_("Amount"), currency=currency, unit=unit)
        self.fields["kind"].choices = labelled_choices(EnvelopeEntryKind)  # type: ignore[attr-defined]  # as above
        self.fields["fiscal_year"].choices = [(year, year) for year in programme.years]  # type: ignore[attr-defined]  # as above

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("kind") == EnvelopeEntryKind.REDUCTION and values.get("amount"):
            values["amount"] = -values["amount"]
        return values


class ReviewNumberForm(forms.Form):
    """The programme's number in the ministry's review record."""

    number = whole_field(
        1, 10**9, label=_("Number in the review record"), help_text=_("For example 6809 (予算事業ID).")
    )


class FieldForm(forms.Form):
    code = CodeField(label=_("Code"), max_length=40, help_text=_("Small Latin letters, digits and -."))
    title_ja = forms.CharField(label=_("Title (Japanese)"), max_length=120)
    title_en = forms.CharField(label=_("Title (English)"), max_length=120)
    description_ja = LongTextField(label=_("Description (Japanese)"), limit=2_000, required=False)
    description_en = LongTextField(label=_("Description (English)"), limit=2_000, required=False)


class GroupForm(forms.Form):
    code = CodeField(label=_("Code"), max_length=40, help_text=_("Small Latin letters, digits and -."))
    title_ja = forms.CharField(label=_("Title (Japanese)"), max_length=120)
    title_en = forms.CharField(label=_("Title (English)"), max_length=120)
    countries = CountriesChoice(label=_("Countries"), widget=CheckedCountries)
    starts_on = day_field(label=_("Members from"))

    def __init__(self, *args: Any, home: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        # The programme's own country is no partner of itself.
        fields["countries"].queryset = countries().exclude(code=home)


class GroupMemberForm(forms.Form):
    """A country that joins a group (first day) or leaves it (last day alone)."""

    country = CountryChoice(label=_("Country"), queryset=Country.objects.all())
    starts_on = day_field(
        label=_("Joins on"), required=False, help_text=_("Leave blank for a country that leaves.")
    )
    ends_on = day_field(label=_("Last day"), required=False)

    def __init__(self, *args: Any, group: CountryGroup | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        if group is None:
            return
        home, members = group.programme.ministry.country_code, group.members.values("country")
        # Those that belonged to it may leave, whatever became of them; the programme's own country and one that has ended
        # cannot join.
        fields["country"].queryset = Country.objects.filter(
            Q(ended_on=None) & ~Q(code=home) | Q(code__in=members)
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors and not values.get("starts_on") and not values.get("ends_on"):
            self.add_error("starts_on", _("Enter the first day, or the last."))
        return values


class OnDayForm(forms.Form):
    """A day of which something is asked."""

    on = day_field(label=_("On"), required=False)
