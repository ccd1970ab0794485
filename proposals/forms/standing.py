"""One piece of evidence of a partner's standing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.choices import labelled_choices
from kernel.forms import DigitsField
from proposals.enums import StandingKind
from proposals.forms.grants import MemberField

# A career is not longer than this.
FIRST_YEAR, LAST_YEAR = 1930, 2100


class StandingForm(forms.Form):
    """Whose it is, what, when, and where it can be read."""

    member = MemberField(
        label=_("Whose standing"), queryset=None, empty_label=_("Choose"), to_field_name="public_id"
    )
    kind = forms.ChoiceField(label=_("Kind of evidence"))
    title = forms.CharField(
        label=_("What it is"),
        max_length=300,
        help_text=_("The post, the name of the prize, the title of the work, or the membership."),
    )
    body = forms.CharField(
        label=_("By whom"),
        max_length=200,
        required=False,
        help_text=_("The institution, the body that awards or elects, the journal or the publisher."),
    )
    first_year = DigitsField(
        label=_("Year"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text=_("In the Western calendar; of a post or a membership the year in which it began."),
    )
    last_year = DigitsField(
        label=_("Last year"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        required=False,
        help_text=_("Blank where it lasts, or was of one year."),
    )
    doi = forms.CharField(
        label=_("DOI of the work"),
        max_length=300,
        required=False,
        help_text=_("Of a work. Where the registry has it, its title and journal are taken from there."),
    )
    source_url = forms.URLField(
        label=_("Address of the source"),
        max_length=400,
        required=False,
        assume_scheme="https",
        help_text=_("A page on which anybody can read it. Needed where there is no DOI."),
    )

    def __init__(self, *args: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        member: Any = self.fields["member"]
        member.queryset = members
        if len(members) == 1:
            member.initial, member.empty_label = members[0].public_id, None
        kind: Any = self.fields["kind"]
        kind.choices = labelled_choices(StandingKind)
