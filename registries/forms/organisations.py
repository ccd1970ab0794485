"""Research institutions that the portal works with: shape only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registries.forms.lists import WordsForm
from registries.queries import country_names
from registries.rules.identifiers import normalise_ror, plain_number


class OrganisationFilterForm(WordsForm):
    """What of the list is shown."""

    without_ror = forms.BooleanField(label=_("Without a ROR id only"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].label = _("Name, ROR id or e-Rad code")


class OrganisationForm(forms.Form):
    """What is known of an institution. A ROR id brings the names that are left blank."""

    short_name = forms.CharField(label=_("Short name"), max_length=40)
    ror_id = forms.CharField(
        label=_("ROR id"),
        max_length=60,
        required=False,
        help_text=_("For example 057zh3y96, or its address. Names that are left blank are taken from there."),
    )
    name_ja = forms.CharField(label=_("Name (Japanese)"), max_length=200, required=False)
    name_en = forms.CharField(label=_("Name (English)"), max_length=200, required=False)
    country_code = forms.ChoiceField(label=_("Country"))
    erad_code = forms.CharField(
        label=_("e-Rad institution code"),
        max_length=20,
        required=False,
        help_text=_("10 digits; leading zeros are kept. Another shape is kept with a warning."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        country: Any = self.fields["country_code"]
        by_name = sorted(country_names().items(), key=lambda item: (item[0] != "JP", item[1]))
        country.choices = [("", _("Choose one")), *by_name]

    def clean_ror_id(self) -> str | None:
        text = self.cleaned_data["ror_id"].strip()
        found = normalise_ror(text) if text else None
        if text and found is None:
            raise forms.ValidationError(_("This is no ROR id: its check digits do not fit."))
        return found

    def clean_erad_code(self) -> str:
        return plain_number(self.cleaned_data["erad_code"])


class MergeForm(forms.Form):
    """Why two records are one institution."""

    reason = forms.CharField(label=_("Reason"), max_length=300)
