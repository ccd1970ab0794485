from django.conf import settings
from django.db import models

from accounts.models import Organisation, Person
from kernel.choices import choices
from kernel.clock import now
from kernel.ids import PublicIdField
from kernel.outbox import MailKind
from kernel.outbox.models import OutboxMail
from proposals.enums import MailTo
from proposals.models.proposal import Proposal


class MailRun(models.Model):
    """One letter to many: what an officer wrote, in both languages, and to whom of each proposal it goes."""

    public_id = PublicIdField()
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # Whether people may do without it.
    kind = models.CharField(max_length=10, choices=choices(MailKind), default=MailKind.REQUIRED)
    recipients = models.CharField(max_length=20, choices=choices(MailTo))
    subject_ja = models.CharField(max_length=150)
    subject_en = models.CharField(max_length=150)
    body_ja = models.TextField()
    body_en = models.TextField()
    # When it goes by itself; NULL: when somebody lets it go.
    hold_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=now)
    # When the last of its mails was written; NULL while a job writes them.
    written_at = models.DateTimeField(null=True)


class RunMail(models.Model):
    """One mail of a run: about which proposal, to whom. The mail itself, and whether it went, is in the outbox."""

    run = models.ForeignKey(MailRun, on_delete=models.CASCADE, related_name="mails")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=5, choices=settings.LANGUAGES, default="ja")
    # NULL until it is written.
    mail = models.OneToOneField(OutboxMail, on_delete=models.PROTECT, null=True, related_name="+")
