"""What officers say of conflicts of interest: shape only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.choices import label, labelled_choices
from kernel.forms import LongTextField
from program.forms.fields import day_field
from review.enums import ConflictKind, Finding, Verdict
from review.rules.scoring import LONGEST_COMMENT


class VerdictForm(forms.Form):
    """An officer's word on one kind of what was found."""

    finding = forms.ChoiceField(label=_("What was found"), widget=forms.RadioSelect)
    verdict = forms.ChoiceField(label=_("Verdict"), widget=forms.RadioSelect)
    reason = LongTextField(label=_("Reason"), limit=LONGEST_COMMENT)
    # The keys of the evidence on the page: anything that comes in meanwhile is not judged with it.
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20_000)

    def __init__(self, *args: Any, findings: list[Finding], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        finding: Any = self.fields["finding"]
        finding.choices = [(one.value, label(one)) for one in findings]
        if len(findings) == 1:
            self.initial["finding"] = findings[0].value
        verdict: Any = self.fields["verdict"]
        verdict.choices = labelled_choices(Verdict)


class RecordedConflictForm(forms.Form):
    """A conflict of which an officer has learned, or that an officer has."""

    kind = forms.ChoiceField(label=_("Kind of conflict"), widget=forms.RadioSelect)
    since = day_field(label=_("Since"), required=False)
    until = day_field(
        label=_("Until"), required=False, help_text=_("Leave blank if it goes on, or if nobody knows.")
    )
    words = LongTextField(label=_("Describe the conflict"), limit=LONGEST_COMMENT, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = [c for c in labelled_choices(ConflictKind) if c[0] != ConflictKind.NONE]
