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
