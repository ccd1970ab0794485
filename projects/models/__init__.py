from projects.models.account import CapAccount, SpendAccount
from projects.models.condition import AwardCondition
from projects.models.exception import CapException
from projects.models.ledger import LedgerEntry
from projects.models.project import Project

__all__ = ["AwardCondition", "CapAccount", "CapException", "LedgerEntry", "Project", "SpendAccount"]
