"""The agencies' lists and negotiation, awards below what was asked, and a second pair of eyes inside an agency."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.enums import Role
from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.clock import today
from kernel.files import store_bytes
from kernel.violations import NotAllowed, RuleBroken
from program.actions.call_outcomes import set_outcome_rules
from program.models import Call, CallAgency
from projects.models import LedgerEntry, Project
from proposals.models import Proposal
from review.actions.agreeing import confirm_list, discard_list, note_negotiation, record_list
from review.actions.answers import answer_decision, discard_answer, second_answer
from review.actions.decisions import propose_decision
from review.models import AgencyList, Decision
from review.rules.agreement import Place
from review.rules.decision import Extra
from tests.builders.people import give_role, make_member
from tests.builders.program import Stage, make_stage
from tests.builders.review import lock_as_row, make_scored_call
from tests.review.test_publication import adopt, codes
from tests.review.test_reviewer_pages import page, signed_in

pytestmark = pytest.mark.django_db


def ready(agreement: str = "both_recommend", **call: Any) -> tuple[Stage, Call, list[Proposal]]:
    """Both have locked, and neither has given a list."""
    stage, made, proposals = make_scored_call(agreement=agreement, is_locked=False, **call)
    lock_as_row(made, stage.home, stage.home1)
    lock_as_row(made, stage.partner, stage.partner1)
    return stage, made, proposals


def said(proposals: list[Proposal], *recommended: bool) -> list[Place]:
    return [
        Place(p.public_id, is_recommended=yes, words="" if yes else "weak plan")
        for p, yes in zip(proposals, recommended, strict=True)
    ]


def ranked(proposals: list[Proposal], *ranks: int) -> list[Place]:
    return [Place(p.public_id, rank=rank) for p, rank in zip(proposals, ranks, strict=True)]


def propose(stage: Stage, call: Call, *items: tuple[Proposal, int, str, str], **extra: Any) -> Decision:
    return propose_decision(call=call, by=stage.home1, items=items, **extra)


def test_what_one_agency_does_not_recommend_is_not_adopted() -> None:
    stage, call, (first, second) = ready()
    record_list(call=call, agency=stage.home, by=stage.home1, places=said([first, second], True, True))
    with pytest.raises(RuleBroken) as broken:
        propose(stage, call, (first, 1, "adopt", ""), (second, 2, "adopt", ""))
    assert codes(broken) == ["list_missing"]
    record_list(call=call, agency=stage.partner, by=stage.partner1, places=said([first, second], True, False))
    with pytest.raises(RuleBroken) as broken:
        propose(stage, call, (first, 1, "adopt", ""), (second, 2, "adopt", ""))
    (violation,) = broken.value.violations
    assert (violation.code, violation.field) == ("not_recommended_by", f"outcome_{second.public_id}")
    assert propose(stage, call, (first, 1, "adopt", ""), (second, 2, "reserve", "")).number == 1


def test_an_agency_gives_its_list_after_its_lock_and_until_the_decision() -> None:
    stage, call, proposals = make_scored_call(agreement="both_recommend", is_locked=False)
    places = said(proposals, True, True)
    with pytest.raises(RuleBroken) as broken:
        record_list(call=call, agency=stage.home, by=stage.home1, places=places)
    assert codes(broken) == ["scores_not_locked_here"]
    for agency, user in ((stage.home, stage.home1), (stage.partner, stage.partner1)):
        lock_as_row(call, agency, user)
        record_list(call=call, agency=agency, by=user, places=places)
    with pytest.raises(NotAllowed):
        record_list(call=call, agency=stage.partner, by=stage.home1, places=places)
    record_list(call=call, agency=stage.home, by=stage.home1, places=said(proposals, True, False))
    assert AgencyList.objects.filter(call=call).count() == 2
    propose(stage, call, (proposals[0], 1, "adopt", ""), (proposals[1], 2, "reject", ""))
    with pytest.raises(RuleBroken) as broken:
        record_list(call=call, agency=stage.home, by=stage.home1, places=places)
    assert codes(broken) == ["decision_waits_already"]


def test_a_list_on_behalf_counts_once_a_second_officer_confirms_it() -> None:
    stage, call, proposals = ready(signs_in=False)
    letter = {"letter": store_bytes(name="l.pdf", content=b"%PDF-1"), "letter_dated": today()}
    values: dict[str, Any] = {"call": call, "agency": stage.partner, "by": stage.home1}
    with pytest.raises(RuleBroken) as broken:
        record_list(**values, places=said(proposals, True, True))
    assert codes(broken) == ["letter_missing", "letter_date_missing"]
    found = record_list(**values, places=said(proposals, True, True), **letter)
    assert not found.counts
    with pytest.raises(NotAllowed):
        confirm_list(found=found, by=stage.home1)
    assert confirm_list(found=found, by=stage.home2).counts
    with pytest.raises(RuleBroken) as broken:
        discard_list(found=found, by=stage.home2)
    assert codes(broken) == ["list_confirmed_already"]


def test_negotiation_opens_with_the_last_list_and_a_departure_has_its_reason() -> None:
    stage, call, (first, second) = ready("negotiation")
    record_list(call=call, agency=stage.home, by=stage.home1, places=ranked([first, second], 1, 2))
    with pytest.raises(RuleBroken) as broken:
        note_negotiation(proposal=first, agency=stage.home, by=stage.home1, text="Ours")
    assert codes(broken) == ["lists_not_open"]
    record_list(call=call, agency=stage.partner, by=stage.partner1, places=ranked([first, second], 2, 1))
    note_negotiation(proposal=first, agency=stage.home, by=stage.home1, text="Ours")
    note_negotiation(proposal=first, agency=stage.partner, by=stage.partner1, text="Theirs")
    with pytest.raises(NotAllowed):
        note_negotiation(proposal=first, agency=stage.partner, by=stage.home1, text="Not mine")
    text = page(signed_in(stage.partner2), f"/ja/review/proposals/{first.public_id}/negotiation/")
    assert text.index("Ours") < text.index("Theirs")
    with pytest.raises(RuleBroken) as broken:
        propose(stage, call, (first, 1, "adopt", ""), (second, 2, "reject", ""))
    assert codes(broken) == ["reason_for_departure"] * 2
    assert propose(stage, call, (first, 1, "adopt", "agreed"), (second, 2, "reject", "agreed")).number == 1


def test_no_agency_reads_the_others_list_before_all_are_given() -> None:
    stage, call, proposals = ready()
    record_list(call=call, agency=stage.partner, by=stage.partner1, places=said(proposals, True, False))
    at = f"/ja/review/calls/{call.public_id}"
    assert "weak plan" not in page(signed_in(stage.home1), f"{at}/lists/")
    csv = signed_in(stage.home1).get(f"{at}/lists.csv")
    assert b"weak plan" not in b"".join(csv.streaming_content)  # type: ignore[attr-defined]
    assert "weak plan" in page(signed_in(stage.partner1), f"{at}/lists/")
    record_list(call=call, agency=stage.home, by=stage.home1, places=said(proposals, True, True))
    assert "weak plan" in page(signed_in(stage.home1), f"{at}/lists/")


def test_a_list_goes_out_as_a_table_and_comes_back_as_it_was() -> None:
    stage, call, proposals = ready()
    record_list(call=call, agency=stage.home, by=stage.home1, places=said(proposals, True, False))
    at = f"/ja/review/calls/{call.public_id}/agencies/{stage.home.public_id}/list"
    client = signed_in(stage.home1)
    table = b"".join(client.get(f"{at}.csv").streaming_content)  # type: ignore[attr-defined]
    changed = table.replace(b"yes", b"no").replace(b"weak plan", b"Too weak")
    answer = client.post(f"{at}/", {"read": "1", "table": SimpleUploadedFile("list.csv", changed)})
    text = answer.content.decode()
    assert "Too weak" in text and answer.status_code == 200
    assert AgencyList.objects.get().items.filter(is_recommended=True).count() == 1  # nothing is recorded yet
    bad = table.replace(str(proposals[0].receipt_number).encode(), b"X-9999")
    answer = client.post(f"{at}/", {"read": "1", "table": SimpleUploadedFile("list.csv", bad)})
    assert "X-9999" in answer.content.decode()
    values: dict[str, str] = {}
    for proposal in proposals:
        values |= {f"recommended_{proposal.public_id}": "yes", f"words_{proposal.public_id}": ""}
    assert client.post(f"{at}/", values).status_code == 302
    assert AgencyList.objects.get().items.filter(is_recommended=True).count() == 2


def test_the_lead_agency_alone_is_waited_for_where_the_others_confirm() -> None:
    stage, call, proposals = make_scored_call(agreement="lead_confirmed", is_locked=False)
    lock_as_row(call, stage.home, stage.home1)
    text = page(signed_in(stage.home1), f"/ja/review/calls/{call.public_id}/board/")
    assert "lists/" not in text and f"対応する機関：{stage.home.short_name}" in text
    decision = propose(stage, call, (proposals[0], 1, "adopt", ""), (proposals[1], 2, "reject", ""))
    adopt(stage, decision)
    assert Project.objects.count() == 1


# awards


def test_the_adoption_allocates_what_is_awarded_and_not_what_was_asked() -> None:
    stage, call, (first, second) = make_scored_call()
    extra = Extra({2026: 39_000_000}, "条件", "Condition")
    decision = propose(
        stage, call, (first, 1, "adopt", ""), (second, 2, "reject", ""), extras={first.pk: extra}
    )
    text = page(signed_in(stage.partner1), f"/ja/review/decisions/{decision.public_id}/awards/")
    assert "39,000,000" in text and "減額" in text
    adopt(stage, decision)
    years = dict.fromkeys(range(2026, 2031), 0)
    for year, amount in LedgerEntry.objects.values_list("fiscal_year", "amount"):
        years[year] += amount
    assert years == {2026: 39_000_000, **dict.fromkeys(range(2027, 2031), 78000000)}


def test_an_award_within_the_envelope_passes_where_what_was_asked_would_not() -> None:
    stage, call, (first, second) = make_scored_call(make_stage(appropriated=77_999_999))
    awarded = dict.fromkeys(range(2026, 2031), 70000000)
    decision = propose(
        stage, call, (first, 1, "adopt", ""), (second, 2, "reject", ""), extras={first.pk: Extra(awarded)}
    )
    adopt(stage, decision)
    assert Project.objects.count() == 1


def test_awards_conditions_and_words_are_checked_beside_their_fields() -> None:
    stage, call, (first, second) = make_scored_call()
    key, other = first.public_id, second.public_id
    extras = {
        first.pk: Extra({2026: 78_000_001}, conditions_ja="条件"),
        second.pk: Extra({2027: 1}, "条件", "Condition", "言葉", ""),
    }
    with pytest.raises(RuleBroken) as broken:
        propose(stage, call, (first, 1, "adopt", ""), (second, 2, "reject", ""), extras=extras)
    assert [(v.code, v.field) for v in broken.value.violations] == [
        ("item_in_one_language", f"conditions_en_{key}"),
        ("awarded_above_asked", f"awarded_{key}_2026"),
        ("item_in_one_language", f"words_en_{other}"),
        ("award_without_adoption", f"awarded_{other}_2027"),
        ("conditions_without_adoption", f"conditions_ja_{other}"),
    ]


def test_a_reserve_list_without_anybody_has_no_last_day() -> None:
    stage, call, (first, second) = make_scored_call()
    items = ((first, 1, "adopt", ""), (second, 2, "reject", ""))
    with pytest.raises(RuleBroken) as broken:
        propose(stage, call, *items, reserve_until=today() + dt.timedelta(days=9))
    assert codes(broken) == ["no_reserve_list"]


# a second pair of eyes


def careful() -> tuple[Stage, Decision]:
    """The partner agency's answer needs a second person of it."""
    stage, call, (first, second) = make_scored_call()
    part = CallAgency.objects.get(call=call, agency=stage.partner)
    set_outcome_rules(call=call, by=stage.home1, feedback="means", appeal_days=None, second_pair=[part])
    call = Call.objects.get(pk=call.pk)
    return stage, propose(stage, call, (first, 1, "adopt", ""), (second, 2, "reject", ""))


