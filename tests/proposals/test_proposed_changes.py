"""The partner's principal investigator proposes another text; the writers see both texts side by side, and answer."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from kernel import clock
from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.outbox.models import OutboxMail
from kernel.violations import NotAllowed
from proposals.actions.invitations import send_invitation
from proposals.actions.proposed_changes import accept_change, present_text, propose_change, reject_change
from proposals.actions.sections import save_section
from proposals.contributions import waiting
from proposals.models import Proposal, ProposedChange
from tests.builders.people import make_user
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_pi, make_proposal
from tests.counting import asks
from tests.proposals.test_asking_signatures import guest, link_of, mails
from tests.proposals.test_invitations import refused
from tests.proposals.test_signing import join

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Proposal:
    return make_proposal(make_call(make_stage()))


@pytest.fixture
def partner(draft: Proposal) -> User:
    return join(draft, "partner_pi", make_user(language="en"))


def plan(draft: Proposal) -> Any:
    return draft.form_version.sections.get(key="plan")


def propose(draft: Proposal, by: Any, text: str = "別の本文。", **fields: Any) -> ProposedChange:
    values = {"target": "section", "section": plan(draft), "text": text, "comment": "Clearer"}
    return propose_change(proposal=draft, by=by, **{**values, **fields})


def text_now(draft: Proposal) -> tuple[str, int]:
    return present_text(draft, "section", plan(draft))


def templates() -> list[str]:
    return list(OutboxMail.objects.order_by("pk").values_list("template", flat=True))


def test_a_change_is_proposed_accepted_and_both_are_told(draft: Proposal, partner: User) -> None:
    change = propose(draft, partner)
    assert propose(draft, partner) == change  # a second click
    assert templates() == ["change_proposed"]
    accept_change(change=change, by=draft.pi.user, revision=text_now(draft)[1], answer="Thank you")
    assert text_now(draft)[0] == "別の本文。"
    assert draft.sections.get(section=plan(draft)).is_complete
    assert (ProposedChange.objects.get().state, templates()) == (
        "accepted",
        ["change_proposed", "change_answered"],
    )
    assert "Thank you" in OutboxMail.objects.get(template="change_answered").body
    verbs = (
        AuditEntry.objects.filter(subject_id=change.public_id).order_by("id").values_list("verb", flat=True)
    )
    assert list(verbs) == ["proposed_text", "accept"]
    again = refused(lambda: accept_change(change=change, by=draft.pi.user, revision=text_now(draft)[1]))
    assert again == ["transition_not_allowed"]


def test_a_title_is_proposed_too(draft: Proposal, partner: User) -> None:
    change = propose(draft, partner, "A better title", target="title_en", section=None)
    draft.refresh_from_db()
    accept_change(change=change, by=draft.pi.user, revision=draft.version)
    before = draft.title_ja
    draft.refresh_from_db()
    assert (draft.title_ja, draft.title_en) == (before, "A better title")


def test_a_text_that_was_changed_under_the_reader_is_not_overwritten(draft: Proposal, partner: User) -> None:
    change, (_text, seen) = propose(draft, partner), text_now(draft)
    save_section(proposal=draft, section=plan(draft), by=draft.pi.user, text="新しい。", revision=seen)
    assert refused(lambda: accept_change(change=change, by=draft.pi.user, revision=seen)) == [
        "stale_version_own"
    ]
    assert (text_now(draft)[0], ProposedChange.objects.get().state) == ("新しい。", "open")


def change_page(draft: Proposal, *, by_link: bool) -> tuple[Client, str]:
    """The page on which the partner proposes another text of the plan, by an account or by a link."""
    client = Client()
    if not by_link:
        client.force_login(join(draft, "partner_pi", make_user(language="en")))
        return client, f"/en/proposals/{draft.public_id}/changes/propose/section-plan/"
    member = draft.team.get(role="partner_pi")
    send_invitation(member=member, by=draft.pi.user, language="ja", email="guest@partner.example")
    link = link_of(mails("invitation")[-1])
    assert client.post(link).status_code == 302
    return client, "/ja/invited/changes/section-plan/"


@pytest.mark.parametrize("by_link", [False, True])
def test_what_was_written_on_an_older_text_is_compared_with_the_present_one_before_it_is_proposed(
    draft: Proposal, by_link: bool
) -> None:
    client, url = change_page(draft, by_link=by_link)
    entry = draft.sections.get(section__key="plan")
    seen = client.get(url).context["form"]["seen"].value()
    theirs = f"{entry.text}研究代表者が書き足した文。"
    save_section(
        proposal=draft, section=entry.section, by=draft.pi.user, text=theirs, revision=entry.revision
    )
    typed = {"text": "相手国側の文。", "comment": ""}
    answer = client.post(url, {**typed, "seen": seen})
    assert answer.status_code == 409
    assert "".join(piece.text for piece in answer.context["left"]) == theirs
    assert "".join(piece.text for piece in answer.context["right"]) == "相手国側の文。"
    assert answer.context["form"]["text"].value() == "相手国側の文。"
    assert not ProposedChange.objects.exists()
    again = answer.context["form"]["seen"].value()
    assert again != seen
    assert client.post(url, {**typed, "seen": again}).status_code == 302
    assert ProposedChange.objects.get().text == "相手国側の文。"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_guest_whose_hours_are_over_finds_what_they_had_typed(draft: Proposal, language: str) -> None:
    client, _url = change_page(draft, by_link=True)
    text = "相手国の研究代表者が書いた長い文章。" * 20
    with clock.set_to(clock.now() + dt.timedelta(hours=9)):
        answer = client.post(f"/{language}/invited/changes/section-plan/", {"text": text, "comment": ""})
    assert answer.status_code == 404
    assert text in answer.content.decode()


def test_to_decline_needs_an_answer(draft: Proposal, partner: User) -> None:
    change, before = propose(draft, partner), text_now(draft)
    decline = [lambda: reject_change(change=change, by=draft.pi.user, answer=" ")]
    assert refused(decline[0]) == ["answer_to_change_missing"]
    reject_change(change=change, by=draft.pi.user, answer="Too long")
    assert (text_now(draft), ProposedChange.objects.get().state) == (before, "rejected")


def test_a_newer_proposal_for_the_same_text_replaces_the_open_one(draft: Proposal, partner: User) -> None:
    first = propose(draft, partner)
    propose(draft, partner, "さらに別の本文。")
    propose(draft, partner, "A title", target="title_en", section=None)
    first.refresh_from_db()
    assert first.state == "superseded"
    assert ProposedChange.objects.filter(state="open").count() == 2


def test_who_proposes_and_who_answers(draft: Proposal, partner: User) -> None:
    reader, writer = join(draft, "partner_member"), join(draft, "co_investigator")
    for stranger in (reader, writer, draft.pi.user, make_pi()):
        with pytest.raises(NotAllowed):
            propose(draft, stranger)
    change = propose(draft, partner)
    for stranger in (reader, partner, make_pi()):
        with pytest.raises(NotAllowed):
            accept_change(change=change, by=stranger, revision=text_now(draft)[1])
        with pytest.raises(NotAllowed):
            reject_change(change=change, by=stranger, answer="x")
    reject_change(change=change, by=writer, answer="x")


def test_bad_texts_and_late_ones_are_refused(draft: Proposal, partner: User) -> None:
    section = plan(draft)
    assert refused(lambda: propose(draft, partner, text_now(draft)[0])) == ["change_changes_nothing"]
    assert refused(lambda: propose(draft, partner, "a\0b")) == ["text_has_nul"]
    assert refused(lambda: propose(draft, partner, "あ" * (section.limit + 1))) == ["text_over_limit"]
    assert refused(lambda: propose(draft, partner, comment="あ" * 2001)) == ["text_over_limit"]
    other = make_proposal(make_call(make_stage())).form_version.sections.get(key="plan")
    with pytest.raises(NotAllowed):
        propose(draft, partner, section=other)
    with clock.set_to(draft.call.deadline_at):
        assert refused(lambda: propose(draft, partner)) == ["deadline_passed"]


def test_somebody_without_an_account_proposes_by_link_and_is_answered_by_one(draft: Proposal) -> None:
    with writing():
        person = draft.team.get(role="partner_pi").person
        person.email = "partner@partner.example"
        person.save()
    change = propose(draft, guest(draft))
    assert change.person == person
    accept_change(change=change, by=draft.pi.user, revision=text_now(draft)[1])
    mail = OutboxMail.objects.get(template="change_answered")
    assert (mail.recipient, "/invitations/link/" in mail.body) == ("partner@partner.example", True)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_pages_show_both_texts_with_what_differs_and_mark_up_as_text(
    draft: Proposal, partner: User, language: str
) -> None:
    client, address = Client(), f"/{language}/proposals/{draft.public_id}/changes/"
    client.force_login(partner)
    form = f"{address}propose/section-plan/"
    assert form in client.get(address).content.decode()
    assert text_now(draft)[0] in client.get(form).content.decode()
    for absent in ("nothing", "section-nothing", "title_xx"):
        assert client.get(f"{address}propose/{absent}/").status_code == 404
    text = text_now(draft)[0] + "<b>追記</b>"
    assert client.post(form, {"text": text, "comment": "<i>x</i>"})["Location"] == address
    change = ProposedChange.objects.get()
    page = client.get(f"{address}{change.public_id}/")
    assert "<ins>&lt;b&gt;追記&lt;/b&gt;</ins>" in page.content.decode()
    assert page.context["form"] is None
    assert client.post(f"{address}{change.public_id}/", {"accept": "1"}).status_code == 404
    pi = Client()
    pi.force_login(draft.pi.user)
    own = pi.get(f"{address}{change.public_id}/")
    seen = own.context["form"].initial["revision"]
    with writing():
        draft.sections.filter(section=plan(draft)).update(revision=seen + 1)
    stale = pi.post(f"{address}{change.public_id}/", {"accept": "1", "answer": "", "revision": seen})
    assert stale.status_code == 409
    revision = stale.context["form"]["revision"].value()
    assert (
        pi.post(f"{address}{change.public_id}/", {"accept": "1", "revision": revision})["Location"] == address
    )
    assert text_now(draft)[0] == text


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_waits_for_an_answer_is_told_on_the_home_page_and_on_the_task_list(
    draft: Proposal, partner: User, language: str
) -> None:
    def labels() -> tuple[list[tuple[str, int]], str]:
        """(what of the changes waits for the PI and how often, the link of the task list)."""
        with translation.override(language):
            own = [(one.label, one.count) for one in waiting(draft.pi.user) if "/changes/" in one.url]
        page = pi.get(f"/{language}/proposals/{draft.public_id}/")
        return own, next(str(move.label) for move in page.context["moves"] if "/changes/" in move.url)

    pi = Client()
    pi.force_login(draft.pi.user)
    title = draft.title_ja if language == "ja" else draft.title_en
    plain = "変更の提案" if language == "ja" else "Proposed changes"
    told = {
        "ja": ("相手国側から提案された変更（回答待ち）：{}", "変更の提案（未回答 2件）"),
        "en": (
            "A change proposed by the partner waits for your answer: {}",
            "Proposed changes: 2 to be answered",
        ),
    }[language]
    assert labels() == ([], plain)
    first = propose(draft, partner)
    second = propose(draft, partner, "A better title", target="title_en", section=None)
    assert labels() == ([(told[0].format(title), 2)], told[1])
    assert [one for one in waiting(partner) if "/changes/" in one.url] == []
    with clock.set_to(draft.call.deadline_at), translation.override(language):
        assert [one for one in waiting(draft.pi.user) if "/changes/" in one.url] == []
    for change in (first, second):
        reject_change(change=change, by=draft.pi.user, answer="x")
    assert labels() == ([], plain)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_changes_asks_as_often_however_many(draft: Proposal, partner: User, rows: int) -> None:
    for number in range(rows):
        propose(draft, partner, f"別の本文{number}。")
    client = Client()
    client.force_login(draft.pi.user)
    with CaptureQueriesContext(connection) as captured:
        client.get(reverse("proposals:changes", args=[draft.public_id]))
    assert sum(asks(query["sql"]) for query in captured) == 8
