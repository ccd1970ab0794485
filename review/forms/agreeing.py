"""The forms of the agencies' lists and of their negotiation: shape only."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.documents.uploads import TABLE_ENDINGS
from kernel.forms import DigitsField, LongTextField
from kernel.uploads import UploadField
from program.forms.fields import day_field
from proposals.models import Proposal
from review.enums import ListKind
from review.rules.agreement import Place
from review.rules.decision import LONGEST_REASON

SAID = {"yes": True, "no": False}


class ListForm(forms.Form):
    """What an agency says of every proposal, under its public id; on behalf also the letter that says so."""

    def __init__(
        self,
        *args: Any,
        kind: ListKind,
        proposals: Sequence[Proposal],
        places: Mapping[str, Place],
        on_behalf: bool,
        **kwargs: Any,
    ) -> None:
        """`places` are what stands, by the proposals' public ids."""
        super().__init__(*args, **kwargs)
        self.kind, self.proposals = kind, proposals
        for proposal in proposals:
            key, place = proposal.public_id, places.get(proposal.public_id)
            self.fields[self.name_of(key)] = self._said(proposal, place)
            self.fields[f"words_{key}"] = LongTextField(
                label=_("Words on %(number)s") % {"number": proposal.receipt_number},
                limit=LONGEST_REASON,
                required=False,
                initial=place.words if place else "",
            )
            for name in (self.name_of(key), f"words_{key}"):
                self.fields[name].widget.attrs["aria-label"] = self.fields[name].label
            self.fields[f"words_{key}"].widget.attrs |= {"rows": 2, "cols": 30}
        if on_behalf:
            self.fields["letter"] = UploadField(label=_("The agency’s letter (PDF)"))
            self.fields["letter_dated"] = day_field(label=_("Date of the letter"))

    def name_of(self, key: str) -> str:
        """The field that holds what is said of a proposal."""
        return f"{'rank' if self.kind is ListKind.RANKING else 'recommended'}_{key}"

    def _said(self, proposal: Proposal, place: Place | None) -> forms.Field:
        number = {"number": proposal.receipt_number}
        if self.kind is ListKind.RANKING:
            return DigitsField(
                label=_("Rank of %(number)s") % number,
                min_value=1,
                max_value=10_000,
                initial=place.rank if place else None,
                error_messages={
                    "min_value": _("Enter a rank of 1 or more."),
                    "required": _("Enter a rank of 1 or more."),
                },
            )
        said = None if place is None else place.is_recommended
        return forms.ChoiceField(
            label=_("Recommendation of %(number)s") % number,
            choices=[("", _("Choose")), ("yes", _("recommended")), ("no", _("not recommended"))],
            initial="" if said is None else "yes" if said else "no",
            error_messages={"required": _("Choose whether it is recommended.")},
        )

    def fields_of(self, proposal: Proposal) -> list[Any]:
        return [self[self.name_of(proposal.public_id)], self[f"words_{proposal.public_id}"]]

    def places(self) -> list[Place]:
        found = []
        for proposal in self.proposals:
            key = proposal.public_id
            said, words = self.cleaned_data[self.name_of(key)], self.cleaned_data[f"words_{key}"]
            if self.kind is ListKind.RANKING:
                found.append(Place(key, rank=said, words=words))
            else:
                found.append(Place(key, is_recommended=SAID[said], words=words))
        return found


class ListTableForm(forms.Form):
    """A table that is read into the form of the list."""

    table = forms.FileField(
        label=_("Table (CSV or Excel)"),
        max_length=400,
        help_text=_("As it is taken away here. It is read into the list below; nothing is recorded yet."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["table"].widget.attrs["accept"] = ",".join(TABLE_ENDINGS)


class NoteForm(forms.Form):
    """What an agency says of a proposal while the agencies negotiate."""

    text = LongTextField(label=_("Note"), limit=LONGEST_REASON)
