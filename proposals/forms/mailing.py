"""A letter to many: to whom, in both languages, and until when it is held."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from kernel.choices import labelled_choices
from kernel.forms import LongTextField
from kernel.languages import localized
from kernel.outbox import MailKind
from program.forms.fields import InstantField
from proposals.enums import MailTo
from proposals.rules.letters import BODY_LIMIT, PLACES, SUBJECT_LIMIT

# What an officer writes to many; alerts are the portal's own.
KINDS = (MailKind.REQUIRED, MailKind.REMINDER, MailKind.NEWS)
LETTER = ("subject_ja", "body_ja", "subject_en", "body_en")
PLACE_LIST = " ".join(f"{{{name}}}" for name in PLACES)


def _body(label: Any) -> LongTextField:
    return LongTextField(label=label, limit=BODY_LIMIT, widget=forms.Textarea(attrs={"rows": 8}))


class MailForm(forms.Form):
    """The same letter in both languages; each reader gets the one of theirs."""

    agency = forms.ChoiceField(label=_("In the name of"))
    kind = forms.ChoiceField(
        label=_("What it is"),
        help_text=_(
            "Whoever does without reminders or news gets no letter of that kind. What belongs to the procedure reaches everybody: take it for nothing else."
        ),
    )
    recipients = forms.ChoiceField(label=_("To"), choices=())
    subject_ja = forms.CharField(label=_("Subject in Japanese"), max_length=SUBJECT_LIMIT)
    body_ja = _body(_("Text in Japanese"))
    subject_en = forms.CharField(label=_("Subject in English"), max_length=SUBJECT_LIMIT)
    body_en = _body(_("Text in English"))
    hold_until = InstantField(
        label=_("Send at"),
        required=False,
        help_text=_("Left blank, the mails are held until somebody releases them."),
    )

    def __init__(self, *args: Any, agencies: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency: Any = self.fields["agency"]
        agency.choices = [(one.public_id, localized(one, "name")) for one in agencies]
        kind: Any = self.fields["kind"]
        kind.choices = [one for one in labelled_choices(MailKind) if one[0] in KINDS]
        recipients: Any = self.fields["recipients"]
        recipients.choices = labelled_choices(MailTo)
        self.fields["subject_ja"].help_text = _("Places that differ from reader to reader: %(places)s") % {
            "places": PLACE_LIST
        }

    @property
    def letter(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in LETTER}
