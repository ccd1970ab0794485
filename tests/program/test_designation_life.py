import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from accounts.enums import Role
from kernel import clock
from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.violations import NotAllowed, RuleBroken
from program.actions import consultations, dossiers
from program.actions import designation_life as life
from program.actions import designations as steps
from program.actions.calls import open_call
from program.actions.fields import change_group_member
from program.actions.renewals import renew_designation
from program.actions.versions import keep_version
from program.dossiers import fingerprint
from program.models import CountryGroup, CountryGroupMember, Designation, DesignationEvent, Field
from program.rules.comparison import compare_dossiers
from registries.models import Country
from tests.builders.people import make_member
from tests.builders.program import Stage, make_call, make_stage
from tests.program.test_designation_actions import a_draft, codes
from tests.program.test_pages import signed_in, text_of

pytestmark = pytest.mark.django_db
DAY, LAST = dt.date(2026, 4, 1), dt.date(2031, 3, 31)


def a_reviewed(stage: Stage, draft: Designation | None = None) -> Designation:
    designation = draft or a_draft(stage)
    steps.propose_designation(designation=designation, by=stage.ministry1)
    return steps.review_designation(designation=designation, by=stage.ministry2, comment="確認済み")


def decided(
    stage: Stage, *, first: dt.date = DAY, last: dt.date | None = LAST, draft: Designation | None = None
) -> Designation:
    designation = a_reviewed(stage, draft)
    life.sign_designation(designation=designation, by=stage.ministry1, valid_from=first, valid_until=last)
    return life.decide_designation(designation=designation, by=stage.ministry2)


def consult(stage: Stage, designation: Designation) -> None:
    consultations.record_consultation(
        designation=designation, by=stage.ministry1, held_on=DAY, offices_ja="内閣府", points_ja="分野"
    )


def refused(act: Any, **values: Any) -> list[str]:
    with pytest.raises(RuleBroken) as broken:
        act(**values)
    return codes(broken)


def test_two_officers_sign_and_the_second_is_neither_the_first_nor_the_proposer() -> None:
    stage = make_stage()
    make_member(stage.ministry, Role.MINISTRY_OFFICER)  # who could sign second after either
    designation = a_reviewed(stage)
    assert refused(life.decide_designation, designation=designation, by=stage.ministry2) == [
        "transition_not_allowed"
    ]
    signed = life.sign_designation(designation=designation, by=stage.ministry2, valid_from=DAY)
    assert (signed.state, signed.signed_by) == ("signed", stage.ministry2)
    for by in (stage.ministry1, stage.ministry2):  # the proposer; the first signatory
        assert refused(life.decide_designation, designation=signed, by=by) == [
            "designation_needs_two_officers"
        ]


def test_second_signature_decides_and_keeps_the_dossier_as_it_stood() -> None:
    stage = make_stage()
    designation = decided(stage)
    assert (designation.state, designation.signed_by, designation.decided_by) == (
        "decided",
        stage.ministry1,
        stage.ministry2,
    )
    versions = list(designation.versions.order_by("number").values_list("number", "occasion"))
    assert versions == [(1, "proposed"), (2, "decided")]
    version = designation.versions.get(occasion="decided")
    assert version.content["balance"]["arithmetic"] == "(3×2 + 1×(−1)) / (3 + 1) = 5/4"
    assert [len(version.content[part]) for part in ("evidence", "policies", "consultations")] == [2, 1, 1]
    assert version.sha256 == fingerprint(version.content)


def test_signature_is_refused_for_days_that_end_before_they_begin() -> None:
    stage = make_stage()
    designation = a_reviewed(stage)
    day_before = DAY - dt.timedelta(days=1)
    assert refused(
        life.sign_designation,
        designation=designation,
        by=stage.ministry1,
        valid_from=DAY,
        valid_until=day_before,
    ) == ["ends_before_it_starts"]


