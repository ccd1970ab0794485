"""Research institutions that the portal works with: shape only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.violations import Violation, sentence
from registries.forms.countries import CountryCode
from registries.forms.lists import WordsForm
from registries.rules.identifiers import institution_code_warning, normalise_ror, plain_number


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
    country_code = CountryCode(label=_("Country"))
    erad_code = forms.CharField(
        label=_("e-Rad institution code"),
        max_length=20,
        required=False,
        help_text=_("10 digits; leading zeros are kept."),
    )

    keep_code = forms.BooleanField(label=_("Keep this e-Rad code as it is"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # It is asked once a code of another shape was sent.
        if not self._doubt(str(self["erad_code"].value() or "") if self.is_bound else ""):
            del self.fields["keep_code"]

    @staticmethod
    def _doubt(code: str) -> Violation | None:
        return institution_code_warning(code) if code.strip() else None

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        keeps = values.pop("keep_code", False)
        doubt = self._doubt(values.get("erad_code", ""))
        if doubt and not keeps and values.get("erad_code") != self.initial.get("erad_code"):
            self.add_error("erad_code", sentence(doubt))
        return values

    def clean_ror_id(self) -> str | None:
        text = self.cleaned_data["ror_id"].strip()
        found = normalise_ror(text) if text else None
        if text and found is None:
            raise forms.ValidationError(_("This is no ROR id: its check digits do not fit."))
        return found

    def clean_erad_code(self) -> str:
        return plain_number(self.cleaned_data["erad_code"])


class ChosenField(forms.Field):
    """The values of the boxes that were ticked, in whichever order; which of them mean something, the action knows."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[str]:
        return [str(one)[:120] for one in value or []]


class TakeCodesForm(forms.Form):
    """Which of the offered codes are right. The boxes stand in a table of the page."""

    take = ChosenField(label=_("Codes that can be taken"), required=False)


class MergeForm(forms.Form):
    """Why two records are one institution."""

    reason = forms.CharField(label=_("Reason"), max_length=300)
