"""Each agency checks eligibility by its own list: set for a call, answered with every verdict, shown once all have judged."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.files.store import store_bytes
from kernel.violations import NotAllowed, RuleBroken, sentence
from program.actions.call_copies import copy_call
from program.actions.checklists import list_fingerprint, set_checklist
from program.models import Call, CallAgency
from program.rules.checklist import SUGGESTED
from proposals.actions.eligibility import judge_eligibility
from proposals.models import EligibilityVerdict
from tests.builders.people import make_user
from tests.builders.program import Stage, make_call, make_stage
from tests.builders.proposals import make_proposal

pytestmark = pytest.mark.django_db
ROWS = [
    ("", "所属を確認した。", "The affiliation was checked."),
    ("", "期間が重なる。", "The terms overlap."),
]


def refused(act: Callable[[], Any]) -> list[tuple[str, str]]:
    with pytest.raises(RuleBroken) as broken:
        act()
    assert all(sentence(violation) for violation in broken.value.violations)
    return [(violation.code, violation.field) for violation in broken.value.violations]


def part_of(call: Call, agency: Any) -> CallAgency:
    return call.call_agencies.select_related("agency", "call").get(agency=agency)


def with_list(call: Call, agency: Any, by: Any) -> list[str]:
    """The keys of the items of a list that was just set."""
    part = set_checklist(part=part_of(call, agency), by=by, rows=ROWS)
    return [item["key"] for item in part.checklist]


def locked(stage: Stage, **call: Any) -> Any:
    return make_proposal(make_call(stage, state="closed", **call), state="locked")


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(route: str, *args: Any) -> str:
    with translation.override("ja"):
        return reverse(route, args=args)


def test_each_agency_keeps_its_own_list_and_nobody_elses() -> None:
    stage = make_stage()
    call = make_call(stage, state="draft")
    with_list(call, stage.home, stage.home1)
    for stranger in (stage.home1, stage.partner2, stage.ministry1, make_user()):
        with pytest.raises(NotAllowed):
            with_list(call, stage.partner, stranger)
    assert (len(part_of(call, stage.home).checklist), part_of(call, stage.partner).checklist) == (2, [])
    with_list(call, stage.partner, stage.partner1)


def test_the_lead_agency_keeps_the_list_of_one_that_does_not_sign_in() -> None:
    stage = make_stage()
    call = make_call(stage, state="draft", signs_in=False)
    assert len(with_list(call, stage.partner, stage.home1)) == 2


def test_an_item_stands_in_both_languages_and_keeps_its_key_when_its_words_change() -> None:
    stage = make_stage()
    call = make_call(stage)
    first, second = with_list(call, stage.home, stage.home1)
    part = part_of(call, stage.home)
    assert refused(
        lambda: set_checklist(part=part, by=stage.home1, rows=[(first, "所属", ""), ("", "", "Term")])
    ) == [("checklist_item_in_one_language", "en_0"), ("checklist_item_in_one_language", "ja_1")]
    rows = [(first, "", ""), (second, "期間", "Term"), ("made-up-key", "新", "New")]
    changed = set_checklist(part=part, by=stage.home1, rows=rows).checklist
    assert (changed[0]["key"], changed[0]["en"]) == (second, "Term")
    assert changed[1]["key"] != "made-up-key"
    too_many = [("", "項目", "Item")] * 41
    assert refused(lambda: set_checklist(part=part, by=stage.home1, rows=too_many)) == [
        ("checklist_too_long", "")
    ]


def test_two_windows_on_one_list_do_not_overwrite_each_other() -> None:
    stage = make_stage()
    call = make_call(stage)
    seen = list_fingerprint(part_of(call, stage.home))
    set_checklist(part=part_of(call, stage.home), by=stage.home1, rows=ROWS, seen=seen)
    part = part_of(call, stage.home)
    assert refused(lambda: set_checklist(part=part, by=stage.home1, rows=ROWS[:1], seen=seen)) == [
        ("stale_version_own", "")
    ]


def test_a_list_goes_with_the_copy_of_the_call_and_ends_with_it() -> None:
    stage = make_stage()
    call = make_call(stage)
    with_list(call, stage.partner, stage.partner1)
    new = copy_call(call=call, by=stage.home1, code="next", title_ja="次", title_en="Next")
    assert part_of(new, stage.partner).checklist == part_of(call, stage.partner).checklist != []
    ended = make_call(stage, state="decided")
    assert refused(lambda: with_list(ended, stage.home, stage.home1)) == [("call_has_ended", "")]


def test_what_is_in_a_list_stands_in_no_open_part_of_the_trail() -> None:
    stage = make_stage()
    with_list(make_call(stage), stage.home, stage.home1)
    entry = AuditEntry.objects.get(verb="checklist_set")
    assert entry.details == {"agency": stage.home.public_id}
    assert "所属を確認した。" in str(entry.private)


def test_a_verdict_needs_every_item_answered_and_keeps_them_as_they_were_worded() -> None:
    stage = make_stage()
    proposal = locked(stage)
    first, second = with_list(proposal.call, stage.home, stage.home1)

    def judge(checks: dict[str, tuple[str, str]], verdict: str = "yes", **fields: Any) -> Any:
        return judge_eligibility(
            proposal=type(proposal).objects.select_related("call").get(pk=proposal.pk),
            agency=stage.home,
            by=stage.home1,
            verdict=verdict,
            checks=checks,
            **fields,
        )

    assert refused(lambda: judge({})) == [
        ("check_unanswered", f"check_{first}"),
        ("check_unanswered", f"check_{second}"),
    ]
    assert refused(lambda: judge({first: ("yes", ""), second: ("perhaps", "")})) == [
        ("check_unanswered", f"check_{second}")
    ]
    # an item that is not met, and a yes all the same
    assert refused(lambda: judge({first: ("yes", ""), second: ("no", " ")})) == [
        ("check_note_missing", f"note_{second}")
    ]
    judge({first: ("na", ""), second: ("no", "")}, "no", reasons="期間が重ならない。")
    given = judge({first: ("na", "該当なし"), second: ("no", "追加の資料で確認"), "other": ("yes", "")})
    set_checklist(part=part_of(proposal.call, stage.home), by=stage.home1, rows=[("", "新", "New")])
    given.refresh_from_db()
    assert [(one["ja"], one["answer"], one["note"]) for one in given.checks] == [
        ("所属を確認した。", "na", "該当なし"),
        ("期間が重なる。", "no", "追加の資料で確認"),
    ]
    trail = AuditEntry.objects.filter(verb="judged").order_by("pk").values_list("private", flat=True)
    assert ["checks" in private for private in trail] == [True, True]


def test_an_answer_on_behalf_answers_the_list_of_the_agency_that_does_not_sign_in() -> None:
    stage = make_stage()
    proposal = locked(stage, signs_in=False)
    keys = with_list(proposal.call, stage.partner, stage.home1)
    fields = {
        "letter": store_bytes(name="回答.pdf", content=b"%PDF-1.7 letter"),
        "letter_dated": dt.date(2026, 11, 1),
    }
    proposal = type(proposal).objects.select_related("call").get(pk=proposal.pk)
    act = {"proposal": proposal, "agency": stage.partner, "by": stage.home1, "verdict": "yes", **fields}
    assert len(refused(lambda: judge_eligibility(**act))) == 2
    assert judge_eligibility(**act, checks=dict.fromkeys(keys, ("yes", ""))).on_behalf


def test_the_page_of_a_list_offers_a_suggestion_and_saves_what_is_made_of_it() -> None:
    stage = make_stage()
    call = make_call(stage, state="draft")
    url = address("program:call_checklist", part_of(call, stage.partner).public_id)
    client = client_of(stage.partner1)
    page = client.get(url).content.decode()
    assert all(ja in page for ja, _en in SUGGESTED)
    assert client_of(stage.home1).get(url).status_code == 404
    sent = {f"{name}_0": text for name, text in (("ja", "所属"), ("en", "Affiliation"))}
    assert "両言語" in client.post(url, {"ja_0": "所属"}).content.decode()
    assert client.post(url, sent).status_code == 302
    assert [item["en"] for item in part_of(call, stage.partner).checklist] == ["Affiliation"]
    assert SUGGESTED[0][0] not in client.get(url).content.decode()
    # the call's page leads to the own list, and to no other
    shown = client.get(address("program:call", call.public_id)).content.decode()
    other = address("program:call_checklist", part_of(call, stage.home).public_id)
    assert (url in shown, other in shown) == (True, False)


def test_the_other_agency_reads_the_items_once_all_have_judged() -> None:
    stage = make_stage()
    proposal = locked(stage)
    keys = with_list(proposal.call, stage.home, stage.home1)
    url = address("proposals:eligibility", proposal.public_id, stage.home.public_id)
    client = client_of(stage.home1)
    page = client.get(url).content.decode()
    assert all(ja in page for _key, ja, _en in ROWS)
    half = {"verdict": "yes", f"check_{keys[0]}": "yes"}
    assert client.post(url, half).status_code == 200
    assert not EligibilityVerdict.objects.exists()
    sent = half | {f"check_{keys[1]}": "na", f"note_{keys[1]}": "対象外"}
    assert client.post(url, sent).status_code == 302
    # what was answered stands there when the page is opened again
    assert "対象外" in client.get(url).content.decode()
    shown = address("proposals:office_proposal", proposal.public_id)
    others = client_of(stage.partner1)
    texts = (ROWS[0][1], ROWS[0][2], "対象外")
    assert [text in client.get(shown).content.decode() for text in texts] == [True, False, True]
    assert not any(text in others.get(shown).content.decode() for text in texts)
    own = address("proposals:eligibility", proposal.public_id, stage.partner.public_id)
    assert not any(text in others.get(own).content.decode() for text in texts)
    others.post(own, {"verdict": "yes"})
    assert [text in others.get(shown).content.decode() for text in texts] == [True, False, True]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_call_of_several_agencies_asks_no_more_for_their_lists(
    rows: int, django_assert_max_num_queries: Any
) -> None:
    stage = make_stage()
    proposal = locked(stage)
    with writing():
        for part in proposal.call.call_agencies.all():
            part.checklist = [{"key": f"k{n}", "ja": "項目", "en": "Item"} for n in range(rows)]
            part.save()
    client = client_of(stage.home1)
    with django_assert_max_num_queries(14):
        client.get(address("proposals:eligibility", proposal.public_id, stage.home.public_id))
