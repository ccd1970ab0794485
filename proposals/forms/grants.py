"""Another grant of somebody on the team."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.choices import label_of_field, labelled_choices
from kernel.forms import AmountField, DigitsField
from proposals.enums import GrantStatus

# A grant that matters for effort runs in these years.
FIRST_YEAR, LAST_YEAR = 1990, 2100


class MemberField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.person.name} ({label_of_field(obj, 'role')})"


class GrantForm(forms.Form):
    """Whose it is, who gives it, for how long, and how much of their time it takes."""

    member = MemberField(
        label=_("Whose grant"), queryset=None, empty_label=_("Choose"), to_field_name="public_id"
    )
    status = forms.ChoiceField(label=_("Held or applied for"))
    funder = forms.CharField(label=_("Funder and programme"), max_length=200)
    title = forms.CharField(label=_("Title of the research"), max_length=300)
    first_year = DigitsField(
        label=_("First fiscal year"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text=_("In the Western calendar, for example 2026."),
    )
    last_year = DigitsField(label=_("Last fiscal year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    amount_yen = AmountField(
        label=_("Own amount over the whole term (yen)"),
        required=False,
        help_text=_("What this person receives of it. Leave blank if it is not known."),
    )
    effort_percent = DigitsField(
        label=_("Share of working time"),
        min_value=0,
        max_value=100,
        help_text=_("In percent of full time (effort). For a grant applied for, as it will be if granted."),
    )

    def __init__(self, *args: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        member: Any = self.fields["member"]
        member.queryset = members
        status: Any = self.fields["status"]
        status.choices = labelled_choices(GrantStatus)
