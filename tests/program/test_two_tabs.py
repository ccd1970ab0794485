"""A form that was made before the last change is refused: two tabs, or two officers, never overwrite each other unseen."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from program.actions import consultations, programmes
from program.actions.call_extras import add_support_type
from program.models import AgencyProfile
from tests.builders.program import Stage, add_fields_section, make_call, make_stage
from tests.program.test_designation_actions import DAY, a_draft, add
from tests.program.test_pages import signed_in, text_of

pytestmark = pytest.mark.django_db

# A row with its page, the officer, what of it is changed, and what is typed.
Case = tuple[Any, str, User, str, Any]


def an_item(stage: Stage) -> Case:
    item = add(stage, a_draft(stage, is_complete=False))
    return item, f"evidence/{item.public_id}/", stage.ministry1, "weight", "4"


def a_summary(stage: Stage) -> Case:
    draft = a_draft(stage)
    return draft, f"designations/{draft.public_id}/summary/", stage.ministry1, "summary_ja", "二つ目"


def a_talk(stage: Stage) -> Case:
    talk = consultations.record_consultation(
        designation=a_draft(stage, is_complete=False),
        by=stage.ministry1,
        held_on=DAY,
        offices_ja="内閣府",
        points_ja="分野",
    )
    return talk, f"consultations/{talk.public_id}/change/", stage.ministry1, "answer_ja", "異存なし"


def a_point(stage: Stage) -> Case:
    point = consultations.add_point(
        consultation=a_talk(stage)[0], by=stage.ministry1, point_ja="重複はないか"
    )
    return point, f"consultations/points/{point.public_id}/", stage.ministry1, "answer_ja", "ない"


def a_field(stage: Stage) -> Case:
    return stage.field, f"fields/{stage.field.public_id}/change/", stage.ministry1, "title_ja", "改称"


def a_programme(stage: Stage) -> Case:
    here = f"programme/{stage.programme.public_id}/change/"
    return stage.programme, here, stage.ministry1, "purpose_ja", "目的"


def an_indicator(stage: Stage) -> Case:
    made = programmes.add_indicator(
        programme=stage.programme,
        by=stage.ministry1,
        kind="output",
        measure="entered",
        position=1,
        title_ja="件数",
        title_en="Number",
        definition_ja="定義",
        definition_en="Definition",
        unit_ja="件",
        unit_en="items",
        source_ja="調査",
        source_en="Survey",
    )
    return made, f"indicators/{made.public_id}/", stage.ministry1, "title_ja", "二つ目"


def an_evaluation(stage: Stage) -> Case:
    made = programmes.plan_evaluation(
        programme=stage.programme,
        by=stage.ministry1,
        kind="interim",
        year=2027,
        planned_on=dt.date(2027, 9, 1),
    )
    return made, f"evaluations/{made.public_id}/", stage.ministry1, "note_ja", "備考"


def a_support_type(stage: Stage) -> Case:
    made = add_support_type(
        call=make_call(stage, state="draft"),
        by=stage.home1,
        key="next",
        title_ja="次世代",
        title_en="Next generation",
        min_years=3,
        max_years=5,
    )
    return made, f"calls/support-types/{made.public_id}/", stage.home1, "title_ja", "若手"


def a_call(stage: Stage) -> Case:
    call = make_call(stage, state="draft")
    return call, f"calls/{call.public_id}/change/", stage.home1, "title_ja", "二つ目"


def an_agency(stage: Stage) -> Case:
    profile = AgencyProfile.objects.get(agency=stage.partner)
    return (
        profile,
        f"agencies/{stage.partner.public_id}/profile/",
        stage.home1,
        "award_number_examples",
        "1234567",
    )


def shown(client: Client, path: str) -> dict[str, Any]:
    """What a form holds as it is shown, with what it was made from."""
    form = client.get(path).context["form"]
    held = {bound.html_name: bound.value() for bound in form}
    return {name: value for name, value in held.items() if value not in (None, False)}


@pytest.mark.parametrize(
    "make",
    [
        an_item,
        a_summary,
        a_talk,
        a_point,
        a_field,
        a_programme,
        an_indicator,
        an_evaluation,
        a_support_type,
        a_call,
        an_agency,
    ],
)
def test_second_of_two_tabs_sees_what_the_first_has_saved(make: Callable[[Stage], Case]) -> None:
    row, path, user, field, typed = make(make_stage())
    client, path = signed_in(user), f"/en/{path}"
    first = shown(client, path)
    second = dict(first)
    kept = {**first, field: {"weight": "7", "award_number_examples": "7654321"}.get(field, "一つ目")}
    assert client.post(path, kept).status_code == 302
    refused = client.post(path, {**second, field: typed})
    assert refused.status_code == 409
    page = text_of(refused)
    assert "You have changed this yourself in the meantime" in page
    assert "What is saved now" in page
    standing = page[page.index("standing-heading") : page.index("<form", page.index("standing-heading"))]
    assert kept[field] in standing
    assert str(typed) in page[page.index("<form", page.index("standing-heading")) :]
    row.refresh_from_db()
    assert str(getattr(row, field)) == kept[field]
    again = re.search(r'name="seen" value="([0-9a-f]+)"', page)
    assert again is not None
    assert client.post(path, {**second, field: typed, "seen": again[1]}).status_code == 302
    row.refresh_from_db()
    assert str(getattr(row, field)) == typed


def test_another_officer_is_told_that_somebody_else_has_changed_it() -> None:
    stage = make_stage()
    _item, path, _user, _field, _typed = an_item(stage)
    one, other = signed_in(stage.ministry1), signed_in(stage.ministry2)
    values = shown(one, f"/en/{path}")
    assert other.post(f"/en/{path}", {**values, "weight": "9"}).status_code == 302
    answer = one.post(f"/en/{path}", {**values, "weight": "4"})
    assert "Another person has changed this in the meantime" in text_of(answer)


@pytest.mark.parametrize(
    ("page", "name", "typed"),
    [
        ("sections/plan/", "title_ja", ("研究の計画", "計画の全体")),
        ("sections/facts/fields/text/", "title_ja", ("要旨の案", "要約")),
        ("criteria/1/", "title_ja", ("卓越", "先端")),
    ],
)
def test_two_tabs_on_a_part_of_a_form_are_told(page: str, name: str, typed: tuple[str, str]) -> None:
    stage = make_stage()
    call = make_call(stage, state="draft")
    add_fields_section(call)
    client = signed_in(stage.home1)
    path = f"/ja/calls/{call.public_id}/form/{page}"
    first, second = shown(client, path), shown(client, path)
    assert client.post(path, {**first, name: typed[0]}).status_code == 302
    answer = client.post(path, {**second, name: typed[1]})
    assert answer.status_code == 409
    assert typed[0] in [row["value"] for row in answer.context["standing_now"]]
    assert answer.context["form"][name].value() == typed[1]
    again = {**second, name: typed[1], "seen": answer.context["form"]["seen"].value()}
    assert client.post(path, again).status_code == 302
    assert client.get(path).context["form"][name].value() == typed[1]
