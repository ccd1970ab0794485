"""The kernel's tables, gathered for Django; each belongs to the mechanism whose package it stands in."""

from kernel.audit.models import AuditEntry, AuditHead, AuditSeal
from kernel.files.models import StoredFile
from kernel.idempotency.models import UsedToken
from kernel.jobs.models import Job
from kernel.outbox.models import MailOptOut, OutboxMail
from kernel.search.models import SearchEntry

__all__ = [
    "AuditEntry",
    "AuditHead",
    "AuditSeal",
    "Job",
    "MailOptOut",
    "OutboxMail",
    "SearchEntry",
    "StoredFile",
    "UsedToken",
]
