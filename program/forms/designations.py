"""Forms of designations and their dossiers."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kernel.choices import labelled_choices
from kernel.forms import LongTextField
from program.enums import DesignationState, EvidenceKind
from program.forms.fields import MeasuredField, PartOfProgramme, day_field, whole_field, year_field
from program.models import CountryGroup, Field, Programme
from program.rules.balance import HIGHEST, LOWEST
from program.rules.dossier import HEAVIEST
from registries.forms.countries import CountryChoice
from registries.queries import countries

SCORES = {
    score: f"+{score}" if score > 0 else f"−{-score}" if score else "0"
    for score in range(LOWEST, HIGHEST + 1)
}


class OutlineForm(forms.Form):
    """What a designation is in a few words, and the division of the ministry that answers for it."""

    summary_ja = LongTextField(label=_("Summary (Japanese)"), limit=2_000, required=False)
    summary_en = LongTextField(label=_("Summary (English)"), limit=2_000, required=False)
    division_ja = forms.CharField(
        label=_("Responsible division (Japanese)"),
        max_length=200,
        required=False,
        help_text=_("With its bureau, as it is printed in the dossier."),
    )
    division_en = forms.CharField(label=_("Responsible division (English)"), max_length=200, required=False)
    director_ja = forms.CharField(label=_("Its director (Japanese)"), max_length=200, required=False)
    director_en = forms.CharField(label=_("Its director (English)"), max_length=200, required=False)


class DesignationForm(OutlineForm):
    field = PartOfProgramme(label=_("Field"), queryset=Field.objects.none())
    country = CountryChoice(label=_("Partner country"), required=False)
    group = PartOfProgramme(
        label=_("Or a group of countries"), queryset=CountryGroup.objects.none(), required=False
    )
    another = forms.BooleanField(label=_("Begin another dossier of this pair all the same"), required=False)
    field_order = ("field", "country", "group", "another")

    def __init__(
        self, *args: Any, programmes: QuerySet[Programme], asks_again: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        if not asks_again:
            del fields["another"]
        if len(programmes) > 1:
            fields["field"].names_programme = fields["group"].names_programme = True
        fields["field"].queryset = (
            Field.objects.filter(programme__in=programmes)
            .select_related("programme")
            .order_by("programme__code", "id")
        )
        # The programme's own country is no partner of itself.
        fields["country"].queryset = countries().exclude(code__in=programmes.values("ministry__country_code"))
        fields["country"].mark = fields["group"].mark = _("One of the two")
        fields["group"].queryset = (
            CountryGroup.objects.filter(programme__in=programmes)
            .select_related("programme")
            .order_by("programme__code", "id")
        )


class EvidenceForm(forms.Form):
    kind = forms.ChoiceField(label=_("Benefit or loss"))
    measure_ja = forms.CharField(label=_("What is measured (Japanese)"), max_length=200)
    measure_en = forms.CharField(label=_("What is measured (English)"), max_length=200, required=False)
    value = MeasuredField(label=_("Value"))
    unit_ja = forms.CharField(label=_("Unit (Japanese)"), max_length=40)
    unit_en = forms.CharField(label=_("Unit (English)"), max_length=40, required=False)
    year = year_field(label=_("Year"))
    source_ja = forms.CharField(label=_("Source (Japanese)"), max_length=300)
    source_en = forms.CharField(label=_("Source (English)"), max_length=300, required=False)
    source_url = forms.URLField(
        label=_("Address of the source"), max_length=400, required=False, assume_scheme="https"
    )
    score = forms.TypedChoiceField(
        label=_("Score"),
        coerce=int,
        choices=list(SCORES.items()),
        initial=0,
        help_text=_("From −2 (a grave loss) to +2 (a great benefit)."),
    )
    reason_ja = LongTextField(label=_("Reason for the score (Japanese)"), limit=2_000)
    reason_en = LongTextField(label=_("Reason for the score (English)"), limit=2_000, required=False)
    weight = whole_field(
        0,
        HEAVIEST,
        label=_("Weight"),
        initial=1,
        help_text=_("From 0 to 100. An item of weight 0 is shown and left out of the balance."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = labelled_choices(EvidenceKind)  # type: ignore[attr-defined]  # a ChoiceField has choices


class PolicyForm(forms.Form):
    title_ja = forms.CharField(label=_("Title (Japanese)"), max_length=300)
    title_en = forms.CharField(label=_("Title (English)"), max_length=300, required=False)
    decided_on = day_field(label=_("Decided on"), required=False)
    url = forms.URLField(label=_("Address"), max_length=400, required=False, assume_scheme="https")


class DecisionForm(forms.Form):
    valid_from = day_field(label=_("In force from"))
    valid_until = day_field(label=_("In force until"), required=False)


class ReviewForm(forms.Form):
    comment = LongTextField(label=_("What was examined, and with what result"), limit=2_000)


class ReasonForm(forms.Form):
    reason = LongTextField(label=_("Reason"), limit=1_000)


class TurnForm(forms.Form):
    on = day_field(label=_("With effect from"), help_text=_("Today or an earlier day."))
    reason = LongTextField(label=_("Reason"), limit=1_000)


class VersionsForm(forms.Form):
    """Which two versions of a dossier are laid side by side."""

    before = forms.ChoiceField(label=_("Earlier version"))
    after = forms.ChoiceField(label=_("Later version"))

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.choices = choices  # type: ignore[attr-defined]  # a ChoiceField has choices


class DesignationFilterForm(forms.Form):
    """What of the list of designations is shown."""

    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states: Any = self.fields["state"]
        states.choices = [("", _("all states")), *labelled_choices(DesignationState)]
