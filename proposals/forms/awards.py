"""A partner agency's award, and the search for it among those that the agencies have published."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from kernel.choices import label
from kernel.forms import DateField
from kernel.languages import localized
from kernel.money import format_amount, minor_digits, parse_amount
from kernel.uploads import UploadField
from kernel.violations import RuleBroken, Violation, sentence
from proposals.actions.awards import EVIDENCE_TYPES
from proposals.enums import AwardRole

CURRENCIES = (
    "USD",
    "EUR",
    "GBP",
    "CAD",
    "AUD",
    "CHF",
    "SEK",
    "NOK",
    "DKK",
    "SGD",
    "NZD",
    "KRW",
    "INR",
    "JPY",
)


class AgencyField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{localized(obj, 'name')} ({obj.short_name})"


class AwardSearchForm(forms.Form):
    """Words of a title, a number or a name."""

    q = forms.CharField(
        label=_("Award number, title or investigator"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "size": 36}),
    )
    agency = forms.ChoiceField(label=_("Agency of the award"), required=False)

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        """`agencies` are those of the call; one without a ROR id is in no register."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["agency"]
        field.choices = [
            ("", pgettext("agencies", "all")),
            *((one.ror_id, one.short_name) for one in agencies if one.ror_id),
        ]


class AwardForm(forms.Form):
    """The award as its letter or the agency's page says."""

    agency = AgencyField(label=_("Partner agency"), queryset=None)
    number = forms.CharField(label=_("Award number"), max_length=60)
    title = forms.CharField(label=_("Title of the award"), max_length=300)
    pi_name = forms.CharField(label=_("Principal investigator of the award"), max_length=200)
    pi_role = forms.ChoiceField(
        label=_("The partner PI’s part in the award"),
        choices=lambda: [("", "–"), *((role.value, label(role)) for role in AwardRole)],
    )
    amount = forms.CharField(
        label=_("Amount of the award"),
        max_length=40,
        help_text=_(
            "In units of the currency; decimals as the currency has them, for example 2,500,000 or 2,500,000.50."
        ),
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=[(code, code) for code in CURRENCIES])
    starts_on = DateField(label=_("First day of the award"))
    ends_on = DateField(label=_("Last day of the award"))
    evidence = UploadField(
        allowed=EVIDENCE_TYPES,
        label=_("Evidence of the award"),
        required=False,
        help_text=_(
            "The letter of the award, or the agency’s page: one PDF, PNG or JPEG of up to 20 MB, without a password."
        ),
    )
    remove_evidence = forms.BooleanField(label=_("Take the evidence away"), required=False)

    def __init__(
        self, *args: Any, agencies: Any, has_evidence: bool = False, register: Any = None, **kwargs: Any
    ) -> None:
        """`register` is what the agency's register says of fields, in words, by their names."""
        super().__init__(*args, **kwargs)
        if not has_evidence:
            del self.fields["remove_evidence"]
        field: Any = self.fields["agency"]
        field.queryset = agencies
        if len(agencies) == 1:
            field.initial, field.empty_label = agencies[0].pk, None
        for name, words in (register or {}).items():
            own = self.fields[name]
            parts = [str(own.help_text), str(_("In the register: %(value)s") % {"value": words})]
            own.help_text = " ".join(part for part in parts if part)

    def clean(self) -> dict[str, Any]:
        """The amount in minor units of the currency that was chosen."""
        values = super().clean() or {}
        if values.get("amount") and values.get("currency"):
            try:
                values["amount"] = parse_amount(
                    values["amount"], currency=values["currency"], unit=values["currency"], field="amount"
                )
            except RuleBroken as broken:
                for violation in broken.violations:
                    self.add_error("amount", sentence(_finest(violation, values["currency"])))
        return values


def _finest(violation: Violation, currency: str) -> Violation:
    """Of a currency that has decimals, it is their number that was exceeded."""
    digits = minor_digits(currency)
    if violation.code != "amount_fractional" or not digits:
        return violation
    return Violation("amount_too_fine", "amount", {"currency": currency, "digits": digits})


def written_amount(amount: int, currency: str) -> str:
    """An amount in minor units as it is typed: 2,500,000 or 2,500,000.50."""
    return format_amount(amount, currency)
