"""The letters of a decision: what they say to each of their readers in both languages."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from kernel.languages import localized
from kernel.money import format_amount
from kernel.templatetags.kernel import fiscal_year, plain_day
from program.queries import required_agencies
from proposals.enums import ProposalState
from review.addressees import Recipient, recipients_of
from review.budgets import asked_by_year
from review.enums import Outcome
from review.models import Decision, DecisionItem, LetterText
from review.reserve import first_decision
from review.rules.letters import filled

LANGUAGES = tuple(settings.DATA_LANGUAGES)


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


def _awarded_words(years: dict[int, int], currency: str) -> str:
    lines = [
        f"{fiscal_year(year)}: {format_amount(amount, currency)} {currency}"
        for year, amount in sorted(years.items())
    ]
    total = format_amount(sum(years.values()), currency)
    return "\n".join([*lines, _("In all: %(amount)s") % {"amount": f"{total} {currency}"}])


def _reserve_words(until: dt.date | None) -> str:
    return _("The reserve list is kept until %(day)s.") % {"day": plain_day(until)} if until else ""


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
class Addressed:
    """One letter before it is written: on which proposal, to whom, under which number."""

    item: DecisionItem
    recipient: Recipient
    number: str


@dataclass(frozen=True)
class Written:
    """One letter as it would be written: `subject_ja`, `body_ja` and so on."""

    item: DecisionItem
    recipient: Recipient
    number: str
    texts: dict[str, str]


class Letters:
    """The letters of a decision as they would be written if it were published on the day `dated`.

    What all of them need is read once, in a number of queries that does not grow with the letters.
    """

    def __init__(self, decision: Decision, dated: dt.date) -> None:
        self.decision, self.dated = decision, dated
        items = list(
            decision.items.exclude(proposal__state=ProposalState.WITHDRAWN).select_related(
                "proposal__pi__user", "proposal__institution"
            )
        )
        proposals = [item.proposal for item in items]
        kept = {text.outcome: text for text in LetterText.objects.filter(call=decision.call)}
        self._texts = {outcome: text_of(decision.call, outcome, kept.get(outcome)) for outcome in Outcome}
        self._asked = asked_by_year(proposals)
        self._agencies = list(required_agencies(decision.call))
        self._reserved_until = decision.reserve_until or self._first_reserve_until()
        recipients = recipients_of(proposals)
        letters = ((item, recipient) for item in items for recipient in recipients[item.proposal_id])
        self.addressed = [
            Addressed(item, recipient, f"{decision.call.code}-{decision.number:02}-{serial:04}")
            for serial, (item, recipient) in enumerate(letters, 1)
        ]

    def _first_reserve_until(self) -> dt.date | None:
        first = first_decision(self.decision.call)
        return first.reserve_until if first else None

    def __iter__(self) -> Iterator[Written]:
        return map(self.written, self.addressed)

    def written(self, letter: Addressed) -> Written:
        """The letter with its texts in every language."""
        texts = self._texts[Outcome(letter.item.outcome)]
        found = {}
        for code in LANGUAGES:
            values = self._values(letter, code)
            found[f"subject_{code}"] = " ".join(filled(texts[f"subject_{code}"], values).split())[:250]
            found[f"body_{code}"] = filled(texts[f"body_{code}"], values)
        return Written(letter.item, letter.recipient, letter.number, found)

    def _values(self, letter: Addressed, language: str) -> dict[str, str]:
        """What stands in the places of one letter, in `language`."""
        item, proposal, call = letter.item, letter.item.proposal, self.decision.call
        years = awarded_of(item, self._asked.get(proposal.pk, {}))
        with translation.override(language):
            return {
                "name": letter.recipient.person.name_in(language),
                "letter_number": letter.number,
                "letter_date": plain_day(self.dated),
                "number": proposal.receipt_number or "",
                "title": localized(proposal, "title"),
                "pi": proposal.pi.name_in(language),
                "institution": localized(proposal.institution, "name"),
                "call": localized(call, "title"),
                "agencies": "\n".join(localized(agency, "name") for agency in self._agencies),
                "rank": str(item.rank),
                "reserve_until": _reserve_words(self._reserved_until),
                "awarded": _awarded_words(years, call.programme.currency)
                if item.outcome == Outcome.ADOPT
                else "",
                "conditions": localized(item, "conditions") or _("No conditions."),
                "appeal": _appeal_words(self.decision, self.dated),
            }