def test_an_answer_counts_once_a_second_person_of_the_agency_confirms_it() -> None:
    stage, decision = careful()
    answer_decision(decision=decision, agency=stage.home, by=stage.home2, vote="yes")
    answer = answer_decision(decision=decision, agency=stage.partner, by=stage.partner2, vote="yes")
    assert Decision.objects.get().state == "proposed"
    for user in (stage.partner2, stage.home1, stage.home2):
        with pytest.raises(NotAllowed):
            second_answer(answer=answer, by=user)
    second_answer(answer=answer, by=stage.partner1)
    assert Decision.objects.get().state == "adopted"
    assert AuditEntry.objects.filter(verb="seconded").count() == 1


def test_nobody_is_both_the_first_and_the_second_by_another_account_or_agency() -> None:
    stage, decision = careful()
    both = give_role(make_member(stage.home, Role.APPROVER), stage.partner, Role.APPROVER)
    answer_decision(decision=decision, agency=stage.home, by=both, vote="yes")
    answer = answer_decision(decision=decision, agency=stage.partner, by=stage.partner2, vote="yes")
    with pytest.raises(RuleBroken) as broken:
        second_answer(answer=answer, by=both)
    assert codes(broken) == ["person_answered_already"]
    twin = make_member(stage.partner, Role.APPROVER)
    with writing():
        twin.person.merged_into = stage.partner2.person
        twin.person.save()
    with pytest.raises(NotAllowed):
        second_answer(answer=answer, by=twin)


