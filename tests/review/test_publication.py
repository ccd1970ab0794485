"""Until a decision is published, nobody outside the agencies learns of it: not from a page, a list, a count, a mail or a project."""

import datetime as dt
import re
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import User
from kernel import clock
from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.clock import now, today
from kernel.outbox.hold import is_held
from kernel.outbox.models import OutboxMail
from kernel.violations import NotAllowed, RuleBroken
from program.models import Call
from projects.actions.declining import decline_proposal
from projects.models import Project
from projects.queries import projects_visible_to
from proposals.actions.submission import withdraw_proposal
from proposals.actions.workload import loads_of
from proposals.models import Proposal, TeamMember
from proposals.queries import own_proposals, proposals_visible_to
from review.actions.decisions import answer_decision, propose_decision
from review.actions.publishing import (
    end_reserve_lists,
    prolong_reserve,
    set_letter_text,
    set_publication,
)
from review.letters import Letters
from review.models import Decision, DecisionLetter
from review.results import letters_visible_to
from tests.builders.people import make_member, make_user
from tests.builders.program import Stage
from tests.builders.proposals import make_proposal
from tests.builders.review import make_scored_call, publish
from tests.counting import asks
from tests.review.test_reviewer_pages import page, signed_in

pytestmark = pytest.mark.django_db
LATER = dt.timedelta(days=3)
# Words that a page changes with every request.
PASSING = re.compile(
    r'nonce="[^"]*"|name="(csrfmiddlewaretoken|form_token)" value="[^"]*"|value="[^"]*" name="form_token"'
)


def proposed(**fields: Any) -> tuple[Stage, Decision, list[Proposal], list[User]]:
    """Before the agencies: the first proposal is to be adopted, the second in reserve, the third not. Each has a partner with
    an account."""
    stage, call, proposals = make_scored_call(proposals=3)
    partners = []
    for proposal in proposals:
        partner = make_user()
        with writing():
            TeamMember.objects.filter(proposal=proposal, role="partner_pi").update(person=partner.person)
        partners.append(partner)
    outcomes = ("adopt", "reserve", "reject")
    items = [
        (p, rank, outcome, "") for rank, (p, outcome) in enumerate(zip(proposals, outcomes, strict=True), 1)
    ]
    return stage, propose_decision(call=call, by=stage.home1, items=items, **fields), proposals, partners


def decided(**fields: Any) -> tuple[Stage, Decision, list[Proposal], list[User]]:
    """Adopted by both agencies, published by nobody."""
    stage, decision, proposals, partners = proposed(**fields)
    adopt(stage, decision)
    return stage, decision, proposals, partners


def adopt(stage: Stage, decision: Decision) -> None:
    for agency, user in ((stage.home, stage.home2), (stage.partner, stage.partner2)):
        answer_decision(decision=decision, agency=agency, by=user, vote="yes")
    decision.refresh_from_db()


def officer_of(proposal: Proposal) -> User:
    return make_member(proposal.institution, Role.INSTITUTION_OFFICER)


def walk(user: User) -> dict[str, str]:
    """Every page that can be reached from the reader's own, by its address, without what changes at each request."""
    cache.clear()
    client: Client = signed_in(user)
    found: dict[str, str] = {}
    todo = ["/ja/", "/ja/proposals/mine/", "/ja/projects/", "/ja/outcomes/"]
    while todo:
        url = todo.pop(0)
        if url in found or len(found) > 60:
            continue
        response = client.get(url)
        text = response.content.decode() if "text/html" in response.headers["Content-Type"] else ""
        found[url] = f"{response.status_code} {PASSING.sub('', text)}"
        for link in re.findall(r'href="(/ja/(?:proposals|projects|outcomes|review)/[^"#?]*)"', text):
            todo.append(link)
    return found


TELLING = ("採択", "補欠", "辞退する")


def test_no_page_of_a_team_or_its_institution_tells_what_was_decided() -> None:
    stage, decision, proposals, partners = proposed()
    readers = []
    for proposal, partner in zip(proposals, partners, strict=True):
        readers += [proposal.pi.user, partner, officer_of(proposal)]
    before = [walk(reader) for reader in readers]
    adopt(stage, decision)
    for reader, then in zip(readers, before, strict=True):
        for url, text in walk(reader).items():
            told = [word for word in TELLING if text.count(word) > then.get(url, "").count(word)]
            assert told == [], (url, reader)
            assert Project.objects.get().number not in text, url
    publish(decision)
    told = [" ".join(walk(proposal.pi.user).values()) for proposal in proposals]
    assert Project.objects.get().number in told[0]
    assert "補欠" in told[1]
    assert "不採択" in told[2]


