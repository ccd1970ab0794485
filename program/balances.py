"""The balance of a dossier in words, for pages and papers alike."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from program.rules.balance import Scored, balance_of, decimal, span_without_one, turning, verdict
from program.rules.dossier import HEAVIEST

TONES = {"benefit": "success", "even": "neutral", "loss": "error", "unknown": "neutral"}


def verdict_words(said: str) -> str:
    """What a balance says, in the reader's language."""
    return {
        "benefit": _("benefit prevails"),
        "even": _("in balance"),
        "loss": _("loss prevails"),
        "unknown": _("no evidence weighed"),
    }[said]


def _turns(now: int, then: int) -> str:
    if then > now:
        return _("The result turns if the weight of “%(name)s” is raised from %(now)s to %(then)s or more.")
    if then:
        return _("The result turns if the weight of “%(name)s” is lowered from %(now)s to %(then)s or less.")
    return _("The result turns if the weight of “%(name)s” is lowered from %(now)s to 0.")


def turning_sentences(items: Sequence[Scored], names: Mapping[str, str]) -> list[str]:
    """Which weights would turn the result, a sentence each, the smallest change first; then what leaving out one does.

    `names` are the items' names by key. Nothing is said where nothing has any weight.
    """
    balance = balance_of(items)
    if balance.value is None:
        return []
    if balance.value == 0:
        return [_("Benefits and losses are in balance: any other weight of an item that is scored turns it.")]
    found = turning(items, heaviest=HEAVIEST)
    sentences = [
        _turns(one.weight, one.turns_at or 0)
        % {"name": names[one.key], "now": one.weight, "then": one.turns_at}
        for one in found
    ]
    if not found:
        sentences.append(
            _("No single weight from 0 to %(most)s turns the result: it is “%(verdict)s” with each of them.")
            % {"most": HEAVIEST, "verdict": verdict_words(verdict(balance.value))}
        )
    span = span_without_one(items)
    if span:
        sentences.append(
            _("With any one item left out, the balance lies between %(low)s and %(high)s.")
            % {"low": decimal(span[0]), "high": decimal(span[1])}
        )
    return sentences
