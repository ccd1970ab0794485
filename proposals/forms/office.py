"""An agency's verdicts."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.choices import label, labelled_choices
from kernel.forms import DateField, LongTextField
from kernel.languages import current
from kernel.uploads import UploadField
from program.rules.checklist import ChecklistItem, wording
from proposals.enums import AwardPoint, CheckAnswer, Verdict
from proposals.models import PartnerAward
from proposals.rules.eligibility import NOTE_LIMIT
from proposals.rules.points import POINT_REASON_LIMIT
from proposals.rules.texts import REASON_LIMIT


class VerdictForm(forms.Form):
    """Yes or no, and why; with the agency's letter where it is recorded on the agency's behalf."""

    verdict = forms.ChoiceField(label=_("Verdict"), widget=forms.RadioSelect)
    letter = UploadField(
        label=_("The agency’s letter (PDF)"),
        help_text=_("The letter or mail in which the agency gave this answer."),
    )
    letter_dated = DateField(label=_("Date of the letter"))

    def __init__(
        self,
        *args: Any,
        reason_field: str,
        yes: Any,
        no: Any,
        on_behalf: bool,
        items: Sequence[ChecklistItem] = (),
        awards: Sequence[PartnerAward] = (),
        **kwargs: Any,
    ) -> None:
        """`awards` are those of other agencies, on whose points this one speaks with its verdict."""
        super().__init__(*args, **kwargs)
        self.items, self.awards = list(items), list(awards)
        verdict: Any = self.fields["verdict"]
        verdict.choices = [(Verdict.YES.value, yes), (Verdict.NO.value, no)]
        self.fields[reason_field] = LongTextField(
            label=_("Reasons"),
            limit=REASON_LIMIT,
            required=False,
            widget=forms.Textarea(attrs={"rows": 6}),
            help_text=_(
                "Needed for a no. The other agency reads them only once all agencies have given their verdicts, and then the applicants read why the proposal is not eligible."
            )
            if reason_field == "reasons"
            else _(
                "Needed for a no. The other agency reads them only once all agencies have given their verdicts."
            ),
        )
        if not on_behalf:
            del self.fields["letter"], self.fields["letter_dated"]
        for number, item in enumerate(self.items, 1):
            self._add_check(number, item)
        asked = [f"{kind}_{item['key']}" for item in self.items for kind in ("check", "note")]
        for award in self.awards:
            name = f"{award.agency.short_name} {award.number}"
            asked += self.add_points(f"{award.public_id}_", name if len(self.awards) > 1 else "")
        self.order_fields([*asked, "verdict", reason_field, "letter", "letter_dated"])

    def _add_check(self, number: int, item: ChecklistItem) -> None:
        words = {"number": number, "item": wording(item, current())}
        self.fields[f"check_{item['key']}"] = forms.ChoiceField(
            label=_("Item %(number)s: %(item)s") % words,
            choices=labelled_choices(CheckAnswer),
            widget=forms.RadioSelect,
        )
        self.fields[f"note_{item['key']}"] = forms.CharField(
            label=_("Note on item %(number)s") % words, max_length=NOTE_LIMIT, required=False
        )

    def add_points(self, prefix: str = "", of: str = "") -> list[str]:
        """Ask for sufficiency, standing and fair share, each of which may be left open; the names of the fields. `of` says of
        which award, where there are several."""
        names = []
        for point in AwardPoint:
            text = f"{of}: {label(point)}" if of else label(point)
            self.fields[f"point_{prefix}{point}"] = forms.ChoiceField(
                label=text,
                choices=[("", _("left open")), *labelled_choices(Verdict)],
                widget=forms.RadioSelect,
                required=False,
            )
            self.fields[f"reason_{prefix}{point}"] = forms.CharField(
                label=_("%(point)s: reasons") % {"point": text},
                max_length=POINT_REASON_LIMIT,
                required=False,
                help_text=_("Needed for a no."),
            )
            names += [f"point_{prefix}{point}", f"reason_{prefix}{point}"]
        return names

    def _points(self, values: dict[str, Any], prefix: str = "") -> dict[str, tuple[str, str]]:
        """Take the points out of the values of a form that was found valid."""
        return {
            point.value: (values.pop(f"point_{prefix}{point}"), values.pop(f"reason_{prefix}{point}"))
            for point in AwardPoint
        }

    def given(self) -> dict[str, Any]:
        """The verdict's own values, `checks` and `points`, of a form that was found valid."""
        values = dict(self.cleaned_data)
        checks = {
            item["key"]: (values.pop(f"check_{item['key']}"), values.pop(f"note_{item['key']}"))
            for item in self.items
        }
        points = {one.public_id: self._points(values, f"{one.public_id}_") for one in self.awards}
        return values | ({"checks": checks} if checks else {}) | ({"points": points} if points else {})


class AwardVerdictForm(VerdictForm):
    """The word of the award's agency, with single points that may be left open."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["verdict", "reason", *self.add_points(), "letter", "letter_dated"])

    def given(self) -> dict[str, Any]:
        values = super().given()
        return values | {"points": self._points(values)}
