"""The fields of a section as an applicant fills them in: one form field for each kind.

A draft may leave any of them blank; "required" is said beside the field and asked for when the section is completed.
"""

import datetime as dt
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kernel.forms import DateField, LongTextField
from kernel.languages import current, localized
from kernel.money import parse_amount
from kernel.templatetags.kernel import fiscal_year_short
from kernel.uploads import UploadField
from kernel.violations import RuleBroken, sentence
from program.enums import FieldKind, LimitUnit
from program.models import FormField
from program.rules.form_files import MEGABYTE, MOST_PAGES, endings_of, kinds_in_letters
from program.wording import most_bytes_of
from proposals.forms.answer_widgets import Part, PartsWidget, YenTableWidget
from proposals.forms.team import country_choices
from proposals.rules.answers import plain_number
from registries.rules.identifiers import normalise_orcid, normalise_ror

# A text of at most so many characters is asked on one line's height or a few; a longer one in a larger box.
SHORT_TEXT = 200


class MayBeBlank:
    """A field that says that it is required and takes a blank from a draft."""

    def validate(self, value: Any) -> None:
        if value not in (None, "", {}):
            super().validate(value)  # type: ignore[misc]  # of the field beside it


class AnswerText(MayBeBlank, LongTextField):
    """A text with a limit in characters, or in words: `most_words` is said beside it, and held by the rule."""

    def __init__(self, *, limit: int, unit: str, **kwargs: Any) -> None:
        by_words = unit == LimitUnit.WORDS
        super().__init__(limit=None if by_words else limit, strip=False, **kwargs)
        self.most_words = limit if by_words else None


class AnswerDate(MayBeBlank, DateField):
    pass


class AnswerChoice(MayBeBlank, forms.ChoiceField):
    pass