def test_return_voids_the_first_signature_and_its_days() -> None:
    stage = make_stage()
    designation = a_reviewed(stage)
    life.sign_designation(designation=designation, by=stage.ministry1, valid_from=DAY)
    returned = steps.return_designation(designation=designation, by=stage.ministry1, reason="日付の誤り")
    assert (returned.state, returned.signed_by, returned.valid_from) == ("draft", None, None)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (DAY, LAST, ["designation_overlaps"]),
        (LAST, None, ["designation_overlaps"]),  # its last day is included
        (dt.date(2020, 1, 1), DAY, ["designation_overlaps"]),
        (dt.date(2031, 4, 1), None, []),
        (dt.date(2020, 1, 1), dt.date(2026, 3, 31), []),
    ],
)
def test_one_field_and_country_is_designated_once_at_a_time(
    first: dt.date, last: dt.date | None, expected: list[str]
) -> None:
    stage = make_stage()
    decided(stage)
    other = a_reviewed(stage)
    values = {"designation": other, "by": stage.ministry1, "valid_from": first, "valid_until": last}
    if not expected:
        assert life.sign_designation(**values).state == "signed"
        return
    with pytest.raises(RuleBroken) as broken, translation.override("ja"):
        life.sign_designation(**values)
    assert codes(broken) == expected
    assert broken.value.violations[0].params == {"name": "量子 × 英国", "from": DAY, "until": LAST}


def test_overlap_with_one_that_has_no_end_is_refused_in_its_own_words() -> None:
    stage = make_stage()
    decided(stage, last=None)
    other = a_reviewed(stage)
    assert refused(life.sign_designation, designation=other, by=stage.ministry1, valid_from=LAST) == [
        "designation_overlaps_open"
    ]


def test_of_two_signed_for_the_same_days_only_the_first_is_decided() -> None:
    stage = make_stage()
    pair = [a_reviewed(stage) for _ in range(2)]
    for designation in pair:
        life.sign_designation(designation=designation, by=stage.ministry1, valid_from=DAY)
    life.decide_designation(designation=pair[0], by=stage.ministry2)
    assert refused(life.decide_designation, designation=pair[1], by=stage.ministry2) == [
        "designation_overlaps_open"
    ]


def grouped(stage: Stage, *members: tuple[str, dt.date, dt.date | None], field: Any = None) -> Designation:
    """A reviewed designation of a group of countries, with the same dossier as others."""
    with writing():
        group = CountryGroup.objects.create(
            programme=stage.programme,
            code=f"group-{CountryGroup.objects.count()}",
            title_ja="協力国群",
            title_en="Partners",
        )
        for code, first, last in members:
            CountryGroupMember.objects.create(group=group, country_id=code, starts_on=first, ends_on=last)
        draft = a_draft(stage)
        Designation.objects.filter(pk=draft.pk).update(country=None, group=group, field=field or draft.field)
    draft.refresh_from_db()
    return a_reviewed(stage, draft)


@pytest.mark.parametrize(
    ("joins", "leaves", "first", "last", "expected"),
    [
        (DAY, None, DAY, LAST, ["designation_overlaps_member"]),
        (DAY, DAY, DAY, None, ["designation_overlaps_member"]),  # one day is enough
        (dt.date(2031, 4, 1), None, DAY, None, []),  # it joins after the country's own days
        (dt.date(2020, 4, 1), dt.date(2026, 3, 31), dt.date(2020, 4, 1), None, []),  # it had left before them
        (DAY, None, dt.date(2031, 4, 1), None, []),  # the group's own days come later
    ],
)
def test_a_country_is_not_designated_again_as_a_member_of_a_group(
    joins: dt.date, leaves: dt.date | None, first: dt.date, last: dt.date | None, expected: list[str]
) -> None:
    stage = make_stage()
    decided(stage)  # 量子 × 英国, DAY to LAST
    group = grouped(stage, ("GB", joins, leaves), ("JP", dt.date(2020, 4, 1), None))
    values = {"designation": group, "by": stage.ministry1, "valid_from": first, "valid_until": last}
    if not expected:
        assert life.sign_designation(**values).state == "signed"
        return
    with pytest.raises(RuleBroken) as broken, translation.override("ja"):
        life.sign_designation(**values)
    assert codes(broken) == expected
    assert broken.value.violations[0].params == {
        "name": "量子 × 英国",
        "countries": "英国",
        "from": DAY,
        "until": LAST,
    }


