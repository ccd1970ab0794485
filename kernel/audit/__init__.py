"""The audit trail: rows appended with the change that causes them, sealed into a hash chain afterwards.

Why sealing is a step of its own, and what stays outside the hash: docs/adr/0007-audit.md.
"""

from kernel.audit.record import BY_LINK, last_actor_id, record, record_all
from kernel.audit.seal import Fault, seal_new_entries, verify_chain

__all__ = ["BY_LINK", "Fault", "last_actor_id", "record", "record_all", "seal_new_entries", "verify_chain"]
