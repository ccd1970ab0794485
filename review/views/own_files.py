"""What was given to a reviewer, taken away as one ZIP."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from kernel.clock import now, today
from kernel.files.archive import member_name, pieces_of, stream_zip
from kernel.languages import current, localized
from kernel.methods import reads
from proposals.beside import members_beside
from proposals.queries import last_submission, proposals_visible_to
from review.actions.downloads import note_own_archive
from review.enums import AssignmentState as State
from review.queries import own_assignments

# The declaration comes before the file.
READABLE = (State.IN_PROGRESS, State.SUBMITTED)


@reads
def own_files(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The PDFs of all proposals that are open to the reviewer, and what stands beside them, made into a ZIP while it is sent."""
    own = own_assignments(request.user).filter(
        state__in=READABLE, proposal__in=proposals_visible_to(request.user).values("pk")
    )
    chosen = list(own.values_list("proposal", flat=True))
    if not chosen:
        messages.warning(
            request, _("No proposal is open to you. Declare first whether you have a conflict of interest.")
        )
        return redirect("review:inbox")
    note_own_archive(by=request.user, proposals=chosen)
    words = (_("not-included.txt"), _("These proposals have no PDF at the moment; it is still being made:"))
    members = _members(request.user, chosen, current(), now(), *words)
    response = StreamingHttpResponse(stream_zip(members), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="reviews-{today():%Y%m%d}.zip"'
    response["Cache-Control"] = "private, no-store"
    return response


def _members(
    user: Any, chosen: list[int], language: str, at: datetime, missing_name: str, missing_words: str
) -> Iterator[tuple[str, datetime, Iterable[bytes]]]:
    """Each file, the right to it asked when its turn comes: a conflict that is declared meanwhile ends it. At the end a
    text that names what is not there."""
    missing = []
    for key in chosen:
        proposal = proposals_visible_to(user).filter(pk=key).first()
        if proposal is None or not own_assignments(user).filter(proposal=key).exists():
            continue  # neither the file nor its absence is told
        submission = last_submission(proposal)
        pieces = pieces_of(submission.pdf) if submission and submission.pdf else None
        title = localized(proposal, "title", language)
        name = member_name(proposal.receipt_number or "", title[:60], ending=".pdf")
        if submission is None or pieces is None:
            missing.append(name.removesuffix(".pdf"))
            continue
        yield name, submission.at, pieces
        beside, lost = members_beside(submission, name.removesuffix(".pdf"))
        yield from beside
        missing += lost
    if missing:
        text = "\r\n".join([missing_words, "", *missing, ""])
        yield missing_name, at, [text.encode("utf-8-sig")]
