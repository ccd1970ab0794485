"""One section of the form."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.forms import LongTextField
from kernel.languages import localized
from program.enums import FieldKind
from program.models import FormSection
from proposals.forms.answers import AnswerText, KeptFile, as_answer, control_of
from proposals.questions import fingerprint_of
from proposals.rules.answers import field_name, years_answered
from proposals.rules.merging import Written
from proposals.rules.texts import normal


class SectionForm(forms.Form):
    """The text of a section and its fields, with the revision that the writer has before them."""

    use_required_attribute = False
    text = LongTextField(required=False, strip=False)
    is_complete = forms.BooleanField(label=_("This section is completed"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    # What the writer had before them: where somebody else has saved since, both changes are told apart by it.
    base = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    # The revision whose text the writer has seen beside the own one, and replaces.
    over = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    def __init__(
        self,
        *args: Any,
        section: FormSection,
        years: Sequence[int] = (),
        call_years: Sequence[int] = (),
        answers: Mapping[str, Any] | None = None,
        addresses: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        """`years` are those of the term, `call_years` those that a term of the call may have. `answers` are those that are there, `addresses` where each file among them is fetched, by its field's key."""
        super().__init__(*args, **kwargs)
        self.answers = dict(answers or {})
        if section.has_text:
            self.fields["text"] = AnswerText(
                label=localized(section, "title"),
                help_text=localized(section, "help"),
                limit=section.limit,
                unit=section.unit,
                required=section.is_required,
                widget=forms.Textarea(attrs={"rows": 18}),
            )
        else:
            del self.fields["text"]
        self.asked = list(section.fields.all())
        for field in self.asked:
            name = field_name(field.key)
            answered = {int(year) for year in years_answered(field.kind, self.answers.get(field.key))}
            outside = sorted({*call_years, *answered} - set(years))
            self.fields[name] = control_of(field, years=years, outside=outside)
            kept = self.answers.get(field.key)
            if field.kind == FieldKind.FILE and kept:
                kept = KeptFile(kept["name"], (addresses or {}).get(field.key, ""))
            self.initial.setdefault(name, kept)
        self.order_fields(
            [
                "text",
                *(field_name(field.key) for field in self.asked),
                "is_complete",
                "revision",
                "base",
                "over",
            ]
        )

    def values(self) -> dict[str, Any]:
        """The cleaned form as `save_section` takes it."""
        cleaned = self.cleaned_data
        return {
            "text": cleaned.get("text", ""),
            "revision": cleaned["revision"],
            "base": as_base(cleaned["base"]),
            "over": cleaned["over"] or 0,
            "is_complete": cleaned["is_complete"],
            "answers": {
                field.key: as_answer(field, cleaned[field_name(field.key)], self.answers.get(field.key))
                for field in self.asked
            },
        }


def base_of(text: str, answers: Mapping[str, Any], is_complete: bool) -> dict[str, Any]:
    """What a section holds, as a page carries it: the text whole, each answer by its fingerprint."""
    prints = {key: fingerprint_of(answer) for key, answer in answers.items()}
    return {"text": text, "answers": prints, "is_complete": is_complete}


def as_base(carried: str) -> Written | None:
    """The base that a page has carried; None where it carried none, or something else."""
    try:
        base = json.loads(carried)
        return Written(normal(base["text"]), dict(base["answers"]), bool(base["is_complete"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
