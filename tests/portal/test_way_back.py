"""What was refused leads back to a page of the same matter, whatever the browser tells of where it came from."""

from typing import Any

import pytest
from django.test import RequestFactory

from kernel.middleware import page_above
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_pi, make_proposal
from tests.proposals.test_office_pages import client_of, url

pytestmark = pytest.mark.django_db
HOST = "http://testserver"


def asked(client: Any, address: str, referer: str = "") -> Any:
    return client.post(address, headers={"Referer": referer} if referer else {})


def test_a_refused_button_leads_to_where_one_came_from_else_to_the_page_above() -> None:
    pi = make_pi()
    draft = make_proposal(make_call(make_stage()), pi=pi)
    client, address = client_of(pi), url("reopen", draft.public_id)
    tasks, check = url("tasks", draft.public_id), url("check", draft.public_id)
    for referer, back in (
        (f"{HOST}{check}", check),
        ("", tasks),
        ("https://elsewhere.example/x", tasks),
        (f"{HOST}{address}", tasks),
    ):
        answer = asked(client, address, referer)
        assert (answer.status_code, answer.context["back"]) == (422, back), referer


def test_the_address_of_a_button_opened_by_itself_leads_to_its_page() -> None:
    pi = make_pi()
    draft = make_proposal(make_call(make_stage()), pi=pi)
    answer = client_of(pi).get(url("reopen", draft.public_id))
    assert (answer.status_code, answer.context["back"]) == (405, url("tasks", draft.public_id))


@pytest.mark.parametrize("path", ["/", "/x/", "/ja/nothing/at/all/", "//", "/ja/%00/x/"])
def test_an_address_that_stands_below_no_page_leads_no_further_than_the_top(path: str) -> None:
    assert page_above(RequestFactory().get(path)) in ("", "/ja/")
