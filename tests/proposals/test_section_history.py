"""Two people on one section, its history, and taking an earlier state up again."""

import datetime as dt
import random
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from kernel import clock
from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.clock import now
from kernel.violations import NotAllowed, RuleBroken
from proposals.actions.sections import restore_section, save_section
from proposals.models import Proposal, ProposalSection, SectionRevision, TeamMember
from proposals.rules.merging import Written, pieces
from tests.builders.people import make_user
from tests.builders.program import add_fields_section, make_call, make_stage
from tests.builders.proposals import make_pi, make_proposal
from tests.counting import asks
from tests.matrix.junk import Fields

pytestmark = pytest.mark.django_db
BASE = "背景を述べる。目的を述べる。方法を述べる。計画を述べる。"


class Room:
    """A proposal with two writers and a section to write."""

    def __init__(self, *, key: str = "plan") -> None:
        call = make_call(make_stage())
        if key == "facts":
            add_fields_section(call)
        self.pi, self.colleague = make_pi(), make_user()
        self.proposal = make_proposal(call, pi=self.pi)
        with writing():
            TeamMember.objects.create(
                joined_at=now(),
                proposal=self.proposal,
                person=self.colleague.person,
                role="co_investigator",
                institution_name="見本大学",
                country_code="JP",
            )
        self.section = self.proposal.form_version.sections.get(key=key)
        self.save(self.pi, BASE if key == "plan" else "", base=None)

    @property
    def written(self) -> ProposalSection:
        return ProposalSection.objects.get(proposal=self.proposal, section=self.section)

    def save(self, by: Any, text: str, *, base: str | None, revision: int | None = None, **more: Any) -> Any:
        found = ProposalSection.objects.filter(proposal=self.proposal, section=self.section).first()
        return save_section(
            proposal=self.proposal,
            section=self.section,
            by=by,
            text=text,
            revision=(found.revision if found else 0) if revision is None else revision,
            base=None if base is None else Written(base),
            **more,
        )

    @property
    def kept(self) -> list[tuple[str, Any]]:
        return [(row.text, row.by) for row in SectionRevision.objects.select_related("by").order_by("number")]


def test_what_two_changed_in_different_places_is_put_together() -> None:
    room = Room()
    seen = room.written.revision
    first, second = BASE.replace("背景", "背景と経緯"), BASE.replace("計画", "年次計画")
    room.save(room.colleague, second, base=BASE, revision=seen)
    merged = room.save(room.pi, first, base=BASE, revision=seen)
    assert merged.text == "背景と経緯を述べる。目的を述べる。方法を述べる。年次計画を述べる。"
    assert merged.revision == seen + 2


def test_what_collides_or_has_no_base_is_refused_and_nothing_is_changed() -> None:
    room = Room()
    seen = room.written.revision
    other = BASE.replace("目的", "狙い")
    room.save(room.colleague, other, base=BASE, revision=seen)
    for text, base in ((BASE.replace("目的", "目標"), BASE), (BASE.replace("背景", "経緯"), None)):
        with pytest.raises(RuleBroken) as broken:
            room.save(room.pi, text, base=base, revision=seen)
        assert [violation.code for violation in broken.value.violations] == ["stale_version"]
    assert room.written.text == other


