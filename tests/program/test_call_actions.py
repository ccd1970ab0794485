import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from kernel import clock
from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.clock import now
from kernel.violations import NotAllowed, RuleBroken
from program.actions import calls
from program.actions.call_extras import remove_support_type
from program.models import Call
from program.versions import current_form
from registries.models import ExchangeRate
from tests.builders.people import make_institution
from tests.builders.program import (
    Stage,
    make_agency,
    make_call,
    make_stage,
    make_support_type,
    settle,
)

pytestmark = pytest.mark.django_db
OPENS = dt.datetime(2026, 10, 1, 1, tzinfo=dt.UTC)
DEADLINE = dt.datetime(2027, 1, 29, 8, tzinfo=dt.UTC)
DAY = dt.date(2026, 9, 1)


def codes(broken: pytest.ExceptionInfo[RuleBroken]) -> list[tuple[str, str]]:
    return [(violation.code, violation.field) for violation in broken.value.violations]


def prepare(stage: Stage, **changes: Any) -> Call:
    return calls.prepare_call(
        **{
            "programme": stage.programme,
            "lead_agency": stage.home,
            "by": stage.home1,
            "code": "2027q-us",
            "title_ja": "量子 日米共同公募",
            "title_en": "Quantum",
            "mode": "joint_call",
            "opens_at": OPENS,
            "deadline_at": DEADLINE,
            "first_year": 2027,
            "min_years": 3,
            "max_years": 5,
            **changes,
        }
    )


def a_ready_call(stage: Stage, **changes: Any) -> Call:
    call = prepare(stage, **changes)
    calls.add_designation_to_call(call=call, designation=stage.designation, by=stage.home1)
    for agency in (stage.home, stage.partner):
        calls.add_agency_to_call(call=call, agency=agency, by=stage.home1, starts_on=DAY)
    calls.set_form(call=call, by=stage.home1)
    return call


def test_call_begins_with_the_cap_of_the_founding_text() -> None:
    call = prepare(make_stage())
    assert list(call.caps.values_list("amount", "currency", "basis", "period", "limit_yen")) == [
        (100_000_000, "JPY", "total", "fiscal_year", None)
    ]
    assert (call.state, call.tier, call.agreement) == ("draft", "3", "both_recommend")


def test_lead_agency_mode_is_agreed_by_confirmation() -> None:
    assert prepare(make_stage(), mode="lead_agency").agreement == "lead_confirmed"


@pytest.mark.parametrize("who", ["home2", "partner1", "ministry1"])
def test_only_officers_of_a_japanese_lead_agency_prepare_a_call(who: str) -> None:
    stage = make_stage()
    with pytest.raises(NotAllowed):
        prepare(stage, by=getattr(stage, who))
    with pytest.raises(NotAllowed):
        prepare(stage, lead_agency=stage.partner, by=stage.partner1)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"max_years": 4}, ("call_years_below_five", "max_years")),
        ({"min_years": 6}, ("call_years_out_of_order", "min_years")),
        ({"tier": "2"}, ("call_mode_not_of_tier", "mode")),
        ({"deadline_at": OPENS}, ("deadline_not_after_opening", "deadline_at")),
        ({"first_year": 2033}, ("year_outside_programme", "first_year")),
        ({"indirect_percent": 101}, ("indirect_percent_out_of_range", "indirect_percent")),
    ],
)
def test_impossible_call_is_refused_in_words(changes: dict, expected: tuple[str, str]) -> None:
    stage = make_stage()
    with pytest.raises(RuleBroken) as broken:
        prepare(stage, **changes)
    assert codes(broken) == [expected]
    assert not stage.programme.calls.exists()


def test_code_of_a_call_is_taken_once() -> None:
    stage = make_stage()
    prepare(stage)
    with pytest.raises(RuleBroken) as broken:
        prepare(stage)
    assert codes(broken) == [("call_code_taken", "code")]


