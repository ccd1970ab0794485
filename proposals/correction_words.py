"""The parts of a proposal by their names, for who returns some of them for correction and for who corrects them."""

from django.utils.translation import gettext as _

from kernel.languages import localized
from proposals.models import Proposal
from proposals.rules.completeness import (
    AWARD,
    BUDGET,
    CORE,
    EXCHANGE,
    GRANTS,
    STANDING,
    STATEMENTS,
    TEAM,
    section_part,
)
from proposals.rules.correction import ATTACHMENT


def part_names(proposal: Proposal) -> dict[str, str]:
    """What each part is called in the reader's language, in the order of the form."""
    sections = {
        section_part(section.key): localized(section, "title")
        for section in proposal.form_version.sections.all()
    }
    return {
        CORE: _("Title, term and field"),
        **sections,
        TEAM: _("Research team"),
        GRANTS: _("Other grants and effort"),
        AWARD: _("Award of the partner agency"),
        STANDING: _("Standing of the partner researcher"),
        EXCHANGE: _("Dispatch and acceptance"),
        BUDGET: _("Budget by fiscal year"),
        STATEMENTS: _("Statements on compliance"),
        ATTACHMENT: _("Attachment"),
    }
