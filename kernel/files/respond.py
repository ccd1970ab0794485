"""Answering with a stored file. The caller has checked the right to it."""

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header

from kernel.files.models import StoredFile


def respond(file: StoredFile, *, name: str = "") -> HttpResponse | FileResponse:
    """The file as a response: inline only if the portal made it and it is a PDF, else as an attachment.

    Behind the proxy (`FILES_INTERNAL_REDIRECT`) the proxy sends the bytes and a worker is free at once.
    """
    inline = file.made_here and file.media_type == "application/pdf"
    disposition = content_disposition_header(not inline, name or file.name) or "attachment"
    response: HttpResponse | FileResponse
    if settings.FILES_INTERNAL_REDIRECT:
        response = HttpResponse(content_type=file.media_type)
        response["X-Accel-Redirect"] = f"{settings.FILES_INTERNAL_REDIRECT}{file.path}"
    else:
        response = FileResponse(default_storage.open(file.path), content_type=file.media_type)
        response["Content-Length"] = str(file.size)
    response["Content-Disposition"] = disposition
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    if not inline:
        response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
