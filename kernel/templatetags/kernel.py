"""Formatting, and nothing else, for templates: `{% load kernel %}`."""

import datetime as dt
import json
import secrets
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kernel.choices import label_of_field
from kernel.clock import now
from kernel.countdown import left_until
from kernel.idempotency.guard import FIELD
from kernel.languages import localized as localized_text
from kernel.money import format_amount
from kernel.years import ERAS, era_date, era_fiscal_year, era_of

register = template.Library()


@register.filter
def localized(obj: Any, attribute: str) -> str:
    """`{{ call|localized:"title" }}`: the text in the reader's language, or in the one there is."""
    return localized_text(obj, attribute)


@register.simple_tag
def words(obj: Any, attribute: str) -> str:
    """`{% words proposal "state" %}`: the words of an enumeration's value that the object's field holds."""
    return label_of_field(obj, attribute)


@register.filter
def fiscal_year(year: int) -> str:
    """2026 → 2026年度（令和8年度） or FY2026 (Reiwa 8)."""
    if get_language() == "ja":
        return f"{year}年度（{era_fiscal_year(year)}）"
    number = year - 2018 if year >= 2019 else year - 1988
    return f"FY{year} ({'Reiwa' if year >= 2019 else 'Heisei'} {number})"


@register.filter
def fiscal_year_short(year: int) -> str:
    return f"{year}年度" if get_language() == "ja" else f"FY{year}"


@register.filter
def plain_day(value: dt.date) -> str:
    """A date without its era, where there is no room for it: 2026年11月25日 or 25 November 2026."""
    if get_language() == "ja":
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {value:%B} {value.year}"


@register.filter
def day(value: dt.date | None) -> str:
    """A date with its era beside it: 2026年11月25日（令和8年） or 25 November 2026 (Reiwa 8)."""
    if value is None:
        return "–"
    is_japanese, plain = get_language() == "ja", plain_day(value)
    if value < ERAS[-1][0]:
        return plain  # an imported date may be older than the eras that we name
    japanese, latin, number = era_of(value)
    if is_japanese:
        return f"{plain}（{japanese}{'元' if number == 1 else number}年）"
    return f"{plain} ({latin} {number})"


@register.filter
def day_in_era(value: dt.date) -> str:
    return era_date(value)


@register.filter
def instant(value: dt.datetime | None) -> SafeString | str:
    """An instant in Japan's time, with the day's era and the zone's name; a script adds the reader's own zone beside it."""
    if value is None:
        return "–"
    return format_html(
        '<time datetime="{}" data-instant>{}</time>',
        value.astimezone(dt.UTC).isoformat(),
        plain_instant(value),
    )


@register.filter
def countdown(deadline: dt.datetime | None) -> SafeString | str:
    """What is left until a deadline in its last 72 hours, which a script keeps true; nothing before and after."""
    words = left_until(deadline, now()) if deadline else ""
    if deadline is None or not words:
        return ""
    return format_html(
        '<strong class="countdown" data-countdown="{}" data-now="{}">{}</strong>',
        deadline.astimezone(dt.UTC).isoformat(),
        now().astimezone(dt.UTC).isoformat(),
        words,
    )


@register.filter
def plain_instant(value: dt.datetime) -> str:
    """As `instant`, as plain text: in a sentence or a mail."""
    local = value.astimezone(ZoneInfo(settings.TIME_ZONE))
    return f"{day(local.date())}{' ' if get_language() == 'ja' else ', '}{local:%H:%M} JST"


@register.filter
def mark(field: Any) -> str:
    """How a field that a form takes without says so: as the field itself tells (`mark`), nothing at a box that is ticked or
    not, else that it is optional."""
    own = getattr(field.field, "mark", None)
    if own is not None:
        return str(own)
    return "" if field.widget_type == "checkbox" else _("Optional")


@register.filter
def instant_utc(value: dt.datetime) -> str:
    return f"{value.astimezone(dt.UTC):%Y-%m-%d %H:%M} UTC"


YEN = "JPY"


@register.filter
def yen(amount: int | None) -> str:
    """1234000 → 1,234,000 円 (¥1,234,000 in English); nothing known → –."""
    if amount is None:
        return "–"
    return f"{format_amount(amount)}円" if get_language() == "ja" else f"¥{format_amount(amount)}"


@register.filter
def grouped(number: int | Decimal | None) -> str:
    """1234000 → 1,234,000, for tables whose head names the unit; a decimal without the zeros at its end."""
    if isinstance(number, Decimal):
        return f"{number.normalize():,f}"
    return "–" if number is None else f"{number:,}"


@register.simple_tag
def money(amount: int | None, currency: str) -> str:
    """An amount in minor units with its currency: 1,234,000円 or ¥1,234,000, and 1,234.00 USD in both languages."""
    if currency == YEN:
        return yen(amount)
    return "–" if amount is None else f"{format_amount(amount, currency)} {currency}"


@register.filter
def unit_words(unit: str) -> str:
    """What amounts are counted in, for the head of a table or beside a field: 円, 千円, 百万円 (yen, thousand yen,
    million yen in English); other currencies by their codes. Any other unit stays as it is."""
    words = {
        YEN: _("yen"),
        "円": _("yen"),
        "千円": _("thousand yen"),
        "百万円": _("million yen"),
    }
    return words.get(str(unit), unit)


@register.filter
def as_json(value: Any) -> str:
    """Recorded values as they were recorded, for people who check records."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


@register.filter
def file_size(size: int) -> str:
    if size < 1024:
        return _("%(n)s bytes") % {"n": size}
    return f"{size / 1024:,.0f} KB" if size < 1024 * 1024 else f"{size / 1024 / 1024:,.1f} MB"


@register.filter
def percentage(value: Any) -> str:
    return "–" if value is None else f"{float(value):.1f}%"


@register.simple_tag
def form_token() -> SafeString:
    """The hidden token by which a second click is known."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, secrets.token_urlsafe(18))


@register.simple_tag(takes_context=True)
def query_with(context: dict[str, Any], **changes: Any) -> str:
    """The page's query string with some values changed: for pagination and sorting links."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        query[key] = value
    return f"?{query.urlencode()}"
