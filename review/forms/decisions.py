"""The forms of the joint decision: shape only."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.choices import labelled_choices
from kernel.forms import DigitsField, LongTextField
from kernel.uploads import UploadField
from program.forms.fields import day_field
from proposals.models import Proposal
from review.enums import Outcome, Vote
from review.rules.decision import LONGEST_REASON


class DecisionForm(forms.Form):
    """The ranked list: rank, outcome and reason of each proposal, under its public id."""

    def __init__(
        self,
        *args: Any,
        proposals: Sequence[Proposal],
        ranks: dict[int, int],
        is_call_up: bool = False,
        adopted: Collection[str] = (),
        **kwargs: Any,
    ) -> None:
        """`ranks` are by the proposals' ids: suggested, or, of a reserve list, fixed; `adopted` are the public ids of those
        that are to be adopted, to begin with."""
        super().__init__(*args, **kwargs)
        self.proposals = proposals
        standing = Outcome.RESERVE.value if is_call_up else ""
        for proposal in proposals:
            number = {"number": proposal.receipt_number}
            key = proposal.public_id
            self.fields[f"rank_{key}"] = DigitsField(
                label=_("Rank of %(number)s") % number,
                min_value=1,
                max_value=10_000,
                initial=ranks.get(proposal.pk),
                disabled=is_call_up,
                # As text: a browser's number field is too wide for the table.
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
                error_messages={
                    "min_value": _("Enter a rank of 1 or more."),
                    "required": _("Enter a rank of 1 or more."),
                },
            )
            self.fields[f"outcome_{key}"] = forms.ChoiceField(
                label=_("Outcome of %(number)s") % number,
                choices=[("", _("Choose")), *labelled_choices(Outcome)],
                initial=Outcome.ADOPT.value if key in adopted else standing,
                error_messages={"required": _("Choose an outcome.")},
            )
            self.fields[f"reason_{key}"] = LongTextField(
                label=_("Reason, or note for the minutes, of %(number)s") % number,
                limit=LONGEST_REASON,
                required=False,
            )
            for name in ("rank", "outcome", "reason"):
                self.fields[f"{name}_{key}"].widget.attrs["aria-label"] = self.fields[f"{name}_{key}"].label
            self.fields[f"reason_{key}"].widget.attrs |= {"rows": 2, "cols": 18}

    def items(self) -> list[tuple[Proposal, int, str, str]]:
        """(proposal, rank, outcome, reason), as `propose_decision` takes them."""
        values = self.cleaned_data
        return [
            (
                p,
                values[f"rank_{p.public_id}"],
                values[f"outcome_{p.public_id}"],
                values[f"reason_{p.public_id}"],
            )
            for p in self.proposals
        ]


class VoteForm(forms.Form):
    vote = forms.ChoiceField(label=_("The agency’s answer"), widget=forms.RadioSelect)
    reason = LongTextField(
        label=_("Reason"), limit=LONGEST_REASON, required=False, help_text=_("Needed for a no.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        vote: Any = self.fields["vote"]
        vote.choices = labelled_choices(Vote)


class AnswerForm(VoteForm):
    """An approver's own answer, with the confirmation that it is final."""

    is_confirmed = forms.BooleanField(
        label=_("I have read the whole list. This answer cannot be taken back.")
    )


class OnBehalfForm(VoteForm):
    """An agency's answer as its letter says it."""

    letter = UploadField(label=_("The agency’s letter (PDF)"))
    letter_dated = day_field(label=_("Date of the letter"))
    field_order = ("vote", "letter", "letter_dated", "reason")