def test_begun_call_has_its_lead_agency_and_the_default_form() -> None:
    stage = make_stage()
    call = calls.begin_call(
        programme=stage.programme,
        lead_agency=stage.home,
        by=stage.home1,
        code="begun",
        title_ja="公募",
        title_en="Call",
        opens_at=OPENS,
        deadline_at=DEADLINE,
        first_year=2027,
    )
    assert [part.agency for part in call.call_agencies.all()] == [stage.home]
    version = call.form_versions.get()
    assert [s.key for s in version.sections.all()] == [
        "plan",
        "collaboration",
        "dispatch",
        "acceptance",
        "benefit",
    ]
    assert [(c.aspect, c.weight, c.lowest, c.highest, len(c.anchors)) for c in version.criteria.all()] == [
        ("excellence", 3, 1, 5, 5),
        ("partner", 2, 1, 5, 5),
        ("people", 3, 1, 5, 5),
        ("plan", 2, 1, 5, 5),
        ("priority", 2, 1, 5, 5),
    ]


def test_opening_freezes_form_and_caps() -> None:
    stage = make_stage()
    call = a_ready_call(stage)
    with clock.set_to(OPENS):
        call = calls.open_call(call=settle(call), by=stage.home1)
    assert call.state == "open"
    assert call.form_versions.get().frozen_at == OPENS
    assert call.caps.get().limit_yen == 100_000_000
    assert AuditEntry.objects.filter(subject_id=call.public_id, verb="open").count() == 1


def test_foreign_cap_is_fixed_at_the_newest_rate_of_the_day_or_before() -> None:
    stage = make_stage()
    call = a_ready_call(stage)
    calls.set_cap(call=call, by=stage.home1, amount=70_000_000, currency="USD", period="whole_term")
    with pytest.raises(RuleBroken) as broken, clock.set_to(OPENS):
        calls.open_call(call=settle(call), by=stage.home1)
    assert codes(broken) == [("cap_rate_missing", "caps")]
    with writing():
        for on, rate in (("2026-09-29", "150"), ("2026-09-30", "142.51"), ("2026-10-02", "160")):
            ExchangeRate.objects.create(
                currency="USD", basis="daily", on=on, yen_per_unit=Decimal(rate), source="ECB"
            )
    with clock.set_to(OPENS):
        calls.open_call(call=settle(call), by=stage.home1)
    cap = call.caps.get(period="whole_term")
    assert cap.rate is not None
    assert (cap.limit_yen, cap.rate.on) == (99_757_000, dt.date(2026, 9, 30))


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (OPENS - dt.timedelta(seconds=1), ("call_opens_later", "opens_at")),
        (DEADLINE, ("call_deadline_passed", "deadline_at")),
    ],
)
def test_call_opens_in_its_time_alone(at: dt.datetime, expected: tuple[str, str]) -> None:
    stage = make_stage()
    call = a_ready_call(stage)
    with pytest.raises(RuleBroken) as broken, clock.set_to(at):
        calls.open_call(call=settle(call), by=stage.home1)
    assert codes(broken) == [expected]


@pytest.mark.parametrize(
    ("lapse", "expected"),
    [
        ({"state": "suspended"}, "call_designation_suspended"),
        ({"valid_until": dt.date(2026, 9, 30)}, "call_designation_lapsed"),
        ({"valid_from": dt.date(2026, 10, 2)}, "call_designation_not_in_force"),
    ],
)
def test_call_does_not_open_on_a_designation_out_of_force(lapse: dict, expected: str) -> None:
    stage = make_stage()
    call = a_ready_call(stage)
    with writing():
        type(stage.designation).objects.filter(pk=stage.designation.pk).update(**lapse)
    with pytest.raises(RuleBroken) as broken, clock.set_to(OPENS):
        calls.open_call(call=settle(call), by=stage.home1)
    assert codes(broken) == [(expected, "designations")]
    call.refresh_from_db()
    assert (call.state, call.form_versions.get().frozen_at) == ("draft", None)


def test_bare_call_is_told_everything_it_lacks() -> None:
    stage = make_stage()
    call = prepare(stage)
    calls.remove_cap(cap=call.caps.get(), by=stage.home1)
    with pytest.raises(RuleBroken) as broken, clock.set_to(OPENS):
        calls.open_call(call=call, by=stage.home1)
    assert [code for code, _ in codes(broken)] == [
        "call_without_designation",
        "call_without_two_agencies",
        "call_without_lead_agency",
        "call_without_yearly_cap",
        "call_without_form",
        "call_without_people_criterion",
        "call_form_not_tried",
    ]


