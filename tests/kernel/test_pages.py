import pytest
from django.test import RequestFactory

from accounts.models import Organisation
from kernel import pages
from kernel.actions import writing
from kernel.pages import page_of, part_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def many(monkeypatch):
    monkeypatch.setattr(pages, "COUNTED", 10)
    with writing():
        Organisation.objects.bulk_create(
            Organisation(
                kind="ministry", short_name=f"M{number:02}", name_ja=f"省{number}", country_code="JP"
            )
            for number in range(13)
        )
    return Organisation.objects.order_by("short_name")


def page(queryset, asked: str, size: int = 5):
    return page_of(queryset, RequestFactory().get("/", {"page": asked}), size=size)


def test_a_page_holds_its_share_and_knows_its_neighbours(many):
    second = page(many, "2")
    assert [one.short_name for one in second.objects] == ["M05", "M06", "M07", "M08", "M09"]
    assert (second.number, second.has_previous, second.has_next) == (2, True, True)


def test_counting_stops_where_nobody_cares(many):
    assert (page(many, "1").total, page(many.filter(short_name__lt="M10"), "1").total) == ("10+", "10")


@pytest.mark.parametrize("nonsense", ["0", "-1", "x", "", "1.5", "٣", "99999999999999999999", "99", "\x00"])
def test_nonsense_is_the_first_page(many, nonsense):
    assert page(many, nonsense).number == 1


def test_a_page_takes_two_queries(many, django_assert_num_queries):
    with django_assert_num_queries(2):
        page(many, "2")


@pytest.mark.parametrize(
    ("asked", "shown", "number", "has_next"),
    [("1", [0, 1, 2], 1, True), ("3", [6], 3, False), ("4", [0, 1, 2], 1, True), ("x", [0, 1, 2], 1, True)],
)
def test_rows_in_memory_are_shown_page_by_page(
    asked: str, shown: list[int], number: int, has_next: bool
) -> None:
    part = part_of(list(range(7)), RequestFactory().get("/", {"page": asked}), size=3)
    assert (part.objects, part.number, part.has_next, part.total) == (shown, number, has_next, "7")
