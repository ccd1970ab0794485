"""The one clock. Nothing else in the portal asks the machine for the time, so that a test can set it in one place."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone


def now() -> dt.datetime:
    """The present instant, in UTC."""
    return timezone.now()


def today(zone: str | None = None) -> dt.date:
    """The present date in `zone`; the portal's own zone where none is named."""
    return now().astimezone(ZoneInfo(zone or settings.TIME_ZONE)).date()