def test_agency_that_has_left_by_the_opening_day_does_not_count() -> None:
    stage = make_stage()
    call = a_ready_call(stage)
    part = call.call_agencies.get(agency=stage.partner)
    calls.end_agency(part=part, ends_on=dt.date(2026, 9, 30), reason="先方の都合", by=stage.home1)
    with pytest.raises(RuleBroken) as broken, clock.set_to(OPENS):
        calls.open_call(call=settle(call), by=stage.home1)
    assert codes(broken) == [("call_without_two_agencies", "agencies")]


def test_open_call_changes_only_its_words_and_to_a_later_deadline() -> None:
    stage = make_stage()
    call = make_call(stage)
    later = call.deadline_at + dt.timedelta(days=7)
    why = {"reason_ja": "災害のため", "reason_en": "After the disaster"}
    changed = calls.change_call(
        call=call, by=stage.home1, title_ja="改題", deadline_at=later, mode=call.mode, **why
    )
    assert (changed.title_ja, changed.deadline_at) == ("改題", later)
    for values, expected in (
        ({"deadline_at": later - dt.timedelta(seconds=1)}, ("deadline_only_later", "deadline_at")),
        ({"max_years": 6}, ("call_no_longer_prepared", "")),
    ):
        with pytest.raises(RuleBroken) as broken:
            calls.change_call(call=call, by=stage.home1, **values)
        assert codes(broken) == [expected]


def test_deadline_that_has_come_is_not_moved() -> None:
    stage = make_stage()
    call = make_call(stage, deadline_at=now() - dt.timedelta(seconds=1))
    with pytest.raises(RuleBroken) as broken:
        calls.change_call(call=call, by=stage.home1, deadline_at=now() + dt.timedelta(days=1))
    assert codes(broken) == [("deadline_only_later", "deadline_at")]


def test_open_call_keeps_its_caps_and_designations() -> None:
    stage = make_stage()
    call = make_call(stage)
    for change in (
        lambda: calls.set_cap(call=call, amount=1, by=stage.home1),
        lambda: calls.remove_cap(cap=call.caps.get(), by=stage.home1),
        lambda: calls.add_designation_to_call(call=call, designation=stage.designation, by=stage.home1),
        lambda: calls.remove_designation_from_call(call=call, designation=stage.designation, by=stage.home1),
    ):
        with pytest.raises(RuleBroken) as broken:
            change()
        assert codes(broken) == [("call_no_longer_prepared", "")]


def test_call_closes_at_its_deadline_and_not_before() -> None:
    stage = make_stage()
    call = make_call(stage)
    with pytest.raises(RuleBroken) as broken:
        calls.close_call(call=call, by=stage.home1)
    assert codes(broken) == [("call_still_open", "")]
    with clock.set_to(call.deadline_at):
        assert calls.close_call(call=call, by=None).state == "closed"
    assert calls.begin_review(call=call, by=stage.home1).state == "review"
    assert calls.conclude_call(call=call, by=stage.partner2).state == "decided"
    with pytest.raises(RuleBroken) as broken:
        calls.cancel_call(call=call, by=stage.home1, reason="遅い")
    assert codes(broken) == [("transition_not_allowed", "")]


def test_call_is_cancelled_with_a_reason() -> None:
    stage = make_stage()
    call = make_call(stage)
    with pytest.raises(RuleBroken) as broken:
        calls.cancel_call(call=call, by=stage.home1, reason="予算")
    assert codes(broken) == [("reason_missing", "reason_en")]
    cancelled = calls.cancel_call(call=call, by=stage.home1, reason="予算", reason_en="No money")
    assert cancelled.state == "cancelled"


@pytest.mark.parametrize("who", ["home2", "partner1", "ministry1"])
def test_nobody_else_moves_a_call(who: str) -> None:
    stage = make_stage()
    call, by = make_call(stage), getattr(stage, who)
    for step in (
        lambda: calls.change_call(call=call, by=by, title_ja="改題"),
        lambda: calls.cancel_call(call=call, by=by, reason="reason"),
        lambda: calls.close_call(call=call, by=by),
        lambda: calls.set_form(call=call, by=by),
        lambda: calls.add_agency_to_call(call=call, agency=make_agency(), by=by, reason="reason"),
    ):
        with pytest.raises(NotAllowed):
            step()