def test_the_pages_of_all_three_are_alike_until_then() -> None:
    _stage, _decision, proposals, _partners = decided()
    pages = []
    for proposal in proposals:
        text = " ".join(walk(proposal.pi.user).values())
        pages.append(sorted(set(re.findall(r'class="badge[^"]*"[^>]*>\s*([^<]*?)\s*<', text))))
    assert pages[0] == pages[1] == pages[2]


def test_the_mask_lies_on_what_is_read_and_never_on_what_is_stored() -> None:
    stage, decision, (adopted, reserved, rejected), _partners = decided()
    for proposal in (adopted, reserved, rejected):
        own = own_proposals(proposal.pi.user).get()
        assert (own.state, own.is_as_told) == ("eligible", True)
        with pytest.raises(AssertionError), writing():
            own.save()
    assert proposals_visible_to(adopted.pi.user).get().state == "eligible"
    assert {p.state for p in proposals_visible_to(stage.home1)} == {"adopted", "reserved", "not_adopted"}
    assert set(Proposal.objects.values_list("state", flat=True)) == {"adopted", "reserved", "not_adopted"}
    publish(decision)
    assert own_proposals(adopted.pi.user).get().state == "adopted"


def test_an_officer_of_the_team_is_told_no_sooner() -> None:
    stage, decision, (adopted, *_rest), _partners = decided()
    with writing():
        TeamMember.objects.create(
            proposal=adopted, person=stage.partner1.person, role="partner_member", joined_at=now()
        )
    assert [p.state for p in proposals_visible_to(stage.partner1).filter(pk=adopted.pk)] == ["eligible"]
    assert not projects_visible_to(stage.partner1).exists()
    assert projects_visible_to(stage.home1).exists()
    publish(decision)
    assert projects_visible_to(stage.partner1).exists()


def test_the_project_is_there_for_its_team_from_that_instant() -> None:
    _stage, decision, (adopted, *_rest), (partner, *_others) = decided()
    readers = (adopted.pi.user, partner, officer_of(adopted))
    assert Project.objects.count() == 1
    assert not any(projects_visible_to(reader).exists() for reader in readers)
    publish(decision, now() + LATER)
    assert not any(projects_visible_to(reader).exists() for reader in readers)
    with clock.set_to(now() + LATER):
        assert all(projects_visible_to(reader).exists() for reader in readers)


def test_the_load_of_people_does_not_tell_who_was_not_adopted() -> None:
    _stage, decision, (_adopted, _reserved, rejected), _partners = decided()
    other = make_proposal(rejected.call, pi=rejected.pi.user)
    before = [load for _name, load in loads_of(other)]
    publish(decision)
    other = Proposal.objects.get(pk=other.pk)
    assert [load for _name, load in loads_of(other)] != before


@pytest.mark.parametrize("index", range(3))
def test_neither_withdrawing_nor_declining_tells(index: int) -> None:
    _stage, _decision, proposals, _partners = decided()
    proposal = proposals[index]
    for act in (withdraw_proposal, decline_proposal):
        with pytest.raises(RuleBroken) as broken:
            act(proposal=proposal, by=proposal.pi.user, reason="異動")
        assert [violation.code for violation in broken.value.violations] == ["decision_not_published"]


# the instant


def codes(broken: pytest.ExceptionInfo[RuleBroken]) -> list[str]:
    return [violation.code for violation in broken.value.violations]


def test_letters_wait_in_the_outbox_and_are_written_anew_where_the_instant_moves() -> None:
    stage, decision, (adopted, *_rest), _partners = decided()
    officer_of(adopted)
    first = now() + LATER
    set_publication(decision=decision, by=stage.home1, at=first)
    mails = OutboxMail.objects.filter(template="decision_letter")
    assert mails.filter(is_held(), hold_until=first).count() == 7
    assert DecisionLetter.objects.count() == 7
    set_publication(decision=decision, by=stage.home1, at=first + LATER)
    assert mails.filter(state="cancelled").count() == 7
    assert mails.filter(is_held(), hold_until=first + LATER).count() == 7
    assert set(DecisionLetter.objects.values_list("dated", flat=True)) == {clock.day_of(first + LATER)}
    with clock.set_to(first + LATER):
        with pytest.raises(RuleBroken) as broken:
            set_publication(decision=decision, by=stage.home1)
        assert codes(broken) == ["published_already"]


