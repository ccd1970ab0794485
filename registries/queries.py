"""Reads of what the world knows."""

import datetime as dt

from registries.models import ExchangeRate


def latest_rate(currency: str, on: dt.date) -> ExchangeRate | None:
    """The newest rate of `currency` to yen on or before the day `on`, or None; of two of one day, the later entered."""
    return ExchangeRate.objects.filter(currency=currency, on__lte=on).order_by("-on", "-id").first()
