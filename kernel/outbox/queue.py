"""Writing a mail into the outbox."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from kernel.actions import action
from kernel.ids import new_public_id
from kernel.outbox.kinds import OPTIONAL, MailKind
from kernel.outbox.models import OutboxMail
from kernel.outbox.optout import link_of
from kernel.outbox.states import MailState


def written(
    template: str, language: str, values: dict[str, Any], *, public_id: str, kind: MailKind
) -> tuple[str, str]:
    """Subject and body of a mail, in `language`."""
    site = settings.SITE_ADDRESS
    with translation.override(language):
        text = render_to_string(f"mail/{template}.txt", {**values, "site": site})
        subject, _newline, body = text.strip().partition("\n")
        # Under the portal's name and signed by it, like the mails of the sign-in: the reader may never have heard of it.
        subject = _("Kakehashi: %(subject)s") % {"subject": " ".join(subject.split())}
        signature = render_to_string("mail/signature.txt", {"site": site, "contact": settings.CONTACT_EMAIL})
        body = f"{body.strip()}\n\n{signature.strip()}\n"
        if kind in OPTIONAL:
            link = link_of(public_id, language)
            body += "\n" + render_to_string("mail/footer.txt", {"kind": kind, "link": link}).strip() + "\n"
    return subject[:250], body


def mail_row(
    template: str,
    *,
    to: str,
    language: str,
    values: dict[str, Any],
    about: Any = None,
    key: str | None = None,
    held: bool = False,
    hold_until: dt.datetime | None = None,
    kind: MailKind = MailKind.REQUIRED,
    recheck: dict[str, Any] | None = None,
) -> OutboxMail:
    """One mail from `templates/mail/<template>.txt`, whose first line is the subject, in `language`; not yet in the outbox.

    An optional `kind` ends with the link by which its reader does without it. `recheck` is what the mail's template is looked
    at again by (`kernel.outbox.fresh`). With `hold_until` it goes then and not before.
    """
    public_id = new_public_id()
    subject, body = written(template, language, values, public_id=public_id, kind=kind)
    return OutboxMail(
        public_id=public_id,
        template=template,
        subject_id=about.public_id if about is not None else "",
        recipient=to,
        language=language,
        subject=subject,
        body=body,
        kind=kind,
        recheck=recheck or {},
        key=key,
        message_id=f"<{public_id}.outbox@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2].rstrip('>')}>",
        state=MailState.HELD if held else MailState.WAITING,
        hold_until=hold_until,
    )


@action
def queue_mail(template: str, **fields: Any) -> OutboxMail:
    """Write one mail (`mail_row`) into the outbox. With a `key`, the mail that already has it is returned and no second one
    is written."""
    mail = mail_row(template, **fields)
    if mail.key is not None:
        found = OutboxMail.objects.filter(key=mail.key).first()
        if found is not None:
            return found
        try:
            with transaction.atomic():
                mail.save(force_insert=True)
        except IntegrityError:
            return OutboxMail.objects.get(key=mail.key)
        return mail
    mail.save(force_insert=True)
    return mail


@action
def queue_mails(rows: Sequence[OutboxMail]) -> list[OutboxMail]:
    """Write many rows of `mail_row` at once. The caller holds what keeps their keys from being written twice."""
    return OutboxMail.objects.bulk_create(rows, batch_size=500)


@action
def release(*, mail: OutboxMail) -> bool:
    """Let a held mail go; False when it was not held."""
    return bool(OutboxMail.objects.filter(pk=mail.pk, state=MailState.HELD).update(state=MailState.WAITING))
