"""Beginning a proposal, and its core."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.forms import DigitsField
from kernel.languages import localized
from program.models import Call, Designation
from proposals.rules.texts import TITLE_LIMIT


class InstitutionField(forms.ModelChoiceField):
    """One of the applicant's own institutions."""

    def label_from_instance(self, obj: Any) -> str:
        return localized(obj, "name")


class DesignationField(forms.ModelChoiceField):
    """A field of research and the partner country or group of the call."""

    def label_from_instance(self, obj: Any) -> str:
        partner = obj.country or obj.group
        attribute = "name" if obj.country else "title"
        return f"{localized(obj.field, 'title')} × {localized(partner, attribute)}"


def designations_of(call: Call) -> Any:
    """The designations on which the call was opened."""
    return (
        Designation.objects.filter(call_designations__call=call)
        .select_related("field", "country", "group")
        .order_by("pk")
    )


class StartForm(forms.Form):
    """From which institution, and on which field and country."""

    institution = InstitutionField(label=_("Institution"), queryset=None)
    designation = DesignationField(label=_("Field and partner country"), queryset=None)

    def __init__(self, *args: Any, call: Call, institutions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, queryset in (("institution", institutions), ("designation", designations_of(call))):
            field: Any = self.fields[name]
            field.queryset = queryset
            if len(queryset) == 1:
                field.initial, field.empty_label = queryset[0].pk, None


class DraftField(forms.CharField):
    """A line without which nothing is submitted, and which a draft may leave blank."""

    def validate(self, value: str) -> None:
        if value:
            super().validate(value)


class CoreForm(forms.Form):
    """Titles, length, field and country; with the version that the writer has before them."""

    use_required_attribute = False
    title_ja = DraftField(label=_("Title in Japanese"), max_length=TITLE_LIMIT)
    title_en = DraftField(label=_("Title in English"), max_length=TITLE_LIMIT)
    designation = DesignationField(label=_("Field and partner country"), queryset=None)
    years = DigitsField(label=_("Length in fiscal years"), min_value=1, max_value=99)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["designation"]
        field.queryset = designations_of(call)
        self.fields["years"].help_text = _("From %(least)s to %(most)s in this call.") % {
            "least": call.min_years,
            "most": call.max_years,
        }
        for name in ("title_ja", "title_en"):
            self.fields[name].widget.attrs["data-max-codepoints"] = str(TITLE_LIMIT)
