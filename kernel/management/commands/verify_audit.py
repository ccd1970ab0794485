"""`manage.py verify_audit`: is the audit trail still what was sealed?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kernel.audit import seal_new_entries, verify_chain
from kernel.audit.models import AuditEntry, AuditSeal


class Command(BaseCommand):
    help = "Seal what is not sealed yet, walk the chain from its beginning, and name every entry that was changed."

    def handle(self, *args: Any, **options: Any) -> None:
        while seal_new_entries():
            pass
        faults = list(verify_chain())
        for fault in faults:
            self.stderr.write(f"{fault.code}: link {fault.sequence}, entry {fault.entry_id}")
        if faults:
            raise CommandError(f"{len(faults)} faults in the audit trail")
        self.stdout.write(
            f"{AuditSeal.objects.count()} of {AuditEntry.objects.count()} entries sealed, none changed"
        )
