"""A file of papers by the million, with what must be known of it."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kernel.clock import today
from kernel.forms import DateField


class PaperFileForm(forms.Form):
    """Which database it comes from, of which day, under which licence."""

    source = forms.CharField(
        label=_("Database"), max_length=120, help_text=_("For example OpenAlex, Web of Science or Scopus.")
    )
    dated = DateField(label=_("State of the database on"))
    licence = forms.CharField(
        label=_("Licence"),
        max_length=200,
        required=False,
        help_text=_("As the source names it, such as CC0 1.0."),
    )
    file = forms.FileField(
        label=_("File"),
        max_length=400,
        help_text=_(
            "OpenAlex works, one a line (.jsonl, .ndjson, packed as .gz), or the portal’s own table (.csv, .parquet). Larger files than %(limit)s MB are taken in by those who keep the portal running."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        file: Any = self.fields["file"]
        file.help_text = str(file.help_text) % {"limit": settings.PAPER_UPLOAD_LIMIT_BYTES // 2**20}
        file.widget.attrs["accept"] = ".jsonl,.ndjson,.gz,.csv,.parquet"

    def clean_dated(self) -> Any:
        dated = self.cleaned_data["dated"]
        if dated > today():
            raise forms.ValidationError(_("This day has not come yet."))
        return dated
