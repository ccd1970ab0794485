from proposals.models.access import ProposalAccess
from proposals.models.approval import InstitutionApproval, InternalDeadline
from proposals.models.award import PartnerAward
from proposals.models.award_question import AwardQuestion
from proposals.models.budget import BudgetInstitution, BudgetLine, OtherFunding
from proposals.models.change import ProposedChange
from proposals.models.correction import Correction
from proposals.models.eligibility import EligibilityVerdict
from proposals.models.erad import EradChange, EradMapping, EradRecord, EradRun
from proposals.models.exchange import ExchangePlan
from proposals.models.grant import OtherGrant
from proposals.models.intake import CollectedProposal, Intake, IntakeRow
from proposals.models.invitation import Invitation
from proposals.models.mail_run import MailRun, RunMail
from proposals.models.notice import NoticeAdmission, NoticeExclusion, NoticeOfIntent, NoticeVerdict
from proposals.models.overlap import OverlapFlag
from proposals.models.proposal import Proposal, ProposalSection, SectionRevision
from proposals.models.saved_filter import SavedFilter
from proposals.models.signature import Signature
from proposals.models.standing import StandingRecord
from proposals.models.statement import Statement
from proposals.models.submission import Submission
from proposals.models.team import TeamMember
from proposals.models.unwanted import UnwantedReviewer

__all__ = [
    "AwardQuestion",
    "BudgetInstitution",
    "BudgetLine",
    "CollectedProposal",
    "Correction",
    "EligibilityVerdict",
    "EradChange",
    "EradMapping",
    "EradRecord",
    "EradRun",
    "ExchangePlan",
    "InstitutionApproval",
    "Intake",
    "IntakeRow",
    "InternalDeadline",
    "Invitation",
    "MailRun",
    "NoticeAdmission",
    "NoticeExclusion",
    "NoticeOfIntent",
    "NoticeVerdict",
    "OtherFunding",
    "OtherGrant",
    "OverlapFlag",
    "PartnerAward",
    "Proposal",
    "ProposalAccess",
    "ProposalSection",
    "ProposedChange",
    "RunMail",
    "SavedFilter",
    "SectionRevision",
    "Signature",
    "StandingRecord",
    "Statement",
    "Submission",
    "TeamMember",
    "UnwantedReviewer",
]
