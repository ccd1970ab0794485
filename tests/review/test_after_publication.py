"""What follows a published decision: feedback without names, the public page, objections, corrections."""

import datetime as dt
import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kernel import clock
from kernel.actions import writing
from kernel.clock import now, today
from kernel.outbox.models import OutboxMail
from kernel.violations import NotAllowed, RuleBroken
from program.models import Call
from projects.actions.declining import decline_proposal
from projects.models import LedgerEntry, Project
from proposals.models import Proposal, ProposalAccess
from proposals.queries import own_proposals
from review.actions.appeals import answer_appeal, raise_appeal
from review.actions.corrections import propose_correction
from review.actions.decisions import propose_decision
from review.feedback import comments_to_applicants, means_of_criteria
from review.models import Appeal, Decision, DecisionItem, DecisionLetter
from review.results import newest_result
from tests.builders.program import Stage
from tests.builders.review import make_review, make_scored_call, publish
from tests.counting import asks
from tests.review.test_publication import adopt, codes, decided, officer_of
from tests.review.test_reviewer_pages import LANGUAGES, page, signed_in

pytestmark = pytest.mark.django_db


def published(**call: Any) -> tuple[Stage, Decision, list[Proposal]]:
    stage, decision, proposals, _partners = decided()
    with writing():
        Call.objects.filter(pk=decision.call_id).update(**call)
    publish(decision)
    return stage, Decision.objects.get(pk=decision.pk), [Proposal.objects.get(pk=p.pk) for p in proposals]


def address(proposal: Proposal, language: str = "ja") -> str:
    return f"/{language}/review/proposals/{proposal.public_id}/result/"


# feedback


def reviewed(**call: Any) -> tuple[Stage, Decision, Proposal]:
    """Reviewed by three, one of whom was shut out since; published."""
    stage, decision, (adopted, *_rest) = published(**call)
    for agency, value, words in (
        (stage.home, 5, "Clear plan"),
        (stage.partner, 2, "Too few visits"),
        (stage.partner, 1, "By a rival"),
    ):
        review = make_review(adopted, agency, (value,) * 5)
        with writing():
            review.comment_to_applicant, review.comment_to_agency = words, f"internal {words}"
            review.save()
            if words == "By a rival":
                ProposalAccess.objects.create(
                    proposal=adopted, person=review.reviewer.person, kind="excluded", source="review"
                )
    return stage, decision, Proposal.objects.get(pk=adopted.pk)


def test_comments_come_without_names_and_without_what_was_written_for_the_agency() -> None:
    _stage, _decision, adopted = reviewed()
    assert sorted(comments_to_applicants(adopted)) == ["Clear plan", "Too few visits"]
    text = page(signed_in(adopted.pi.user), address(adopted))
    assert "Clear plan" in text and "Too few visits" in text
    assert "internal" not in text and "By a rival" not in text
    for review in adopted.assignments.select_related("reviewer__person"):
        assert review.reviewer.person.name not in text


def test_comments_stand_in_an_order_that_is_no_order_of_writing() -> None:
    _stage, _decision, (adopted, *_rest) = published()
    texts = [f"Comment {number}" for number in range(8)]
    for text in texts:
        review = make_review(adopted, adopted.call.lead_agency)
        with writing():
            review.comment_to_applicant = text
            review.save()
    found = comments_to_applicants(adopted)
    assert sorted(found) == texts
    assert found not in (texts, texts[::-1])


@pytest.mark.parametrize(
    ("feedback", "expected"),
    [("nothing", []), ("means", [("7/2", None)] * 5), ("means_and_n", [("7/2", 2)] * 5)],
)
def test_means_are_told_as_the_call_says(feedback: str, expected: list[Any]) -> None:
    _stage, _decision, adopted = reviewed(feedback=feedback)
    found = [(str(one.mean), one.n) for one in means_of_criteria(adopted)]
    assert found == expected


def test_the_institution_reads_the_outcome_and_no_feedback() -> None:
    _stage, _decision, adopted = reviewed()
    officer = officer_of(adopted)
    text = page(signed_in(officer), address(adopted))
    assert "採択" in text and "Clear plan" not in text
    assert adopted.title_ja in page(signed_in(officer), "/ja/review/results/")


def test_before_publication_there_is_no_result() -> None:
    _stage, decision, (adopted, *_rest), _partners = decided()
    page(signed_in(adopted.pi.user), address(adopted), 404)
    page(Client(), f"/ja/calls/{decision.call.public_id}/adopted/", 404)
    assert Client().get(f"/ja/calls/{decision.call.public_id}/adopted.csv").status_code == 404


