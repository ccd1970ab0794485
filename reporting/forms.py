"""Forms of outcomes: shape only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.forms import DateField, LongTextField
from kernel.ids import ALPHABET, LENGTH
from kernel.languages import localized
from kernel.templatetags.kernel import fiscal_year
from proposals.forms.exchange import StayFields

NAMES = ("family_kanji", "given_kanji", "family_romaji", "given_romaji")


class StayForm(StayFields):
    home = forms.CharField(label=_("Home institution"), max_length=300)
    ends_on = DateField(
        label=_("Last day of the stay"),
        help_text=_("For a stay that goes on: the day on which it is to end. Both end days count."),
    )
    field_order: tuple[str, ...] = ("direction", "career_stage", "home")


class NewStayForm(StayForm):
    """A stay with its person: one whom the project knows, or a newcomer by name."""

    person = forms.ChoiceField(
        label=_("Person"),
        required=False,
        help_text=_("Choose a person of the project, or enter a name below."),
    )
    family_kanji = forms.CharField(label=_("Family name (kanji)"), max_length=100, required=False)
    given_kanji = forms.CharField(label=_("Given name (kanji)"), max_length=100, required=False)
    family_romaji = forms.CharField(label=_("Family name (Latin letters)"), max_length=100, required=False)
    given_romaji = forms.CharField(label=_("Given name (Latin letters)"), max_length=100, required=False)
    orcid = forms.CharField(
        label="ORCID iD",
        max_length=19,
        required=False,
        help_text=_("If known: somebody with this ORCID is recognised."),
    )
    is_namesake = forms.BooleanField(
        label=_("Another person of the same name"),
        required=False,
        help_text=_("Only if the project knows somebody of this name already, and this is somebody else."),
    )

    field_order = ("person", *NAMES, "orcid", "is_namesake", *StayForm.field_order)

    def __init__(self, *args: Any, people: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.choices = [("", _("(somebody else)")), *((one.public_id, one.name) for one in people)]

    def names(self) -> dict[str, str]:
        """The newcomer's names, as `register_person` takes them."""
        return {name: self.cleaned_data[name] for name in NAMES}


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = LongTextField(label=_("Reason"), limit=500)


class PaperForm(forms.Form):
    """The paper that was chosen from those found."""

    publication = forms.RegexField(
        regex=rf"^[{ALPHABET}]{{{LENGTH}}}$",
        max_length=LENGTH,
        error_messages={"required": _("Choose a paper."), "invalid": _("Choose a paper.")},
    )


class ReportForm(forms.Form):
    """Which report: the programme, the agency whose projects it covers or all, and the fiscal year."""

    programme = forms.ChoiceField(label=_("Programme"))
    agency = forms.ChoiceField(
        label=_("Projects of"),
        required=False,
        help_text=_("A report covers the projects begun by the end of the year."),
    )
    fiscal_year = forms.TypedChoiceField(label=_("Fiscal year"), coerce=int)

    def __init__(
        self, *args: Any, programmes: list[Any], agencies: list[Any], years: list[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, list[tuple[str, Any]]] = {
            "programme": [(one.public_id, localized(one, "title")) for one in programmes],
            "agency": [
                ("", _("the whole programme")),
                *((one.public_id, localized(one, "name")) for one in agencies),
            ],
            "fiscal_year": [(str(year), fiscal_year(year)) for year in years],
        }
        for name, values in choices.items():
            field: Any = self.fields[name]
            field.choices = values
