import datetime as dt

from kernel import clock


def test_clock_set_to_an_instant_stands_there_and_goes_on_afterwards():
    instant = dt.datetime(2027, 3, 31, 15, 0, tzinfo=dt.UTC)
    with clock.set_to(instant):
        assert (clock.now(), clock.today(), clock.today("America/New_York")) == (
            instant,
            dt.date(2027, 4, 1),
            dt.date(2027, 3, 31),
        )
    assert clock.now() != instant
