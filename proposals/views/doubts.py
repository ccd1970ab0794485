"""What the check page says beside what is missing: it keeps nobody from submitting."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.violations import Violation, sentence
from proposals.actions.awards import leaders_of, warnings_of
from proposals.actions.content import canonical
from proposals.actions.signing import signatures_of
from proposals.actions.statement_content import statement_gaps
from proposals.documents import unprintable
from proposals.exchange_words import too_much_words
from proposals.models import Proposal
from proposals.posts import changed_posts
from proposals.rules.completeness import AWARD, BUDGET, EXCHANGE, STANDING, STATEMENTS, TEAM
from proposals.team_hints import team_hints
from proposals.views.outside_term import left_out, tables_left_out
from proposals.views.partner_country import partner_country_gap
from proposals.views.parts import ROUTES


class Doubt(str):
    """A sentence of the check page, and the address of the page where it can be put right (blank for none)."""

    url: str

    def __new__(cls, text: str, url: str = "") -> "Doubt":
        found = super().__new__(cls, text)
        found.url = url
        return found


def what_is_doubtful(proposal: Proposal, content: dict[str, Any]) -> list[Doubt]:
    """What the agencies may ask about, a sentence each."""

    def at(part: str, *sentences: str) -> list[Doubt]:
        url = reverse(ROUTES[part], args=[proposal.public_id])
        return [Doubt(text, url) for text in sentences if text]

    awards = list(proposal.awards.all())
    doubts = warnings_of(proposal, awards, leaders=leaders_of(content))
    found = at(
        AWARD,
        *(
            _("Partner award %(number)s: %(doubt)s") % {"number": award.number, "doubt": sentence(violation)}
            for award in awards
            for violation in doubts[award.pk]
        ),
    )
    names = {member.person.public_id: member.person.name for member in proposal.team.all()}
    found += at(
        TEAM,
        *(
            _("%(name)s: %(hint)s") % {"name": names[person], "hint": sentence(hint)}
            for person, hints in team_hints(content["team"]).items()
            for hint in hints
        ),
        partner_country_gap(proposal, content["team"]),
    )
    found += at(
        STATEMENTS,
        *(sentence(violation) for violation in statement_gaps(proposal, required=False)),
        *(sentence(changed) for changed in changed_posts(proposal, proposal.statements.all())),
    )
    if not content.get("standing"):
        found += at(STANDING, sentence(Violation("standing_missing")))
    found += at(EXCHANGE, *too_much_words(content))
    found += [Doubt(sentence(violation)) for violation in unprintable(canonical(content))]
    found += at(BUDGET, left_out(proposal))
    found += [Doubt(words) for words in tables_left_out(proposal)]
    unanswered = [member.person.name for member in proposal.team.all() if member.joined_at is None]
    if unanswered:
        words = _(
            "Named, but has not accepted the invitation, and reads nothing but the part that both sides share: %(names)s"
        )
        found += at(TEAM, words % {"names": _(", ").join(unanswered)})
    waiting = [signed.member.person.name for signed in signatures_of(proposal, content) if signed.at is None]
    if (
        waiting and not proposal.call.needs_approval
    ):  # else it does keep from asking the institution, which says so
        words = _("No signature to what stands now, from: %(names)s")
        tasks = reverse("proposals:tasks", args=[proposal.public_id])
        found.append(Doubt(words % {"names": _(", ").join(waiting)}, f"{tasks}#signatures-heading"))
    return found
