"""Files: a proposal's PDF as it was submitted, and the letter behind an answer on behalf."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from kernel.files import show
from kernel.methods import reads
from kernel.violations import RuleBroken, Violation
from proposals.queries import last_submission, proposals_visible_to
from review.permissions import may_see_letter
from review.queries import answers_visible_to


@reads
def proposal_pdf(request: HttpRequest, public_id: str) -> HttpResponse | FileResponse:
    """The very PDF that was submitted, or the picture of one of its pages, for whoever may read the proposal at this moment."""
    proposal = get_object_or_404(proposals_visible_to(request.user), public_id=public_id)
    submission = last_submission(proposal)
    if submission is None:
        raise Http404
    if submission.pdf is None:
        raise RuleBroken(Violation("submission_has_no_pdf"))
    return show(request, submission.pdf, name=f"{proposal.receipt_number}.pdf")


@reads
def letter(request: HttpRequest, public_id: str) -> HttpResponse | FileResponse:
    """The letter on which an answer on behalf rests."""
    answer = get_object_or_404(answers_visible_to(request.user), public_id=public_id)
    if answer.letter is None or not may_see_letter(request.user, answer):
        raise Http404
    return show(request, answer.letter)