def test_only_the_lead_agencys_officers_set_it() -> None:
    stage, decision, _proposals, _partners = decided()
    for user in (stage.home2, stage.partner1, stage.ministry1):
        with pytest.raises(NotAllowed):
            set_publication(decision=decision, by=user)
    with pytest.raises(RuleBroken) as broken:
        set_publication(decision=decision, by=stage.home1, at=now() - LATER)
    assert codes(broken) == ["publication_in_the_past"]


def test_a_letter_is_its_recipients_from_that_instant() -> None:
    _stage, decision, (adopted, reserved, _rejected), (partner, *_others) = decided()
    officer = officer_of(adopted)
    publish(decision, now() + LATER)
    readers = (adopted.pi.user, partner, officer)
    assert not any(letters_visible_to(reader).exists() for reader in readers)
    with clock.set_to(now() + LATER):
        for reader in readers:
            (letter,) = letters_visible_to(reader)
            answer = signed_in(reader).get(f"/ja/review/letters/{letter.public_id}/pdf/")
            assert answer.content.startswith(b"%PDF")
        stranger = letters_visible_to(reserved.pi.user).get()
        (letter,) = letters_visible_to(adopted.pi.user)
        assert stranger.pk != letter.pk


def test_letters_say_outcome_award_conditions_and_the_end_of_the_list_in_both_languages() -> None:
    last = today() + dt.timedelta(days=90)
    _stage, decision, (adopted, _reserved, _rejected), _partners = decided(reserve_until=last)
    with writing():
        decision.items.filter(proposal=adopted).update(
            awarded={"2026": 50_000_000}, conditions_ja="条件あり", conditions_en="On condition"
        )
        Call.objects.filter(pk=decision.call_id).update(appeal_days=14)
    decision = Decision.objects.get(pk=decision.pk)
    by_outcome = {written.item.outcome: written.texts for written in Letters(decision, today())}
    assert "50,000,000 JPY" in by_outcome["adopt"]["body_en"]
    assert "条件あり" in by_outcome["adopt"]["body_ja"] and "On condition" in by_outcome["adopt"]["body_en"]
    assert f"{last.year}" in by_outcome["reserve"]["body_en"]
    assert "異議申立て" in by_outcome["reject"]["body_ja"]
    assert not any("{" in text for texts in by_outcome.values() for text in texts.values())


def test_what_people_wrote_is_no_place_of_a_letter() -> None:
    _stage, decision, (adopted, *_rest), _partners = decided()
    with writing():
        Proposal.objects.filter(pk=adopted.pk).update(title_en="{conditions} {0.__class__}")
    written = next(iter(Letters(decision, today())))
    assert "{conditions} {0.__class__}" in written.texts["body_en"]


def test_a_text_of_the_letters_has_known_places_alone() -> None:
    stage, decision, _proposals, _partners = decided()
    good = {"subject_ja": "結果", "subject_en": "Result", "body_ja": "{title} {name}", "body_en": "{number}"}
    with pytest.raises(RuleBroken) as broken:
        set_letter_text(
            decision=decision, by=stage.home1, outcome="reject", **{**good, "body_en": "{reviewer} {number}"}
        )
    (violation,) = broken.value.violations
    assert (violation.code, violation.field, violation.params) == (
        "letter_place_unknown",
        "body_en",
        {"names": "{reviewer}"},
    )
    publish(decision, now() + LATER)
    set_letter_text(decision=decision, by=stage.home1, outcome="reject", **good)
    letters = DecisionLetter.objects.filter(item__outcome="reject")
    assert {letter.subject_en for letter in letters} == {"Result"}
    publish(decision)
    with pytest.raises(RuleBroken) as broken:
        set_letter_text(decision=decision, by=stage.home1, outcome="reject", **good)
    assert codes(broken) == ["published_already"]


# the end of the reserve list


