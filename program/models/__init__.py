from program.models.agency import AgencyProfile
from program.models.call import Call, CallAgency, CallCap, CallDesignation
from program.models.country_group import CountryGroup, CountryGroupMember
from program.models.designation import Designation, DesignationEvent
from program.models.dossier import Consultation, DossierVersion, EvidenceItem, PolicyDocument
from program.models.envelope import Envelope, EnvelopeEntry
from program.models.field import Field
from program.models.form import Criterion, FormSection, FormVersion
from program.models.indicator import Baseline, Indicator
from program.models.programme import Programme, ProgrammeEvaluation, SourcedFact

__all__ = [
    "AgencyProfile",
    "Baseline",
    "Call",
    "CallAgency",
    "CallCap",
    "CallDesignation",
    "Consultation",
    "CountryGroup",
    "CountryGroupMember",
    "Criterion",
    "Designation",
    "DesignationEvent",
    "DossierVersion",
    "Envelope",
    "EnvelopeEntry",
    "EvidenceItem",
    "Field",
    "FormSection",
    "FormVersion",
    "Indicator",
    "PolicyDocument",
    "Programme",
    "ProgrammeEvaluation",
    "SourcedFact",
]
