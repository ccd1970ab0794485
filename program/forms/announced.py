"""What a form asks besides, where it changes something that has been announced."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.forms import LongTextField, add_violations
from kernel.violations import RuleBroken, Violation

REASON_LIMIT = 500


class AnnouncedForm(forms.Form):
    """With a reason in both languages where the call `is_announced`, and with a box to be ticked once a date stands on a
    holiday, a weekend or outside an agency's office hours.

    `warn` takes what was typed and says what should be looked at once more, by field; `refuse` says first what no tick will keep.
    """

    is_seen = forms.BooleanField(
        label=_("Keep this date all the same"), required=False, widget=forms.HiddenInput
    )

    # The date beside which the box stands.
    seen_after = "deadline_at"

    def __init__(
        self,
        *args: Any,
        is_announced: bool = False,
        warn: Callable[[dict[str, Any]], dict[str, list[str]]] | None = None,
        refuse: Callable[[dict[str, Any]], list[Violation]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.refuse = refuse if is_announced else None
        self.warn = warn if is_announced else None
        if is_announced:
            help_text = _("Published with the change, and told by mail to applicants and agencies.")
            self.fields["reason_ja"] = LongTextField(
                label=_("Reason for the change (Japanese)"), limit=REASON_LIMIT, help_text=help_text
            )
            self.fields["reason_en"] = LongTextField(
                label=_("Reason for the change (English)"), limit=REASON_LIMIT, help_text=help_text
            )
        if self.warn is None:
            del self.fields["is_seen"]
        else:
            names = [name for name in self.fields if name != "is_seen"]
            names.insert(names.index(self.seen_after) + 1 if self.seen_after in names else 0, "is_seen")
            self.order_fields(names)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        is_seen = values.pop("is_seen", False)
        if self.refuse is not None and not self.errors and (found := self.refuse(values)):
            add_violations(self, RuleBroken(found))
        warnings = self.warn(values) if self.warn is not None and not self.errors else {}
        if warnings and not is_seen:
            for field, sentences in warnings.items():
                self.add_error(field, [*sentences, _("Tick the box below to keep this date.")])
            self.fields["is_seen"].widget = forms.CheckboxInput()
        return values


class CancelForm(forms.Form):
    """A call is cancelled; an announced one with the reason in both languages."""

    reason = LongTextField(label=_("Reason"), limit=REASON_LIMIT)

    def __init__(self, *args: Any, is_announced: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_announced:
            help_text = _("Published with the change, and told by mail to applicants and agencies.")
            self.fields["reason"].label = _("Reason (Japanese)")
            self.fields["reason"].help_text = help_text
            self.fields["reason_en"] = LongTextField(
                label=_("Reason (English)"), limit=REASON_LIMIT, help_text=help_text
            )


class TakeAwayForm(AnnouncedForm):
    """Something of a call is taken away; of an announced one with the reason."""
