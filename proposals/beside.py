"""What was submitted and is no page of the PDF: the files that a call takes in other kinds, as links and as an archive."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse

from kernel.files.archive import member_name, pieces_of
from kernel.files.models import StoredFile
from kernel.files.preview import DRAWN
from proposals.answer_words import files_beside
from proposals.models import Proposal, Submission
from proposals.queries import last_submission

Member = tuple[str, datetime, Iterable[bytes]]


def beside_of(proposal: Proposal, submission: Submission | None = None) -> dict[str, Any]:
    """What the version that counts has beside its PDF: `files` (name, size, url, has_pages) and `zip_url`; empty where there is
    nothing. The caller has checked who reads."""
    submission = submission or last_submission(proposal)
    found = files_beside(submission.content) if submission else []
    if not found:
        return {}
    at = proposal.public_id
    return {
        "files": [
            {
                "name": file["name"],
                "size": file["size"],
                "url": reverse("proposals:submission_file", args=[at, file["public_id"]]),
                "has_pages": file["name"].lower().endswith(DRAWN),
            }
            for file in found
        ],
        "zip_url": reverse("proposals:submission_zip", args=[at]),
    }


def members_beside(submission: Submission, stem: str) -> tuple[list[Member], list[str]]:
    """The files beside a submission's PDF as members of an archive, numbered so that two of one name are two; and the names of
    those that the storage has lost."""
    named = files_beside(submission.content)
    stored = StoredFile.objects.in_bulk([file["public_id"] for file in named], field_name="public_id")
    members: list[Member] = []
    lost = []
    for number, file in enumerate(named, 1):
        kept = stored.get(file["public_id"])
        own, dot, ending = file["name"].rpartition(".")
        name = member_name(stem, str(number), own, ending=f"{dot}{ending}")
        pieces = pieces_of(kept) if kept else None
        if pieces is None:
            lost.append(name)
        else:
            members.append((name, submission.at, pieces))
    return members, lost


def archive_of(submission: Submission, stem: str, pdf: Iterable[bytes]) -> Iterator[Member]:
    """The PDF and what stands beside it."""
    yield f"{stem}.pdf", submission.at, pdf
    yield from members_beside(submission, stem)[0]
