"""The picture of the awards' periods, and whether they suffice, on the applicants' and the officers' pages."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from kernel.actions import writing
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_proposal

pytestmark = pytest.mark.django_db


def page(user: Any, route: str, *args: Any) -> Any:
    client = Client()
    client.force_login(user)
    with translation.override("en"):
        return client.get(reverse(f"proposals:{route}", args=args))


def ended(proposal: Any, last: dt.date) -> Any:
    with writing():
        proposal.awards.update(ends_on=last)
    return proposal


def test_both_pages_show_the_picture_with_its_words_and_table() -> None:
    stage = make_stage()
    call = make_call(stage)
    draft = ended(make_proposal(call), dt.date(call.first_year + 4, 8, 31))
    locked = ended(make_proposal(call, state="locked"), dt.date(call.first_year + 4, 8, 31))
    for response in (
        page(draft.pi.user, "awards", draft.public_id),
        page(stage.home1, "office_proposal", locked.public_id),
    ):
        figure = response.context["figure"]
        assert figure["finding"].startswith("The awards cover 53 of the 60 months of the joint research.")
        assert figure["rows"][0]["head"] == "Joint research"
        assert figure["rows"][1]["cells"][2] == "53 of 60"
        assert f'src="{figure["src"]}"' in response.content.decode()


def test_the_picture_and_its_numbers_are_files() -> None:
    draft = make_proposal(make_call(make_stage()))
    svg = page(draft.pi.user, "award_chart", draft.public_id)
    assert svg["Content-Type"] == "image/svg+xml"
    assert draft.awards.get().number in svg.content.decode()
    rows = page(draft.pi.user, "award_periods_csv", draft.public_id)
    assert "60 of 60" in b"".join(rows.streaming_content).decode("utf-8-sig")


def test_a_draft_is_no_officers_business() -> None:
    stage = make_stage()
    draft = make_proposal(make_call(stage))
    assert page(stage.home1, "award_chart", draft.public_id).status_code == 404


def test_without_an_award_there_is_no_picture() -> None:
    draft = make_proposal(make_call(make_stage()), is_complete=False)
    assert page(draft.pi.user, "awards", draft.public_id).context["figure"] is None


@pytest.mark.parametrize(
    ("threshold", "tone"), [(10_000_000, "success"), (1_000_000_000, "warning"), (None, None)]
)
def test_sufficiency_is_a_check_with_its_arithmetic(threshold: int | None, tone: str | None) -> None:
    stage = make_stage()
    call = make_call(stage, sufficient_yearly_yen=threshold)
    draft, locked = make_proposal(call), make_proposal(call, state="locked")
    own = page(draft.pi.user, "awards", draft.public_id).context["details"][0]["check"]
    theirs = page(stage.home1, "office_proposal", locked.public_id).context["awards"][0]["check"]
    assert own == theirs
    assert (own and own["tone"]) == tone
    if own:
        assert "¥370,000,000 ÷ 6.00 years (2,191 days ÷ 365) = ¥61,638,521 a year" in own["sum"]
        assert len(own["rows"]) == 5
