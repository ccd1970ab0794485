import pytest
from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from accounts.actions.people import register_person
from accounts.models import Person
from kernel.idempotency import idempotent
from kernel.idempotency.models import UsedToken
from tests.builders.people import make_user

pytestmark = pytest.mark.django_db


@idempotent
def make(request):
    """Makes a person of that name, or answers with a page where there is none."""
    name = request.POST.get("name", "")
    if not name:
        return HttpResponse("error")
    person = register_person(by=request.user, given_romaji=name)
    return HttpResponseRedirect(f"/made/{person.public_id}/")


def post(user, **data: str):
    request = RequestFactory().post("/make/", data)
    request.user = user
    return make(request)


def people() -> int:
    return Person.objects.filter(user=None).count()


def test_a_second_click_leads_where_the_first_one_led():
    user = make_user()
    first, second = (post(user, name="Aoi", form_token="t1") for _ in range(2))
    assert (second["Location"], people()) == (first["Location"], 1)


def test_another_form_is_another_deed():
    user = make_user()
    post(user, name="Aoi", form_token="t1")
    post(user, name="Aoi", form_token="t2")
    assert people() == 2


def test_a_token_belongs_to_one_person():
    post(make_user(), name="Aoi", form_token="t1")
    post(make_user(), name="Aoi", form_token="t1")
    assert people() == 2


def test_a_form_with_errors_may_be_sent_again():
    user = make_user()
    assert post(user, name="", form_token="t1").status_code == 200
    assert post(user, name="Aoi", form_token="t1").status_code == 302
    assert (people(), UsedToken.objects.count()) == (1, 1)


def test_a_crash_uses_no_token():
    user = make_user()

    @idempotent
    def crash(request):
        raise RuntimeError

    request = RequestFactory().post("/make/", {"form_token": "t1"})
    request.user = user
    with pytest.raises(RuntimeError):
        crash(request)
    assert UsedToken.objects.count() == 0


@pytest.mark.parametrize("token", ["", "\x00", "a\x00b", "x" * 5000])
def test_a_strange_token_makes_no_fault(token):
    assert post(make_user(), name="Aoi", form_token=token).status_code == 302
