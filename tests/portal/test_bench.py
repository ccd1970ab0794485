import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.enums import Role
from portal.demo.accounts import ACCOUNTS
from tests.builders.people import give_role, make_agency, make_user

HOME1 = next(account for account in ACCOUNTS if account.key == "home1")

pytestmark = pytest.mark.django_db


def figures(*arguments: str) -> list[dict]:
    out = StringIO()
    call_command("bench", *arguments, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_pages_are_measured_as_the_people_who_use_them():
    give_role(make_user(HOME1.email), make_agency("JST"), Role.PROGRAMME_OFFICER)
    found = figures("pages")
    assert {figure["bench"] for figure in found} == {"pages"}
    assert {figure["unit"] for figure in found} == {"queries", "bytes", "ms"}
    assert set(found[0]) == {"bench", "figure", "value", "unit", "size", "database"}
    routes = [figure["figure"] for figure in found]
    assert routes[:3] == [f"portal:home as home1: {what}" for what in ("queries", "bytes", "median")]
    assert "accounts:profile as home1: queries" in routes
    assert len(routes) == len(set(routes))
    assert min(figure["value"] for figure in found if figure["unit"] == "queries") > 0


def test_pages_cannot_be_measured_without_the_demo():
    with pytest.raises(CommandError, match="The demo is not loaded"):
        figures("pages")


@pytest.mark.parametrize("size", ["0", "-3"])
def test_a_size_is_a_number_of_rows(size):
    with pytest.raises(CommandError, match="1 or more"):
        figures("pages", f"--size={size}")


def test_assignment_is_measured_and_keeps_to_its_rules():
    found = {figure["figure"]: figure["value"] for figure in figures("assign", "--size=60")}
    case = "60 × 36"
    assert found[f"{case}: pairs"] == 180
    assert found[f"{case}: rules broken"] == 0
    assert found[f"{case}: missing"] == 0
    assert found[f"{case}: share of the bound"] >= 99.9


def test_assignment_of_too_many_proposals_is_refused():
    with pytest.raises(CommandError, match="At most 20,000"):
        figures("assign", "--size=20001")
