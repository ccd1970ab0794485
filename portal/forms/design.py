"""A form with one field of every kind, for the page that shows how the portal looks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.forms import AmountField, DateField, DigitsField, LongTextField

FIELDS = [("quantum", _("Quantum technology")), ("ai", _("Artificial intelligence")), ("energy", _("Energy"))]


class EveryFieldForm(forms.Form):
    """Shown empty and shown refused; never saved."""

    title = forms.CharField(
        label=_("Title of the research"), max_length=120, help_text=_("As it will be published.")
    )
    email = forms.EmailField(label=_("E-mail address"), required=False)
    summary = LongTextField(
        label=_("Summary"), limit=1000, help_text=_("For readers outside of your own field. No figures.")
    )
    budget = AmountField(label=_("Budget of the first year"), help_text=_("Indirect cost included."))
    years = DigitsField(label=_("Length in years"), min_value=1, max_value=10)
    starts_on = DateField(label=_("First day of the research"))
    area = forms.ChoiceField(label=_("Field"), choices=[("", _("Choose one")), *FIELDS])
    career = forms.ChoiceField(
        label=_("Career stage"),
        choices=[
            ("doctoral", _("Doctoral student")),
            ("postdoc", _("Postdoctoral researcher")),
            ("pi", _("Independent")),
        ],
        widget=forms.RadioSelect,
    )
    keywords = forms.MultipleChoiceField(
        label=_("Expertise"), choices=FIELDS, widget=forms.CheckboxSelectMultiple, required=False
    )
    plan = forms.FileField(
        label=_("Research plan"), help_text=_("PDF, at most 20 MB."), widget=forms.FileInput
    )
    trained = forms.BooleanField(label=_("I have completed the training in research ethics."))


class ListFilterForm(forms.Form):
    """The filters over a list, as officers meet them."""

    q = forms.CharField(label=_("Words"), required=False)
    area = forms.ChoiceField(label=_("Field"), choices=[("", _("All")), *FIELDS], required=False)
