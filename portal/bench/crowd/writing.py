"""People who type at once: each in a section of their own, which saves itself two seconds after the other."""

import json
import threading
import time
from collections.abc import Iterator
from typing import Any

from portal.bench.crowd.people import Applicant, gather
from portal.bench.crowd.posting import Answer, percentile, post
from proposals.models import ProposalSection

MINUTE = 60.0  # seconds
PAUSE = 2.0  # seconds after which a text saves itself
SENTENCE = "毎秒五文字ほどで書き進める。"


def type_all(size: int, site: str) -> Iterator[dict[str, Any]]:
    """Yields the figures of one minute with `size` people."""
    applicants = gather(size)
    rows = ProposalSection.objects.filter(proposal__in=[one.proposal_id for one in applicants])
    sections = {
        row.proposal_id: row
        for row in rows.select_related("section").order_by("-section__position")
        if row.section.has_text
    }
    answers: list[Answer] = []
    last: dict[int, str] = {}

    def sit(applicant: Applicant, number: int) -> None:
        row = sections[applicant.proposal_id]
        path = f"/ja/proposals/{applicant.public_id}/sections/{row.section.key}/"
        text, revision = row.text, row.revision
        time.sleep(PAUSE * number / size)
        until = time.monotonic() + MINUTE
        while time.monotonic() < until:
            text = text + SENTENCE if len(text) < row.section.limit - len(SENTENCE) else SENTENCE
            values = {"text": text, "revision": str(revision), "is_complete": "on"}
            began = time.monotonic()
            status, body = post(site, path, applicant.session, values, {"X-Requested-With": "autosave"})
            answers.append(Answer(status, body, time.monotonic() - began))
            if status == 200:
                revision = json.loads(body)["revision"]
                last[applicant.proposal_id] = text
            time.sleep(PAUSE)

    people = [threading.Thread(target=sit, args=(one, number)) for number, one in enumerate(applicants)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    stored = dict(
        ProposalSection.objects.filter(pk__in=[row.pk for row in sections.values()]).values_list(
            "proposal", "text"
        )
    )
    seconds = [answer.seconds for answer in answers]
    yield _figure("saves", len(answers), "saves", size)
    yield _figure("saved", sum(answer.status == 200 for answer in answers), "saves", size)
    yield _figure("5xx", sum(answer.status >= 500 for answer in answers), "answers", size)
    yield _figure("median", percentile(seconds, 50), "s", size)
    yield _figure("p95", percentile(seconds, 95), "s", size)
    yield _figure("slowest", max(seconds), "s", size)
    lost = sum(stored.get(proposal) != text for proposal, text in last.items())
    yield _figure("texts that are not what was saved last", lost, "texts", size)


def _figure(figure: str, value: float, unit: str, size: int) -> dict[str, Any]:
    return {"figure": figure, "value": round(value, 3), "unit": unit, "size": size}
