"""Making outcome reports in the background."""

from typing import Any

from django.utils import translation

from accounts.models import Organisation
from kernel.clock import now
from kernel.documents.typeset import Language
from kernel.jobs import JobRun, handler
from program.models import Programme
from reporting.actions.reports import VersionTaken, keep_report
from reporting.enums import DocumentFormat, ReportStep
from reporting.queries import REPORT_JOB, next_number
from reporting.rules.canonical import digest_of
from reporting.snapshot import gather

LANGUAGES: tuple[Language, ...] = ("ja", "en")
# Gathering, then charts, PDF and workbook in each language, then keeping.
STEPS = 1 + 3 * len(LANGUAGES) + 1

Documents = dict[tuple[str, DocumentFormat], tuple[str, bytes]]


@handler(REPORT_JOB)
def make_outcome_report(run: JobRun) -> None:
    """Gather, write, keep. Nothing is kept but in the commit, so that an attempt that ends half-way leaves nothing."""
    payload = run.payload
    programme = Programme.objects.get(public_id=payload["programme"])
    agency = Organisation.objects.get(public_id=payload["agency"]) if payload["agency"] else None
    fiscal_year = int(payload["fiscal_year"])
    run.progress(0, STEPS, ReportStep.GATHERING)
    made_at = now()
    projects, snapshot = gather(programme, fiscal_year, agency)
    sha256 = digest_of(snapshot)
    while not run.committed:
        number = next_number(programme, fiscal_year, agency)
        documents = _write(run, snapshot, number=number, sha256=sha256, made_at=made_at)
        run.progress(STEPS - 1, STEPS, ReportStep.KEEPING)
        try:
            with run.commit() as result:
                report = keep_report(
                    job=run.job,
                    programme=programme,
                    agency=agency,
                    fiscal_year=fiscal_year,
                    number=number,
                    projects=projects,
                    snapshot=snapshot,
                    sha256=sha256,
                    documents=documents,
                    made_at=made_at,
                )
                result["report"] = report.public_id
        except VersionTaken:
            continue  # its number is printed in the documents: they are made anew with the next


def _write(run: JobRun, snapshot: dict[str, Any], **about: Any) -> Documents:
    # What draws and sets is slow to load, and this module is loaded wherever the portal starts.
    from reporting.documents.charts import charts_of
    from reporting.documents.pdf import report_pdf
    from reporting.documents.workbook import report_xlsx

    documents: Documents = {}
    done = 1
    for language in LANGUAGES:
        with translation.override(language):
            run.progress(done, STEPS, ReportStep.DRAWING)
            charts = charts_of(snapshot)
            run.progress(done + 1, STEPS, ReportStep.WRITING_PDF)
            pdf = report_pdf(snapshot, language=language, charts=charts, **about)
            run.progress(done + 2, STEPS, ReportStep.WRITING_XLSX)
            xlsx = report_xlsx(snapshot, language=language, **about)
        name = _file_name(snapshot, about["number"], language)
        documents[language, DocumentFormat.PDF] = (f"{name}.pdf", pdf)
        documents[language, DocumentFormat.XLSX] = (f"{name}.xlsx", xlsx)
        done += 3
    return documents


def _file_name(snapshot: dict[str, Any], number: int, language: str) -> str:
    agency = f"-{snapshot['agency']['short_name']}" if snapshot["agency"] else ""
    return f"{snapshot['programme']['code']}{agency}-{snapshot['fiscal_year']}-v{number}-{language}"
