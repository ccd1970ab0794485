"""The one clock. Nothing else in the portal asks the machine for the time, so that it can be set in one place."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

_set_to: ContextVar[dt.datetime | None] = ContextVar("clock", default=None)


def now() -> dt.datetime:
    """The present instant, in UTC."""
    return _set_to.get() or timezone.now()


def today(zone: str | None = None) -> dt.date:
    """The present date in `zone`; the portal's own zone where none is named."""
    return day_of(now(), zone)


def day_of(instant: dt.datetime, zone: str | None = None) -> dt.date:
    """The date of an instant in `zone`; the portal's own zone where none is named. An instant itself is kept in UTC, whose
    day is another one for nine hours."""
    return instant.astimezone(ZoneInfo(zone or settings.TIME_ZONE)).date()


@contextmanager
def set_to(instant: dt.datetime) -> Iterator[None]:
    """Let it be `instant` for what runs inside: for made-up worlds, whose past must have happened at its time."""
    token = _set_to.set(instant)
    try:
        yield
    finally:
        _set_to.reset(token)
