"""What somebody without an account finds: the open calls and the guide, and nothing that is not public."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from accounts.enums import Role
from kernel.actions import writing
from portal.guides import GUIDES
from program.models import Call
from tests.builders.people import make_institution, make_member
from tests.builders.program import make_call, make_stage

pytestmark = pytest.mark.django_db


def test_the_front_page_names_the_open_calls_with_their_deadlines_and_no_other() -> None:
    stage = make_stage()
    opened = make_call(stage, title_en="Quantum call that is open")
    make_call(stage, state="draft", title_en="Call in preparation")
    page = Client().get("/en/").content.decode()
    assert reverse("program:call", args=[opened.public_id]).rpartition("/calls/")[2] in page
    assert ("Quantum call that is open" in page, "Call in preparation" in page) == (True, False)


def test_the_front_page_says_when_no_call_is_open() -> None:
    with writing():  # those of the demo, which other tests of this folder share
        Call.objects.filter(state="open").update(state="closed")
    assert "No call is open at the moment." in Client().get("/en/").content.decode()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_guide_has_a_chapter_for_everybody_and_is_linked_from_every_page(language: str) -> None:
    client = Client()
    page = client.get(f"/{language}/guide/").content.decode()
    assert [guide.key for guide in GUIDES if f'id="{guide.key}"' not in page] == []
    assert f'href="/{language}/guide/"' in client.get(f"/{language}/calls/").content.decode()


def test_the_guide_links_what_the_reader_has_in_their_menu() -> None:
    stage = make_stage()
    officer, stranger = Client(), Client()
    officer.force_login(stage.home1)
    links = [
        f'href="/en/{page}/"' in client.get("/en/guide/").content.decode()
        for client in (officer, stranger)
        for page in ("proposals", "review/calls", "calls")
    ]
    assert links == [True, True, True, False, False, True]


def test_the_guide_leads_an_institution_s_officer_to_the_queue_and_tells_the_invited_what_to_do() -> None:
    client = Client()
    client.force_login(make_member(make_institution(), Role.INSTITUTION_OFFICER))
    page = client.get("/ja/guide/").content.decode()
    institution = page.partition('<h2 id="institutions"')[2].partition("<h2")[0]
    invited = page.partition('<h2 id="invited"')[2].partition("<h2")[0]
    with override("ja"):
        queue, people = reverse("proposals:approvals"), reverse("accounts:memberships")
    assert [f'href="{path}"' in institution for path in (queue, people)] == [True, True]
    assert (invited.count("<h3>"), "リンクで招待された方" in invited) == (6, True)
