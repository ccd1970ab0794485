"""Forms of a call's milestones, support types and documents."""

import zoneinfo
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.choices import labelled_choices
from kernel.forms import CodeField, LongTextField
from kernel.uploads import UploadField
from program.actions.call_extras import DOCUMENT_TYPES
from program.enums import OWN_MILESTONES, MilestoneKind
from program.forms.announced import AnnouncedForm
from program.forms.fields import day_field, hour_field, whole_field


class MilestoneForm(AnnouncedForm):
    seen_after = "ends_on"

    kind = forms.ChoiceField(label=_("Milestone"))
    starts_on = day_field(label=_("Day, or first day"))
    at = hour_field(label=_("Time (Japan’s time)"), required=False, help_text=_("Blank: the whole day."))
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
    key = CodeField(label=_("Key"), max_length=40, help_text=_("Small Latin letters, digits and -."))
    title_ja = forms.CharField(label=_("Title (Japanese)"), max_length=120)
    title_en = forms.CharField(label=_("Title (English)"), max_length=120)
    summary_ja = LongTextField(label=_("Summary (Japanese)"), limit=1_000, required=False)
    summary_en = LongTextField(label=_("Summary (English)"), limit=1_000, required=False)
    min_years = whole_field(1, 30, label=_("Least number of years"), initial=1)
    max_years = whole_field(1, 30, label=_("Greatest number of years"), initial=5)
    early_career_ja = forms.CharField(
        label=_("Who is early-career (Japanese)"), max_length=300, required=False
    )
    early_career_en = forms.CharField(
        label=_("Who is early-career (English)"), max_length=300, required=False
    )


class CallDocumentForm(AnnouncedForm):
    title_ja = forms.CharField(label=_("Title (Japanese)"), max_length=120)
    title_en = forms.CharField(label=_("Title (English)"), max_length=120)
    file = UploadField(allowed=DOCUMENT_TYPES, label=_("File (PDF, DOCX, XLSX)"))


def zone_field(help_text: Any) -> forms.CharField:
    """The name of a time zone, as America/New_York; blank is allowed, and `help_text` says what it means."""
    return ZoneField(label=_("Time zone of its office"), max_length=40, required=False, help_text=help_text)


class ZoneField(forms.CharField):
    def clean(self, value: Any) -> str:
        name: str = super().clean(value)
        if name and name not in zoneinfo.available_timezones():
            raise forms.ValidationError(_("No time zone has this name. Write it as America/New_York."))
        return name


class ShownForm(forms.Form):
    """An answer to what the page shows, of which it carries a fingerprint."""

    shown = forms.CharField(widget=forms.HiddenInput, required=False, max_length=400)

    def show_again(self, shown: str) -> None:
        """Carry another fingerprint from now on: the page that refuses an answer shows what stands now."""
        data: Any = self.data
        self.data = {**data.dict(), "shown": shown}


class AgreementForm(ShownForm):
    """What an agency that does not sign in has answered: its letter and the letter's date."""

    letter = UploadField(label=_("Letter of the agency (PDF)"))
    letter_dated = day_field(label=_("Date of the letter"))


class CopyForm(forms.Form):
    """What a copy of a call needs of its own."""

    code = CodeField(
        label=_("Code"), max_length=40, help_text=_("Stands before every receipt number: 2027q-us.")
    )
    title_ja = forms.CharField(label=_("Title (Japanese)"), max_length=200)
    title_en = forms.CharField(label=_("Title (English)"), max_length=200)
