"""What search engines read of a call: JSON-LD in the words of schema.org."""

import json
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from kernel.languages import current, localized
from kernel.money import format_amount
from program.calendar import dates_of
from program.models import Call
from program.queries import agencies_of

ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def structured_data(call: Call) -> SafeString:
    """A data block, which no browser runs; nothing in it can end the element that holds it."""
    return as_block(_graph(call))


def as_block(graph: Any) -> SafeString:
    """JSON for a data block: nothing in it can end the element that holds it."""
    text = json.dumps(graph, ensure_ascii=False)
    return mark_safe(text.translate(ESCAPES))


def _graph(call: Call) -> dict[str, Any]:
    url = f"{settings.SITE_ADDRESS}{reverse('program:call', args=[call.public_id])}"
    title = localized(call, "title")
    funders = [
        {
            "@type": "FundingAgency",
            "name": localized(agency, "name"),
            **({"@id": f"https://ror.org/{agency.ror_id}"} if agency.ror_id else {}),
        }
        for agency in agencies_of(call)
    ]
    grant = {
        "@type": "MonetaryGrant",
        "@id": url,
        "url": url,
        "identifier": call.code,
        "name": title,
        "description": localized(call, "summary"),
        "funder": funders,
        "amount": [
            {
                "@type": "MonetaryAmount",
                "currency": cap.currency,
                "maxValue": format_amount(cap.amount, cap.currency).replace(",", ""),
            }
            for cap in call.caps.order_by("id")
        ],
    }
    events = [
        {
            "@type": "Event",
            "name": f"{date.label}: {title}",
            "startDate": (date.event.instant or date.event.starts_on).isoformat(),
            **({"endDate": date.event.ends_on.isoformat()} if date.event.ends_on else {}),
            "inLanguage": current(),
            "about": {"@id": url},
            "location": {"@type": "VirtualLocation", "url": url},
        }
        for date in dates_of(call)
    ]
    return {"@context": "https://schema.org", "@graph": [grant, *events]}
