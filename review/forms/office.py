"""The officers' forms: shape only."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from kernel.forms import LongTextField
from kernel.uploads import UploadField
from program.forms.fields import AgencyChoice, day_field
from registries.forms.countries import CountryChoice
from registries.forms.institutions import NamesInstitution
from review.models import Reviewer
from review.rules.scoring import LONGEST_REASON

NAME_FIELDS = ("family_kanji", "given_kanji", "family_romaji", "given_romaji")


def add_letter(form: forms.Form, on_behalf: Sequence[str], last_letter: str) -> None:
    """Ask for the letter in which agencies that do not sign in (by their short names) name reviewers; `last_letter` is the day of the
    one that a blank one stands for, or ""."""
    if not on_behalf:
        return
    helps = [
        gettext("Needed for %(agencies)s: the letter or mail in which the agency names the reviewer.")
        % {"agencies": ", ".join(on_behalf)}
    ]
    if last_letter:
        again = gettext("Leave it blank where the reviewer stands in the last letter, of %(day)s.")
        helps.append(again % {"day": last_letter})
    form.fields["letter"] = UploadField(
        label=_("The agency’s letter (PDF)"), required=False, help_text=" ".join(helps)
    )
    form.fields["letter_dated"] = day_field(label=_("Date of the letter"), required=False)


class ReviewerForm(NamesInstitution):
    """Somebody for the pool. The names are needed only where the portal knows nobody with this e-mail."""

    agency = AgencyChoice(label=_("Agency"), queryset=Organisation.objects.none())
    email = forms.EmailField(label=_("E-mail of the person"), max_length=254)
    family_kanji = forms.CharField(label=_("Family name (kanji)"), max_length=100, required=False)
    given_kanji = forms.CharField(label=_("Given name (kanji)"), max_length=100, required=False)
    family_romaji = forms.CharField(label=_("Family name (Latin letters)"), max_length=100, required=False)
    given_romaji = forms.CharField(label=_("Given name (Latin letters)"), max_length=100, required=False)
    institution_ror_id = forms.RegexField(
        label=_("ROR id of the institution"),
        regex=r"^0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}\Z",
        max_length=9,
        required=False,
        help_text=_("For example 057zh3y96. By it, conflicts of interest are found."),
        error_messages={"invalid": _("A ROR id has nine characters and begins with 0, like 057zh3y96.")},
    )
    country = CountryChoice(label=_("Country"))
    expertise = forms.CharField(label=_("Expertise"), max_length=300, required=False)
    field_order = ("agency", "email", *NAME_FIELDS, "institution_name", "institution_ror_id", "country")

    def __init__(
        self,
        *args: Any,
        agencies: QuerySet[Organisation],
        on_behalf: Sequence[str],
        last_letter: str,
        **kwargs: Any,
    ) -> None:
        """`on_behalf`: the short names of the agencies that do not sign in; `last_letter`: the day of the letter that a
        blank one stands for, or ""."""
        super().__init__(*args, **kwargs)
        add_letter(self, on_behalf, last_letter)
        fields: Any = self.fields
        fields["agency"].queryset = agencies

    def typed_ror_id(self, ror_id: str) -> str:
        """It is asked for by name here, and may be one that the registry does not have yet."""
        return ror_id

    def names(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in NAME_FIELDS}


class BeyondField(LongTextField):
    """Why a reviewer is given more than they take, or something while they are away."""

    def __init__(self, **kwargs: Any) -> None:
        usual = {
            "label": _("Reason for going beyond a reviewer’s limit or days away"),
            "limit": LONGEST_REASON,
            "help_text": _(
                "Needed only where somebody has as many proposals as they take, or is away until the due date. The audit trail keeps it."
            ),
        }
        super().__init__(**{**usual, **kwargs})


class AssignForm(forms.Form):
    """Who reviews a proposal, and until when. `reviewers` are those of the pool to whom it can be given."""

    reviewer = forms.TypedChoiceField(
        label=_("Reviewer"),
        help_text=_(
            "Without those in conflict. The number is how many proposals the person has, and how many they take at most."
        ),
        error_messages={"invalid_choice": _("Choose a reviewer who has no conflict with this proposal.")},
    )
    due_on = day_field(label=_("Review due on"))
    beyond = BeyondField(required=False)

    def __init__(self, *args: Any, reviewers: Sequence[Reviewer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["reviewer"]
        field.choices = [("", _("Choose")), *((one.public_id, _in_pool(one)) for one in reviewers)]
        known = {one.public_id: one for one in reviewers}
        field.coerce = known.__getitem__


def _in_pool(reviewer: Any) -> str:
    person, agency = reviewer.person.name, reviewer.agency.short_name
    most = f" / {reviewer.max_load}" if reviewer.max_load else ""
    return f"{person} ({agency}, {reviewer.institution_name or '–'}): {reviewer.load}{most}"


class WithdrawForm(forms.Form):
    reason = LongTextField(label=_("Reason"), limit=500, required=False)
