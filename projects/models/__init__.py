from projects.models.account import CapAccount, SpendAccount
from projects.models.ledger import LedgerEntry
from projects.models.project import Project

__all__ = ["CapAccount", "LedgerEntry", "Project", "SpendAccount"]