def test_the_second_person_may_say_that_it_is_not_the_agencys_answer() -> None:
    stage, decision = careful()
    answer = answer_decision(
        decision=decision, agency=stage.partner, by=stage.partner2, vote="no", reason="x"
    )
    assert Decision.objects.get().state == "proposed"
    client = signed_in(stage.partner1)
    at = f"/ja/review/answers/{answer.public_id}/"
    assert f"{at}second/" in page(client, f"/ja/review/decisions/{decision.public_id}/")
    assert f"{at}discard/" in page(client, f"{at}second/")
    discard_answer(answer=answer, by=stage.partner1)
    assert answer_decision(decision=decision, agency=stage.partner, by=stage.partner2, vote="yes").pk


def test_rules_of_the_outcome_are_the_lead_agencys_until_the_call_is_decided() -> None:
    stage, decision = careful()
    values: dict[str, Any] = {"call": decision.call, "feedback": "means", "second_pair": []}
    with pytest.raises(NotAllowed):
        set_outcome_rules(**values, by=stage.partner1, appeal_days=14)
    with pytest.raises(RuleBroken) as broken:
        set_outcome_rules(**values, by=stage.home1, appeal_days=0)
    assert codes(broken) == ["appeal_days_out_of_range"]
    with writing():
        Call.objects.filter(pk=decision.call_id).update(state="decided")
    with pytest.raises(RuleBroken) as broken:
        set_outcome_rules(**values, by=stage.home1, appeal_days=14)
    assert codes(broken) == ["call_has_ended"]
