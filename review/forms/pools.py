"""Keeping a pool: shape only."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.choices import labelled_choices
from kernel.documents.uploads import TABLE_ENDINGS
from kernel.forms import DigitsField, LongTextField
from kernel.languages import localized
from kernel.uploads import UploadField
from kernel.violations import Violation, sentence
from program.forms.fields import AgencyChoice
from program.models import Field
from registries.forms.countries import CountryChoice, country_choices
from registries.forms.institutions import NamesInstitution
from review.enums import Gender, ReviewerState
from review.forms.office import add_letter
from review.profiles import read_absences, read_codes, read_dois
from review.rules.profiles import MOST_LOAD, joined, parts_of, period_words

MOST_BYTES = 5 * 1024 * 1024


class ProfileForm(NamesInstitution):
    """What a pool keeps of a reviewer."""

    institution_ror_id = forms.RegexField(
        label=_("ROR id of the institution"),
        regex=r"^0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}\Z",
        max_length=9,
        required=False,
        error_messages={"invalid": _("A ROR id has nine characters and begins with 0, like 057zh3y96.")},
    )
    country = CountryChoice(label=_("Country"))
    expertise = forms.CharField(label=_("Expertise"), max_length=300, required=False)
    keywords = LongTextField(
        label=_("Keywords"),
        limit=4000,
        required=False,
        help_text=_("One a line, or with ; between them. By them proposals are matched."),
    )
    fields_of_programme = forms.MultipleChoiceField(
        label=_("Fields"), required=False, widget=forms.CheckboxSelectMultiple
    )
    dois = LongTextField(
        label=_("Publications (DOI)"),
        limit=20_000,
        required=False,
        help_text=_("One a line. Publications with the person’s ORCID iD are known without it."),
    )
    languages = forms.CharField(
        label=_("Languages (ISO 639-1)"),
        max_length=400,
        required=False,
        help_text=_("In which the person reads proposals, for example: ja; en"),
    )
    max_load = DigitsField(
        label=_("Proposals at most"),
        min_value=1,
        max_value=MOST_LOAD,
        required=False,
        help_text=_("Leave blank where the call’s own limit holds."),
    )
    gender = forms.ChoiceField(label=_("Gender"), help_text=_("As the person states it."))
    absences = LongTextField(
        label=_("Days away"),
        limit=4000,
        required=False,
        help_text=_("One period a line, like 2026-08-01/2026-08-15."),
    )
    field_order = ("institution_name", "institution_ror_id", "country")

    def __init__(self, *args: Any, fields: list[Field], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["institution_name"].required = False
        choice: Any = self.fields["fields_of_programme"]
        choice.choices = [(field.code, localized(field, "title")) for field in fields]
        gender: Any = self.fields["gender"]
        gender.choices = labelled_choices(Gender)

    def typed_ror_id(self, ror_id: str) -> str:
        """One that was typed stays: the institution may be known to nobody here by its name."""
        return ror_id

    def clean_dois(self) -> list[str]:
        found, wrong = read_dois(self.cleaned_data["dois"])
        if wrong:
            raise forms.ValidationError(sentence(Violation("doi_not_read", "dois", {"value": wrong[0][:60]})))
        return found

    def clean_absences(self) -> list[list[str]]:
        found, wrong = read_absences(self.cleaned_data["absences"])
        if wrong:
            raise forms.ValidationError(
                sentence(Violation("absence_not_read", "absences", {"value": wrong[0][:60]}))
            )
        return found

    def profile(self) -> dict[str, Any]:
        """The cleaned values as `profiles.PROFILE`."""
        values = self.cleaned_data
        return {
            "institution_name": values["institution_name"] or "",
            "institution_ror_id": values["institution_ror_id"],
            "country_code": values["country"].code,
            "expertise": values["expertise"],
            "max_load": values["max_load"],
            "gender": values["gender"],
            "keywords": parts_of(values["keywords"]),
            "languages": read_codes(values["languages"]),
            "dois": values["dois"],
            "fields": sorted(values["fields_of_programme"]),
            "absences": values["absences"],
        }


def initial_of(profile: dict[str, Any]) -> dict[str, Any]:
    """A profile as the form shows it."""
    return {
        **profile,
        "country": profile["country_code"],
        "keywords": "\n".join(profile["keywords"]),
        "fields_of_programme": profile["fields"],
        "dois": "\n".join(profile["dois"]),
        "languages": joined(profile["languages"]),
        "absences": period_words(profile["absences"]).replace("; ", "\n"),
    }


class PoolFilterForm(forms.Form):
    """Search and filters over a pool, in the address."""

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    state = forms.ChoiceField(label=_("State of the request"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    language = forms.CharField(label=_("Language (ISO 639-1)"), required=False, max_length=2)
    field_code = forms.ChoiceField(label=_("Field"), required=False)

    def __init__(self, *args: Any, fields: list[Field], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = [("", _("All"))]
        choices: dict[str, Any] = {
            "state": [*every, *labelled_choices(ReviewerState)],
            "country": [*every, *country_choices()[1:]],
            "field_code": [*every, *((field.code, localized(field, "title")) for field in fields)],
        }
        for name, values in choices.items():
            field: Any = self.fields[name]
            field.choices = values


class CandidatesForm(forms.Form):
    """Whom of a pool an officer looks at who assigns by hand, and in which order; in the address."""

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    language = forms.CharField(label=_("Language (ISO 639-1)"), required=False, max_length=2)
    state = forms.ChoiceField(label=_("State of the request"), required=False)
    order = forms.ChoiceField(label=_("Order"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["state"].choices = [("", _("All")), *labelled_choices(ReviewerState)]
        fields["order"].choices = [
            ("", _("as in the pool")),
            ("load", _("fewest proposals first")),
            ("fit", _("best fit first")),
        ]


class PoolImportForm(forms.Form):
    """A table of reviewers, and whose pool it is for."""

    agency = AgencyChoice(label=_("Agency"), queryset=None)
    file = UploadField(
        label=_("Table (CSV or Excel)"),
        allowed=TABLE_ENDINGS,
        limit=MOST_BYTES,
        help_text=_(
            "CSV (UTF-8 or Shift JIS) or Excel (.xlsx), at most 5 MB and 2,000 rows, with the columns of the export. What it changes is shown before anything is imported."
        ),
    )

    def __init__(
        self,
        *args: Any,
        agencies: Any,
        on_behalf: Sequence[str] = (),
        last_letter: str = "",
        **kwargs: Any,
    ) -> None:
        """`on_behalf`, `last_letter`: as in `ReviewerForm`."""
        super().__init__(*args, **kwargs)
        add_letter(self, on_behalf, last_letter)
        agency: Any = self.fields["agency"]
        agency.queryset = agencies
        if len(agencies) == 1:
            agency.widget = forms.HiddenInput()
            self.initial["agency"] = agencies[0].pk
