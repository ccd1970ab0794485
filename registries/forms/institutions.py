"""An institution, named in a form of any app: found while typing, or resolved when the form is sent."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import InstitutionInput
from kernel.languages import localized
from kernel.text import hidden_violation, without_debris
from kernel.violations import sentence
from registries.queries import institution_meant
from registries.rules.identifiers import normalise_ror


class InstitutionField(forms.CharField):
    """The name of an institution as people write it, or its ROR id."""

    widget = InstitutionInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Institution"))
        kwargs.setdefault("max_length", 300)
        kwargs.setdefault(
            "help_text",
            _("Type its name in Japanese or English, or its ROR id. One that is not found is kept as typed."),
        )
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        """The name; of a ROR id that the registry has, the name that it belongs to."""
        name = without_debris(super().clean(value))
        if hidden := hidden_violation(name, ""):
            raise forms.ValidationError(sentence(hidden), code=hidden.code)
        found = institution_meant(name) if normalise_ror(name) else None
        return localized(found, "name") if found else name


class NamesInstitution(forms.Form):
    """A form that names an institution: `institution_name` as typed, `institution_ror_id` where the registry has it.

    A form that has a field `country_code` gets the institution's country put in by the script when one is chosen.
    """

    institution_name = InstitutionField()
    institution_ror_id = forms.CharField(required=False, max_length=9, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        ror_id = values.get("institution_ror_id", "")
        typed = str(self["institution_name"].value() or "") if values.get("institution_name") else ""
        found = institution_meant(typed, ror_id) if typed else None
        values["institution_ror_id"] = found.ror_id if found else self.typed_ror_id(ror_id)
        return values

    def typed_ror_id(self, ror_id: str) -> str:
        """What is kept of a ROR id that does not belong to the name: nothing, where the script put it in."""
        return ""
