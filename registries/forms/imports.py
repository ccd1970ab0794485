"""A file to be taken in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.choices import labelled_choices
from registries.actions.imports import ENDINGS
from registries.enums import RegistryKind


class ImportForm(forms.Form):
    """A file, and what it holds."""

    kind = forms.ChoiceField(label=_("What the file holds"))
    file = forms.FileField(
        label=_("File"),
        max_length=400,
        help_text=_(
            "Institutions: ROR, JSON of version 2. Countries: CLDR or ISO names, JSON or ZIP. Rates: the ECB’s or FRED’s CSV. "
            "Holidays: the Cabinet Office’s CSV. Awards: NSF’s XML or ZIP. Publications: Crossref’s JSON or PubMed’s XML. "
            "e-Rad codes: a CSV as the portal writes it. Review record and budget items: JSON. At most 50 MB."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds: Any = self.fields["kind"]
        kinds.choices = [("", _("Choose one")), *labelled_choices(RegistryKind)]
        self.fields["file"].widget.attrs["accept"] = ",".join(ENDINGS)