# the public page


@LANGUAGES
def test_everybody_reads_what_was_adopted_with_its_award(language: str) -> None:
    _stage, decision, (adopted, reserved, _rejected) = published()
    with writing():
        DecisionItem.objects.filter(proposal=adopted).update(awarded={"2026": 8_000_000})
    at = f"/{language}/calls/{decision.call.public_id}"
    text = page(Client(), f"{at}/adopted/")
    number = Project.objects.get().number
    total = f"{78_000_000 * 4 + 8_000_000:,}"
    assert number in text and total in text
    assert getattr(reserved, f"title_{language}") not in text
    assert f"{at}/adopted/" in page(Client(), f"{at}/")
    data = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)[0])
    (grant,) = data["@graph"]
    assert (grant["identifier"], grant["amount"]["value"]) == (number, total.replace(",", ""))
    table = b"".join(Client().get(f"{at}/adopted.csv").streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert number in table and len(table.splitlines()) == 2


def test_what_is_declined_leaves_the_public_page() -> None:
    _stage, decision, (adopted, *_rest) = published()
    decline_proposal(proposal=adopted, by=adopted.pi.user, reason="異動")
    assert Project.objects.get().number not in page(Client(), f"/ja/calls/{decision.call.public_id}/adopted/")


def test_the_public_page_asks_as_often_for_three_as_for_one() -> None:
    found = []
    for count in (1, 3):
        stage, call, proposals = make_scored_call(proposals=count)
        items = [(p, rank, "adopt", "") for rank, p in enumerate(proposals, 1)]
        decision = propose_decision(call=call, by=stage.home1, items=items)
        adopt(stage, decision)
        publish(decision)
        with CaptureQueriesContext(connection) as captured:
            page(Client(), f"/ja/calls/{call.public_id}/adopted/")
        found.append(sum(asks(query["sql"]) for query in captured))
    assert found[0] == found[1] <= 12


# objections


def item_of(proposal: Proposal) -> DecisionItem:
    item = newest_result(proposal)
    assert item is not None
    return item


def test_the_principal_investigator_objects_once_within_the_days_of_the_call() -> None:
    stage, _decision, (_adopted, _reserved, rejected) = published(appeal_days=14)
    item = item_of(rejected)
    with pytest.raises(NotAllowed):
        raise_appeal(item=item, by=stage.home1, reasons="事実誤認")
    with clock.set_to(now() + dt.timedelta(days=15)), pytest.raises(RuleBroken) as broken:
        raise_appeal(item=item, by=rejected.pi.user, reasons="事実誤認")
    assert codes(broken) == ["appeal_too_late"]
    with clock.set_to(now() + dt.timedelta(days=14)):
        raise_appeal(item=item, by=rejected.pi.user, reasons="事実誤認")
    with pytest.raises(RuleBroken) as broken:
        raise_appeal(item=item, by=rejected.pi.user, reasons="再度")
    assert codes(broken) == ["appeal_raised_already"]


def test_where_the_call_takes_none_there_is_no_way_to_object() -> None:
    _stage, _decision, (_adopted, _reserved, rejected) = published(appeal_days=None)
    with pytest.raises(RuleBroken) as broken:
        raise_appeal(item=item_of(rejected), by=rejected.pi.user, reasons="事実誤認")
    assert codes(broken) == ["appeals_not_taken"]
    client = signed_in(rejected.pi.user)
    assert "objection/" not in page(client, address(rejected))
    page(client, address(rejected).replace("result", "objection"), 404)


def test_the_lead_agency_answers_with_reasons_and_the_applicant_is_told() -> None:
    stage, decision, (_adopted, _reserved, rejected) = published(appeal_days=14)
    client = signed_in(rejected.pi.user)
    objection = address(rejected).replace("result", "objection")
    assert objection in page(client, address(rejected))
    assert client.post(objection, {"reasons": "", "is_confirmed": "on"}).status_code == 200
    assert client.post(objection, {"reasons": "評点の転記誤り", "is_confirmed": "on"}).status_code == 302
    appeal = Appeal.objects.get()
    assert "評点の転記誤り" in page(signed_in(stage.home1), f"/ja/review/decisions/{decision.public_id}/")
    for user in (stage.partner1, stage.home2):
        with pytest.raises(NotAllowed):
            answer_appeal(appeal=appeal, by=user, verdict="upheld", answer="誤り")
    with pytest.raises(RuleBroken) as broken:
        answer_appeal(appeal=appeal, by=stage.home1, verdict="maybe", answer=" ")
    assert codes(broken) == ["appeal_verdict_unknown", "reason_missing"]
    answer_appeal(appeal=appeal, by=stage.home1, verdict="upheld", answer="転記を確認した")
    assert "転記を確認した" in page(client, address(rejected))
    assert (
        OutboxMail.objects.filter(template="appeal_answered", recipient=rejected.pi.user.email).count() == 1
    )
    with pytest.raises(RuleBroken) as broken:
        answer_appeal(appeal=appeal, by=stage.home1, verdict="upheld", answer="再")
    assert codes(broken) == ["appeal_answered_already"]


# corrections


def correct(stage: Stage, decision: Decision, *items: tuple[Proposal, int, str, str]) -> Decision:
    return propose_correction(call=decision.call, by=stage.home1, reason="転記誤り", items=items)


def refused(
    stage: Stage, decision: Decision, *items: tuple[Proposal, int, str, str]
) -> list[tuple[str, str]]:
    with pytest.raises(RuleBroken) as broken:
        correct(stage, decision, *items)
    return [(violation.code, violation.field) for violation in broken.value.violations]


def test_a_correction_adopts_what_was_not_adopted_once_all_agencies_agree() -> None:
    stage, decision, (adopted, reserved, rejected) = published()
    correction = correct(stage, decision, (rejected, 1, "adopt", "評点の転記誤り"))
    assert (correction.kind, correction.number) == ("correction", 2)
    adopt(stage, correction)
    states = [Proposal.objects.get(pk=p.pk).state for p in (adopted, reserved, rejected)]
    assert states == ["adopted", "reserved", "adopted"]
    assert Project.objects.filter(proposal=rejected).exists()
    # Its team is told by its own letters at its own instant.
    assert own_proposals(rejected.pi.user).get().state == "not_adopted"
    assert not DecisionLetter.objects.filter(item__decision=correction).exists()
    publish(correction)
    letters = DecisionLetter.objects.filter(item__decision=correction)
    assert {letter.item.proposal_id for letter in letters.select_related("item")} == {rejected.pk}
    assert own_proposals(rejected.pi.user).get().state == "adopted"


def test_a_correction_takes_nothing_from_a_project() -> None:
    stage, decision, (adopted, reserved, rejected) = published()
    entries = LedgerEntry.objects.count()
    assert refused(stage, decision, (adopted, 1, "reject", "誤り")) == [
        ("correction_takes_from_project", f"outcome_{adopted.public_id}")
    ]
    assert refused(stage, decision, (reserved, 2, "reserve", "誤り")) == [
        ("correction_keeps_outcome", f"outcome_{reserved.public_id}")
    ]
    assert refused(stage, decision, (rejected, 3, "reserve", " ")) == [
        ("reason_for_correction_missing", f"reason_{rejected.public_id}")
    ]
    assert refused(stage, decision) == [("correction_changes_nothing", "")]
    assert LedgerEntry.objects.count() == entries


def test_a_correction_waits_for_the_publication_of_what_it_corrects() -> None:
    stage, decision, (_adopted, _reserved, rejected), _partners = decided()
    assert refused(stage, decision, (rejected, 3, "reserve", "誤り")) == [
        ("earlier_decision_not_published", "")
    ]


def test_nobody_is_corrected_onto_a_list_that_has_ended() -> None:
    stage, decision, (_adopted, _reserved, rejected) = published()
    with writing():
        Decision.objects.filter(pk=decision.pk).update(reserve_until=today() - dt.timedelta(days=1))
    assert refused(stage, decision, (rejected, 3, "reserve", "誤り")) == [
        ("reserve_list_ended", f"outcome_{rejected.public_id}")
    ]


def test_the_page_of_a_correction_lists_what_was_decided_and_refuses_in_words() -> None:
    stage, decision, (adopted, _reserved, rejected) = published()
    client = signed_in(stage.home1)
    at = f"/ja/review/calls/{decision.call.public_id}/correct/"
    assert at in page(client, f"/ja/review/decisions/{decision.public_id}/")
    assert rejected.receipt_number in page(client, at)
    key = adopted.public_id
    answer = client.post(
        at, {"reason": "誤り", f"outcome_{key}": "reject", f"rank_{key}": "1", f"reason_{key}": "x"}
    )
    assert "実施課題から取り上げることはできません" in answer.content.decode()
    key = rejected.public_id
    answer = client.post(
        at, {"reason": "誤り", f"outcome_{key}": "adopt", f"rank_{key}": "1", f"reason_{key}": "転記誤り"}
    )
    assert answer.status_code == 302
    assert Decision.objects.get(kind="correction").items.get().proposal == rejected
