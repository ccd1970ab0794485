"""What a call says, in words: its caps, and the steps of its scales."""

from typing import Any

from django.utils.translation import gettext as _

from kernel.choices import label_of_field
from kernel.languages import current
from kernel.templatetags.kernel import money, yen
from program.models import CallCap, Criterion


def cap_in_words(cap: CallCap) -> str:
    """How much, of what, over which period; for foreign money also the yen at which it was fixed, and the rate's day."""
    foreign = cap.currency != "JPY"
    words = _("%(amount)s a project and %(period)s (%(basis)s)") % {
        "amount": money(cap.amount, cap.currency),
        "period": label_of_field(cap, "period"),
        "basis": label_of_field(cap, "basis"),
    }
    if not foreign:
        return words
    if cap.limit_yen is None or cap.rate is None:
        return _("%(cap)s; its amount in yen is fixed when the call opens") % {"cap": words}
    return _("%(cap)s; fixed at %(yen)s, rate of %(day)s") % {
        "cap": words,
        "yen": yen(cap.limit_yen),
        "day": cap.rate.on.isoformat(),
    }


def steps_of(criterion: Criterion) -> list[dict[str, Any]]:
    """Every step of a criterion's scale with its words in the reader's language, where it has any."""
    words = criterion.anchors
    return [
        {
            "step": step,
            "words": words.get(str(step), {}).get(current())
            or next(iter(words.get(str(step), {}).values()), ""),
        }
        for step in range(criterion.lowest, criterion.highest + 1)
    ]