def test_two_changes_that_together_break_the_limit_are_refused() -> None:
    room = Room()
    limit = room.section.limit
    half = "あ" * (limit // 2 - len(BASE)) + "。"
    seen = room.written.revision
    room.save(room.colleague, half + BASE, base=BASE, revision=seen)
    with pytest.raises(RuleBroken) as broken:
        room.save(room.pi, BASE + "い" * (limit // 2 + len(BASE)), base=BASE, revision=seen)
    assert broken.value.is_stale
    assert room.written.text == half + BASE


def test_a_sitting_is_one_state_and_two_writers_have_one_each() -> None:
    room = Room()
    text = BASE
    for number in range(6):
        text += f"追記{number}。"
        room.save((room.pi, room.colleague)[number % 2], text, base=text)
    assert [by for _text, by in room.kept[-2:]] == [room.pi, room.colleague]
    assert room.kept[-1][0] == text
    entries = AuditEntry.objects.filter(verb="changed_section").count()
    with clock.set_to(clock.now() + dt.timedelta(minutes=11)):
        room.save(room.colleague, text + "翌朝。", base=text)
    assert room.kept[-2:] == [(text, room.colleague), (text + "翌朝。", room.colleague)]
    assert AuditEntry.objects.filter(verb="changed_section").count() == entries + 1


def test_a_text_that_is_deleted_within_a_sitting_can_be_had_back() -> None:
    room = Room()
    long = BASE * 5
    room.save(room.pi, long, base=BASE)
    room.save(room.pi, "", base=long)
    assert room.kept[-2:] == [(long, room.pi), ("", room.pi)]
    number = SectionRevision.objects.get(text=long).number
    restored = restore_section(
        proposal=room.proposal,
        section=room.section,
        by=room.colleague,
        number=number,
        revision=room.written.revision,
    )
    assert (restored.text, restored.edited_by) == (long, room.colleague)
    assert [text for text, _by in room.kept[-3:]] == [long, "", long]


def test_what_stood_before_any_history_was_kept_is_kept_at_the_next_save() -> None:
    room = Room()
    with writing():
        SectionRevision.objects.all().delete()
    room.save(room.colleague, BASE + "追記。", base=BASE)
    assert room.kept == [(BASE, room.pi), (BASE + "追記。", room.colleague)]


def test_restoring_over_somebody_elses_change_is_refused() -> None:
    room = Room()
    seen = room.written.revision
    first = SectionRevision.objects.order_by("number").first()
    assert first is not None
    room.save(room.colleague, BASE + "追記。", base=BASE)
    wanted = {"proposal": room.proposal, "section": room.section, "number": first.number}
    with pytest.raises(RuleBroken) as broken:
        restore_section(**wanted, by=room.pi, revision=seen)
    assert broken.value.is_stale
    for by, number in ((make_pi(), first.number), (room.pi, 10_000)):
        with pytest.raises(NotAllowed):
            restore_section(**{**wanted, "number": number}, by=by, revision=room.written.revision)


def test_answers_to_different_fields_are_put_together() -> None:
    room = Room(key="facts")
    seen = room.written.revision
    room.save(room.colleague, "", base="", revision=seen, answers={"number": "12"})
    room.save(room.pi, "", base="", revision=seen, answers={"text": "要旨"})
    assert room.written.answers == {"number": "12", "text": "要旨"}
    with pytest.raises(RuleBroken) as broken:
        room.save(room.pi, "", base="", revision=seen, answers={"text": "別の要旨", "number": "13"})
    assert broken.value.is_stale


def test_a_thousand_interleavings_of_two_editors_overwrite_nothing_unseen() -> None:
    """As in the rules' own test, with what the database keeps and the numbers that the pages carry."""
    room, chance = Room(), random.Random(3555)
    people = (room.pi, room.colleague)
    conflicts = merges = 0
    for _round in range(1_000):
        with writing():
            ProposalSection.objects.filter(proposal=room.proposal, section=room.section).update(text=BASE)
        now = room.written
        seen = {by.pk: (now.text, now.revision) for by in people}
        typed = {by.pk: now.text for by in people}
        acknowledged: set[str] = set()
        for step in range(6):
            by = chance.choice(people)
            sentences = pieces(typed[by.pk])
            mine = f"{'甲乙'[by is room.pi]}の{step}。"
            sentences.insert(chance.randrange(len(sentences) + 1), mine)
            typed[by.pk] = "".join(sentences)
            if chance.random() < 0.4:
                continue  # goes on writing
            base, revision = seen[by.pk]
            try:
                saved = room.save(by, typed[by.pk], base=base, revision=revision)
            except RuleBroken as broken:
                assert broken.is_stale
                conflicts += 1
                saved = room.written  # reads both texts, and goes on from what is saved
            else:
                merges += saved.text != typed[by.pk]
                acknowledged |= set(pieces(typed[by.pk]))
            seen[by.pk], typed[by.pk] = (saved.text, saved.revision), saved.text
        assert acknowledged <= set(pieces(room.written.text))
    assert conflicts > 100
    assert merges > 100


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(route: str, proposal: Proposal, *args: Any) -> str:
    with translation.override("ja"):
        return reverse(f"proposals:{route}", args=[proposal.public_id, *args])


def test_the_page_saves_from_what_it_showed_and_tells_that_both_are_there() -> None:
    room = Room()
    where = address("section", room.proposal, "plan")
    one, two = client_of(room.pi), client_of(room.colleague)
    first = Fields(one.get(where).content.decode()).values
    second = Fields(two.get(where).content.decode()).values
    two.post(where, {**second, "text": BASE.replace("計画", "年次計画")})
    answer = one.post(
        where,
        {**first, "text": BASE.replace("背景", "経緯")},
        headers={"X-Requested-With": "autosave"},
    )
    told = answer.json()
    assert told["is_merged"] is True
    assert room.written.text == "経緯を述べる。目的を述べる。方法を述べる。年次計画を述べる。"
    # the same again, by the button: nothing is lost, and it is said
    page = one.post(where, {**first, "text": BASE.replace("背景", "経緯")}, follow=True).content.decode()
    assert "双方の変更が反映されています" in page
    assert room.written.text == "経緯を述べる。目的を述べる。方法を述べる。年次計画を述べる。"


def test_a_conflict_shows_both_texts_with_what_differs() -> None:
    room = Room()
    where = address("section", room.proposal, "plan")
    one = client_of(room.pi)
    first = Fields(one.get(where).content.decode()).values
    room.save(room.colleague, BASE.replace("目的", "<b>狙い"), base=BASE)
    answer = one.post(where, {**first, "text": BASE.replace("目的", "目標")})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "<del>&lt;b&gt;狙い</del>" in page
    assert "<ins>目標</ins>" in page
    again = Fields(page).values
    assert one.post(where, {**again, "text": BASE.replace("目的", "目標")}).status_code == 302
    assert "目標" in room.written.text
    assert SectionRevision.objects.filter(text__contains="狙い").exists()


@pytest.mark.parametrize("writer", ["colleague", "pi"])
def test_what_is_replaced_after_both_were_seen_stays_in_the_history(writer: str) -> None:
    """Also within one sitting of one person in two windows: the page says that the history keeps both."""
    room = Room()
    where = address("section", room.proposal, "plan")
    one = client_of(room.pi)
    first = Fields(one.get(where).content.decode()).values
    theirs, mine = BASE.replace("目的", "狙い"), BASE.replace("目的", "目標")
    room.save(getattr(room, writer), theirs, base=BASE)
    again = Fields(one.post(where, {**first, "text": mine}).content.decode()).values
    assert one.post(where, {**again, "text": mine}).status_code == 302
    kept = [text for text, _by in room.kept]
    assert (theirs in kept, kept[-1]) == (True, mine)
    # What is typed after that is one sitting again, although the page still carries what it replaced.
    later = {**again, "text": mine + "追記。", "revision": room.written.revision}
    assert one.post(where, later).status_code == 302
    assert [text for text, _by in room.kept] == [*kept[:-1], mine + "追記。"]


def test_the_history_compares_two_states_and_takes_one_up() -> None:
    room = Room()
    with clock.set_to(clock.now() + dt.timedelta(hours=1)):
        room.save(room.colleague, BASE.replace("目的", "狙い"), base=BASE)
        where = address("section_history", room.proposal, "plan")
        one = client_of(room.pi)
        page = one.get(where)
        assert "<del>目的</del>" in page.content.decode()
        assert "<ins>狙い</ins>" in page.content.decode()
        (move,) = page.context["moves"]
        assert one.post(move.url, follow=True).status_code == 200
        assert room.written.text == BASE
    for junk in ("?before=x", "?before=99999&after=1", "?after="):
        assert one.get(where + junk).status_code == 200
    assert client_of(make_pi()).get(where).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_history_asks_as_often_for_three_states_as_for_one(rows: int) -> None:
    room = Room()
    for number in range(rows):
        with clock.set_to(clock.now() + dt.timedelta(hours=number + 1)):
            room.save(room.colleague, BASE + "追記。" * (number + 1), base=BASE)
    client = client_of(room.pi)
    where = address("section_history", room.proposal, "plan")
    client.get(where)
    with CaptureQueriesContext(connection) as queries:
        client.get(where)
    assert sum(asks(query["sql"]) for query in queries) == 10
