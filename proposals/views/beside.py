"""What was submitted beside the PDF, for everybody who may read the proposal: a file, and all as one archive."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header

from kernel.documents.errors import DocumentError
from kernel.files import show
from kernel.files.archive import pieces_of, stream_zip
from kernel.files.models import StoredFile
from kernel.methods import reads
from kernel.violations import RuleBroken
from proposals.answer_words import files_beside
from proposals.beside import archive_of
from proposals.documents import submission_pdf
from proposals.models import Submission
from proposals.queries import last_submission, proposals_visible_to


def _read(request: HttpRequest, public_id: str) -> Submission:
    proposal = get_object_or_404(proposals_visible_to(request.user), public_id=public_id)
    submission = last_submission(proposal)
    if submission is None:
        raise Http404
    return submission


@reads
def submission_file(request: HttpRequest, public_id: str, file_id: str) -> HttpResponse | FileResponse:
    """A file that answers a field and is no page of the PDF."""
    submission = _read(request, public_id)
    if file_id not in [file["public_id"] for file in files_beside(submission.content)]:
        raise Http404
    return show(request, get_object_or_404(StoredFile, public_id=file_id))


@reads
def submission_zip(request: HttpRequest, public_id: str) -> StreamingHttpResponse:
    """The PDF, made at once where it is not there yet, with the files beside it."""
    submission = _read(request, public_id)
    stem = f"{submission.proposal.receipt_number}-{submission.number}"
    pdf = pieces_of(submission.pdf) if submission.pdf else None
    try:
        pieces = pdf or iter([submission_pdf(submission)])
    except DocumentError as error:
        raise RuleBroken(error.as_violation()) from error
    response = StreamingHttpResponse(
        stream_zip(archive_of(submission, stem, pieces)), content_type="application/zip"
    )
    response["Content-Disposition"] = content_disposition_header(True, f"{stem}.zip") or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
