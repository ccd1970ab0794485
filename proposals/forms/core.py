"""Beginning a proposal, and its core."""

from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from kernel.forms import DigitsField
from kernel.languages import localized
from program.models import Call, Designation, SupportType
from program.wording import support_type_in_words
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


class SupportTypeField(forms.ModelChoiceField):
    """One of the support types of the call, each with its years, its caps, and who is early-career in it."""

    def __init__(self, call: Call) -> None:
        super().__init__(
            label=_("Support type"),
            queryset=call.support_types.all(),
            widget=forms.RadioSelect,
            empty_label=None,
            help_text=_("Its years and caps hold beside those of the call."),
        )

    def label_from_instance(self, obj: SupportType) -> str:
        facts = ((words,) for words in support_type_in_words(obj))
        hints = format_html_join("", '<span class="choice__hint">{}</span>', facts)
        return format_html("<span>{}{}</span>", localized(obj, "title"), hints)


def ask_support_type(form: forms.Form, call: Call) -> None:
    """Ask for the support type after the field and the partner country, where the call offers any."""
    if call.support_types.exists():
        form.fields["support_type"] = SupportTypeField(call)
        form.order_fields(["title_ja", "title_en", "institution", "designation", "support_type"])


def designations_of(call: Call) -> Any:
    """The designations on which the call was opened."""
    return (
        Designation.objects.filter(call_designations__call=call)
        .select_related("field", "country", "group")
        .order_by("pk")
    )


class StartForm(forms.Form):
    """From which institution, on which field and country, and for which support type."""

    institution = InstitutionField(label=_("Institution"), queryset=None)
    designation = DesignationField(label=_("Field and partner country"), queryset=None)

    def __init__(self, *args: Any, call: Call, institutions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, queryset in (("institution", institutions), ("designation", designations_of(call))):
            field: Any = self.fields[name]
            field.queryset = queryset
            if len(queryset) == 1:
                field.initial, field.empty_label = queryset[0].pk, None
        ask_support_type(self, call)


class DraftField(forms.CharField):
    """A line without which nothing is submitted, and which a draft may leave blank."""

    def validate(self, value: str) -> None:
        if value:
            super().validate(value)


class CoreForm(forms.Form):
    """Titles, field and country, support type, length; with the version that the writer has before them."""

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
        ask_support_type(self, call)
        for name in ("title_ja", "title_en"):
            self.fields[name].widget.attrs["data-max-codepoints"] = str(TITLE_LIMIT)

    def say_of_years(self, words: str) -> None:
        """Say beside the length what it does to the budget, if it does anything."""
        if words:
            years = self.fields["years"]
            years.help_text = f"{years.help_text} {words}"
