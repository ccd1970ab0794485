"""The layout of a table for e-Rad, and a table from it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.choices import labelled_choices
from kernel.documents.uploads import TABLE_ENDINGS
from kernel.forms import DigitsField
from proposals.enums import EradDates, EradEncoding, EradTable, EradUnit
from proposals.erad_words import field_words
from proposals.rules.erad import FIELDS, HEADING_LIMIT, KEYS, Layout


class MappingForm(forms.Form):
    """Of each field its place among the columns (blank: left out) and its heading."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    encoding = forms.ChoiceField(
        label=_("Encoding of CSV files"),
        help_text=_(
            "A character that Shift JIS lacks is told with its row, and never becomes a question mark."
        ),
    )
    dates = forms.ChoiceField(label=_("Days are written as"))
    unit = forms.ChoiceField(label=_("Money is counted in"))
    key = forms.ChoiceField(
        label=_("Rows are matched by"), help_text=_("It must be among the columns below.")
    )

    def __init__(self, *args: Any, layout: Layout, version: int, **kwargs: Any) -> None:
        initial = {
            "version": version,
            "encoding": str(layout.encoding),
            "dates": str(layout.dates),
            "unit": str(layout.unit),
            "key": layout.key,
        }
        super().__init__(*args, **{"initial": initial, **kwargs})
        self._table = layout.table
        places = {name: at for at, (name, _heading) in enumerate(layout.columns, start=1)}
        headings = dict(layout.columns)
        for name, choices in (
            ("encoding", labelled_choices(EradEncoding)),
            ("dates", labelled_choices(EradDates)),
            ("unit", labelled_choices(EradUnit)),
            ("key", [(key, field_words(key)) for key in KEYS if key in FIELDS[layout.table]]),
        ):
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # of a ChoiceField
        for name in ("encoding", "dates", "unit") if layout.table is EradTable.ANSWERS else ("key",):
            del self.fields[name]
        for name in FIELDS[layout.table]:
            self.fields[f"place_{name}"] = DigitsField(
                label=_("Place of “%(name)s”") % {"name": field_words(name)},
                required=False,
                min_value=1,
                max_value=999,
                initial=places.get(name),
            )
            self.fields[f"heading_{name}"] = forms.CharField(
                label=_("Heading of “%(name)s”") % {"name": field_words(name)},
                required=False,
                max_length=HEADING_LIMIT,
                initial=headings.get(name, ""),
            )
            for box in (f"place_{name}", f"heading_{name}"):
                self.fields[box].widget.attrs["aria-label"] = self.fields[box].label
            self.fields[f"place_{name}"].widget.attrs["size"] = 4

    @property
    def settings(self) -> list[forms.BoundField]:
        return [self[name] for name in ("encoding", "dates", "unit", "key") if name in self.fields]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """For each field its name, its place and its heading."""
        return [
            {"name": field_words(name), "place": self[f"place_{name}"], "heading": self[f"heading_{name}"]}
            for name in FIELDS[self._table]
        ]

    @property
    def columns(self) -> Sequence[tuple[str, str]]:
        """(field, heading) of what was given a place, in the order of the places; equal places in the order of the fields."""
        given = [
            (place, at, name)
            for at, name in enumerate(FIELDS[self._table])
            if (place := self.cleaned_data.get(f"place_{name}"))
        ]
        return [(name, self.cleaned_data[f"heading_{name}"]) for _place, _at, name in sorted(given)]


class AnswersForm(forms.Form):
    file = forms.FileField(
        label=_("Table from e-Rad"),
        max_length=400,
        help_text=_("CSV (UTF-8 or Shift JIS) or Excel (.xlsx), at most 20 MB and 5,000 rows."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ",".join(TABLE_ENDINGS)
