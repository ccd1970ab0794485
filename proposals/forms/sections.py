"""One section of the form."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.forms import LongTextField
from kernel.languages import localized
from program.enums import FieldKind
from program.models import FormSection
from proposals.forms.answers import AnswerText, KeptFile, as_answer, control_of
from proposals.rules.answers import field_name


class SectionForm(forms.Form):
    """The text of a section and its fields, with the revision that the writer has before them."""

    use_required_attribute = False
    text = LongTextField(required=False, strip=False)
    is_complete = forms.BooleanField(label=_("This section is completed"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(
        self,
        *args: Any,
        section: FormSection,
        years: Sequence[int] = (),
        answers: Mapping[str, Any] | None = None,
        addresses: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        """`answers` are those that are there, `addresses` where each file among them is fetched, by its field's key."""
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
            self.fields[name] = control_of(field, years=years)
            kept = self.answers.get(field.key)
            if field.kind == FieldKind.FILE and kept:
                kept = KeptFile(kept["name"], (addresses or {}).get(field.key, ""))
            self.initial.setdefault(name, kept)
        self.order_fields(
            ["text", *(field_name(field.key) for field in self.asked), "is_complete", "revision"]
        )

    def values(self) -> dict[str, Any]:
        """The cleaned form as `save_section` takes it."""
        cleaned = self.cleaned_data
        return {
            "text": cleaned.get("text", ""),
            "revision": cleaned["revision"],
            "is_complete": cleaned["is_complete"],
            "answers": {
                field.key: as_answer(field, cleaned[field_name(field.key)], self.answers.get(field.key))
                for field in self.asked
            },
        }
