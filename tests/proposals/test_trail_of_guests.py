"""What somebody did who came by the link of an invitation names them in the audit trail, on the page and in the file."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.actions.people import NAMES
from kernel.actions import writing
from kernel.audit.models import AuditEntry
from proposals.models import Proposal, TeamMember
from tests.builders.people import make_user
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_proposal
from tests.counting import asks
from tests.proposals.test_invitations import EMAIL, add, at, came_by_link, invite

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Proposal:
    return make_proposal(make_call(make_stage()))


@pytest.fixture
def member(draft: Proposal) -> TeamMember:
    return add(draft)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ja", "招待{}のリンクから（{}、{}）"),
        ("en", "by the link of invitation {}: {}, {}"),
    ],
)
def test_whatever_is_done_by_a_link_is_told_of_whom_it_was_sent_to(
    member: TeamMember, language: str, said: str
) -> None:
    invitation = invite(member)
    before = AuditEntry.objects.latest("pk").pk
    client, person = came_by_link(), member.person
    names = {part: getattr(person, part) for part in NAMES}
    assert client.post(at("invited_name"), {**names, "given_kana": "けいしい"}).status_code == 302
    proposed = {"text": "Another title", "comment": ""}
    assert client.post(at("invited_propose", "title_en"), proposed).status_code == 302
    assert client.post(at("invited_propose", "title_en"), {**proposed, "text": "A third"}).status_code == 302
    client.post(at("invited_accept"))
    client.post(at("invited_sign"), {"sha256": client.get(at("invited")).context["sha256"]})
    client.post(at("invited_decline"), {"reason": "No time"})
    auditor = staff_browser()
    page = auditor.get(f"/{language}/audit/?q={person.email[:8]}")
    person.refresh_from_db()
    who = said.format(invitation.public_id, person.name_in(language), EMAIL)
    told = {line.entry.verb: name for name, line in page.context["lines"] if line.entry.pk > before}
    verbs = ("link_opened", "changed_names", "proposed_text", "supersede", "accept", "signed", "decline")
    assert told == dict.fromkeys(verbs, who)
    assert who in page.content.decode()
    file = b"".join(auditor.get(f"/{language}/audit/csv/").streaming_content).decode("utf-8-sig")
    written = {row[3]: row[1] for row in csv.reader(io.StringIO(file))}
    assert {verb: written[verb] for verb in verbs} == dict.fromkeys(verbs, who)


def staff_browser() -> Client:
    staff = make_user("auditor@x.example")
    with writing():
        staff.is_staff = True
        staff.save()
    client = Client()
    client.force_login(staff)
    return client


def test_a_trail_of_guests_is_read_in_as_many_queries_however_many_they_are(draft: Proposal) -> None:
    auditor, counts = staff_browser(), []
    for number in range(3):
        invite(add(draft, email=f"guest{number}@partner.example", given_romaji=f"Guest{number}"))
        came_by_link()
        with CaptureQueriesContext(connection) as queries:
            auditor.get("/en/audit/")
        counts.append(len([one for one in queries if asks(one["sql"])]))
    assert counts[0] == counts[2]


def test_somebody_whom_the_portal_no_longer_knows_is_told_by_the_invitation(member: TeamMember) -> None:
    invitation = invite(member)
    came_by_link()
    with writing():
        entry = AuditEntry.objects.get(verb="link_opened")
        entry.details["by_link"]["person"] = "nobody-known"
        entry.save()
    page = staff_browser().get("/en/audit/").content.decode()
    assert f"by the link of invitation {invitation.public_id}<" in page
