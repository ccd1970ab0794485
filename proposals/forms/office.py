"""An officer's filters, and an agency's verdicts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.choices import label, labelled_choices
from kernel.forms import DateField, LongTextField
from kernel.languages import localized
from proposals.enums import OfficeTask, ProposalState, Verdict
from proposals.rules.texts import REASON_LIMIT

HIDDEN = (ProposalState.DRAFT, ProposalState.SUBMITTED)


class OfficeFilterForm(forms.Form):
    """What is looked for among the proposals that were received; it stands in the address."""

    q = forms.CharField(label=_("Title, name or receipt number"), required=False, max_length=200)
    call = forms.ChoiceField(label=_("Call"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    todo = forms.ChoiceField(label=_("Waiting for me"), required=False)

    def __init__(self, *args: Any, calls: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [(state.value, label(state)) for state in ProposalState if state not in HIDDEN]
        for name, choices in (
            ("call", [(call.public_id, localized(call, "title")) for call in calls]),
            ("state", states),
            ("todo", labelled_choices(OfficeTask)),
        ):
            field: Any = self.fields[name]
            field.choices = [("", _("All")), *choices]


class VerdictForm(forms.Form):
    """Yes or no, and why; with the agency's letter where it is recorded on the agency's behalf."""

    verdict = forms.ChoiceField(label=_("Verdict"), widget=forms.RadioSelect)
    letter = forms.FileField(
        label=_("The agency’s letter (PDF)"),
        help_text=_("The letter or mail in which the agency gave this answer."),
    )
    letter_dated = DateField(label=_("Date of the letter"))

    def __init__(
        self, *args: Any, reason_field: str, yes: Any, no: Any, on_behalf: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        verdict: Any = self.fields["verdict"]
        verdict.choices = [(Verdict.YES.value, yes), (Verdict.NO.value, no)]
        self.fields[reason_field] = LongTextField(
            label=_("Reasons"),
            limit=REASON_LIMIT,
            required=False,
            widget=forms.Textarea(attrs={"rows": 6}),
            help_text=_(
                "Needed for a no. The other agency reads them only once all agencies have given their verdicts."
            ),
        )
        if not on_behalf:
            del self.fields["letter"], self.fields["letter_dated"]
        self.order_fields(["verdict", reason_field, "letter", "letter_dated"])
