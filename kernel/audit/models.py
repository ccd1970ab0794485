from django.conf import settings
from django.db import models

from kernel.clock import now


class AuditEntry(models.Model):
    """Who did what to what, when, and what it was before and after.

    `details` is hashed and holds no personal data; `private` may (names, addresses) and is hashed only as a salted
    digest, so that it can be erased without breaking the chain.
    """

    at = models.DateTimeField(default=now, editable=False)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    # The organisation in whose name the actor acted, by its public id.
    acting_for = models.CharField(max_length=12, blank=True, default="")
    verb = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=12)
    details = models.JSONField(default=dict)
    private = models.JSONField(default=dict)
    private_salt = models.CharField(max_length=32, blank=True, default="")
    private_digest = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "id"], name="audit_by_subject"),
            models.Index(fields=["at"], name="audit_by_time"),
        ]


class AuditSeal(models.Model):
    """One link of the chain: the digest of an entry together with the digest of the link before."""

    sequence = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, related_name="seal")
    digest = models.CharField(max_length=64)


class AuditHead(models.Model):
    """The end of the chain. Its one row is the lock under which entries are sealed."""

    sequence = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)
