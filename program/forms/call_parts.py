"""Forms of a call's milestones, support types and documents."""

import zoneinfo
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.choices import labelled_choices
from kernel.forms import AmountField, LongTextField
from program.enums import OWN_MILESTONES, MilestoneKind
from program.forms.fields import day_field, whole_field


class MilestoneForm(forms.Form):
    kind = forms.ChoiceField(label=_("Milestone"))
    starts_on = day_field(label=_("Day, or first day"))
    at = forms.TimeField(
        label=_("Time (Japan’s time)"),
        required=False,
        input_formats=["%H:%M", "%H:%M:%S"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Enter a time like 17:00.")},
        help_text=_("Blank: the whole day."),
    )
    ends_on = day_field(label=_("Last day, of several"), required=False)
    note_ja = forms.CharField(label=_("Note (Japanese)"), max_length=200, required=False)
    note_en = forms.CharField(label=_("Note (English)"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds: Any = self.fields["kind"]
        kinds.choices = [
            choice for choice in labelled_choices(MilestoneKind) if choice[0] not in OWN_MILESTONES
        ]


class SupportTypeForm(forms.Form):
    key = forms.SlugField(label=_("Key"), max_length=40, help_text=_("Small Latin letters, digits and -."))
    title_ja = forms.CharField(label=_("Title (Japanese)"), max_length=120)
    title_en = forms.CharField(label=_("Title (English)"), max_length=120)
    summary_ja = LongTextField(label=_("Summary (Japanese)"), limit=1_000, required=False)
    summary_en = LongTextField(label=_("Summary (English)"), limit=1_000, required=False)
    min_years = whole_field(1, 30, label=_("Least number of years"), initial=1)
    max_years = whole_field(1, 30, label=_("Greatest number of years"), initial=5)
    yearly_yen = AmountField(
        label=_("Cap a fiscal year, indirect cost included"),
        required=False,
        help_text=_("Blank: the caps of the call alone."),
    )
    early_career_ja = forms.CharField(
        label=_("Who is early-career (Japanese)"), max_length=300, required=False
    )
    early_career_en = forms.CharField(
        label=_("Who is early-career (English)"), max_length=300, required=False
    )


class CallDocumentForm(forms.Form):
    title_ja = forms.CharField(label=_("Title (Japanese)"), max_length=120)
    title_en = forms.CharField(label=_("Title (English)"), max_length=120)
    file = forms.FileField(label=_("File (PDF, DOCX, XLSX)"), max_length=255)


def zone_field() -> forms.CharField:
    """The name of a time zone, as America/New_York; blank is allowed."""
    return ZoneField(
        label=_("Time zone of its office"),
        max_length=40,
        required=False,
        help_text=_("As America/New_York. Blank: that of its country."),
    )


class ZoneField(forms.CharField):
    def clean(self, value: Any) -> str:
        name: str = super().clean(value)
        if name and name not in zoneinfo.available_timezones():
            raise forms.ValidationError(_("No time zone has this name. Write it as America/New_York."))
        return name


class AgreementForm(forms.Form):
    """What an agency that does not sign in has answered: its letter and the letter's date."""

    letter = forms.FileField(label=_("Letter of the agency (PDF)"), max_length=255)
    letter_dated = day_field(label=_("Date of the letter"))


class CopyForm(forms.Form):
    """What a copy of a call needs of its own."""

    code = forms.SlugField(
        label=_("Code"), max_length=40, help_text=_("Stands before every receipt number: 2027q-us.")
    )
    title_ja = forms.CharField(label=_("Title (Japanese)"), max_length=200)
    title_en = forms.CharField(label=_("Title (English)"), max_length=200)
