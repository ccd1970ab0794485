"""A deadline day: everybody submits, ever faster until the slowest 5 % take too long, then as fast as went well."""

import secrets
import time
from collections.abc import Iterator
from functools import partial
from typing import Any

from portal.bench.crowd.people import Applicant, gather
from portal.bench.crowd.posting import UNANSWERED, Answer, at_rate, percentile, post
from proposals.models import Submission

FIRST_RATE = 3.0  # submissions a second
FASTER = 1.5
SLOWEST = 2.0  # seconds: what the slowest 5 % may take
STEPS = 8  # of the whole, before it is as fast as it may be
PDF_PATIENCE = 3600  # seconds


def submit_all(size: int, site: str) -> Iterator[dict[str, Any]]:
    """Yields the figures of one deadline day with `size` submissions."""
    applicants = gather(size)
    began = time.monotonic()
    answers: list[Answer] = []
    good, best, is_rising, rate = FIRST_RATE, 0.0, True, FIRST_RATE
    step = max(10, size // STEPS)
    for start in range(0, size, step):
        some = at_rate([partial(_submit, site, one) for one in applicants[start : start + step]], rate)
        answers += some
        slowest = percentile([answer.seconds for answer in some], 95)
        yield _figure(f"p95 at {rate:.1f} submissions a second", slowest, "s", size)
        if slowest >= SLOWEST:
            is_rising, rate = False, good
        elif is_rising:
            good, best = rate, slowest
            rate *= FASTER
    took = time.monotonic() - began
    accepted = [answer for answer in answers if answer.status == 302 and answer.text.endswith("/receipt/")]
    stored = Submission.objects.filter(proposal__in=[one.proposal_id for one in applicants])
    yield _figure("highest rate below 2 s", good if best else 0, "submissions/s", size)
    yield _figure("p95 at it", best, "s", size)
    yield _figure("p95 of all", percentile([answer.seconds for answer in answers], 95), "s", size)
    yield _figure("all submitted within", took, "s", size)
    yield _figure("accepted", len(accepted), "submissions", size)
    yield _figure("lost", len(accepted) - stored.count(), "submissions", size)
    yield _figure("5xx", sum(answer.status >= 500 for answer in answers), "answers", size)
    yield _figure("unanswered", sum(answer.status == UNANSWERED for answer in answers), "posts", size)
    waited = time.monotonic()
    while stored.filter(pdf=None).exists() and time.monotonic() - waited < PDF_PATIENCE:
        time.sleep(1)
    yield _figure("receipts without their PDF", stored.filter(pdf=None).count(), "receipts", size)
    yield _figure("last PDF after the last submission", time.monotonic() - waited, "s", size)


def _submit(site: str, applicant: Applicant) -> tuple[int, str]:
    path = f"/ja/proposals/{applicant.public_id}/submit/"
    return post(site, path, applicant.session, {"form_token": secrets.token_urlsafe(18)})


def _figure(figure: str, value: float, unit: str, size: int) -> dict[str, Any]:
    return {"figure": figure, "value": round(value, 2), "unit": unit, "size": size}
