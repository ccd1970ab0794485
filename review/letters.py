"""The letters of a decision: to whom they go, and what they say to each in both languages."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import Membership, Person
from kernel.clock import today
from kernel.languages import localized
from kernel.money import format_amount
from kernel.templatetags.kernel import fiscal_year, plain_day
from program.queries import required_agencies
from proposals.enums import ProposalState, TeamRole
from proposals.models import Proposal
from review.budgets import asked_by_year
from review.enums import Addressee, Outcome
from review.models import Decision, DecisionItem, LetterText
from review.reserve import first_decision
from review.rules.letters import filled

LANGUAGES = tuple(settings.DATA_LANGUAGES)


@dataclass(frozen=True)
class Recipient:
    """Somebody to whom the letter on a proposal goes."""

    addressee: Addressee
    person: Person

    @property
    def email(self) -> str:
        user = getattr(self.person, "user", None)
        return str(user.email if user else self.person.email)

    @property
    def language(self) -> str:
        user = getattr(self.person, "user", None)
        return str(user.language) if user else "en"


def recipients_of(proposal: Proposal) -> list[Recipient]:
    """The principal investigator, the partner's, and the officers of the institution who are not of the team; each once."""
    team = list(proposal.team.joined().select_related("person__user"))
    partners = [member.person for member in team if member.role == TeamRole.PARTNER_PI]
    officers = (
        Membership.objects.active_on(today())
        .filter(organisation=proposal.institution_id, role=Role.INSTITUTION_OFFICER)
        .exclude(person__in=[proposal.pi_id, *(member.person_id for member in team)])
        .select_related("person__user")
        .order_by("person")
    )
    pi = Person.objects.select_related("user").get(pk=proposal.pi_id)
    found = [
        Recipient(Addressee.PI, pi),
        *(Recipient(Addressee.PARTNER_PI, person) for person in partners if person.pk != pi.pk),
        *(Recipient(Addressee.INSTITUTION, membership.person) for membership in officers),
    ]
    return list({recipient.person.pk: recipient for recipient in reversed(found)}.values())[::-1]


def awarded_of(item: DecisionItem, asked: dict[int, int] | None = None) -> dict[int, int]:
    """What is awarded by fiscal year in minor units: as asked for, or less where the decision says so."""
    years = asked_by_year([item.proposal]).get(item.proposal_id, {}) if asked is None else asked
    return {**years, **{int(year): amount for year, amount in item.awarded.items()}}


def text_of(call: Any, outcome: str, kept: LetterText | None) -> dict[str, str]:
    """`subject_ja`, `body_ja` and so on: the call's own text, or the portal's."""
    if kept is not None:
        return {
            f"{name}_{code}": getattr(kept, f"{name}_{code}")
            for name in ("subject", "body")
            for code in LANGUAGES
        }
    found = {}
    for code in LANGUAGES:
        with translation.override(code):
            found[f"subject_{code}"] = _("{call}: result of the review of {number}")
            found[f"body_{code}"] = _body(Outcome(outcome))
    return found


def _body(outcome: Outcome) -> str:
    middle = {
        Outcome.ADOPT: _(
            "The proposal has been adopted.\n\nAwarded:\n{awarded}\n\nConditions:\n{conditions}\n\nThe project with its budget is in the portal. The contract follows with each institution."
        ),
        Outcome.RESERVE: _(
            "The proposal has been put on the reserve list with rank {rank}. The agencies turn to it where an adopted proposal falls away.\n\n{reserve_until}"
        ),
        Outcome.REJECT: _("After careful review the proposal has not been adopted."),
    }[outcome]
    head = _(
        "{letter_number}\n{letter_date}\n\nTo {name}\n\n{agencies}\n\nThis is what the agencies have decided together on the proposal “{title}” ({number}; principal investigator {pi}, {institution}) to the call “{call}”."
    )
    return f"{head}\n\n{middle}\n\n{{appeal}}"


def values_of(
    decision: Decision, item: DecisionItem, recipient: Recipient, number: str, dated: dt.date, language: str
) -> dict[str, str]:
    """What stands in the places of one letter, in `language`."""
    call, proposal = decision.call, item.proposal
    with translation.override(language):
        return {
            "name": recipient.person.name_in(language),
            "letter_number": number,
            "letter_date": plain_day(dated),
            "number": proposal.receipt_number or "",
            "title": localized(proposal, "title"),
            "pi": proposal.pi.name_in(language),
            "institution": localized(proposal.institution, "name"),
            "call": localized(call, "title"),
            "agencies": "\n".join(localized(agency, "name") for agency in required_agencies(call)),
            "rank": str(item.rank),
            "reserve_until": _reserve_words(decision),
            "awarded": _awarded_words(item) if item.outcome == Outcome.ADOPT else "",
            "conditions": localized(item, "conditions") or _("No conditions."),
            "appeal": _appeal_words(decision, dated),
        }


def _awarded_words(item: DecisionItem) -> str:
    currency = item.decision.call.programme.currency
    years = awarded_of(item)
    lines = [
        f"{fiscal_year(year)}: {format_amount(amount, currency)} {currency}"
        for year, amount in sorted(years.items())
    ]
    total = format_amount(sum(years.values()), currency)
    return "\n".join([*lines, _("In all: %(amount)s") % {"amount": f"{total} {currency}"}])


def _reserve_words(decision: Decision) -> str:
    first = decision if decision.reserve_until else first_decision(decision.call)
    if first is None or first.reserve_until is None:
        return ""
    return _("The reserve list is kept until %(day)s.") % {"day": plain_day(first.reserve_until)}


def appeal_until(decision: Decision, published: dt.date) -> dt.date | None:
    """The last day on which an applicant may object; None where the call lets nobody."""
    days = decision.call.appeal_days
    return None if days is None else published + dt.timedelta(days=days)


def _appeal_words(decision: Decision, dated: dt.date) -> str:
    last = appeal_until(decision, dated)
    if last is None:
        return ""
    return _("An objection can be raised in the portal, with its reasons, until %(day)s.") % {
        "day": plain_day(last)
    }


@dataclass(frozen=True)
class Written:
    """One letter as it would be written."""

    item: DecisionItem
    recipient: Recipient
    number: str
    texts: dict[str, str]


def letters_of(decision: Decision, dated: dt.date) -> Iterator[Written]:
    """Every letter of the decision, as it would be written if it were published on the day `dated`."""
    kept = {text.outcome: text for text in LetterText.objects.filter(call=decision.call)}
    items = decision.items.exclude(proposal__state=ProposalState.WITHDRAWN).select_related(
        "proposal__pi", "proposal__institution", "proposal__call__programme", "decision__call__programme"
    )
    serial = 0
    for item in items:
        texts = text_of(decision.call, item.outcome, kept.get(item.outcome))
        for recipient in recipients_of(item.proposal):
            serial += 1
            number = f"{decision.call.code}-{decision.number:02}-{serial:04}"
            yield Written(item, recipient, number, _filled(decision, item, recipient, number, dated, texts))


def _filled(
    decision: Decision,
    item: DecisionItem,
    recipient: Recipient,
    number: str,
    dated: dt.date,
    texts: dict[str, str],
) -> dict[str, str]:
    found = {}
    for code in LANGUAGES:
        values = values_of(decision, item, recipient, number, dated, code)
        found[f"subject_{code}"] = " ".join(filled(texts[f"subject_{code}"], values).split())[:250]
        found[f"body_{code}"] = filled(texts[f"body_{code}"], values)
    return found