def test_a_member_of_a_designated_group_is_not_designated_alone_nor_in_another_group() -> None:
    stage = make_stage()
    group = grouped(stage, ("GB", DAY, None))
    life.sign_designation(designation=group, by=stage.ministry1, valid_from=DAY)
    life.decide_designation(designation=group, by=stage.ministry2)
    alone, other = a_reviewed(stage), grouped(stage, ("GB", DAY, None), ("JP", DAY, None))
    for designation in (alone, other):
        assert refused(
            life.sign_designation, designation=designation, by=stage.ministry1, valid_from=LAST
        ) == ["designation_overlaps_member_open"]
    with writing():
        field = Field.objects.create(
            programme=stage.programme, code="ai", title_ja="情報", title_en="Information"
        )
    elsewhere = grouped(stage, ("GB", DAY, None), field=field)
    assert life.sign_designation(designation=elsewhere, by=stage.ministry1, valid_from=DAY).state == "signed"


def test_a_group_that_a_designated_country_joins_later_is_pointed_out() -> None:
    stage = make_stage()
    alone = decided(stage)
    group = grouped(stage, ("JP", DAY, None))
    life.sign_designation(designation=group, by=stage.ministry1, valid_from=DAY)
    group = life.decide_designation(designation=group, by=stage.ministry2)
    client = signed_in(stage.ministry1)
    assert "二重に指定" not in text_of(client.get(f"/ja/designations/{alone.public_id}/"))
    change_group_member(
        group=group.group, country=Country.objects.get(code="GB"), by=stage.ministry1, starts_on=DAY
    )
    for designation in (alone, group):
        page = text_of(client.get(f"/ja/designations/{designation.public_id}/"))
        assert "二重に指定" in page
        assert "英国" in page


def test_withdrawn_designation_is_in_nobodys_way() -> None:
    stage = make_stage()
    life.withdraw_designation(
        designation=decided(stage, first=dt.date(2023, 4, 1)), by=stage.ministry1, reason="終了"
    )
    assert decided(stage).state == "decided"


def test_suspended_designation_is_resumed_or_withdrawn_with_a_reason_and_from_a_day() -> None:
    stage = make_stage()
    step = {"designation": stage.designation, "by": stage.ministry2}
    assert refused(life.suspend_designation, **step, reason=" ") == ["reason_missing"]
    day = clock.today() - dt.timedelta(days=9)
    assert life.suspend_designation(**step, reason="確認中", on=day).state == "suspended"
    assert refused(life.resume_designation, **step, reason="確認済み", on=day - dt.timedelta(days=1)) == [
        "effective_before_last"
    ]
    assert life.resume_designation(**step, reason="確認済み").state == "decided"
    assert life.withdraw_designation(**step, reason="終了").state == "withdrawn"
    assert refused(life.resume_designation, **step, reason="再開") == ["transition_not_allowed"]
    today = clock.today()
    assert list(DesignationEvent.objects.order_by("id").values_list("kind", "on", "reason", "by_id")) == [
        ("suspended", day, "確認中", stage.ministry2.pk),
        ("resumed", today, "確認済み", stage.ministry2.pk),
        ("withdrawn", today, "終了", stage.ministry2.pk),
    ]
    suspended = AuditEntry.objects.get(verb="suspend")
    assert (suspended.details["on"], suspended.private) == (day.isoformat(), {"reason": "確認中"})


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        # A function: the day is that of the test, not that on which the tests were collected.
        (lambda: clock.today() + dt.timedelta(days=1), ["effective_later"]),
        (lambda: dt.date(2023, 3, 31), ["effective_before_valid"]),
    ],
)
def test_nothing_takes_effect_later_or_before_the_first_day(
    day: Callable[[], dt.date], expected: list[str]
) -> None:
    stage = make_stage()
    assert (
        refused(
            life.suspend_designation,
            designation=stage.designation,
            by=stage.ministry1,
            reason="確認中",
            on=day(),
        )
        == expected
    )
    assert not DesignationEvent.objects.exists()


