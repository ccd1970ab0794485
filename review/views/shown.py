"""A proposal as the review's pages show it: its title, its outline, its team."""

from collections.abc import Sequence
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Organisation
from kernel.choices import label_of_field
from kernel.languages import current as language
from kernel.languages import localized
from kernel.templatetags.kernel import fiscal_year
from program.models import Call
from program.permissions import agency_seats
from program.queries import designation_name
from proposals.models import Proposal, TeamMember
from registries.models import Country, Institution
from review.enums import ListKind
from review.models import ScoreLock
from review.permissions import is_free_of_all, may_see_letters
from review.queries import decisions_visible_to
from review.rules.agreement import agreement_of
from review.rules.means import NOTHING


def proposal_title(proposal: Proposal) -> str:
    """The title in the reader's language; the receipt number where there is none."""
    return localized(proposal, "title") or str(proposal.receipt_number or "")


def rank_words(rank: int | None, is_shared: bool) -> str:
    """A rank as it is read: 2, or 2（同順位）; alike on the page and in what is exported."""
    if rank is None:
        return NOTHING
    return _("%(rank)s (shared rank)") % {"rank": rank} if is_shared else str(rank)


def facts_of(proposal: Proposal) -> list[dict[str, str]]:
    """The outline that may be read before the declaration."""
    designation = proposal.designation
    years = proposal.fiscal_years
    return [
        {"label": _("Receipt number"), "value": proposal.receipt_number or "", "url": ""},
        {"label": _("Call"), "value": localized(proposal.call, "title"), "url": ""},
        {
            "label": _("Field and partner"),
            "value": designation_name(designation) if designation else "",
            "url": "",
        },
        {"label": _("Principal investigator"), "value": proposal.pi.name, "url": ""},
        {"label": _("Institution"), "value": localized(proposal.institution, "name"), "url": ""},
        {"label": _("Years"), "value": f"{fiscal_year(years[0])} – {fiscal_year(years[-1])}", "url": ""},
    ]


def team_of(proposal: Proposal) -> list[dict[str, str]]:
    """Who belongs to the two teams."""
    return teams_of([proposal])[proposal.pk]


def teams_of(proposals: Sequence[Proposal]) -> dict[int, list[dict[str, str]]]:
    """Who belongs to the two teams of each proposal, by its id; one query for any number."""
    names = Country.objects.filter(pk=OuterRef("country_code")).values(f"name_{language()}")[:1]
    known = Institution.objects.filter(ror_id=OuterRef("institution_ror_id")).exclude(ror_id="")
    called = known.values(f"name_{language()}")[:1]
    members: Any = TeamMember.objects.filter(proposal__in=[p.pk for p in proposals])
    members = members.select_related("person").order_by("id")
    found: dict[int, list[dict[str, str]]] = {p.pk: [] for p in proposals}
    for member in members.annotate(country=Subquery(names), called=Subquery(called)):
        found[member.proposal_id].append(
            {
                "name": member.person.name,
                "role": label_of_field(member, "role"),
                "institution": member.called or member.institution_name,
                "country": member.country or member.country_code,
            }
        )
    return found


def tabs_of(user: Any, call: Call, current: str) -> list[dict[str, Any]]:
    """The pages of a call under review, and the newest decision where there is one that the user may see."""
    pages = [
        (_("Ranking"), "board"),
        (_("Statistics"), "statistics"),
        (_("Panel"), "panels"),
        (_("Reviewers"), "pool"),
        (_("Conflicts of interest"), "conflicts"),
        (_("Assignment"), "matching"),
        (_("Progress"), "progress"),
    ]
    if agreement_of(call.agreement).lists is not ListKind.NONE and is_free_of_all(user, call):
        pages.append((_("Lists of the agencies"), "lists"))
    tabs = [
        {
            "label": label,
            "url": reverse(f"review:{name}", args=[call.public_id]),
            "current": name == current,
            "count": "",
        }
        for label, name in pages
    ]
    if agency_seats(user, call) and is_free_of_all(user, call):
        tabs.append(
            {
                "label": _("Portfolio"),
                "url": reverse("review:portfolio", args=[call.public_id]),
                "current": current == "portfolio",
                "count": "",
            }
        )
    decision = decision_of(user, call)
    if decision:
        tabs.append(
            {
                "label": _("Decision"),
                "url": reverse("review:decision", args=[decision]),
                "current": current == "decision",
                "count": "",
            }
        )
    return tabs


def decision_of(user: Any, call: Call) -> str:
    """The public id of the newest decision on the call that the user may see; "" where there is none."""
    if hasattr(call, "newest_decision"):  # read together with the call
        return call.newest_decision or ""
    decision = decisions_visible_to(user).filter(call=call).first()
    return decision.public_id if decision else ""


def lock_words(user: Any, agency: Organisation, lock: ScoreLock | None) -> dict[str, Any]:
    """How an agency's lock stands, and how it came about where it was recorded on the agency's behalf."""
    if lock is None:
        words = _("scores not locked yet")
        return {
            "agency": agency,
            "words": words,
            "at": None,
            "behalf": "",
            "letter_url": "",
            "letter_dated": None,
        }
    behalf, letter_url = "", ""
    if lock.on_behalf:
        values = {"agency": agency.short_name, "name": lock.recorded_by}
        behalf = _("Recorded by %(name)s on behalf of %(agency)s, which does not sign in.") % values
        behalf += " " + (
            _("Confirmed by %(name)s.") % {"name": lock.confirmed_by}
            if lock.counts
            else _("It does not count yet: a second officer must confirm it.")
        )
        if may_see_letters(user, lock.call):
            letter_url = reverse("review:lock_letter", args=[lock.public_id])
    return {
        "agency": agency,
        "words": _("scores locked") if lock.counts else _("lock recorded, not confirmed yet"),
        "at": lock.confirmed_at or lock.at,
        "behalf": behalf,
        "letter_url": letter_url,
        "letter_dated": lock.letter_dated,
    }


def behalf_words(user: Any, locks: dict[int, ScoreLock]) -> list[dict[str, Any]]:
    """The locks that were recorded on an agency's behalf, for the notice that stands on every page of the review."""
    return [lock_words(user, lock.agency, lock) for lock in locks.values() if lock.on_behalf]
