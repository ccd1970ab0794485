"""One statement on compliance."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.forms import DateField, LongTextField
from program.enums import StatementKind
from proposals.forms.grants import MemberField
from proposals.rules.statements import PER_PERSON, STATEMENT_LIMIT

HINTS = {
    StatementKind.EXPORT_CONTROL: _(
        "Whether goods or technology under export control are involved, how your institution has examined it, and what it has decided."
    ),
    StatementKind.DATA_MANAGEMENT: _(
        "What research data arise, where they are kept, who answers for them, and what is opened to whom and when."
    ),
    StatementKind.INTEGRITY: _(
        "All posts and side jobs in Japan and abroad, programmes of foreign governments that this person takes part in, and support in money, staff or equipment. Where there is none, say so. What the person’s own profile says of posts and side jobs, once they take part, stands with the statement by itself: write here what it does not say."
    ),
    StatementKind.ETHICS_TRAINING: _("What is to be noted of it, if anything."),
}


class StatementForm(forms.Form):
    """Of whom, and what is stated; of a training its course, its day and until when it holds."""

    member = MemberField(
        label=_("Member of the team"), queryset=None, empty_label=_("Choose"), to_field_name="public_id"
    )
    course = forms.CharField(label=_("Name of the course"), max_length=200)
    done_on = DateField(label=_("Day on which it was completed"))
    valid_until = DateField(
        label=_("Valid until"), required=False, help_text=_("Blank where it does not run out.")
    )
    text = LongTextField(label=_("Statement"), limit=STATEMENT_LIMIT)

    def __init__(self, *args: Any, kind: StatementKind, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["text"].help_text = HINTS[kind]
        if kind in PER_PERSON:
            fields["member"].queryset = members
        else:
            del fields["member"]
        if kind == StatementKind.ETHICS_TRAINING:
            fields["text"].required, fields["text"].label = False, _("Note")
        elif kind == StatementKind.INTEGRITY:
            # The posts of the profile may say it all: the rule asks for the text where there are none.
            fields["text"].required = False
            del fields["course"], fields["done_on"], fields["valid_until"]
        else:
            del fields["course"], fields["done_on"], fields["valid_until"]
