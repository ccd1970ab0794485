"""What is left until a deadline: told in the last 72 hours, in both languages, and never more than there is."""

import datetime as dt

import pytest
from django.utils import translation

from kernel import clock
from kernel.countdown import left_until
from kernel.templatetags.kernel import countdown

DEADLINE = dt.datetime(2027, 3, 15, 8, tzinfo=dt.UTC)


def before(**left: int) -> dt.datetime:
    return DEADLINE - dt.timedelta(**left)


@pytest.mark.parametrize(
    ("left", "japanese", "english"),
    [
        ({"hours": 72, "seconds": 1}, "", ""),
        ({"hours": 72}, "残り3日", "3 days left"),
        ({"hours": 47, "minutes": 59}, "残り1日23時間", "1 day 23 hours left"),
        ({"hours": 24, "minutes": 59}, "残り1日", "1 day left"),
        ({"hours": 1, "minutes": 1}, "残り1時間1分", "1 hour 1 minute left"),
        ({"minutes": 59, "seconds": 59}, "残り59分", "59 minutes left"),
        ({"seconds": 59}, "残り1分未満", "Less than a minute left"),
        ({"microseconds": 1}, "残り1分未満", "Less than a minute left"),
        ({}, "", ""),
        ({"seconds": -1}, "", ""),
    ],
)
def test_what_is_left_is_told_in_its_two_largest_units(
    left: dict[str, int], japanese: str, english: str
) -> None:
    for language, words in (("ja", japanese), ("en", english)):
        with translation.override(language):
            assert left_until(DEADLINE, before(**left)) == words


def test_the_page_carries_the_servers_time_for_its_script() -> None:
    with clock.set_to(before(hours=2)), translation.override("en"):
        assert countdown(DEADLINE) == (
            '<strong class="countdown" data-countdown="2027-03-15T08:00:00+00:00"'
            ' data-now="2027-03-15T06:00:00+00:00">2 hours left</strong>'
        )
        assert countdown(None) == ""
    with clock.set_to(before(days=9)):
        assert countdown(DEADLINE) == ""
