"""Making what was submitted searchable. What was only written, and never submitted, is in no index."""

from django.db.models import Exists, OuterRef

from kernel import search
from kernel.actions import action
from kernel.search.models import SearchEntry
from proposals.models import Submission
from proposals.rules.searched import texts_of

KIND = "proposals.proposal"


@action
def index_submission(*, submission: Submission) -> None:
    """Let the proposal be found by what this version of it says."""
    proposal = submission.proposal
    search.put(
        KIND,
        proposal.pk,
        texts_of(submission.content, proposal.receipt_number or ""),
        source=submission.public_id,
    )


def index_missing(*, limit: int = 500) -> int:
    """Index what was submitted without being indexed, as before there was an index; returns how many there were. Each is
    done by itself, so that a fault in one holds up no other."""
    newer = Submission.objects.filter(proposal=OuterRef("proposal"), number__gt=OuterRef("number"))
    known = SearchEntry.objects.filter(
        kind=KIND, object_id=OuterRef("proposal"), source=OuterRef("public_id")
    )
    missing = Submission.objects.filter(~Exists(newer), ~Exists(known)).select_related("proposal")
    found = list(missing.order_by("pk")[:limit])
    for submission in found:
        index_submission(submission=submission)
    return len(found)
