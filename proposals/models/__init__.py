from proposals.models.access import ProposalAccess
from proposals.models.award import PartnerAward
from proposals.models.budget import BudgetLine
from proposals.models.eligibility import EligibilityVerdict
from proposals.models.exchange import ExchangePlan
from proposals.models.grant import OtherGrant
from proposals.models.proposal import Proposal, ProposalSection
from proposals.models.signature import Signature
from proposals.models.submission import Submission
from proposals.models.team import TeamMember

__all__ = [
    "BudgetLine",
    "EligibilityVerdict",
    "ExchangePlan",
    "OtherGrant",
    "PartnerAward",
    "Proposal",
    "ProposalAccess",
    "ProposalSection",
    "Signature",
    "Submission",
    "TeamMember",
]
