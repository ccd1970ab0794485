"""What is with its team for correction stands in the list of the agencies, by what was submitted and nothing else."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from kernel.actions import writing
from kernel.clock import now
from kernel.outbox.models import OutboxMail
from kernel.violations import RuleBroken
from proposals.actions.core import save_core
from proposals.actions.submission import lock_overdue_calls, submit_proposal
from proposals.models import Correction, Proposal, ProposalAccess
from tests.builders.people import make_agency, make_member
from tests.builders.program import Stage, make_stage
from tests.builders.proposals import make_invitation
from tests.proposals.test_corrections import fresh, locked, refused, returned

pytestmark = pytest.mark.django_db


def listed(user: Any, language: str = "ja") -> str:
    client = Client()
    client.force_login(user)
    return client.get(f"/{language}/proposals/returns/").content.decode()


def section(text: str) -> str:
    """The page's table of returns."""
    _, found, rest = text.partition('id="returned-caption"')
    return rest.partition("</table>")[0] if found else ""


def being_corrected() -> tuple[Stage, Proposal]:
    stage = make_stage()
    proposal = locked(stage)
    returned(proposal, stage.home, stage.home1, "core", "budget")
    return stage, fresh(proposal)


def test_a_returned_proposal_is_listed_with_its_state_and_the_title_that_was_submitted() -> None:
    stage, proposal = being_corrected()
    title = proposal.title_ja
    save_core(
        proposal=proposal,
        by=proposal.pi.user,
        version=proposal.version,
        title_ja="書き直し中の題",
        title_en="Rewritten",
        years=proposal.years,
    )
    for user in (stage.home1, stage.home2, stage.partner1):
        shown = section(listed(user))
        assert title in shown
        assert str(proposal.receipt_number) in shown
        assert "補正中" in shown
        assert "書き直し中の題" not in shown
    assert "being corrected" in section(listed(stage.home1, "en"))


def test_one_that_is_submitted_again_says_so_and_one_that_is_locked_is_listed_no_more() -> None:
    stage, proposal = being_corrected()
    with writing():
        Proposal.objects.filter(pk=proposal.pk).update(state="submitted")
    assert "再提出済み" in section(listed(stage.home1))
    with writing():
        Proposal.objects.filter(pk=proposal.pk).update(extended_until=proposal.call.deadline_at)
    assert lock_overdue_calls() == 1
    assert section(listed(stage.home1)) == ""


def test_strangers_and_the_conflicted_find_nothing_of_it() -> None:
    stage, proposal = being_corrected()
    other = make_member(make_agency("OTHER"), "programme_officer")
    with writing():
        ProposalAccess.objects.create(
            proposal=proposal, person=stage.home2.person, kind="excluded", source="conflict"
        )
    for user in (other, stage.home2):
        text = listed(user)
        assert section(text) == ""
        assert str(proposal.receipt_number) not in text


def test_the_list_of_returns_is_flat() -> None:
    counts = []
    stage = make_stage()
    for _ in range(2):
        proposal = locked(stage)
        returned(proposal, stage.home, stage.home1)
        with CaptureQueriesContext(connection) as captured:
            listed(stage.home1)
        counts.append(len(captured))
    # a form's version has its own sections to name
    assert counts[1] - counts[0] <= 1


def ended(user: Any, reason: str = "期限の誤り") -> Any:
    client = Client()
    client.force_login(user)
    correction = Correction.objects.get()
    with translation.override("ja"):
        where = reverse("proposals:correction_end", args=[correction.public_id])
    return client.post(where, {"reason": reason})


@pytest.mark.parametrize("is_back", [False, True])
def test_the_agency_takes_a_return_back_and_has_what_was_submitted_last(is_back: bool) -> None:
    stage, proposal = being_corrected()
    title = proposal.title_ja
    save_core(
        proposal=proposal,
        by=proposal.pi.user,
        version=proposal.version,
        title_ja="書き直し中の題",
        title_en="Rewritten",
        years=proposal.years,
    )
    if is_back:
        submit_proposal(proposal=fresh(proposal), by=proposal.pi.user)
    assert ended(stage.home1, " ").status_code == 200
    assert Correction.objects.get().ended_at is None
    assert ended(stage.home1).status_code == 302
    proposal = fresh(proposal)
    assert (proposal.state, proposal.title_ja) == ("locked", "書き直し中の題" if is_back else title)
    assert Correction.objects.get().ended_at is not None
    assert section(listed(stage.home1)) == ""
    mail = OutboxMail.objects.get(template="correction_ended")
    assert (mail.recipient, "期限の誤り" in mail.body) == (proposal.pi.user.email, True)
    # the team, whose page was open, is refused like after any deadline
    with pytest.raises(RuleBroken):
        save_core(
            proposal=proposal,
            by=proposal.pi.user,
            version=proposal.version,
            title_ja="遅い",
            title_en="Late",
            years=proposal.years,
        )
    assert ended(stage.home1).status_code == 404


def test_nobody_else_takes_a_return_back() -> None:
    stage, proposal = being_corrected()
    with writing():
        ProposalAccess.objects.create(
            proposal=proposal, person=stage.home1.person, kind="excluded", source="conflict"
        )
    for user in (stage.home1, stage.home2, stage.partner1, proposal.pi.user):
        assert ended(user).status_code == 404
    assert Correction.objects.get().ended_at is None


def test_a_correction_ends_within_half_a_year() -> None:
    """A mistyped year would take the proposal from every agency for good."""
    stage = make_stage()
    proposal = locked(stage)
    for days, codes in ((181, ["correction_too_far"]), (179, [])):
        until = now() + dt.timedelta(days=days)
        if codes:
            assert (
                refused(lambda until=until: returned(proposal, stage.home, stage.home1, until=until)) == codes
            )
        else:
            assert returned(proposal, stage.home, stage.home1, until=until).until == until


def test_an_officer_whom_the_proposal_names_finds_it_not_accepted_or_not() -> None:
    stage, proposal = being_corrected()
    make_invitation(proposal, stage.home2)
    assert str(proposal.receipt_number) in section(listed(stage.home1))
    assert str(proposal.receipt_number) not in listed(stage.home2)
