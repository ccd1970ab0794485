"""Writing a mail into the outbox."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from kernel.actions import action
from kernel.ids import new_public_id
from kernel.outbox.models import OutboxMail
from kernel.outbox.states import MailState


@action
def queue_mail(
    template: str,
    *,
    to: str,
    language: str,
    values: dict[str, Any],
    about: Any = None,
    key: str | None = None,
    held: bool = False,
) -> OutboxMail:
    """Write one mail from `templates/mail/<template>.txt`, whose first line is the subject, in `language`.

    With a `key`, the mail that already has it is returned and no second one is written.
    """
    with translation.override(language):
        text = render_to_string(f"mail/{template}.txt", {**values, "site": settings.SITE_ADDRESS})
    subject, _, body = text.strip().partition("\n")
    public_id = new_public_id()
    fields = {
        "public_id": public_id,
        "template": template,
        "subject_id": about.public_id if about is not None else "",
        "recipient": to,
        "language": language,
        "subject": " ".join(subject.split())[:250],
        "body": body.strip() + "\n",
        "message_id": f"<{public_id}.outbox@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2].rstrip('>')}>",
        "state": MailState.HELD if held else MailState.WAITING,
    }
    if key is None:
        return OutboxMail.objects.create(**fields)
    mail, _created = OutboxMail.objects.get_or_create(key=key, defaults=fields)
    return mail


@action
def release(*, mail: OutboxMail) -> bool:
    """Let a held mail go; False when it was not held."""
    return bool(OutboxMail.objects.filter(pk=mail.pk, state=MailState.HELD).update(state=MailState.WAITING))
