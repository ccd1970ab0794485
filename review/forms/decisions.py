"""The forms of the joint decision: shape only."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kernel.choices import labelled_choices
from kernel.forms import AmountField, DigitsField, LongTextField
from kernel.money import format_amount
from kernel.templatetags.kernel import fiscal_year
from kernel.uploads import UploadField
from program.forms.fields import InstantField, day_field
from proposals.models import Proposal
from review.enums import Outcome, Vote
from review.rules.decision import LONGEST_REASON, Extra
from review.rules.letters import BODY_LIMIT, SUBJECT_LIMIT

EXTRA_TEXTS = (("conditions", _("Conditions")), ("words", _("The panel’s words to the applicants")))


class DecisionForm(forms.Form):
    """The ranked list: rank, outcome and reason of each proposal, under its public id; and beside them what is awarded in each
    fiscal year, conditions, and the panel's words to the applicants."""

    def __init__(
        self,
        *args: Any,
        proposals: Sequence[Proposal],
        ranks: dict[int, int],
        asked: Mapping[int, Mapping[int, int]],
        currency: str,
        is_call_up: bool = False,
        adopted: Collection[str] = (),
        **kwargs: Any,
    ) -> None:
        """`ranks` are by the proposals' ids: suggested, or, of a reserve list, fixed. `asked` is what each asks for by fiscal
        year, in minor units of `currency`. `adopted` are the public ids of those that are to be adopted, to begin with."""
        super().__init__(*args, **kwargs)
        self.proposals, self.asked = proposals, asked
        standing = Outcome.RESERVE.value if is_call_up else ""
        if not is_call_up:
            self.fields["reserve_until"] = day_field(
                label=_("Last day of the reserve list"),
                required=False,
                help_text=_("After it nobody is called up. Blank where the list has no end."),
            )
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
            self._add_extras(proposal, currency)

    def _add_extras(self, proposal: Proposal, currency: str) -> None:
        key = proposal.public_id
        for year, amount in sorted(self.asked.get(proposal.pk, {}).items()):
            self.fields[f"awarded_{key}_{year}"] = AmountField(
                label=_("Awarded in %(year)s") % {"year": fiscal_year(year)},
                currency=currency,
                unit="円" if currency == "JPY" else currency,
                required=False,
                help_text=_("Asked for: %(amount)s. Blank: as asked for.")
                % {"amount": format_amount(amount, currency)},
            )
        for name, label in EXTRA_TEXTS:
            for code, language in (("ja", _("Japanese")), ("en", _("English"))):
                self.fields[f"{name}_{code}_{key}"] = LongTextField(
                    label=format_lazy("{} ({})", label, language), limit=LONGEST_REASON, required=False
                )
                self.fields[f"{name}_{code}_{key}"].widget.attrs["rows"] = 3

    def extra_fields(self, proposal: Proposal) -> list[Any]:
        """The fields that stand beside a proposal's place, in their order."""
        years = sorted(self.asked.get(proposal.pk, {}))
        names = [f"awarded_{proposal.public_id}_{year}" for year in years]
        names += [
            f"{name}_{code}_{proposal.public_id}" for name, _label in EXTRA_TEXTS for code in ("ja", "en")
        ]
        return [self[name] for name in names]

    def extras(self) -> dict[int, Extra]:
        """By the proposals' ids, as `propose_decision` takes them. What is as asked for is no award of its own."""
        found = {}
        for proposal in self.proposals:
            key, asked = proposal.public_id, self.asked.get(proposal.pk, {})
            typed = {year: self.cleaned_data.get(f"awarded_{key}_{year}") for year in asked}
            awarded = {y: a for y, a in typed.items() if a is not None and a != asked[y]}
            texts = {
                f"{name}_{code}": self.cleaned_data[f"{name}_{code}_{key}"].strip()
                for name, _label in EXTRA_TEXTS
                for code in ("ja", "en")
            }
            found[proposal.pk] = Extra(awarded, **texts)
        return found

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


class PublicationForm(forms.Form):
    """When the decision is published."""

    at = InstantField(
        label=_("Published at (Japan’s time)"),
        required=False,
        help_text=_("Blank: now. Until this time it can be moved; from it on the letters go out."),
    )


class ReserveForm(forms.Form):
    """A later last day of the reserve list."""

    until = day_field(label=_("Last day of the reserve list"))
    reason = LongTextField(label=_("Reason"), limit=LONGEST_REASON)


class LetterTextForm(forms.Form):
    """The text of the letters of one outcome, in both languages."""

    subject_ja = forms.CharField(label=_("Subject (Japanese)"), max_length=SUBJECT_LIMIT)
    body_ja = LongTextField(label=_("Text (Japanese)"), limit=BODY_LIMIT)
    subject_en = forms.CharField(label=_("Subject (English)"), max_length=SUBJECT_LIMIT)
    body_en = LongTextField(label=_("Text (English)"), limit=BODY_LIMIT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("body_ja", "body_en"):
            self.fields[name].widget.attrs["rows"] = 16


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
