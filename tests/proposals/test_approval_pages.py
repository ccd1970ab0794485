"""The queue of an institution, and what the team meets of it."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from kernel.actions import writing
from kernel.clock import now, today
from kernel.files.store import store_bytes
from proposals.actions.approval import approve_proposal, return_proposal
from proposals.enums import ProposalState
from proposals.models import InternalDeadline, Proposal
from proposals.views.timeline import next_step, timeline
from tests.builders.approval import make_approval, make_approving_call, make_institution_officer, make_signed
from tests.builders.people import make_institution, make_member
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_pi, make_proposal
from tests.counting import asks

pytestmark = pytest.mark.django_db


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return client


def at(route: str, *args: Any) -> str:
    return "/en" + reverse(f"proposals:{route}", args=[getattr(one, "public_id", one) for one in args])[3:]


def page(client: Client, route: str, *args: Any) -> str:
    return client.get(at(route, *args)).content.decode()


def made() -> Proposal:
    return make_signed(make_approving_call(make_stage()))


def test_the_principal_investigator_asks_from_the_check_page() -> None:
    proposal = made()
    make_institution_officer(proposal)
    client = browser(proposal.pi.user)
    assert at("approval_ask", proposal) in page(client, "check", proposal)
    asking = client.get(at("approval_ask", proposal))
    client.post(at("approval_ask", proposal), {"sha256": asking.context["sha256"]})
    assert proposal.approvals.get().state == "asked"
    found = page(client, "check", proposal)
    assert "The institution’s approval is waited for" in found
    assert at("approval_ask", proposal) not in found
    assert at("submit", proposal) not in found
    assert client.get(at("submit", proposal)).status_code == 302


def test_only_the_principal_investigator_asks() -> None:
    proposal = made()
    colleague = make_pi(proposal.institution)
    with writing():
        proposal.team.create(
            person=colleague.person, role="co_investigator", institution_name="X", country_code="JP"
        )
    assert browser(colleague).get(at("approval_ask", proposal)).status_code == 404


def test_what_lacks_before_asking_is_said() -> None:
    proposal = make_proposal(make_approving_call(make_stage()))
    found = page(browser(proposal.pi.user), "check", proposal)
    assert "No signature to what stands now, from:" in found
    assert "Nobody at your institution can approve in this portal yet" in found
    assert at("approval_ask", proposal) not in found


def test_a_returned_proposal_shows_the_comment_and_an_approved_one_is_submitted() -> None:
    proposal = made()
    officer = make_institution_officer(proposal)
    return_proposal(approval=make_approval(proposal), by=officer, comment="Mend the travel costs")
    client = browser(proposal.pi.user)
    for route in ("check", "tasks"):
        found = page(client, route, proposal)
        assert "Mend the travel costs" in found
        assert "&lt;time" not in found
    approve_proposal(approval=make_approval(proposal), by=officer)
    assert at("submit", proposal) in page(client, "check", proposal)
    assert "Approved by the institution" in page(client, "tasks", proposal)


def test_an_internal_deadline_is_shown_and_warns_once_it_has_passed() -> None:
    proposal = made()
    with writing():
        own = InternalDeadline.objects.create(
            institution=proposal.institution, call=proposal.call, on=today() + dt.timedelta(days=2)
        )
    client = browser(proposal.pi.user)
    assert "internal deadline for this call" in page(client, "tasks", proposal)
    with writing():
        own.on = today() - dt.timedelta(days=1)
        own.save()
    assert "has passed. You may still ask" in page(client, "check", proposal)


def test_a_call_that_asks_for_no_approval_says_nothing_of_it() -> None:
    proposal = make_proposal(make_call(make_stage()))
    for route in ("tasks", "check"):
        assert "institution’s approval" not in page(browser(proposal.pi.user), route, proposal)


def test_the_queue_shows_what_waits_and_by_a_filter_what_was_answered() -> None:
    institution, call = make_institution(), make_approving_call(make_stage())
    first, second = (make_signed(call, pi=make_pi(institution)) for _ in range(2))
    officer = make_member(institution, Role.INSTITUTION_OFFICER)
    make_approval(first)
    approve_proposal(approval=make_approval(second), by=officer)
    client = browser(officer)
    waiting, approved = page(client, "approvals"), client.get(f"{at('approvals')}?state=approved")
    assert (first.title_en in waiting, second.title_en in waiting) == (True, False)
    assert [row["proposal"].pk for row in approved.context["rows"]] == [second.pk]
    by_title = client.get(f"{at('approvals')}?state=all&q={second.title_ja}&call={call.public_id}")
    assert [row["proposal"].pk for row in by_title.context["rows"]] == [second.pk]
    assert "1" in client.get("/en/").content.decode()
    assert at("approvals") in client.get("/en/").content.decode()


def test_several_are_looked_at_once_more_and_then_approved() -> None:
    institution, call = make_institution(), make_approving_call(make_stage())
    rows = [make_approval(make_signed(call, pi=make_pi(institution))) for _ in range(2)]
    client = browser(make_member(institution, Role.INSTITUTION_OFFICER))
    chosen = {"chosen": [row.public_id for row in rows]}
    preview = client.post(at("approvals_confirm"), chosen)
    assert len(preview.context["ready"]) == 2
    assert {row.state for row in _again(rows)} == {"asked"}
    client.post(at("approvals_confirm"), {**chosen, "confirmed": "1"})
    assert {row.state for row in _again(rows)} == {"approved"}


def _again(rows: list[Any]) -> list[Any]:
    for row in rows:
        row.refresh_from_db()
    return rows


def test_an_officer_returns_with_a_comment_and_not_without() -> None:
    proposal = made()
    approval, client = make_approval(proposal), browser(make_institution_officer(proposal))
    without = client.post(at("approval", approval), {"answer": "return", "comment": ""})
    assert without.status_code == 200
    assert "Say what is to be mended" in without.content.decode()
    client.post(at("approval", approval), {"answer": "return", "comment": "Mend"})
    approval.refresh_from_db()
    assert (approval.state, approval.comment) == ("returned", "Mend")


def test_an_officer_reads_what_was_asked_for_and_not_the_draft_of_now() -> None:
    proposal = made()
    approval, client = make_approval(proposal), browser(make_institution_officer(proposal))
    before = proposal.title_en
    with writing():
        proposal.title_en = "Rewritten afterwards"
        proposal.save()
    found = page(client, "approval", approval)
    assert before in found
    assert "The team has changed the proposal since" in found
    assert 'value="approve"' not in found
    pdf = client.get(at("approval_pdf", approval))
    assert pdf.content.startswith(b"%PDF")


def test_only_files_of_what_was_asked_for_are_given() -> None:
    proposal = made()
    with writing():
        proposal.attachment = store_bytes(name="own.pdf", content=b"%PDF-1.4 own")
        proposal.save()
        other = store_bytes(name="other.pdf", content=b"%PDF-1.4 other")
    approval, client = make_approval(proposal), browser(make_institution_officer(proposal))
    assert client.get(at("approval_file", approval, proposal.attachment)).status_code == 200
    assert client.get(at("approval_file", approval, other)).status_code == 404


@pytest.mark.parametrize("route", ["preview", "check", "tasks", "submission_pdf", "office_proposal"])
def test_the_queue_gives_no_other_right_to_the_proposal(route: str) -> None:
    proposal = made()
    make_approval(proposal)
    assert browser(make_institution_officer(proposal)).get(at(route, proposal)).status_code == 404


def test_before_it_is_asked_the_institution_sees_nothing() -> None:
    proposal = made()
    assert proposal.title_en not in page(browser(make_institution_officer(proposal)), "approvals")


def test_a_deputy_has_the_queue_and_keeps_nothing() -> None:
    proposal = made()
    make_approval(proposal)
    client = browser(make_institution_officer(proposal, Role.INSTITUTION_DEPUTY))
    assert proposal.title_en in page(client, "approvals")
    assert client.get(at("internal_deadlines")).status_code == 404
    assert client.get("/en/memberships/deputies/").status_code == 404


def test_an_officer_names_a_deputy_and_sets_an_internal_deadline() -> None:
    proposal = made()
    officer = make_institution_officer(proposal)
    client, day = browser(officer), today() + dt.timedelta(days=4)
    colleague = make_pi(proposal.institution)
    client.post(
        "/en/memberships/deputies/",
        {
            "person": colleague.person.memberships.get().pk,
            "starts_on": today().isoformat(),
            "ends_on": day.isoformat(),
        },
    )
    assert colleague.person.memberships.filter(role=Role.INSTITUTION_DEPUTY, ends_on=day).exists()
    client.post(at("internal_deadline", proposal.institution, proposal.call), {"on": day.isoformat()})
    assert InternalDeadline.objects.get().on == day
    assert client.get(at("internal_deadlines")).status_code == 200


@pytest.mark.parametrize("state", list(ProposalState))
def test_every_state_has_its_next_step(state: ProposalState) -> None:
    call = make_approving_call(make_stage(), deadline_at=now() + dt.timedelta(days=3))
    proposal = make_proposal(call, state=state.value)
    assert next_step(proposal, None)


def test_the_timeline_tells_the_team_and_no_officer_what_passed_with_the_institution() -> None:
    proposal = made()
    return_proposal(approval=make_approval(proposal), by=make_institution_officer(proposal), comment="Mend")
    assert "Returned by the institution" in page(browser(proposal.pi.user), "tasks", proposal)
    assert [event["title"] for event in timeline(proposal)] == []
    assert len(timeline(proposal, for_team=True)) == 1


def test_the_queue_asks_as_much_for_three_as_for_one() -> None:
    institution, call = make_institution(), make_approving_call(make_stage())
    client = browser(make_member(institution, Role.INSTITUTION_OFFICER))
    counts = []
    for more in (1, 2):
        for _ in range(more):
            make_approval(make_signed(call, pi=make_pi(institution)))
        with CaptureQueriesContext(connection) as captured:
            client.get(at("approvals"))
        counts.append(sum(asks(query["sql"]) for query in captured))
    assert counts[0] == counts[1]
    assert counts[0] <= 12
