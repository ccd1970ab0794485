"""The people of both teams, and the attachment."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.choices import labelled_choices
from kernel.forms import DigitsField, LongTextField
from kernel.uploads import UploadField
from proposals.enums import TeamRole
from proposals.posts import POST_OF_MEMBER
from proposals.rules.texts import TASK_LIMIT
from registries.forms.countries import country_choices
from registries.forms.institutions import NamesInstitution

NAME_FIELDS = (
    ("family_kanji", _("Family name (kanji)")),
    ("given_kanji", _("Given name (kanji)")),
    ("family_romaji", _("Family name (Latin letters)")),
    ("given_romaji", _("Given name (Latin letters)")),
)


class PlaceForm(NamesInstitution):
    """Where a member works, as what, and for how much of their time."""

    role = forms.ChoiceField(label=_("Role"))
    country_code = forms.ChoiceField(label=_("Country of the institution"))
    effort_percent = DigitsField(
        label=_("Share of working time"),
        min_value=0,
        max_value=100,
        help_text=_("In percent of full time (effort)."),
    )

    task = LongTextField(
        label=_("Task"),
        limit=TASK_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What this person does in the joint research, in a sentence or two."),
    )

    department_ja = forms.CharField(label=_("Department (Japanese)"), max_length=200, required=False)
    department_en = forms.CharField(label=_("Department (English)"), max_length=200, required=False)
    title_ja = forms.CharField(label=_("Title of the post (Japanese)"), max_length=100, required=False)
    title_en = forms.CharField(label=_("Title of the post (English)"), max_length=100, required=False)

    field_order = [
        "role",
        "institution_name",
        "institution_ror_id",
        "country_code",
        *POST_OF_MEMBER,
        "task",
        "effort_percent",
    ]

    def __init__(self, *args: Any, is_pi: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role: Any = self.fields["role"]
        country: Any = self.fields["country_code"]
        country.choices = country_choices()
        if is_pi:
            del self.fields["role"]
        else:
            role.choices = [(v, words) for v, words in labelled_choices(TeamRole) if v != TeamRole.PI]


class MemberForm(PlaceForm):
    """A new member: by e-mail, where the person is known, else by name."""

    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_(
            "Somebody who is registered under this e-mail and the name below finds the proposal among theirs."
        ),
    )
    field_order = ["email", *(name for name, _label in NAME_FIELDS), *PlaceForm.field_order]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in NAME_FIELDS:
            self.fields[name] = forms.CharField(label=label, max_length=100, required=False)
        self.order_fields(self.field_order)


class AttachmentForm(forms.Form):
    """One PDF, with a mark of the one that the writer had before them."""

    file = UploadField(label=_("PDF file"), help_text=_("One PDF of up to 20 MB, without a password."))
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