class AnswerNumber(MayBeBlank, forms.DecimalField):
    """A number with at most four decimals; full-width digits and commas are accepted. Kept as its digits."""

    def __init__(self, *, unit: str, **kwargs: Any) -> None:
        super().__init__(max_digits=20, decimal_places=4, widget=forms.TextInput, **kwargs)
        self.unit = unit
        self.widget.attrs.update({"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # as DecimalField does
        if isinstance(value, str):
            value = unicodedata.normalize("NFKC", value).replace(",", "").replace("−", "-")
        return super().to_python(value)


@dataclass(frozen=True)
class KeptFile:
    """The file that is there, for the control that shows it."""

    name: str
    url: str

    def __str__(self) -> str:
        return self.name


class AnswerFile(MayBeBlank, UploadField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        # A draft may take its file away, required or not.
        self.widget.is_required = False

    def clean(self, data: Any, initial: Any = None) -> Any:
        """False where it is taken away, which Django would grant to an optional field alone."""
        return False if data is False else super().clean(data, initial)


class PartsField(MayBeBlank, forms.Field):
    """A person or an organisation. `check` maps a part to what reads it; it answers None for what it does not understand."""

    LONGEST_PART = 200

    def __init__(
        self,
        *,
        parts: Sequence[Part],
        check: Mapping[str, tuple[Callable[[str], str | None], Any]],
        **kwargs: Any,
    ) -> None:
        super().__init__(widget=PartsWidget(parts), **kwargs)
        self.parts, self.check = parts, check

    def clean(self, value: Any) -> dict[str, str]:
        errors, found = [], {}
        for part in self.parts:
            text = str(value.get(part.name, "")).strip()
            if "\0" in text or len(text) > self.LONGEST_PART:
                errors.append(
                    _("%(part)s: at most 200 characters, and none that cannot be shown.")
                    % {"part": part.label}
                )
                continue
            if part.choices and text and text not in dict(part.choices):
                errors.append(_("%(part)s: choose one of the list.") % {"part": part.label})
                continue
            if text and part.name in self.check:
                read, words = self.check[part.name]
                understood = read(text)
                if understood is None:
                    errors.append(words)
                    continue
                text = understood
            if text:
                found[part.name] = text
        if errors:
            raise ValidationError(errors)
        return found


class YenTableField(MayBeBlank, forms.Field):
    """Whole yen by row and fiscal year: `{row: {year: yen}}`; a blank cell is nothing and is left out."""

    def __init__(
        self,
        *,
        rows: Sequence[tuple[str, str]],
        years: Sequence[int],
        outside: Sequence[int] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(widget=YenTableWidget(rows, years, outside), **kwargs)
        self.rows = rows

    def clean(self, value: Any) -> dict[str, dict[str, int]]:
        errors, found = [], {}
        for row, words in self.rows:
            cells = {}
            for year, text in value.get(row, {}).items():
                if not str(text).strip():
                    continue
                try:
                    cells[year] = parse_amount(str(text))
                except RuleBroken as broken:
                    errors += [
                        _("%(row)s, %(year)s: %(sentence)s")
                        % {
                            "row": words,
                            "year": fiscal_year_short(int(year)),
                            "sentence": sentence(violation),
                        }
                        for violation in broken.violations
                    ]
            if cells:
                found[row] = cells
        if errors:
            raise ValidationError(errors)
        return found


def control_of(field: FormField, *, years: Sequence[int], outside: Sequence[int] = ()) -> forms.Field:
    """The form field by which an applicant answers; `years` are those of the term, `outside` others in which money may stand."""
    kind = FieldKind(field.kind)
    words: dict[str, Any] = {
        "label": localized(field, "title"),
        "help_text": localized(field, "help"),
        "required": field.is_required,
    }
    if kind is FieldKind.NUMBER:
        words["help_text"] = " ".join(text for text in (words["help_text"], _bounds(field)) if text)
        return AnswerNumber(unit=localized(field, "measure"), **words)
    if kind is FieldKind.CHOICE:
        return AnswerChoice(choices=[("", _("(nothing chosen)")), *_options(field)], **words)
    if kind is FieldKind.DATE:
        return AnswerDate(**words)
    if kind is FieldKind.FILE:
        words["help_text"] = " ".join(text for text in (words["help_text"], *_taken(field)) if text)
        return AnswerFile(
            allowed=endings_of(field.file_kinds),
            limit=most_bytes_of(field),
            most_pages=field.most_pages or MOST_PAGES,
            **words,
        )
    if kind is FieldKind.YEN_TABLE:
        return YenTableField(rows=_options(field), years=years, outside=outside, **words)
    if kind is FieldKind.PERSON:
        return PartsField(
            parts=[
                Part("name", _("Name of the person")),
                Part("institution", _("Institution")),
                Part("orcid", _("ORCID iD (if there is one)")),
            ],
            check={"orcid": (normalise_orcid, _("The ORCID iD is not one: check its digits."))},
            **words,
        )
    if kind is FieldKind.ORGANISATION:
        return PartsField(
            parts=[
                Part("name", _("Name of the organisation")),
                Part("ror_id", _("ROR ID (if there is one)")),
                Part("country_code", _("Country"), country_choices()),
            ],
            check={"ror_id": (normalise_ror, _("The ROR ID is not one: check its letters and digits."))},
            **words,
        )
    return _text(field, words)


def _bounds(field: FormField) -> str:
    """Within which bounds a number must lie, before it is refused."""
    least, most = (
        f"{bound.normalize():f}" if bound is not None else "" for bound in (field.lowest, field.highest)
    )
    if least and most:
        return _("From %(least)s to %(most)s.") % {"least": least, "most": most}
    if least:
        return _("At least %(least)s.") % {"least": least}
    return _("At most %(most)s.") % {"most": most} if most else ""


def _taken(field: FormField) -> list[str]:
    """What a field for a file takes, before anything is sent."""
    megabytes = most_bytes_of(field) // MEGABYTE
    if field.file_kinds:
        found = [
            _("One file of up to %(megabytes)s MB, without a password: %(kinds)s.")
            % {"megabytes": megabytes, "kinds": kinds_in_letters(field.file_kinds)},
            _(
                "A PDF becomes part of the PDF of the proposal; any other file is handed to its readers beside it."
            ),
        ]
    else:
        found = [_("One PDF of up to %(megabytes)s MB, without a password.") % {"megabytes": megabytes}]
    if field.most_pages:
        found.append(_("A PDF may have %(pages)s pages at most.") % {"pages": f"{field.most_pages:,}"})
    return [str(words) for words in found]


def _text(field: FormField, words: dict[str, Any]) -> AnswerText:
    rows = 2 if field.unit == LimitUnit.CHARACTERS and field.limit <= SHORT_TEXT else 8
    widget = forms.Textarea(attrs={"rows": rows})
    return AnswerText(limit=field.limit, unit=field.unit, widget=widget, **words)


def _options(field: FormField) -> list[tuple[str, str]]:
    """The keys and the words of what may be chosen or filled in, in the reader's language."""
    language = current()
    return [
        (
            option["key"],
            option.get(language) or next((o for o in (option.get("ja"), option.get("en")) if o), ""),
        )
        for option in field.options
    ]


def as_answer(field: FormField, cleaned: Any, kept: Any) -> Any:
    """A cleaned value as it is kept; `kept` is the answer that is there, which a file stays unless another comes."""
    kind = FieldKind(field.kind)
    if kind is FieldKind.FILE:
        return None if cleaned is False else kept if isinstance(cleaned, KeptFile) else cleaned
    if isinstance(cleaned, dt.date):
        return cleaned.isoformat()
    if isinstance(cleaned, Decimal):
        return plain_number(cleaned)
    return cleaned
