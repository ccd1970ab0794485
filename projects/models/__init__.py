from projects.models.account import CapAccount, SpendAccount
from projects.models.exception import CapException
from projects.models.ledger import LedgerEntry
from projects.models.project import Project

__all__ = ["CapAccount", "CapException", "LedgerEntry", "Project", "SpendAccount"]
