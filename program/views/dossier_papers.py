"""The dossier of a designation as a PDF: as it stands, and as it stood in a version."""

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from kernel.languages import current
from kernel.methods import reads
from program import dossier_documents as papers
from program.views.designations import kept_designation
from program.views.versions import kept_version


@reads
def dossier_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    found = kept_designation(request, public_id)
    return _answer(papers.dossier_pdf(found, None, language=current()), f"dossier-{found.public_id}.pdf")


@reads
def version_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    version = kept_version(request, public_id)
    name = f"dossier-{version.designation.public_id}-{version.number}.pdf"
    return _answer(papers.dossier_pdf(version.designation, version, language=current()), name)


def _answer(pdf: bytes, name: str) -> HttpResponse:
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    return response
