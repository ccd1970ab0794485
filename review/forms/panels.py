"""The forms of a panel: shape only."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organisation, Person
from kernel.choices import labelled_choices
from kernel.forms import DigitsField, LongTextField
from program.forms.fields import AgencyChoice, InstantField
from review.enums import Attendance, Ballot, PanelRole
from review.models import PanelMember
from review.rules.panels import LONGEST_NOTE, has_vote


class PanelForm(forms.Form):
    title = forms.CharField(label=_("Name of the meeting"), max_length=200)
    starts_at = InstantField(label=_("Start (Japan Standard Time)"))
    ends_at = InstantField(label=_("End (Japan Standard Time)"))
    place = forms.CharField(label=pgettext_lazy("meeting", "Place"), max_length=300, required=False)
    online_url = forms.URLField(
        label=_("Address of the online meeting"), max_length=500, required=False, assume_scheme="https"
    )
    places = DigitsField(
        label=_("Number of proposals that can be funded"),
        min_value=1,
        max_value=10_000,
        required=False,
        help_text=_(
            "The funding line on the board and in the statistics. Leave it blank while it is not known."
        ),
    )
    bands = forms.CharField(
        label=_("Groups, the best first"), max_length=60, required=False, help_text=_("For example A, B, C.")
    )
    has_votes = forms.BooleanField(label=_("Members vote on each proposal"), required=False)


class PersonChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class SeatForm(forms.Form):
    """Somebody for the panel: a reviewer of the reader's side, or an officer of the call's agencies."""

    person = PersonChoice(label=_("Person"), queryset=Person.objects.none())
    agency = AgencyChoice(label=_("Sits for"), queryset=Organisation.objects.none())
    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, *args: Any, people: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["person"].queryset = people
        fields["agency"].queryset = agencies
        fields["role"].choices = labelled_choices(PanelRole)
        self.initial.setdefault("role", PanelRole.MEMBER.value)


class MemberForm(forms.Form):
    """A seat that is there: its role, and whether they came."""

    role = forms.ChoiceField(label=_("Role"))
    attendance = forms.ChoiceField(label=_("Attendance"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["role"].choices = labelled_choices(PanelRole)
        fields["attendance"].choices = labelled_choices(Attendance)


class ItemForm(forms.Form):
    """What is recorded of one proposal. `members` may have left the room; those who may vote have a field each."""

    rank = DigitsField(label=_("Rank"), min_value=1, max_value=100_000)
    band = forms.ChoiceField(label=pgettext_lazy("panel", "Group"), required=False)
    interview_at = InstantField(label=_("Interview (Japan Standard Time)"), required=False)
    note = LongTextField(label=_("Note for the minutes"), limit=LONGEST_NOTE, required=False)

    def __init__(
        self,
        *args: Any,
        bands: Sequence[str],
        members: Sequence[PanelMember],
        must_leave: dict[int, str],
        has_votes: bool,
        **kwargs: Any,
    ) -> None:
        """`must_leave` says why, by the members' ids: they have no field to vote in."""
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["band"].choices = [("", _("none")), *((band, band) for band in bands)]
        if not bands:
            del self.fields["band"]
        if members:
            self.fields["left"] = forms.MultipleChoiceField(
                label=_("Left the room"),
                required=False,
                widget=forms.CheckboxSelectMultiple,
                choices=[
                    (
                        one.public_id,
                        f"{one.person.name} ({one.agency.short_name})"
                        + (f": {must_leave[one.pk]}" if one.pk in must_leave else ""),
                    )
                    for one in members
                ],
            )
        self.voters = [
            one
            for one in members
            if has_votes and one.pk not in must_leave and has_vote(one.role, one.attendance)
        ]
        for one in self.voters:
            self.fields[f"vote_{one.public_id}"] = forms.ChoiceField(
                label=_("Vote of %(name)s (%(agency)s)")
                % {"name": one.person.name, "agency": one.agency.short_name},
                required=False,
                choices=[("", _("no vote")), *labelled_choices(Ballot)],
            )

    def votes(self) -> dict[str, str]:
        return {one.public_id: self.cleaned_data.get(f"vote_{one.public_id}", "") for one in self.voters}


class MoveForm(forms.Form):
    """One move by a button: to which rank, and at which it was seen."""

    to = DigitsField(min_value=0, max_value=100_001)
    seen = DigitsField(min_value=1, max_value=100_000)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300)
