"""Several programmes side by side, their evaluations and targets, the history of their envelopes, agencies, groups on a day."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client

from accounts.models import User
from kernel.actions import writing
from kernel.outbox import send_waiting_mail
from kernel.outbox.models import OutboxMail
from kernel.violations import NotAllowed, RuleBroken
from program.actions import programmes
from program.actions.evaluations import remind_of_evaluations
from program.envelopes import entry_rows
from program.models import CountryGroup, Programme, ProgrammeEvaluation
from program.waiting import waiting_for
from registries.actions.imports import import_file
from registries.models import Country, ReviewProject
from tests.builders.people import make_user
from tests.builders.program import Stage, make_call, make_envelope, make_stage
from tests.builders.registry_files import extract
from tests.kernel.documents.test_charts import words

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def codes(broken: Any) -> list[tuple[str, str]]:
    return [(violation.code, violation.field) for violation in broken.value.violations]


def plan(stage: Stage, **changes: Any) -> ProgrammeEvaluation:
    values = {"kind": "interim", "year": 2027, "planned_on": dt.date(2027, 10, 1)} | changes
    return programmes.plan_evaluation(programme=stage.programme, by=stage.ministry1, **values)


def at(day: str) -> Any:
    return time_machine.travel(f"{day}T03:00:00Z", tick=False)


def test_each_officer_of_the_ministry_is_written_to_once_of_each_reminder() -> None:
    stage, other = make_stage(), make_stage()
    plan(stage)
    plan(stage, kind="ex_ante", year=2022, planned_on=None)
    sent = {}
    for day in (
        "2027-06-30",
        "2027-07-03",
        "2027-07-04",
        "2027-09-01",
        "2027-09-02",
        "2027-10-01",
        "2027-12-01",
    ):
        with at(day):
            sent[day] = remind_of_evaluations() + remind_of_evaluations()
    assert sent == {
        "2027-06-30": 0,
        "2027-07-03": 2,
        "2027-07-04": 0,
        "2027-09-01": 2,
        "2027-09-02": 0,
        "2027-10-01": 2,
        "2027-12-01": 0,
    }
    recipients = set(OutboxMail.objects.values_list("recipient", flat=True))
    assert recipients == {stage.ministry1.email, stage.ministry2.email}
    assert other.ministry1.email not in recipients
    send_waiting_mail()
    assert "中間評価の実施予定日" in mail.outbox[0].subject
    assert "見本国際共同研究事業" in mail.outbox[0].body


def test_a_new_day_is_reminded_anew_and_what_was_held_no_more() -> None:
    stage = make_stage()
    evaluation = plan(stage)
    with at("2027-09-30"):
        assert remind_of_evaluations() == 2
        values = {"kind": "interim", "year": 2027, "by": stage.ministry1, "evaluation": evaluation}
        programmes.change_evaluation(planned_on=dt.date(2027, 10, 20), **values)
        assert remind_of_evaluations() == 2
        programmes.change_evaluation(planned_on=dt.date(2027, 10, 20), held_on=dt.date(2027, 9, 29), **values)
        assert remind_of_evaluations() == 0


def test_a_due_evaluation_waits_for_the_ministry_alone() -> None:
    stage, other = make_stage(), make_stage()
    plan(stage)
    with at("2027-08-01"):
        waits = {
            user: [w.due for w in waiting_for(User.objects.get(pk=user.pk))]
            for user in (stage.ministry1, other.ministry1, stage.home1)
        }
    assert waits == {stage.ministry1: [dt.date(2027, 10, 1)], other.ministry1: [], stage.home1: []}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"planned_on": dt.date(2028, 4, 1)}, ("evaluation_day_outside_year", "planned_on")),
        ({"planned_on": None, "held_on": dt.date(2027, 12, 1)}, ("evaluation_held_ahead", "held_on")),
    ],
)
def test_a_day_that_cannot_be_is_refused(changes: dict[str, Any], expected: tuple[str, str]) -> None:
    with at("2027-06-01"), pytest.raises(RuleBroken) as broken:
        plan(make_stage(), **changes)
    assert codes(broken) == [expected]


def test_several_interim_evaluations_stand_side_by_side() -> None:
    stage = make_stage()
    for year in (2025, 2027):
        plan(stage, year=year, planned_on=dt.date(year, 10, 1))
    page = text_of(signed_in(make_user()).get(f"/ja/programme/{stage.programme.public_id}/"))
    assert page.count("中間評価") == 2


def test_targets_stand_beside_baselines_and_need_a_year_of_the_programme() -> None:
    stage = make_stage()
    indicator = programmes.add_indicator(
        programme=stage.programme,
        by=stage.ministry1,
        kind="output",
        measure="dispatched",
        title_ja="派遣者数",
        title_en="Dispatched",
        unit_ja="人",
        unit_en="people",
    )
    client = signed_in(stage.ministry1)
    address = f"/en/indicators/{indicator.public_id}/targets/"
    values = {"fiscal_year": "2027", "value": "１，０００", "source_ja": "計画", "source_en": "Plan"}
    client.post(address, values)
    client.post(address, values | {"value": "1200"})
    assert [(t.fiscal_year, t.value) for t in indicator.targets.all()] == [(2027, 1_200)]
    assert "1,200" in text_of(client.get(f"/en/programme/{stage.programme.public_id}/"))
    with pytest.raises(RuleBroken) as broken:
        programmes.set_target(
            indicator=indicator, by=stage.ministry1, fiscal_year=2040, value=1, source_ja="計", source_en="P"
        )
    assert codes(broken) == [("year_outside_programme", "fiscal_year")]
    with pytest.raises(NotAllowed):
        programmes.set_target(
            indicator=indicator, by=stage.home1, fiscal_year=2027, value=1, source_ja="計", source_en="P"
        )
    client.post(
        f"/en/indicators/{indicator.public_id}/",
        {
            "kind": "outcome",
            "position": "2",
            "title_ja": "派遣",
            "title_en": "Sent",
            "unit_ja": "人",
            "unit_en": "people",
            "definition_ja": "31日以上",
            "definition_en": "31 days or more",
            "source_ja": "調査",
            "source_en": "Survey",
        },
    )
    indicator.refresh_from_db()
    assert (indicator.title_en, indicator.measure, indicator.source_en) == ("Sent", "dispatched", "Survey")


def test_the_history_of_the_envelopes_sums_as_it_goes_and_a_request_adds_nothing() -> None:
    stage = make_stage(appropriated=1_000)
    for kind, amount in (("request", 5_000), ("addition", 300), ("reduction", -100)):
        programmes.add_envelope_entry(
            programme=stage.programme,
            agency=stage.home,
            fiscal_year=2026,
            kind=kind,
            amount=amount,
            reason=kind,
            by=stage.ministry1,
        )
    make_envelope(stage, 2030, 50)
    rows = entry_rows(User.objects.get(pk=stage.ministry1.pk), stage.programme)
    mine = [row for row in rows if row.entry.envelope.fiscal_year == 2026]
    assert [row.year_sum for row in mine] == [1_000, 1_000, 1_300, 1_200]
    assert rows[-1].agency_sum == sum(
        e.appropriated for e in stage.programme.envelopes.filter(agency=stage.home)
    )
    address = f"/ja/programme/{stage.programme.public_id}/envelopes/"
    assert "1,200円" in text_of(signed_in(stage.home1).get(address))
    # The partner has no envelope here, and finds nothing.
    assert signed_in(stage.partner1).get(address).status_code == 404


def entered(stage: Any, kind: str, amount: int, year: int = 2026) -> None:
    programmes.add_envelope_entry(
        programme=stage.programme,
        agency=stage.home,
        fiscal_year=year,
        kind=kind,
        amount=amount,
        reason=f"because of {kind}",
        by=stage.ministry1,
    )


def test_the_history_of_the_envelopes_is_drawn_by_year_with_the_reasons_beside() -> None:
    stage = make_stage(appropriated=10_000_000)
    for kind, amount in (("request", 50_000_000), ("addition", 3_000_000), ("reduction", -1_000_000)):
        entered(stage, kind, amount)
    client = signed_in(stage.ministry1)
    address = f"/en/programme/{stage.programme.public_id}/envelopes/"
    page = client.get(address)
    [history] = page.context["histories"]
    row = next(row for row in history["figure"]["rows"] if row["head"].startswith("FY2026"))
    assert row["cells"] == ["50,000,000", "10,000,000", "3,000,000", "1,000,000", "12,000,000"]
    assert "after 2 changes" in history["figure"]["finding"]
    assert {"because of reduction", "because of request"} <= {one["reason"] for one in history["changes"]}
    chart = client.get(history["figure"]["src"])
    assert chart["Content-Type"] == "image/svg+xml"
    assert {"FY2026", "12", "Requested", "Taken away"} <= set(words(chart.content))
    lines = b"".join(client.get(history["figure"]["csv_url"])).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("When (JST),Agency,Fiscal year,Entry,Amount (yen)")
    assert any("-1000000,12000000" in line and "because of reduction" in line for line in lines)
    # another programme's or agency's envelope draws nothing
    assert client.get(f"{address}{stage.partner.public_id}/chart.svg").status_code == 404
    assert signed_in(stage.partner1).get(f"{address}history.csv").status_code == 404


def test_amounts_are_asked_for_and_shown_in_the_programmes_own_currency() -> None:
    stage = make_stage()
    with writing():
        Programme.objects.filter(pk=stage.programme.pk).update(currency="USD")
    client = signed_in(stage.ministry1)
    values = {
        "agency": stage.home.pk,
        "fiscal_year": "2031",
        "kind": "appropriation",
        "amount": "1,234.50",
        "reason": "Test",
    }
    client.post(f"/en/programme/{stage.programme.public_id}/envelopes/add/", values)
    envelope = stage.programme.envelopes.get(fiscal_year=2031)
    assert envelope.entries.latest("id").amount == 123_450
    assert "1,234.50 USD" in text_of(client.get(f"/en/envelopes/{envelope.public_id}/"))


def test_two_programmes_stand_side_by_side_and_each_page_says_which() -> None:
    one, other = make_stage(), make_stage()
    with writing():
        Programme.objects.filter(pk=other.programme.pk).update(title_en="Another programme")
        group = CountryGroup.objects.create(
            programme=other.programme, code="g", title_ja="国群", title_en="Group"
        )
    client = signed_in(one.ministry1)
    assert "Another programme" in text_of(client.get("/en/programme/"))
    assert f"/en/programme/{other.programme.public_id}/" in text_of(
        client.get(f"/en/programme/{one.programme.public_id}/")
    )
    for address in (f"/en/countries/groups/{group.public_id}/", "/en/fields/"):
        assert "Another programme" in text_of(client.get(address)), address


def test_the_review_records_dated_facts_are_noted_once() -> None:
    stage = make_stage()
    import_file(
        kind="review_projects",  # type: ignore[arg-type]  # as a command's word
        name="rs2025_project_6809.json",
        content=extract("programme/rs2025_project_6809.json"),
        by=None,
    )
    client = signed_in(stage.ministry1)
    address = f"/en/programme/{stage.programme.public_id}/review-record/"
    assert "Import the record first" in text_of(client.post(address, {"number": "1"}))
    for _ in range(2):
        assert client.post(address, {"number": "６８０９"}).status_code == 302
    facts = stage.programme.facts.order_by("id").values_list("about", "value_en", "dated")
    assert list(facts) == [
        ("years", "FY2022 to FY2030", "2025"),
        ("addition", "Supplementary budget FY2025: ¥55,925,000 thousand", "2025-12-17"),
    ]
    page = text_of(client.get(f"/en/programme/{stage.programme.public_id}/"))
    assert f"/en/registries/review-record/{ReviewProject.objects.get().public_id}/" in page


def test_who_belonged_to_a_group_on_a_day() -> None:
    stage = make_stage()
    with writing():
        group = CountryGroup.objects.create(
            programme=stage.programme, code="g", title_ja="国群", title_en="Group"
        )
    for code, starts, ends in (("US", "2023-04-01", "2025-03-31"), ("GB", "2024-04-01", None)):
        programmes.change_group_member(
            group=group,
            country=Country.objects.get(code=code),
            by=stage.ministry1,
            starts_on=dt.date.fromisoformat(starts),
            ends_on=dt.date.fromisoformat(ends) if ends else None,
        )
    client = signed_in(make_user())
    for day, expected in (
        ("2023-06-01", ["US"]),
        ("2025-03-31", ["GB", "US"]),
        ("2025-04-01", ["GB"]),
        ("2020-01-01", []),
    ):
        page = client.get(f"/ja/countries/groups/{group.public_id}/?on={day}")
        assert [country.code for country in page.context["countries"]] == expected
    assert client.get(f"/ja/countries/groups/{group.public_id}/?on=nonsense").status_code == 200


def test_a_country_that_no_longer_exists_belongs_to_a_group_until_its_end_at_most() -> None:
    stage = make_stage()
    with writing():
        gone = Country.objects.create(code="CS", name_ja="旧国", name_en="Gone", ended_on=dt.date(2006, 6, 3))
        group = CountryGroup.objects.create(
            programme=stage.programme, code="g", title_ja="国群", title_en="Group"
        )
    for ends in (None, dt.date(2006, 6, 4)):
        with pytest.raises(RuleBroken) as broken:
            programmes.change_group_member(
                group=group, country=gone, by=stage.ministry1, starts_on=dt.date(2000, 1, 1), ends_on=ends
            )
        assert codes(broken) == [("country_ended_before", "ends_on")]
    programmes.change_group_member(
        group=group,
        country=gone,
        by=stage.ministry1,
        starts_on=dt.date(2000, 1, 1),
        ends_on=dt.date(2006, 6, 3),
    )


def test_an_agency_page_tries_the_pattern_and_lists_its_part_in_calls() -> None:
    stage = make_stage()
    call = make_call(stage)
    client = signed_in(stage.home1)
    address = f"/en/agencies/{stage.partner.public_id}/profile/"
    values = {
        "currency": "USD",
        "funder_id": "https://doi.org/10.13039/100000001",
        "award_number_pattern": r"\d{7}",
        "award_number_examples": "1234567\r\nX1",
        "office_opens": "09:00",
        "office_closes": "17:00",
        "closed_days": ["5", "6"],
    }
    client.post(address, values)
    page = client.get(f"/en/agencies/{stage.partner.public_id}/")
    assert [(e.number, e.fits) for e in page.context["examples"]] == [("1234567", True), ("X1", False)]
    assert call.title_en in text_of(page) or call.title_ja in text_of(page)
    assert "https://doi.org/10.13039/100000001" in text_of(page)
    bad = text_of(client.post(address, values | {"award_number_pattern": "(a+)+$"}))
    assert "repeats a repetition" in bad


def test_an_agency_is_added_with_its_country_and_found_by_it() -> None:
    stage = make_stage()
    client = signed_in(stage.home1)
    values = {
        "short_name": "NSF",
        "name_en": "National Science Foundation",
        "country": "US",
        "ror_id": "021nxhr62",
    }
    client.post("/en/agencies/add/", values)
    page = client.get("/en/agencies/?country=US")
    assert {row["agency"].short_name for row in page.context["rows"]} >= {"NSF", stage.partner.short_name}
    assert stage.home.short_name not in {row["agency"].short_name for row in page.context["rows"]}
    again = text_of(client.post("/en/agencies/add/", values | {"short_name": "Twice"}))
    assert "already has this ROR id" in again
    with pytest.raises(NotAllowed):
        programmes.add_agency(
            by=stage.partner1, short_name="X", country=Country.objects.get(code="US"), name_en="X"
        )


def test_reminder_is_told_of_an_evaluation_that_is_still_to_be_held() -> None:
    stage = make_stage()
    values = {"programme": stage.programme, "by": stage.ministry1, "kind": "interim", "remind_days": 45}
    programmes.plan_evaluation(year=2027, planned_on=dt.date(2027, 9, 1), **values)
    day = dt.date(2025, 9, 1)
    programmes.plan_evaluation(year=2025, planned_on=day, held_on=day, **values)
    page = text_of(signed_in(stage.ministry1).get(f"/en/programme/{stage.programme.public_id}/"))
    assert page.count("reminder 45 days before") == 1
