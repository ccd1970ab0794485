"""Every order of writing, leaving, coming back, completing and submitting (cases.md, 27).

After each step the check page offers the button exactly when it calls the proposal complete, the button works when it is
there, and the mails say what happened and nothing else.
"""

from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from kernel.outbox.models import OutboxMail
from proposals.models import Proposal
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_pi, make_proposal

pytestmark = pytest.mark.django_db
STEPS = ("save", "leave", "come back", "complete", "submit", "reopen")
LENGTH = 4


@dataclass(frozen=True)
class Expected:
    """What must be so after the steps taken."""

    is_signed_in: bool = True
    state: str = "draft"
    is_complete: bool = False
    submissions: int = 0

    def after(self, step: str) -> "Expected":
        if step in {"leave", "come back"}:
            return replace(self, is_signed_in=step == "come back")
        if not self.is_signed_in:
            return self
        if step in {"save", "complete"} and self.state == "draft":
            return replace(self, is_complete=step == "complete")
        if step == "submit" and self.state == "draft" and self.is_complete:
            return replace(self, state="submitted", submissions=self.submissions + 1)
        if step == "reopen" and self.state == "submitted":
            return replace(self, state="draft")
        return self


class Applicant:
    """The principal investigator with a browser and one proposal, of which one section is not complete."""

    def __init__(self, user: User, proposal: Proposal) -> None:
        self.user, self.proposal, self.client = user, proposal, Client()
        self.client.force_login(user)

    def url(self, page: str, *args: Any) -> str:
        return reverse(f"proposals:{page}", args=[self.proposal.public_id, *args])

    def take(self, step: str) -> None:
        if step == "leave":
            self.client.post("/ja/accounts/logout/")
        elif step == "come back":
            self.client.force_login(self.user)
        elif step in {"submit", "reopen"}:
            self.client.post(self.url(step))
        else:
            page = self.client.get(self.url("section", "plan"))
            revision = (
                page.context["form"].initial["revision"] if page.context and "form" in page.context else 1
            )
            data = {"text": f"本文。{step}", "revision": revision}
            self.client.post(
                self.url("section", "plan"), data | ({"is_complete": "on"} if step == "complete" else {})
            )

    def look(self, expected: Expected) -> list[str]:
        """What is otherwise than it must be."""
        wrong = []
        self.proposal.refresh_from_db()
        if self.proposal.state != expected.state:
            wrong.append(f"is {self.proposal.state}")
        page = self.client.get(self.url("check"))
        if not expected.is_signed_in:
            return wrong + ([] if page.status_code == 302 else ["shown to somebody who has left"])
        offers = self.url("submit") in page.content.decode()
        calls_complete = not page.context["errors"]
        if calls_complete != expected.is_complete or offers != (calls_complete and expected.state == "draft"):
            wrong.append(f"complete: {calls_complete}, button: {offers}")
        if offers and self.client.get(self.url("submit")).status_code != 200:
            wrong.append("the button leads nowhere")
        return wrong

    def mails(self, expected: Expected) -> list[str]:
        """One mail a submission, which says so; no other, and none that speaks of a draft."""
        mails = list(OutboxMail.objects.filter(subject_id=self.proposal.public_id).order_by("pk"))
        wrong = [] if len(mails) == expected.submissions else [f"{len(mails)} mails"]
        for version, mail in enumerate(mails, 1):
            text = f"{mail.subject}\n{mail.body}"
            if mail.template != "proposal_received" or f"版: {version}\n" not in text or "下書き" in text:
                wrong.append(text)
        return wrong


def walk(applicant: Applicant, expected: Expected, taken: tuple[str, ...]) -> list[str]:
    """Take every step from here, look, go on from there; then put everything back."""
    found = []
    for step in STEPS:
        kept = {name: morsel.value for name, morsel in applicant.client.cookies.items()}
        with transaction.atomic():
            applicant.take(step)
            after, path = expected.after(step), (*taken, step)
            wrong = applicant.look(after) + applicant.mails(after)
            found += [f"{' → '.join(path)}: {one}" for one in wrong]
            if len(path) < LENGTH and after != expected:  # what changes nothing leads nowhere new
                found += walk(applicant, after, path)
            transaction.set_rollback(True)
        applicant.client.cookies.clear()
        applicant.client.cookies.load(kept)
    return found


def test_every_order_of_steps_leads_to_the_button_and_to_true_mails() -> None:
    pi = make_pi()
    proposal = make_proposal(make_call(make_stage()), pi=pi)
    with_gap = Applicant(pi, proposal)
    with_gap.take("save")
    assert walk(with_gap, Expected(), ()) == []
