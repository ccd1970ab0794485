"""The forms that follow a published decision: objections, their answers, corrections. Shape only."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.choices import labelled_choices
from kernel.forms import LongTextField
from proposals.models import Proposal
from review.actions.appeals import LONGEST
from review.enums import AppealVerdict
from review.forms.decisions import DecisionForm
from review.rules.decision import LONGEST_REASON


class AppealForm(forms.Form):
    """An applicant's objection."""

    reasons = LongTextField(label=_("Reasons of the objection"), limit=LONGEST)
    is_confirmed = forms.BooleanField(label=_("An objection is raised once, and cannot be taken back."))


class AppealAnswerForm(forms.Form):
    """The lead agency's answer to an objection."""

    verdict = forms.ChoiceField(label=_("Answer"), widget=forms.RadioSelect)
    answer = LongTextField(
        label=_("Reasons of the answer"), limit=LONGEST, help_text=_("The applicant reads them.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        verdict: Any = self.fields["verdict"]
        verdict.choices = labelled_choices(AppealVerdict)


class CorrectionForm(DecisionForm):
    """What changes of a decision that was adopted: of proposals whose outcome is left blank nothing does."""

    def __init__(
        self,
        *args: Any,
        proposals: Sequence[Proposal],
        ranks: dict[int, int],
        asked: Mapping[int, Mapping[int, int]],
        currency: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, proposals=proposals, ranks=ranks, asked=asked, currency=currency, **kwargs)
        del self.fields["reserve_until"]
        for proposal in proposals:
            outcome: Any = self.fields[f"outcome_{proposal.public_id}"]
            outcome.required = False
            outcome.choices = [("", _("as it stands")), *outcome.choices[1:]]
            self.fields[f"rank_{proposal.public_id}"].required = False
        self.fields["reason"] = LongTextField(label=_("Reason of the correction"), limit=LONGEST_REASON)

    def items(self) -> list[tuple[Proposal, int, str, str]]:
        values = self.cleaned_data
        return [
            (
                p,
                values[f"rank_{p.public_id}"] or 0,
                values[f"outcome_{p.public_id}"],
                values[f"reason_{p.public_id}"],
            )
            for p in self.proposals
            if values[f"outcome_{p.public_id}"]
        ]
