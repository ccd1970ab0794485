"""Forms of a programme: facts, evaluations, indicators, envelopes, fields, groups, agencies."""

import re
import unicodedata
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.enums import OrganisationKind
from accounts.models import Organisation
from kernel.choices import labelled_choices
from kernel.forms import AmountField, LongTextField, normal_newlines
from program.enums import EnvelopeEntryKind, FundModel, IndicatorKind, IndicatorMeasure, Tier
from program.forms.fields import AgencyChoice, day_field, whole_field, year_field
from program.models import AgencyProfile, Programme
from program.rules.numbers import pattern_is_safe
from registries.forms.countries import CountriesChoice, CountryChoice
from registries.models import Country
from registries.rules.identifiers import normalise_ror

LARGEST_BASELINE = 10**12
MOST_EXAMPLES = 30


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
    code = forms.SlugField(label=_("Code"), max_length=40, help_text=_("Small Latin letters, digits and -."))
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
    about = forms.SlugField(
        label=_("About"), max_length=40, help_text=_("A short key, such as years or request.")
    )
    value_ja = forms.CharField(label=_("What the source says (Japanese)"), max_length=300)
    value_en = forms.CharField(label=_("What the source says (English)"), max_length=300)
    source_ja = forms.CharField(label=_("Source (Japanese)"), max_length=300)
    source_en = forms.CharField(label=_("Source (English)"), max_length=300)
    dated = forms.CharField(
        label=_("Dated"), max_length=20, help_text=_("As the source gives it: 2022-08, or 2025.")
    )


class IndicatorForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind of indicator"))
    measure = forms.ChoiceField(label=_("What is counted"))
    title_ja = forms.CharField(label=_("Title (Japanese)"), max_length=120)
    title_en = forms.CharField(label=_("Title (English)"), max_length=120)
    unit_ja = forms.CharField(label=_("Unit (Japanese)"), max_length=20)
    unit_en = forms.CharField(label=_("Unit (English)"), max_length=20)
    definition_ja = LongTextField(label=_("Definition (Japanese)"), limit=2_000, required=False)
    definition_en = LongTextField(label=_("Definition (English)"), limit=2_000, required=False)
    source_ja = forms.CharField(
        label=_("Source of the definition (Japanese)"), max_length=300, required=False
    )
    source_en = forms.CharField(label=_("Source of the definition (English)"), max_length=300, required=False)
    position = whole_field(0, 999, label=_("Place in the list"), initial=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = labelled_choices(IndicatorKind)  # type: ignore[attr-defined]  # as above
        self.fields["measure"].choices = labelled_choices(IndicatorMeasure)  # type: ignore[attr-defined]  # as above


class BaselineForm(forms.Form):
    year = year_field(label=_("Year"))
    is_fiscal_year = forms.BooleanField(
        label=_("The source counts fiscal years"), required=False, initial=True
    )
    value = whole_field(0, LARGEST_BASELINE, label=_("National total"))
    source_ja = forms.CharField(label=_("Source (Japanese)"), max_length=300)
    source_en = forms.CharField(label=_("Source (English)"), max_length=300)


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
    code = forms.SlugField(label=_("Code"), max_length=40, help_text=_("Small Latin letters, digits and -."))
    title_ja = forms.CharField(label=_("Title (Japanese)"), max_length=120)
    title_en = forms.CharField(label=_("Title (English)"), max_length=120)
    description_ja = LongTextField(label=_("Description (Japanese)"), limit=2_000, required=False)
    description_en = LongTextField(label=_("Description (English)"), limit=2_000, required=False)


class GroupForm(forms.Form):
    code = forms.SlugField(label=_("Code"), max_length=40, help_text=_("Small Latin letters, digits and -."))
    title_ja = forms.CharField(label=_("Title (Japanese)"), max_length=120)
    title_en = forms.CharField(label=_("Title (English)"), max_length=120)
    countries = CountriesChoice(label=_("Countries"))
    starts_on = day_field(label=_("Members from"))


class GroupMemberForm(forms.Form):
    """A country that joins a group (first day) or leaves it (last day alone)."""

    country = CountryChoice(label=_("Country"), queryset=Country.objects.all())
    starts_on = day_field(
        label=_("Joins on"), required=False, help_text=_("Leave blank for a country that leaves.")
    )
    ends_on = day_field(label=_("Last day"), required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors and not values.get("starts_on") and not values.get("ends_on"):
            self.add_error("starts_on", _("Enter the first day, or the last."))
        return values


class AgencyForm(forms.Form):
    """A funding agency that was not known yet."""

    short_name = forms.CharField(label=_("Short name"), max_length=40)
    name_ja = forms.CharField(label=_("Name (Japanese)"), max_length=200, required=False)
    name_en = forms.CharField(label=_("Name (English)"), max_length=200, required=False)
    country = CountryChoice(label=_("Country"), queryset=Country.objects.filter(ended_on=None))
    ror_id = forms.CharField(
        label=_("ROR id"),
        max_length=60,
        required=False,
        help_text=_("For example 021nxhr62, or its address."),
    )

    def clean_ror_id(self) -> str | None:
        text = self.cleaned_data["ror_id"].strip()
        found = normalise_ror(text) if text else None
        if text and found is None:
            raise forms.ValidationError(_("This is no ROR id: its check digits do not fit."))
        return found


class AgencyFilterForm(forms.Form):
    """What of the list of agencies is shown."""

    country = forms.ChoiceField(label=_("Country"), required=False)

    def __init__(self, *args: Any, countries: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", _("all countries")), *countries.items()]  # type: ignore[attr-defined]  # as above


class OnDayForm(forms.Form):
    """A day of which something is asked."""

    on = day_field(label=_("On"), required=False)


class ProfileForm(forms.ModelForm):
    """What the programme must know of an agency."""

    # Typed as a number or as its address, which is longer than the number that is kept.
    funder_id = forms.CharField(
        label=_("Funder id"),
        max_length=80,
        required=False,
        help_text=_("In the Crossref Funder Registry, such as 501100002241."),
    )

    class Meta:
        model = AgencyProfile
        fields = [
            "currency",
            "funder_id",
            "award_number_pattern",
            "award_number_examples",
            "project_number_format",
            "early_career_ja",
            "early_career_en",
        ]
        labels = {
            "currency": _("Currency"),
            "award_number_pattern": _("Pattern of its award numbers"),
            "award_number_examples": _("Examples of its award numbers"),
            "project_number_format": _("Format of project numbers"),
            "early_career_ja": _("Who is early-career (Japanese)"),
            "early_career_en": _("Who is early-career (English)"),
        }
        help_texts = {
            "currency": _("Three letters, such as USD."),
            "award_number_pattern": _(
                "A regular expression. A number that does not fit is warned about, never refused."
            ),
            "award_number_examples": _(
                "Real numbers, one a line. The agency’s page says which of them the pattern fits."
            ),
            "project_number_format": _("For example JPMJAP{yy}{serial}."),
        }

    def clean_currency(self) -> str:
        return currency_code(self.cleaned_data["currency"])

    def clean_award_number_pattern(self) -> str:
        return regular_expression(self.cleaned_data["award_number_pattern"])

    def clean_award_number_examples(self) -> str:
        text = normal_newlines(self.cleaned_data["award_number_examples"])
        if len(text.split("\n")) > MOST_EXAMPLES or len(text) > MOST_EXAMPLES * 61:
            raise forms.ValidationError(_("At most %(most)s examples.") % {"most": MOST_EXAMPLES})
        return text

    def clean_funder_id(self) -> str:
        """The number, with or without its address; full-width digits are as good as others."""
        text = unicodedata.normalize("NFKC", self.cleaned_data["funder_id"]).strip()
        number = text.rsplit("/", 1)[-1]
        if number and not (number.isascii() and number.isdigit() and len(number) <= 20):
            raise forms.ValidationError(_("A funder id has digits only."))
        return number


def currency_code(text: str) -> str:
    """Three Latin letters, as ISO 4217 writes them.

    Raises:
        ValidationError: anything else.
    """
    code = text.strip().upper()
    if len(code) != 3 or not (code.isascii() and code.isalpha()):
        raise forms.ValidationError(_("A currency has three letters, such as USD."))
    return code


def regular_expression(text: str) -> str:
    """A pattern that can be used.

    Raises:
        ValidationError: anything else.
    """
    try:
        re.compile(text)
        is_safe = pattern_is_safe(text)
    except (re.error, OverflowError, RecursionError) as error:
        raise forms.ValidationError(_("This is not a regular expression.")) from error
    if not is_safe:
        raise forms.ValidationError(
            _("This pattern repeats a repetition, which could take forever to try. Write it more simply.")
        )
    return text
