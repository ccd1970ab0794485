"""Forms of a call's form: its sections, their fields, its criteria."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kernel.choices import labelled_choices
from kernel.forms import CodeField, LongTextField
from program.enums import CriterionAspect, FieldKind, FileKind, LimitUnit, ScaleDirection, SectionKind
from program.forms.call_parts import ShownForm
from program.forms.fields import MeasuredField, whole_field
from program.rules.form import LONGEST_FIELD, LONGEST_SECTION
from program.rules.form_files import MEGABYTE, MOST_MEGABYTES, MOST_PAGES


class SectionForm(forms.Form):
    key = CodeField(label=_("Key"), max_length=40, help_text=_("Small Latin letters, digits and -."))
    title_ja = forms.CharField(label=_("Title (Japanese)"), max_length=120)
    title_en = forms.CharField(label=_("Title (English)"), max_length=120)
    help_ja = LongTextField(label=_("What is asked (Japanese)"), limit=2_000, required=False)
    help_en = LongTextField(label=_("What is asked (English)"), limit=2_000, required=False)
    kind = forms.ChoiceField(label=_("What the section asks"), initial=SectionKind.TEXT)
    limit = whole_field(1, LONGEST_SECTION, label=_("Length of the text, at most"), initial=2_000)
    unit = forms.ChoiceField(label=_("Counted in"), initial=LimitUnit.CHARACTERS)
    is_required = forms.BooleanField(label=_("Must be filled in"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["kind"].choices = labelled_choices(SectionKind)
        fields["unit"].choices = labelled_choices(LimitUnit)


class FieldForm(forms.Form):
    """One field of a section; which bounds it asks depends on its kind."""

    key = CodeField(label=_("Key"), max_length=40, help_text=_("Small Latin letters, digits and -."))
    title_ja = forms.CharField(label=_("Title (Japanese)"), max_length=120)
    title_en = forms.CharField(label=_("Title (English)"), max_length=120)
    help_ja = LongTextField(label=_("What is asked (Japanese)"), limit=2_000, required=False)
    help_en = LongTextField(label=_("What is asked (English)"), limit=2_000, required=False)
    limit = whole_field(1, LONGEST_FIELD, label=_("Length of the text, at most"), initial=400)
    unit = forms.ChoiceField(label=_("Counted in"), initial=LimitUnit.CHARACTERS)
    lowest = MeasuredField(label=_("Least number"), required=False)
    highest = MeasuredField(label=_("Greatest number"), required=False)
    measure_ja = forms.CharField(label=_("Unit (Japanese)"), max_length=30, required=False)
    measure_en = forms.CharField(label=_("Unit (English)"), max_length=30, required=False)
    options = LongTextField(
        label=_("Lines"),
        limit=8_000,
        help_text=_(
            "A line each, with its key and its words in Japanese and in English: equipment | 設備備品 | Equipment"
        ),
    )
    file_kinds = forms.MultipleChoiceField(
        label=_("Taken besides PDF"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "A PDF is printed into the PDF of the proposal. Any other file is handed to its readers beside that PDF, which names it."
        ),
    )
    most_megabytes = whole_field(1, MOST_MEGABYTES, label=_("Size, at most (MB)"), required=False)
    most_pages = whole_field(
        1,
        MOST_PAGES,
        label=_("Pages of a PDF, at most"),
        required=False,
        help_text=_("Left blank: as many as the portal takes (2,000)."),
    )
    is_required = forms.BooleanField(label=_("Must be filled in"), required=False, initial=True)

    OF_KIND = {
        "limit": (FieldKind.TEXT,),
        "unit": (FieldKind.TEXT,),
        "lowest": (FieldKind.NUMBER,),
        "highest": (FieldKind.NUMBER,),
        "measure_ja": (FieldKind.NUMBER,),
        "measure_en": (FieldKind.NUMBER,),
        "options": (FieldKind.CHOICE, FieldKind.YEN_TABLE),
        "file_kinds": (FieldKind.FILE,),
        "most_megabytes": (FieldKind.FILE,),
        "most_pages": (FieldKind.FILE,),
    }

    def __init__(self, *args: Any, kind: FieldKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        fields: Any = self.fields
        fields["unit"].choices = labelled_choices(LimitUnit)
        fields["file_kinds"].choices = labelled_choices(FileKind)
        portal_takes = settings.UPLOAD_LIMIT_BYTES // MEGABYTE
        fields["most_megabytes"] = whole_field(
            1,
            portal_takes,
            label=_("Size, at most (MB)"),
            required=False,
            help_text=_("Left blank: as much as the portal takes (%(most)s MB).") % {"most": portal_takes},
        )
        if kind is FieldKind.CHOICE:
            fields["options"].label = _("Choices")
            fields["options"].help_text = _(
                "A line each, with its key and its words in Japanese and in English: own | 自己資金 | Own funds"
            )
        elif kind is FieldKind.YEN_TABLE:
            fields["options"].label = _("Rows of the table")
        for name, kinds in self.OF_KIND.items():
            if kind not in kinds:
                del fields[name]

    def clean_options(self) -> list[dict[str, str]]:
        """`key | Japanese | English` line by line.

        Raises:
            ValidationError: naming the line that is not so.
        """
        found = []
        for number, line in enumerate(self.cleaned_data["options"].splitlines(), 1):
            if not line.strip():
                continue
            parts = [part.strip() for part in line.replace("｜", "|").split("|")]
            if len(parts) != 3 or not all(parts):
                raise forms.ValidationError(
                    _("Line %(n)s: write its key, its Japanese and its English, with | between them.")
                    % {"n": number}
                )
            found.append(dict(zip(("key", "ja", "en"), parts, strict=True)))
        return found

    def values(self) -> dict[str, Any]:
        """The field as `set_form` takes it."""
        answers = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return {**answers, "kind": self.kind.value}


def options_as_text(options: list[dict[str, str]]) -> str:
    """The lines of a choice or a table as the form shows them."""
    return "\n".join(" | ".join(option.get(part, "") for part in ("key", "ja", "en")) for option in options)


class IssueForm(ShownForm):
    """Why the form of an open call is changed, for the applicants."""

    reason_ja = LongTextField(label=_("What is changed and why (Japanese)"), limit=400)
    reason_en = LongTextField(label=_("What is changed and why (English)"), limit=400)


class CriterionForm(forms.Form):
    aspect = forms.ChoiceField(label=_("Aspect"))
    title_ja = forms.CharField(label=_("Title (Japanese)"), max_length=120)
    title_en = forms.CharField(label=_("Title (English)"), max_length=120)
    help_ja = LongTextField(label=_("What it asks (Japanese)"), limit=2_000, required=False)
    help_en = LongTextField(label=_("What it asks (English)"), limit=2_000, required=False)
    weight = whole_field(1, 100, label=_("Weight"), initial=1)
    lowest = whole_field(0, 10, label=_("Lowest step"), initial=1)
    highest = whole_field(0, 10, label=_("Highest step"), initial=5)
    direction = forms.ChoiceField(label=_("Direction"))
    anchors_ja = LongTextField(
        label=_("Words of the steps (Japanese)"),
        limit=4_000,
        required=False,
        help_text=_("A line a step: 1: No plan"),
    )
    anchors_en = LongTextField(
        label=_("Words of the steps (English)"),
        limit=4_000,
        required=False,
        help_text=_("A line a step: 1: No plan"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["aspect"].choices = labelled_choices(CriterionAspect)
        fields["direction"].choices = labelled_choices(ScaleDirection)

    def clean_anchors_ja(self) -> dict[str, str]:
        return _steps(self.cleaned_data["anchors_ja"])

    def clean_anchors_en(self) -> dict[str, str]:
        return _steps(self.cleaned_data["anchors_en"])


def _steps(text: str) -> dict[str, str]:
    """`1: words` line by line, as a mapping from step to words.

    Raises:
        ValidationError: a line without a step, or a step twice.
    """
    found: dict[str, str] = {}
    for line in text.splitlines():
        if not line.strip():
            continue
        step, mark, words = line.replace("：", ":").partition(":")
        step = step.strip()
        if not mark or not (step.isascii() and step.isdigit()) or len(step) > 2 or not words.strip():
            raise forms.ValidationError(_("Each line begins with its step and a colon: 1: No plan"))
        step = str(int(step))
        if step in found:
            raise forms.ValidationError(_("A step has its words once."))
        found[step] = words.strip()
    return found


def steps_as_text(anchors: dict[str, Any], language: str) -> str:
    """The words of a criterion's steps as the form shows them, a line a step."""
    steps = sorted(anchors, key=lambda step: int(step) if step.isdigit() else 0)
    return "\n".join(
        f"{step}: {anchors[step].get(language, '')}" for step in steps if anchors[step].get(language)
    )
