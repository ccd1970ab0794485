"""Forms of a funding agency: a new one, the list's filter, and what the programme must know of it."""

import datetime as dt
import re
import unicodedata
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from kernel.forms import add_violations, normal_newlines
from kernel.violations import RuleBroken
from program.forms.call_parts import zone_field
from program.forms.fields import currency_code, hour_field
from program.models import AgencyProfile
from program.rules.milestones import office_violations, saturday_and_sunday
from program.rules.numbers import pattern_is_safe
from registries.forms.countries import CountryChoice
from registries.models import Country
from registries.rules.identifiers import normalise_ror

MOST_EXAMPLES = 30


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
        country: Any = self.fields["country"]
        country.choices = [("", _("all countries")), *countries.items()]


class ProfileForm(forms.ModelForm):
    """What the programme must know of an agency."""

    # Typed as a number or as its address, which is longer than the number that is kept.
    funder_id = forms.CharField(
        label=_("Funder id"),
        max_length=80,
        required=False,
        help_text=_("In the Crossref Funder Registry, such as 501100002241."),
    )

    office_opens = hour_field(label=_("Its office opens at (local time)"), initial=dt.time(9))
    office_closes = hour_field(label=_("Its office closes at (local time)"), initial=dt.time(17))
    closed_days = forms.TypedMultipleChoiceField(
        label=_("Days of the week on which it is closed"),
        coerce=int,
        choices=list(WEEKDAYS.items()),
        widget=forms.CheckboxSelectMultiple,
        initial=saturday_and_sunday,
        required=False,
    )
    office_zone = zone_field(_("As America/New_York. Blank: that of its country."))

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
            "office_opens",
            "office_closes",
            "closed_days",
            "office_zone",
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

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if {"office_opens", "office_closes", "closed_days"} <= set(values):
            broken = office_violations(values["office_opens"], values["office_closes"], values["closed_days"])
            add_violations(self, RuleBroken(broken))
        return values

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