def test_agency_joins_an_open_call_with_its_day_and_reason() -> None:
    stage = make_stage()
    call, third = make_call(stage), make_agency("UKRI", "GB")
    with pytest.raises(RuleBroken) as broken:
        calls.add_agency_to_call(call=call, agency=third, by=stage.home1)
    assert codes(broken) == [("reason_missing", "reason")]
    part = calls.add_agency_to_call(
        call=call, agency=third, by=stage.home1, reason="英国の参加", starts_on=DAY
    )
    assert (part.starts_on, part.reason, part.must_agree) == (DAY, "英国の参加", True)
    with pytest.raises(RuleBroken) as broken:
        calls.add_agency_to_call(call=call, agency=third, by=stage.home1, reason="再度")
    assert codes(broken) == [("call_agency_is_there", "agency")]


@pytest.mark.parametrize("days", [-1])
def test_agency_does_not_leave_before_it_came(days: int) -> None:
    stage = make_stage()
    call, third = make_call(stage), make_agency()
    part = calls.add_agency_to_call(call=call, agency=third, by=stage.home1, starts_on=DAY, reason="参加")
    with pytest.raises(RuleBroken) as broken:
        calls.end_agency(part=part, ends_on=DAY + dt.timedelta(days=days), reason="離脱", by=stage.home1)
    assert codes(broken) == [("ends_before_it_starts", "ends_on")]


def test_two_agencies_stay_in_an_open_call() -> None:
    stage = make_stage()
    call = make_call(stage)
    for agency, expected in (
        (stage.partner, [("call_without_two_agencies", "")]),
        (stage.home, [("lead_agency_stays", ""), ("call_without_two_agencies", "")]),
    ):
        with pytest.raises(RuleBroken) as broken:
            calls.end_agency(
                part=call.call_agencies.get(agency=agency),
                ends_on=dt.date(2027, 1, 1),
                reason="離脱",
                by=stage.home1,
            )
        assert codes(broken) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"signs_in": False}, ("reason_missing", "reason")),
        ({"ends_on": dt.date(2026, 8, 31)}, ("ends_before_it_starts", "ends_on")),
    ],
)
def test_part_of_an_agency_has_its_reason_and_days(changes: dict, expected: tuple[str, str]) -> None:
    stage = make_stage()
    call = prepare(stage)
    with pytest.raises(RuleBroken) as broken:
        calls.add_agency_to_call(call=call, agency=stage.partner, by=stage.home1, starts_on=DAY, **changes)
    assert codes(broken) == [expected]


def test_only_funding_agencies_take_part_and_the_lead_speaks_for_itself() -> None:
    stage = make_stage()
    call = prepare(stage)
    with pytest.raises(RuleBroken) as broken:
        calls.add_agency_to_call(call=call, agency=make_institution(), by=stage.home1)
    assert codes(broken) == [("not_a_funding_agency", "agency")]
    with pytest.raises(RuleBroken) as broken:
        calls.add_agency_to_call(call=call, agency=stage.home, by=stage.home1, signs_in=False, reason="文書")
    assert codes(broken) == [("lead_agency_signs_in", "signs_in")]


def test_cap_of_zero_is_refused_and_one_of_a_kind_is_replaced() -> None:
    stage = make_stage()
    call = prepare(stage)
    with pytest.raises(RuleBroken) as broken:
        calls.set_cap(call=call, amount=0, by=stage.home1)
    assert codes(broken) == [("cap_not_above_zero", "amount")]
    calls.set_cap(call=call, amount=280_000_000, by=stage.home1, period="whole_term")
    calls.set_cap(call=call, amount=90_000_000, by=stage.home1, replaces=True)
    assert set(call.caps.values_list("period", "amount")) == {
        ("fiscal_year", 90_000_000),
        ("whole_term", 280_000_000),
    }


def test_a_support_type_has_caps_of_its_own_which_go_with_it() -> None:
    stage = make_stage()
    call = prepare(stage)
    top, other = make_support_type(call), make_support_type(make_call(make_stage(), state="draft"))
    for amount in (50_000_000, 40_000_000):
        calls.set_cap(call=call, amount=amount, by=stage.home1, support_type=top, replaces=True)
    assert set(call.caps.values_list("amount", "support_type")) == {
        (100_000_000, None),
        (40_000_000, top.pk),
    }
    with pytest.raises(RuleBroken) as broken:
        calls.set_cap(call=call, amount=1, by=stage.home1, support_type=other)
    assert codes(broken) == [("support_type_not_of_call", "support_type")]
    remove_support_type(support_type=top, by=stage.home1)
    assert list(call.caps.values_list("amount", flat=True)) == [100_000_000]


