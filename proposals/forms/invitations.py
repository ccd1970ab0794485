"""Inviting members of a team, and answering."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.forms import ProfileForm
from accounts.models import Person
from kernel.forms import LongTextField
from proposals.rules.texts import REASON_LIMIT


class InviteForm(forms.Form):
    """In which language the mail is written; and to which address, where none is known."""

    language = forms.ChoiceField(
        label=_("Language of the mail"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, asks_email: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asks_email:
            self.fields["email"] = forms.EmailField(label=_("E-mail"))
            self.order_fields(["email", "language"])


class DeclineForm(forms.Form):
    """Why somebody does not take part."""

    reason = LongTextField(
        label=_("Reason"),
        limit=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The principal investigator is told by mail."),
    )


class OwnNamesForm(ProfileForm):
    """One's own names, without the numbers of an account's profile."""

    class Meta(ProfileForm.Meta):
        model = Person
        fields = [
            "family_kanji",
            "given_kanji",
            "family_kana",
            "given_kana",
            "family_romaji",
            "given_romaji",
        ]


class NewLinkForm(forms.Form):
    """The address to which a new link is sent."""

    email = forms.EmailField(label=_("E-mail"), help_text=_("The address to which you were invited."))
