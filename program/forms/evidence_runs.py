"""Forms of evidence from publications: which papers a field is, what to compute, which papers to show, what to add."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.choices import labelled_choices
from kernel.clock import today
from kernel.forms import LongTextField
from kernel.templatetags.kernel import day
from program.enums import EvidenceKind, PaperFigure
from program.evidence_queries import paper_files
from program.forms.designations import HEAVIEST, SCORES
from program.forms.fields import whole_field, year_field
from program.models import Designation
from program.queries import designation_name
from program.rules.field_definition import FieldDefinition, entries_of

LONGEST = 20_000


class DefinitionForm(forms.Form):
    terms = LongTextField(
        label=_("Terms in the title"),
        limit=LONGEST,
        required=False,
        help_text=_(
            "One a line. A paper with any of them in its title belongs to the field. Whole words are met; an asterisk leaves the last word open, as in superconduct*."
        ),
    )
    subjects = LongTextField(
        label=_("Subjects of the source"),
        limit=LONGEST,
        required=False,
        help_text=_(
            "One a line: the name of a subject, or the source’s own id of a topic or concept, as in T10020."
        ),
    )
    journals = LongTextField(
        label=_("Journals"),
        limit=LONGEST,
        required=False,
        help_text=_("One a line: all papers of these journals belong to the field."),
    )
    exclusions = LongTextField(
        label=_("Leave out"),
        limit=LONGEST,
        required=False,
        help_text=_("One term a line: a paper with any of them in its title does not belong to the field."),
    )
    note = LongTextField(
        label=_("Why it is defined so"), limit=2_000, required=False, help_text=_("Kept with this version.")
    )

    def definition(self) -> FieldDefinition:
        """What was typed, as the rule sees it."""
        return FieldDefinition(
            **{
                name: entries_of(self.cleaned_data.get(name, ""))
                for name in ("terms", "subjects", "journals", "exclusions")
            }
        )


class ComputeForm(forms.Form):
    papers = forms.ChoiceField(label=_("Papers"), required=False)
    first_year = year_field(label=_("First year"))
    last_year = year_field(label=_("Last year"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.paper_files = {file.public_id: file for file in paper_files()[:200]}
        choices: Any = self.fields["papers"]
        choices.choices = [
            ("", _("the papers of the registry, as they are now")),
            *(
                (key, f"{file.source}, {day(file.dated)}: {file.name} ({file.kept:,})")
                for key, file in self.paper_files.items()
            ),
        ]
        self.fields["last_year"].initial = today().year - 1
        self.fields["first_year"].initial = today().year - 10

    def clean_papers(self) -> Any:
        return self.paper_files.get(self.cleaned_data["papers"])


class PaperFilterForm(forms.Form):
    """Which of the papers of a run are shown."""

    q = forms.CharField(label=_("Words in the title"), required=False, max_length=200)
    partner = forms.ChoiceField(label=_("Partner"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)
    show = forms.ChoiceField(label=_("Papers"), required=False)

    def __init__(self, *args: Any, partners: list[tuple[str, str]], years: range, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["partner"].choices = [("", _("all countries")), *partners]
        fields["year"].choices = [("", _("all years")), *((str(year), str(year)) for year in years)]
        fields["show"].choices = [
            ("", _("counted papers")),
            ("joint", _("co-authored with Japan")),
            ("growth", _("co-authored with Japan, of the year and the year before")),
            ("top", _("co-authored with Japan, in the top 10 %")),
            ("home", _("papers of Japan")),
            ("all", _("all, those not counted too")),
        ]


class FigureForm(forms.Form):
    """Which figure a chart draws."""

    figure = forms.ChoiceField(label=_("Figure of the chart"), required=False)

    def __init__(self, *args: Any, words: Mapping[PaperFigure, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["figure"].choices = [(figure.value, words[figure]) for figure in PaperFigure]

    def clean_figure(self) -> str:
        return self.cleaned_data["figure"] or PaperFigure.WHOLE.value


class ToDossierForm(forms.Form):
    """One figure as evidence: where it goes, and how it is weighed."""

    designation = forms.ChoiceField(label=_("Dossier"))
    figure = forms.ChoiceField(label=_("What is measured"))
    year = forms.ChoiceField(label=_("Year"))
    kind = forms.ChoiceField(label=_("Benefit or loss"))
    score = forms.TypedChoiceField(
        label=_("Score"),
        coerce=int,
        choices=list(SCORES.items()),
        initial=0,
        help_text=_("From −2 (a grave loss) to +2 (a great benefit)."),
    )
    reason_ja = LongTextField(label=_("Reason for the score (Japanese)"), limit=2_000)
    reason_en = LongTextField(label=_("Reason for the score (English)"), limit=2_000, required=False)
    weight = whole_field(0, HEAVIEST, label=_("Weight"), initial=1)

    def __init__(self, *args: Any, drafts: list[Designation], years: range, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        self.drafts = {draft.public_id: draft for draft in drafts}
        fields["designation"].choices = [(key, designation_name(one)) for key, one in self.drafts.items()]
        fields["figure"].choices = labelled_choices(PaperFigure)
        fields["kind"].choices = labelled_choices(EvidenceKind)
        fields["year"].choices = [(str(year), str(year)) for year in reversed(years)]
