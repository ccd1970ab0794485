"""A decision's letter as PDF: for the officers while it waits, and for whoever it is addressed to once it is published."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header

from kernel.documents.errors import DocumentError
from kernel.languages import current
from kernel.methods import reads
from kernel.violations import RuleBroken
from review.documents import letter_pdf as pdf_of
from review.results import letters_visible_to


@reads
def letter_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    letter = get_object_or_404(letters_visible_to(request.user), public_id=public_id)
    try:
        content = pdf_of(letter, language="ja" if current() == "ja" else "en")
    except DocumentError as error:
        raise RuleBroken(error.as_violation()) from error
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, f"{letter.number}.pdf") or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
