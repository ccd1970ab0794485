"""Forms of people and memberships: shape only."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.enums import ASKED_ROLES, OrganisationKind, Role
from accounts.models import Organisation, Person
from accounts.rules.numbers import plain_orcid
from kernel.audit.words import subject_choices
from kernel.choices import labelled_choices
from kernel.forms import DateField
from kernel.languages import localized
from kernel.outbox import OPTIONAL, MailKind
from kernel.text import plain_digits


class NumberField(forms.CharField):
    """A number that is kept as text; digits in any width are as good as others."""

    def to_python(self, value: Any) -> str:
        return plain_digits(super().to_python(value) or "")


class OrcidField(NumberField):
    """An ORCID iD, also as its address."""

    def to_python(self, value: Any) -> str:
        return plain_orcid(super().to_python(value))


class ProfileForm(forms.ModelForm):
    """A person's names and numbers. Each part of the name may be blank but one."""

    class Meta:
        model = Person
        fields = [
            "family_kanji",
            "given_kanji",
            "family_kana",
            "given_kana",
            "family_romaji",
            "given_romaji",
            "orcid",
            "erad_number",
        ]
        field_classes = {"orcid": OrcidField, "erad_number": NumberField}
        labels = {
            "family_kanji": _("Family name (kanji)"),
            "given_kanji": _("Given name (kanji)"),
            "family_kana": _("Family name (kana)"),
            "given_kana": _("Given name (kana)"),
            "family_romaji": _("Family name (Latin letters)"),
            "given_romaji": _("Given name (Latin letters)"),
            "orcid": "ORCID iD",
            "erad_number": _("e-Rad researcher number"),
        }
        help_texts = {
            "orcid": _("For example 0000-0002-1825-0097."),
            "erad_number": _("8 digits; leading zeros are kept."),
        }

    def _post_clean(self) -> None:
        """The rules of a profile are the action's; the model's own validation would speak twice."""


class OrganisationField(forms.ModelChoiceField):
    """An organisation by its name in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.short_name}: {localized(obj, 'name')}"


class MembershipForm(forms.Form):
    """A role for a person at an organisation."""

    email = forms.EmailField(label=_("E-mail of the person"))
    organisation = OrganisationField(
        label=_("Organisation"), queryset=Organisation.objects.filter(merged_into=None).order_by("short_name")
    )
    role = forms.ChoiceField(label=_("Role"))
    starts_on = DateField(label=_("From"))
    ends_on = DateField(label=_("Until"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = labelled_choices(Role)  # type: ignore[attr-defined]  # a ChoiceField has choices


class InstitutionInput(forms.TextInput):
    """A text box that offers institutions of the registry while one types (static/js/institution.js).

    Without a script it is a text box with a link to the registry's search page, and takes a ROR id as well.
    """

    template_name = "registries/institution_input.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {
            "autocomplete": "off",
            "data-institutions": reverse("registries:institution_suggest"),
        }
        context["widget"]["search_url"] = reverse("registries:institutions")
        return context


class AskForm(forms.Form):
    """A request for a role: where, as what, and by what one is known there."""

    institution_name = forms.CharField(
        label=_("Institution"),
        max_length=300,
        widget=InstitutionInput,
        help_text=_(
            "Type its name in Japanese or English, or its ROR id. One that is not found is kept as typed."
        ),
    )
    institution_ror_id = forms.CharField(required=False, max_length=9, widget=forms.HiddenInput)
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect, initial=Role.RESEARCHER)
    note = forms.CharField(
        label=_("Department and post"),
        required=False,
        max_length=300,
        help_text=_("So that the officers of your institution know who you are."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role: Any = self.fields["role"]
        role.choices = [pair for pair in labelled_choices(Role) if pair[0] in ASKED_ROLES]


class AnswerForm(forms.Form):
    """The answer to a request: the days of the role, or why not. Which of the two, the button says."""

    organisation = OrganisationField(label=_("Institution"), queryset=None, required=False)
    starts_on = DateField(label=_("From"))
    ends_on = DateField(label=_("Until"), required=False)
    reason = forms.CharField(
        label=_("Reason of a refusal"),
        required=False,
        max_length=300,
        help_text=_("Only where you refuse. The person who asked reads it."),
    )

    def __init__(self, *args: Any, names_institution: bool, refuses: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].required = not refuses
        if not names_institution:
            del self.fields["organisation"]
            return
        chosen: Any = self.fields["organisation"]
        chosen.queryset = Organisation.objects.filter(
            kind=OrganisationKind.RESEARCH_INSTITUTION, merged_into=None
        ).order_by("short_name")


class MemberChoice(forms.ModelChoiceField):
    """Somebody of an institution."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.person.name} ({obj.organisation.short_name})"


class DeputyForm(forms.Form):
    """Who decides for the institution's officer, and from when to when."""

    person = MemberChoice(
        label=_("Deputy"),
        queryset=None,
        help_text=_("A researcher of the institution who has an account. Own proposals are left to others."),
    )
    starts_on = DateField(label=_("From"))
    ends_on = DateField(label=_("Until"))

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["person"]
        chosen.queryset = people


class EndForm(forms.Form):
    """The last day of a membership."""

    ends_on = DateField(label=_("Last day"))


class AuditFilterForm(forms.Form):
    """Which entries of the audit trail are shown."""

    q = forms.CharField(label=_("Who (part of the e-mail)"), required=False, max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    since = DateField(label=_("From"), required=False)
    until = DateField(label=_("Until"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = [("", _("any kind")), *subject_choices()]


class MailKindsForm(forms.Form):
    """A box for each kind of mail that somebody may do without; ticked, they get it."""

    reminder = forms.BooleanField(
        label=_("Reminders before deadlines"),
        required=False,
        help_text=_("What is still missing of your draft, a signature or an approval, before the deadline."),
    )
    news = forms.BooleanField(
        label=_("News of calls"),
        required=False,
        help_text=_("That a call was opened, and letters of agencies that ask nothing of you."),
    )
    alert = forms.BooleanField(
        label=_("Alerts"),
        required=False,
        help_text=_("That something has come up about a partner’s award."),
    )

    @staticmethod
    def initial_for(stopped: Collection[MailKind]) -> dict[str, bool]:
        return {kind.value: kind not in stopped for kind in OPTIONAL}

    @property
    def stopped(self) -> list[MailKind]:
        """The kinds whose boxes have no tick."""
        return [kind for kind in OPTIONAL if not self.cleaned_data[kind.value]]
