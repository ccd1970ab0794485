"""A post or a side job of whoever is signed in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import PostKind
from kernel.choices import labelled_choices
from kernel.forms import DateField
from registries.forms.institutions import NamesInstitution


class PostForm(NamesInstitution):
    kind = forms.ChoiceField(label=_("Kind"), widget=forms.RadioSelect, initial=PostKind.POST)
    department_ja = forms.CharField(label=_("Department (Japanese)"), max_length=200, required=False)
    department_en = forms.CharField(label=_("Department (English)"), max_length=200, required=False)
    title_ja = forms.CharField(
        label=_("Title of the post (Japanese)"),
        max_length=100,
        required=False,
        help_text=_("In one of the two languages at least."),
    )
    title_en = forms.CharField(label=_("Title of the post (English)"), max_length=100, required=False)
    starts_on = DateField(label=_("From"), required=False)
    ends_on = DateField(label=_("Until"), required=False, help_text=_("Blank where it has no end yet."))
    is_main = forms.BooleanField(
        label=_("This is my main post"),
        required=False,
        help_text=_("Another that was the main one is so no more."),
    )

    field_order = ["kind", "institution_name", "institution_ror_id"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = labelled_choices(PostKind)