def test_draft_is_withdrawn_too() -> None:
    stage = make_stage()
    draft = a_draft(stage)
    assert (
        life.withdraw_designation(designation=draft, by=stage.ministry1, reason="中止").state == "withdrawn"
    )


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (life.suspend_designation, "call_designation_suspended"),
        (life.withdraw_designation, "call_designation_withdrawn"),
    ],
)
def test_no_call_opens_on_a_designation_that_is_out_of_force(step: Any, expected: str) -> None:
    stage = make_stage()
    call = make_call(stage, state="draft")
    step(designation=stage.designation, by=stage.ministry1, reason="確認中")
    assert expected in refused(open_call, call=call, by=stage.home1)


def test_renewal_begins_with_the_old_dossier_and_leaves_the_old_one_as_it_is() -> None:
    stage = make_stage()
    old = decided(stage)
    new = renew_designation(designation=old, by=stage.ministry1, reason="期間満了")
    assert (new.state, new.renews, new.country_id) == ("draft", old, "GB")
    before, after = (d.versions.order_by("-number").first().content for d in (old, new))
    assert [change.part for change in compare_dossiers(before, after)] == ["consultations"]
    assert refused(renew_designation, designation=old, by=stage.ministry1, reason="再度") == [
        "renewal_is_begun"
    ]
    item = new.evidence.order_by("id").first()
    dossiers.change_evidence(item=item, by=stage.ministry1, value=Decimal("2000"), weight=5)
    consult(stage, new)
    renewed = decided(stage, first=dt.date(2031, 4, 1), last=None, draft=new)
    assert renewed.state == "decided"
    old.refresh_from_db()
    assert (old.state, old.valid_until) == ("decided", LAST)
    changes = compare_dossiers(before, renewed.versions.get(occasion="decided").content)
    assert [(c.part, c.kind, c.values) for c in changes if c.part == "evidence"] == [
        ("evidence", "changed", (("value", "1840", "2000"), ("weight", 3, 5)))
    ]


def test_renewal_ends_one_that_had_no_end_the_day_before() -> None:
    stage = make_stage()
    old = decided(stage, last=None)
    new = renew_designation(designation=old, by=stage.ministry1, reason="見直し")
    consult(stage, new)
    decided(stage, first=dt.date(2028, 4, 1), last=None, draft=new)
    old.refresh_from_db()
    assert old.valid_until == dt.date(2028, 3, 31)
    assert old.events.values_list("kind", "on").get() == ("ended", dt.date(2028, 3, 31))


def test_renewal_does_not_overlap_an_old_period_that_has_an_end() -> None:
    stage = make_stage()
    old = decided(stage)
    new = renew_designation(designation=old, by=stage.ministry1, reason="期間満了")
    consult(stage, new)
    a_reviewed(stage, new)
    assert refused(life.sign_designation, designation=new, by=stage.ministry1, valid_from=LAST) == [
        "designation_overlaps"
    ]


@pytest.mark.parametrize("is_withdrawn", [True, False])
def test_only_what_was_decided_is_renewed(is_withdrawn: bool) -> None:
    stage = make_stage()
    designation = a_draft(stage)
    if is_withdrawn:
        life.withdraw_designation(designation=designation, by=stage.ministry1, reason="中止")
    assert refused(renew_designation, designation=designation, by=stage.ministry1, reason="更新") == [
        "designation_not_to_be_renewed"
    ]


def test_versions_are_numbered_and_stay_as_they_were() -> None:
    stage = make_stage()
    draft = a_draft(stage)
    first = keep_version(designation=draft, by=stage.ministry1)
    content = first.content
    steps.change_summary(designation=draft, by=stage.ministry1, summary_ja="改めた概要", summary_en="")
    second = keep_version(designation=draft, by=stage.ministry1)
    first.refresh_from_db()
    assert (first.number, second.number, first.content) == (1, 2, content)
    changes = compare_dossiers(first.content, second.content)
    assert [(c.part, c.values) for c in changes] == [("summary", (("summary_ja", "", "改めた概要"),))]


@pytest.mark.parametrize("who", ["home1", "partner1"])
def test_no_agency_signs_renews_or_keeps_a_version(who: str) -> None:
    stage = make_stage()
    by = getattr(stage, who)
    for act, values in (
        (life.sign_designation, {"valid_from": DAY}),
        (life.decide_designation, {}),
        (renew_designation, {"reason": "更新"}),
        (keep_version, {}),
    ):
        with pytest.raises(NotAllowed):
            act(designation=stage.designation, by=by, **values)