def test_after_its_last_day_the_list_ends_once_and_each_team_is_told() -> None:
    last = today() + dt.timedelta(days=30)
    stage, decision, (_adopted, reserved, _rejected), _partners = decided(reserve_until=last)
    publish(decision)
    assert end_reserve_lists() == 0
    with clock.set_to(now() + dt.timedelta(days=31)):
        assert end_reserve_lists() == 1
        assert end_reserve_lists() == 0
        with pytest.raises(RuleBroken) as broken:
            prolong_reserve(
                decision=decision, by=stage.home1, until=last + dt.timedelta(days=60), reason="遅延"
            )
        assert codes(broken) == ["reserve_list_ended"]
    reserved.refresh_from_db()
    assert reserved.state == "not_adopted"
    assert OutboxMail.objects.filter(template="reserve_ended", recipient=reserved.pi.user.email).count() == 1
    assert AuditEntry.objects.filter(verb="reserve_ended").count() == 1


def test_before_it_ends_the_list_is_kept_longer_with_a_reason() -> None:
    last = today() + dt.timedelta(days=30)
    stage, decision, (_adopted, reserved, _rejected), _partners = decided(reserve_until=last)
    publish(decision)
    with pytest.raises(RuleBroken) as broken:
        prolong_reserve(decision=decision, by=stage.home1, until=last, reason=" ")
    assert codes(broken) == ["reserve_only_longer", "reason_missing"]
    prolong_reserve(decision=decision, by=stage.home1, until=last + LATER, reason="契約の遅れ")
    with clock.set_to(now() + dt.timedelta(days=31)):
        assert end_reserve_lists() == 0
    reserved.refresh_from_db()
    assert reserved.state == "reserved"
    assert OutboxMail.objects.filter(template="reserve_prolonged").count() == 1


def test_a_call_up_that_waits_falls_with_the_list() -> None:
    last = today() + dt.timedelta(days=30)
    stage, decision, (adopted, reserved, _rejected), _partners = decided(reserve_until=last)
    publish(decision)
    decline_proposal(proposal=adopted, by=adopted.pi.user, reason="異動")
    call_up = propose_decision(call=decision.call, by=stage.home1, items=[(reserved, 2, "adopt", "")])
    with clock.set_to(now() + dt.timedelta(days=31)):
        answer_decision(decision=call_up, agency=stage.home, by=stage.home2, vote="yes")
        with pytest.raises(RuleBroken) as broken:
            answer_decision(decision=call_up, agency=stage.partner, by=stage.partner2, vote="yes")
        assert codes(broken) == ["reserve_list_ended"]
        end_reserve_lists()
    call_up.refresh_from_db()
    reserved.refresh_from_db()
    assert (call_up.state, reserved.state) == ("refused", "not_adopted")


def test_a_list_that_would_end_before_the_publication_is_refused() -> None:
    last = today() + dt.timedelta(days=5)
    stage, decision, _proposals, _partners = decided(reserve_until=last)
    with pytest.raises(RuleBroken) as broken:
        set_publication(decision=decision, by=stage.home1, at=now() + dt.timedelta(days=7))
    assert codes(broken) == ["published_after_reserve"]


def test_the_letters_ask_as_often_for_three_proposals_as_for_one() -> None:
    """As a page with the first of them written out, and when all are written for the outbox."""
    shown, kept = [], []
    for count in (1, 3):
        stage, call, proposals = make_scored_call(proposals=count)
        for proposal in proposals:
            officer_of(proposal)
        items = [(p, rank, "adopt", "") for rank, p in enumerate(proposals, 1)]
        decision = propose_decision(call=call, by=stage.home1, items=items)
        adopt(stage, decision)
        client = signed_in(stage.home1)
        with CaptureQueriesContext(connection) as captured:
            page(client, f"/ja/review/decisions/{decision.public_id}/letters/")
        shown.append(sum(asks(query["sql"]) for query in captured))
        with CaptureQueriesContext(connection) as captured:
            set_publication(decision=decision, by=stage.home1, at=now() + LATER)
        kept.append(sum(asks(query["sql"]) for query in captured))
        assert DecisionLetter.objects.filter(item__decision=decision).count() >= 2 * count
    assert shown[0] == shown[1] <= 13
    assert kept[0] == kept[1]
