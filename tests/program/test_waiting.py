import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from kernel.actions import writing
from kernel.clock import now
from kernel.files import store_bytes
from program.actions.call_agreements import agree_to_call
from program.agreed import shown_state
from program.models import CallAgreement, Designation
from program.waiting import entries, waiting_for
from tests.builders.people import make_user
from tests.builders.program import make_call, make_stage

pytestmark = pytest.mark.django_db


def labels(user: User) -> dict[str, int]:
    with translation.override("en"):
        return {item.label: item.count for item in waiting_for(User.objects.get(pk=user.pk))}


def test_each_call_waits_for_its_lead_agency_at_its_step() -> None:
    stage = make_stage()
    later = {"opens_at": now() + dt.timedelta(days=3), "deadline_at": now() + dt.timedelta(days=90)}
    make_call(stage, state="draft", **later)
    make_call(stage, state="draft")
    make_call(stage, state="open")
    make_call(stage, state="open", deadline_at=now() - dt.timedelta(seconds=1))
    make_call(stage, state="closed")
    make_call(stage, state="review")
    assert labels(stage.home1) == {
        "Calls whose opening time has come": 1,
        "Calls being prepared": 1,
        "Calls whose deadline has passed, to be closed": 1,
        "Calls whose review can begin": 1,
    }
    for other in (stage.ministry1, make_user()):
        assert labels(other) == {}


def test_a_call_waits_for_the_agency_that_has_not_agreed() -> None:
    stage = make_stage()
    call = make_call(stage, state="draft", title_en="A joint call")
    with writing():
        CallAgreement.objects.filter(part__call=call).delete()
    missing = f"{stage.partner.short_name} has not agreed yet to the call: A joint call"
    for user in (stage.partner1, stage.partner2):
        assert labels(user) == {missing: 1}
        client = Client()
        client.force_login(user)
        assert missing in client.get("/en/").content.decode()
        answer = client.get(reverse("program:call_agencies", args=[call.public_id]))
        assert answer["Location"] == reverse("program:call", args=[call.public_id])
        part = call.call_agencies.get(agency=stage.partner)
        page = client.get(answer["Location"]).content.decode()
        assert reverse("program:call_agreement", args=[part.public_id]) in page
    agree_to_call(part=part, by=stage.partner1, shown=shown_state(part.call))
    assert labels(stage.partner2) == {}


def test_an_agreement_on_behalf_waits_for_a_second_officer() -> None:
    stage = make_stage()
    call = make_call(stage, state="draft", signs_in=False, title_en="A joint call")
    with writing():
        CallAgreement.objects.filter(part__call=call).delete()
        part = call.call_agencies.get(agency=stage.partner)
        CallAgreement.objects.create(
            part=part,
            digest="0" * 64,
            by=stage.home1,
            on_behalf=True,
            letter=store_bytes(name="letter.pdf", content=b"%PDF-1.7 made up for tests"),
            letter_dated=dt.date(2026, 4, 1),
            recorded_by=stage.home1.person,
        )
    asked = f"Agreement of {stage.partner.short_name}, to be confirmed by a second officer: A joint call"
    assert asked in labels(stage.home2)
    assert asked not in labels(stage.home1)


@pytest.mark.parametrize(
    ("change", "first", "second"),
    [
        ({"state": "proposed"}, {}, {"Designations to be reviewed": 1}),
        # Were the other one of two to sign first, nobody could sign second.
        ({"state": "reviewed"}, {"Designations to be signed first": 1}, {}),
        ({"state": "signed"}, {}, {"Designations to be decided": 1}),
    ],
)
def test_designation_waits_for_whoever_may_take_its_next_step(
    change: dict, first: dict[str, int], second: dict[str, int]
) -> None:
    stage, other = make_stage(), make_stage()
    with writing():
        Designation.objects.filter(pk=stage.designation.pk).update(
            proposed_by=stage.ministry1, decided_by=None, decided_at=None, **change
        )
    assert labels(stage.ministry1) == first
    assert labels(stage.ministry2) == second
    assert labels(other.ministry2) == {}


def test_signed_designation_does_not_wait_for_its_first_signatory() -> None:
    stage = make_stage()
    with writing():
        Designation.objects.filter(pk=stage.designation.pk).update(
            state="signed", signed_by=stage.ministry2, decided_by=None, decided_at=None
        )
    assert labels(stage.ministry2) == {}


def test_what_waits_costs_the_same_for_one_call_and_for_three() -> None:
    stage = make_stage()
    counts = []
    for number in (1, 2):
        for _ in range(number):
            make_call(stage, state="draft")
        user = User.objects.get(pk=stage.home1.pk)
        with CaptureQueriesContext(connection) as queries:
            waiting_for(user)
        counts.append(len(queries))
    assert counts == [3, 3]


def test_navigation_shows_agencies_to_officers_alone() -> None:
    stage = make_stage()
    shown = {
        who: "program:agencies" in [name for _, name in entries(user)]
        for who, user in (("officer", stage.partner1), ("ministry", stage.ministry1), ("nobody", make_user()))
    }
    assert shown == {"officer": True, "ministry": True, "nobody": False}
