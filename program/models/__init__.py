from program.models.agency import AgencyProfile
from program.models.call import Call, CallAgency, CallCap, CallDesignation
from program.models.call_parts import CallAgreement, CallChange, CallDocument, Milestone, SupportType
from program.models.consultation import Consultation, ConsultationFile, ConsultationPoint
from program.models.country_group import CountryGroup, CountryGroupMember
from program.models.designation import Designation, DesignationEvent
from program.models.dossier import DossierVersion, EvidenceItem, PolicyDocument
from program.models.envelope import Envelope, EnvelopeEntry
from program.models.evidence_run import EvidenceRun, FieldDefinition
from program.models.field import Field
from program.models.form import Criterion, FormField, FormSection, FormVersion
from program.models.indicator import Baseline, Indicator, IndicatorTarget, IndicatorValue
from program.models.programme import Programme, ProgrammeEvaluation, SourcedFact

__all__ = [
    "AgencyProfile",
    "Baseline",
    "Call",
    "CallAgency",
    "CallAgreement",
    "CallCap",
    "CallChange",
    "CallDesignation",
    "CallDocument",
    "Consultation",
    "ConsultationFile",
    "ConsultationPoint",
    "CountryGroup",
    "CountryGroupMember",
    "Criterion",
    "Designation",
    "DesignationEvent",
    "DossierVersion",
    "Envelope",
    "EnvelopeEntry",
    "EvidenceItem",
    "EvidenceRun",
    "Field",
    "FieldDefinition",
    "FormField",
    "FormSection",
    "FormVersion",
    "Indicator",
    "IndicatorTarget",
    "IndicatorValue",
    "Milestone",
    "PolicyDocument",
    "Programme",
    "ProgrammeEvaluation",
    "SourcedFact",
    "SupportType",
]
