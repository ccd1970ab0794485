"""Forms of what a programme is measured by: indicators, national totals, targets, figures that are entered."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.choices import labelled_choices
from kernel.forms import LongTextField
from program.enums import IndicatorKind, IndicatorMeasure
from program.forms.evidence_import import ENDINGS
from program.forms.fields import MeasuredField, whole_field, year_field
from program.models import Programme
from program.rules.indicator_values import LONGEST_SOURCE


class IndicatorForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind of indicator"))
    measure = forms.ChoiceField(
        label=_("What is counted"),
        help_text=_(
            "Several indicators may count the same records, each with its own definition and targets."
        ),
    )
    counts_fiscal_years = forms.BooleanField(
        label=_("Figures that are entered are of fiscal years"),
        required=False,
        initial=True,
        help_text=_("What the portal counts itself knows its own years."),
    )
    title_ja = forms.CharField(label=_("Title (Japanese)"), max_length=120)
    title_en = forms.CharField(label=_("Title (English)"), max_length=120)
    unit_ja = forms.CharField(label=_("Unit (Japanese)"), max_length=20)
    unit_en = forms.CharField(label=_("Unit (English)"), max_length=20)
    definition_ja = LongTextField(label=_("Definition (Japanese)"), limit=2_000, required=False)
    definition_en = LongTextField(label=_("Definition (English)"), limit=2_000, required=False)
    source_ja = forms.CharField(
        label=_("Source of the definition (Japanese)"), max_length=300, required=False
    )
    source_en = forms.CharField(label=_("Source of the definition (English)"), max_length=300, required=False)
    position = whole_field(0, 999, label=_("Place in the list"), initial=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = labelled_choices(IndicatorKind)  # type: ignore[attr-defined]  # as above
        self.fields["measure"].choices = labelled_choices(IndicatorMeasure)  # type: ignore[attr-defined]  # as above


class BaselineForm(forms.Form):
    year = year_field(label=_("Year"))
    is_fiscal_year = forms.BooleanField(
        label=_("The source counts fiscal years"), required=False, initial=True
    )
    value = MeasuredField(label=_("National total"), min_value=0)
    source_ja = forms.CharField(label=_("Source (Japanese)"), max_length=300)
    source_en = forms.CharField(label=_("Source (English)"), max_length=300)


class TargetForm(forms.Form):
    """What is to be reached in a fiscal year, and who says so."""

    fiscal_year = forms.TypedChoiceField(label=_("Fiscal year"), coerce=int)
    value = MeasuredField(label=_("Target"))
    source_ja = forms.CharField(label=_("Source (Japanese)"), max_length=300)
    source_en = forms.CharField(label=_("Source (English)"), max_length=300)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fiscal_year"].choices = [(year, year) for year in programme.years]  # type: ignore[attr-defined]  # as above


class ValueForm(forms.Form):
    """The programme's own figure of one year, and where it comes from."""

    year = year_field(label=_("Year"))
    value = MeasuredField(label=_("Value"))
    source_ja = forms.CharField(label=_("Source (Japanese)"), max_length=LONGEST_SOURCE)
    source_en = forms.CharField(label=_("Source (English)"), max_length=LONGEST_SOURCE, required=False)


class ValuesFileForm(forms.Form):
    """A table of figures: first the file, then, once it was seen, what was read from it."""

    file = forms.FileField(
        label=_("File"),
        max_length=400,
        required=False,
        help_text=_(
            "CSV or Excel (.xlsx) with the columns year, value, source in Japanese and, if you like, source in English; one row a year."
        ),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=400_000)
    name = forms.CharField(widget=forms.HiddenInput, required=False, max_length=400)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ",".join(ENDINGS)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not values.get("file") and not values.get("seen") and not self.errors:
            self.add_error("file", _("Choose a file."))
        return values
