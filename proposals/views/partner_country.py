"""Whether anybody of the partner team belongs to the partner country of the call: told to the team and to the agencies."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from kernel.clock import today
from kernel.languages import localized
from program.queries import members_of_group
from proposals.enums import TeamRole
from proposals.models import Proposal

PARTNERS = (TeamRole.PARTNER_PI, TeamRole.PARTNER_MEMBER)


def partner_country_gap(proposal: Proposal, team: Sequence[Mapping[str, Any]]) -> str:
    """That nobody of the partner team works in the country, or in one of the group, of the proposal's designation; blank
    where somebody does, where nobody is named yet, or where the designation is not chosen. A hint, never a bar: institutions
    have branches abroad. `team` is a content's, or has its `role` and `country_code`."""
    designation, named = proposal.designation, {m["country_code"] for m in team if m["role"] in PARTNERS}
    if designation is None or not named:
        return ""
    if designation.country is not None:
        codes, partner = {designation.country.code}, localized(designation.country, "name")
    elif designation.group is not None:
        codes = {country.code for country in members_of_group(designation.group, today())}
        partner = localized(designation.group, "title")
    if not codes or named & codes:
        return ""
    return _(
        "Nobody of the partner team works at an institution in the partner country of this call (%(partner)s). Check the countries entered for the team."
    ) % {"partner": partner}
