from django.db import models

from kernel.choices import choices
from kernel.clock import now
from kernel.ids import PublicIdField
from kernel.outbox.kinds import MailKind
from kernel.outbox.states import MailState


class OutboxMail(models.Model):
    """A mail as it was written. It is sent once; when nobody can tell whether it went, it stays `uncertain`."""

    public_id = PublicIdField()
    template = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=choices(MailKind), default=MailKind.REQUIRED)
    # What the mail is about, by public id, so that a page can show its mails.
    subject_id = models.CharField(max_length=12, blank=True, default="", db_index=True)
    recipient = models.EmailField()
    language = models.CharField(max_length=5)
    subject = models.CharField(max_length=250)
    body = models.TextField()
    # By what the mail's text is looked at again before it goes (`kernel.outbox.fresh`).
    recheck = models.JSONField(default=dict)
    # The same key is never written twice: two clicks, one mail.
    key = models.CharField(max_length=150, null=True, unique=True)
    message_id = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=12, choices=choices(MailState), default=MailState.WAITING)
    hold_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=now)
    sending_since = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "created_at"], name="outbox_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[s.value for s in MailState]), name="mail_state_is_known"
            )
        ]


class MailOptOut(models.Model):
    """That an address does without mails of a kind. It is the address that counts: people without an account have one too."""

    # In lower case.
    address = models.EmailField()
    kind = models.CharField(max_length=10, choices=choices(MailKind))
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["address", "kind"], name="mail_is_stopped_once_a_kind"),
            models.CheckConstraint(
                condition=~models.Q(kind=MailKind.REQUIRED.value), name="required_mail_is_never_stopped"
            ),
        ]
