"""What the agencies say of every proposal before the decision: their lists, and the negotiation over them."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Organisation
from proposals.models import Proposal
from review.models import AgencyList
from review.permissions import may_see_letters
from review.rules.agreement import Place


def place_words(place: Place) -> str:
    """A place in a list, in words: recommended or not, or its rank."""
    if place.rank is not None:
        return _("rank %(rank)s") % {"rank": place.rank}
    return _("recommended") if place.is_recommended else _("not recommended")


def list_words(user: Any, agency: Organisation, found: AgencyList | None) -> dict[str, Any]:
    """How an agency's list stands, and how it came about where it was recorded on the agency's behalf."""
    if found is None:
        return {"agency": agency, "words": _("not given yet"), "at": None, "behalf": "", "letter_url": ""}
    behalf, letter_url = "", ""
    if found.on_behalf:
        values = {"agency": agency.short_name, "name": found.recorded_by}
        behalf = _("Recorded by %(name)s on behalf of %(agency)s, which does not sign in.") % values
        behalf += " " + (
            _("Confirmed by %(name)s.") % {"name": found.confirmed_by}
            if found.counts
            else _("It does not count yet: a second officer must confirm it.")
        )
        if may_see_letters(user, found.call):
            letter_url = reverse("review:list_letter", args=[found.public_id])
    return {
        "agency": agency,
        "words": _("given") if found.counts else _("recorded, not confirmed yet"),
        "at": found.confirmed_at or found.at,
        "behalf": behalf,
        "letter_url": letter_url,
    }


def said_of(lists: Mapping[str, Mapping[str, Place]], proposal: Proposal) -> list[dict[str, Any]]:
    """What each agency's list says of one proposal."""
    return [
        {
            "agency": name,
            "words": place_words(places[proposal.public_id]),
            "text": places[proposal.public_id].words,
        }
        for name, places in sorted(lists.items())
        if proposal.public_id in places
    ]
