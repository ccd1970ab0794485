"""Forms of people and memberships: shape only."""

from typing import Any

from allauth.account.forms import SignupForm as LibrarySignupForm
from django import forms
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import Organisation, Person
from kernel.audit.words import subject_choices
from kernel.choices import labelled_choices
from kernel.forms import DateField
from kernel.languages import localized


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


class SignupForm(LibrarySignupForm):
    """A new account and its address, made together or not at all."""

    account_already_exists: bool  # the library knows, once the address is checked

    def try_save(self, request: HttpRequest) -> tuple[Any, Any]:
        """As the library's; whoever was overtaken by another sign-up with the same address is answered as if the
        account had been there before: the page says the same, and the mail tells its owner."""
        if not self.account_already_exists:
            try:
                with transaction.atomic():
                    return super().try_save(request)
            except IntegrityError:
                self.account_already_exists = True
        return super().try_save(request)


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
