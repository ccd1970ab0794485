from reporting.models.publication import ProjectPublication
from reporting.models.report import OutcomeReport, ReportDocument
from reporting.models.stay import Stay

__all__ = ["OutcomeReport", "ProjectPublication", "ReportDocument", "Stay"]
