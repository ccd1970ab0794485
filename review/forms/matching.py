"""The forms of a search for an assignment: shape only."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from kernel.choices import labelled_choices
from kernel.documents.uploads import TABLE_ENDINGS
from kernel.uploads import UploadField
from program.forms.fields import day_field, whole_field
from review.enums import Balance, RunMode
from review.forms.office import BeyondField
from review.rules.matching.settings import MOST_LOAD, MOST_PLACES, Settings

MOST_BYTES = 5 * 1024 * 1024


class RunForm(forms.Form):
    """What is asked of a search. Each agency has a field of its own for the least number of its reviewers."""

    mode = forms.ChoiceField(label=_("What may change"), widget=forms.RadioSelect)
    places = whole_field(1, MOST_PLACES, label=_("Reviewers of each proposal"))
    outside = whole_field(
        0,
        MOST_PLACES,
        label=_("Of them at least from third countries"),
        help_text=_("By the country of the reviewer; the agencies’ own countries do not count."),
    )
    load = whole_field(
        1,
        MOST_LOAD,
        label=_("At most so many proposals a reviewer"),
        help_text=_("For whoever has named no limit of their own."),
    )
    due_on = day_field(
        label=_("Reviews due on"), help_text=_("Whoever is away from today until then is given nothing.")
    )
    languages = forms.BooleanField(
        label=_("Only whoever reads the proposal’s language"),
        required=False,
        help_text=_("Whoever has named no language may be given any."),
    )
    has_floor = forms.BooleanField(
        label=_("Serve the worst served proposal first"),
        required=False,
        help_text=_(
            "First its expertise is made as great as can be, then the sum of all. Where few changes come first, as great as it can be beside what stays."
        ),
    )
    balance = forms.ChoiceField(label=_("Spread the loads evenly"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, agencies: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["mode"].choices = labelled_choices(RunMode)
        fields["balance"].choices = labelled_choices(Balance)
        self.least_names = {f"least_{agency.public_id}": agency.public_id for agency in agencies}
        for agency in agencies:
            self.fields[f"least_{agency.public_id}"] = whole_field(
                0, MOST_PLACES, label=_("Of them at least of %(agency)s") % {"agency": agency.short_name}
            )
        self.order_fields(["mode", "places", *self.least_names, "outside", "load", "due_on"])

    def settings(self) -> Settings:
        values = self.cleaned_data
        return Settings(
            mode=RunMode(values["mode"]),
            places=values["places"],
            least={agency: values[name] for name, agency in self.least_names.items()},
            outside=values["outside"],
            load=values["load"],
            languages=values["languages"],
            has_floor=values["has_floor"],
            balance=Balance(values["balance"]),
        )


def initial_of(last: Mapping[str, Any] | None, agencies: Sequence[Organisation]) -> dict[str, Any]:
    """What a new search begins with: the settings of the call's last one; at first, one reviewer of each agency and of a third
    country."""
    if last:
        plain = dict(last)
        least = plain.pop("least", {})
        return {**plain, **{f"least_{a.public_id}": least.get(a.public_id, 0) for a in agencies}}
    usual = Settings(places=max(3, len(agencies)), outside=1).as_plain()
    return {**usual, **{f"least_{a.public_id}": 1 for a in agencies}}


class ShowForm(forms.Form):
    """Which proposals of a search are shown; nonsense shows all."""

    show = forms.ChoiceField(label=_("Show"), required=False)
    number = forms.CharField(label=_("Receipt number"), required=False, max_length=30)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["show"].choices = [
            ("all", _("all proposals")),
            ("short", _("where something is missing")),
            ("refused", _("where a pair was refused")),
            ("hand", _("where something was changed by hand")),
        ]

    def asked(self) -> tuple[str, str]:
        """(which, receipt number)"""
        values = self.cleaned_data if self.is_valid() else {}
        return values.get("show") or "all", values.get("number", "")


class AcceptForm(forms.Form):
    due_on = day_field(label=_("Reviews due on"))


class BeyondForm(forms.Form):
    beyond = BeyondField()


class MatchTableForm(forms.Form):
    file = UploadField(
        allowed=TABLE_ENDINGS,
        limit=MOST_BYTES,
        label=_("Table (CSV or XLSX)"),
        help_text=_(
            "As it is downloaded from this page: the pairs in it are proposed, the others are dropped. A reason in the column beyond_reason lets a reviewer go beyond their limit or days away."
        ),
    )
