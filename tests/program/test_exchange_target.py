"""A call's target line for exchange, and its word on part years: set, shown, copied, agreed to."""

import pytest

from kernel.actions import writing
from program.actions.call_copies import copy_call
from program.agreed import call_digest
from tests.builders.people import make_user
from tests.builders.program import make_call, make_stage
from tests.program.test_call_pages import new_call, signed_in, text_of

pytestmark = pytest.mark.django_db


def test_the_settings_are_made_and_read_in_both_languages() -> None:
    stage = make_stage()
    made = {"exchange_target_percent": "７０", "caps_by_month": "on"}
    assert signed_in(stage.home1).post("/ja/calls/prepare/", new_call(stage, **made)).status_code == 302
    call = stage.programme.calls.get()
    assert (call.exchange_target_percent, call.caps_by_month) == (70, True)
    opened = make_call(stage, exchange_target_percent=70, caps_by_month=True)
    for language, words in (("ja", "予算の70%"), ("en", "target: 70% of the budget")):
        page = text_of(signed_in(make_user()).get(f"/{language}/calls/{opened.public_id}/"))
        assert words in page


@pytest.mark.parametrize("wrong", ["0", "101", "七割"])
def test_a_share_that_is_none_comes_back_beside_its_field(wrong: str) -> None:
    stage = make_stage()
    data = new_call(stage, exchange_target_percent=wrong)
    response = signed_in(stage.home1).post("/ja/calls/prepare/", data)
    assert list(response.context["form"].errors) == ["exchange_target_percent"]


def test_a_setting_asks_the_agencies_again_and_one_not_made_does_not() -> None:
    call = make_call(make_stage())
    before = call_digest(call)
    assert "exchange_target_percent" not in before
    with writing():
        call.exchange_target_percent = 70
    assert call_digest(call) != before
    with writing():
        call.exchange_target_percent, call.caps_by_month = None, True
    assert call_digest(call) != before


def test_a_copy_has_the_settings() -> None:
    stage = make_stage()
    call = make_call(stage, exchange_target_percent=70, caps_by_month=True)
    copy = copy_call(call=call, by=stage.home1, code="copy", title_ja="写し", title_en="Copy")
    assert (copy.exchange_target_percent, copy.caps_by_month) == (70, True)