def test_opening_fixes_the_caps_of_support_types_too() -> None:
    stage = make_stage()
    call = a_ready_call(stage)
    make_support_type(call, yearly=40_000_000)
    settle(call)
    with clock.set_to(OPENS):
        calls.open_call(call=call, by=stage.home1)
    assert set(call.caps.values_list("limit_yen", flat=True)) == {100_000_000, 40_000_000}


def test_form_in_preparation_is_rewritten_and_a_frozen_one_never() -> None:
    stage = make_stage()
    call = a_ready_call(stage)
    section = {"key": "plan", "title_ja": "計画", "title_en": "Plan", "limit": 100}
    calls.set_form(call=call, by=stage.home1, sections=[section])
    assert [(v.number, v.sections.count(), v.criteria.count()) for v in call.form_versions.all()] == [
        (1, 1, 5)
    ]
    with clock.set_to(OPENS):
        calls.open_call(call=settle(call), by=stage.home1)
        version = calls.set_form(call=call, by=stage.home1, sections=[section, {**section, "key": "ethics"}])
        assert (version.number, version.frozen_at) == (2, None)
        # further changes go to the same version, which applicants do not meet yet
        calls.set_form(call=call, by=stage.home1, sections=[section, {**section, "key": "conduct"}])
        assert [v.sections.count() for v in call.form_versions.order_by("number")] == [1, 2]
        met = current_form(call)
        assert met is not None
        assert met.number == 1
        calls.issue_form(call=call, by=stage.home1, reason_ja="倫理の欄を追加", reason_en="Ethics added")
    met = current_form(call)
    assert met is not None
    assert (met.number, met.frozen_at, met.reason_en) == (2, OPENS, "Ethics added")


def test_a_form_that_does_not_differ_is_not_issued() -> None:
    stage = make_stage()
    call = make_call(stage)
    with pytest.raises(RuleBroken) as broken:
        calls.issue_form(call=call, by=stage.home1, reason_ja="理由", reason_en="Reason")
    assert codes(broken) == [("form_unchanged", "")]


def test_a_version_is_issued_with_reasons_in_both_languages_and_no_words_in_one_alone() -> None:
    stage = make_stage()
    call = make_call(stage)
    section = {"key": "plan", "title_ja": "計画", "title_en": "Plan", "help_ja": "日本語だけの説明"}
    calls.set_form(call=call, by=stage.home1, sections=[section])
    with pytest.raises(RuleBroken) as broken:
        calls.issue_form(call=call, by=stage.home1, reason_ja="理由", reason_en=" ")
    assert codes(broken) == [("reason_missing", "reason_en")]
    with pytest.raises(RuleBroken) as broken:
        calls.issue_form(call=call, by=stage.home1, reason_ja="理由", reason_en="Reason")
    assert codes(broken) == [("words_in_one_language", "form")]
    calls.drop_form(call=call, by=stage.home1)
    assert [version.number for version in call.form_versions.all()] == [1]


def test_a_version_that_was_tried_is_kept_and_the_next_one_begun() -> None:
    stage = make_stage()
    call = make_call(stage, state="draft")
    with writing():
        call.form_versions.update(trial_begun_at=now())
    section = {"key": "plan", "title_ja": "計画", "title_en": "Plan"}
    assert calls.set_form(call=call, by=stage.home1, sections=[section]).number == 2
    assert call.form_versions.get(number=1).sections.count() == 3


def test_form_is_fixed_after_the_deadline() -> None:
    stage = make_stage()
    call = make_call(stage, state="review")
    with pytest.raises(RuleBroken) as broken:
        calls.set_form(call=call, by=stage.home1)
    assert codes(broken) == [("form_fixed", "")]


def test_people_are_always_among_the_criteria() -> None:
    stage = make_stage()
    call = a_ready_call(stage)
    criterion = {"aspect": "excellence", "title_ja": "卓越性", "title_en": "Excellence"}
    with pytest.raises(RuleBroken) as broken:
        calls.set_form(call=call, by=stage.home1, criteria=[criterion])
    assert codes(broken) == [("call_without_people_criterion", "aspect")]
    assert call.form_versions.get().criteria.count() == 5
