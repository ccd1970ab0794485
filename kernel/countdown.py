"""How long there is until a deadline, in words; told in its last 72 hours (experience.md)."""

import datetime as dt

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

TOLD_FOR = dt.timedelta(hours=72)


def left_until(deadline: dt.datetime, at: dt.datetime) -> str:
    """The two largest units of what is left at `at`, rounded down; "" earlier than 72 hours before and from the deadline on."""
    left = deadline - at
    if not dt.timedelta() < left <= TOLD_FOR:
        return ""
    minutes, days = left.seconds // 60, left.days
    hours, minutes = divmod(minutes, 60)
    units = [
        ngettext("%(count)s day", "%(count)s days", days) % {"count": days} if days else "",
        ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours} if hours else "",
        ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes} if minutes else "",
    ]
    # A day and some minutes are a day: what is told is never more than what is left.
    told = units[:2] if days else units[1:]
    words = ("" if get_language() == "ja" else " ").join(unit for unit in told if unit)
    return _("%(left)s left") % {"left": words} if words else _("Less than a minute left")
