"""Parts of a proposal in words: what an award is worth in yen, and on which file it rests."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from kernel.choices import label
from kernel.templatetags.kernel import day, file_size, money, yen
from program.enums import CapBasis, CapPeriod
from proposals.rules.budget import Cap
from registries.enums import RateBasis


def worth(amount: int, currency: str, amount_yen: int | None, rate: Mapping[str, Any] | None) -> str:
    """An amount in its currency, and its yen value with the day and the source of the rate that made it.

    `rate` is as `proposals.actions.content` writes it. A submission from before rates were written has none.
    """
    plain = money(amount, currency)
    if currency == "JPY":
        return plain
    if amount_yen is None:
        return _("%(amount)s (no exchange rate is known; the yen value is open)") % {"amount": plain}
    if rate is None:
        return _("%(amount)s = %(yen)s") % {"amount": plain, "yen": yen(amount_yen)}
    on = dt.date.fromisoformat(rate["on"])
    values = {
        "amount": plain,
        "yen": yen(amount_yen),
        "currency": currency,
        "rate": rate["yen_per_unit"],
        "source": rate["source"],
    }
    if rate["basis"] == RateBasis.YEARLY_AVERAGE:
        return _("%(amount)s = %(yen)s (1 %(currency)s = ¥%(rate)s, average of %(year)s, %(source)s)") % {
            **values,
            "year": on.year,
        }
    return _("%(amount)s = %(yen)s (1 %(currency)s = ¥%(rate)s on %(day)s, %(source)s)") % {
        **values,
        "day": day(on),
    }


def institution_words(content: Mapping[str, Any], ror_id: str, typed: str, language: str) -> str:
    """The name of an institution in a content: what the registry called it in `language` when the content was made, else as
    it was typed."""
    return str(content.get("institution_names", {}).get(ror_id, {}).get(language) or typed)


def file_words(file: Mapping[str, Any] | None) -> str:
    """A file by its name, size and digest, as `proposals.actions.content` writes it."""
    if file is None:
        return _("(no evidence attached)")
    return _("%(name)s (%(size)s, SHA-256 %(digest)s…)") % {
        "name": file["name"],
        "size": file_size(file["size"]),
        "digest": file["sha256"][:16],
    }


def cap_in_words(cap: Cap) -> str:
    """How much of what a cap allows over which period, and for which support type it holds."""
    words = _("At most %(limit)s (%(basis)s; %(period)s)") % {
        "limit": yen(cap.limit),
        "basis": label(CapBasis(cap.basis)),
        "period": label(CapPeriod(cap.period)),
    }
    return _("%(type)s: %(cap)s") % {"type": cap.support_type, "cap": words} if cap.support_type else words


def scan_words(found_clean: bool | None) -> str:
    """What the virus scanner said of an uploaded file."""
    return _("scanned for viruses, nothing found") if found_clean else _("not scanned for viruses")
