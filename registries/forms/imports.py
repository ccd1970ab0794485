"""A file to be taken in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.choices import labelled_choices
from registries.actions.imports import ENDINGS
from registries.enums import RegistryKind


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several: a list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(FilesField, self).clean(one, initial) for one in data or [None]]


class ImportForm(forms.Form):
    """A file, or several that belong together, and what it holds."""

    kind = forms.ChoiceField(label=_("What the file holds"))
    file = FilesField(
        label=_("File"),
        max_length=400,
        help_text=_(
            "Institutions: ROR, JSON of version 2. Countries: CLDR’s and ISO’s JSON, all files chosen together, or a ZIP of them. Rates: the ECB’s or FRED’s CSV. "
            "Holidays: the Cabinet Office’s CSV. Awards: as NSF, NIH, UKRI, CORDIS, SNSF and 360Giving publish them, or the portal’s table. Publications: Crossref’s JSON or PubMed’s XML. "
            "e-Rad codes: a CSV as the portal writes it. Review record and budget items: JSON. At most 50 MB."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds: Any = self.fields["kind"]
        kinds.choices = [("", _("Choose one")), *labelled_choices(RegistryKind)]
        self.fields["file"].widget.attrs["accept"] = ",".join(ENDINGS)
