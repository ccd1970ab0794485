"""What an officer looks for in the list of proposals, and under which name it is kept."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from kernel.choices import label, labelled_choices
from kernel.languages import localized
from proposals.enums import OfficeColumn, OfficeOrder, OfficeTask, ProposalState

HIDDEN = (ProposalState.DRAFT, ProposalState.SUBMITTED)


class OfficeFilterForm(forms.Form):
    """What is looked for among the proposals that were received; it stands in the address."""

    q = forms.CharField(
        label=_("Words in the proposal, names or numbers"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    call = forms.ChoiceField(label=_("Call"), required=False)
    support_type = forms.ChoiceField(label=_("Support type"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    todo = forms.ChoiceField(label=_("Waiting for me"), required=False)
    sort = forms.ChoiceField(label=_("Order"), required=False)
    col = forms.MultipleChoiceField(
        label=_("Columns"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices--inline"}),
    )

    def __init__(self, *args: Any, calls: Any, support_types: Any, **kwargs: Any) -> None:
        """`support_types` are those of these calls, each with its call."""
        super().__init__(*args, **kwargs)
        states = [(state.value, label(state)) for state in ProposalState if state not in HIDDEN]
        for name, choices in (
            ("call", [(call.public_id, localized(call, "title")) for call in calls]),
            (
                "support_type",
                [(one.public_id, f"{localized(one, 'title')} ({one.call.code})") for one in support_types],
            ),
            ("state", states),
            ("todo", labelled_choices(OfficeTask)),
        ):
            field: Any = self.fields[name]
            field.choices = [("", _("All")), *choices]
        order: Any = self.fields["sort"]
        order.choices = [("", _("Newest first")), *labelled_choices(OfficeOrder)]
        columns: Any = self.fields["col"]
        columns.choices = [
            one
            for one in labelled_choices(OfficeColumn)
            if support_types or one[0] != OfficeColumn.SUPPORT_TYPE
        ]
        if not support_types:
            del self.fields["support_type"]

    @property
    def filters(self) -> list[forms.BoundField]:
        """What stands in the bar; the columns are chosen apart from it."""
        return [field for field in self.visible_fields() if field.name != "col"]

    @property
    def query(self) -> str:
        """What is asked for as it stands in an address, always in one order; what makes no sense is left out."""
        asked = [(name, self.cleaned_data.get(name)) for name in self.fields]
        return urlencode([(name, value) for name, value in asked if value], doseq=True)


class SaveFilterForm(forms.Form):
    """A name for a filter, and for whom it is kept."""

    name = forms.CharField(label=_("Name of the filter"), max_length=60)
    agency = forms.ChoiceField(label=_("For whom"), required=False)
    is_default = forms.BooleanField(label=_("Open the list with this filter"), required=False)

    def __init__(self, *args: Any, agencies: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["agency"]
        shared = [
            (agency.public_id, _("For all officers of %(agency)s") % {"agency": localized(agency, "name")})
            for agency in agencies
        ]
        field.choices = [("", _("For me alone")), *shared]
