"""How the agencies of a call come to one decision: the four agreement models (domain.md, section 4), as a table.

Whatever differs between the models is a column here; no other module asks which model a call has.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from kernel.text import is_blank_text
from kernel.violations import Violation
from program.enums import AgreementModel
from review.enums import AgreementStep, ListKind, Outcome
from review.rules.decision import LONGEST_REASON, Item

Step = AgreementStep


@dataclass(frozen=True)
class Agreement:
    """One model.

    `all_review`: every agency's reviewers score, or the lead agency's alone. `lists`: what each agency whose yes is needed
    records of every proposal once the scores are locked. `only_recommended`: nothing is adopted that one of them does not
    recommend. `explains_departure`: a rank that is not the one of an agency's list has its reason. `steps`: the way to the
    decision, in its order.
    """

    all_review: bool
    lists: ListKind
    only_recommended: bool
    explains_departure: bool
    steps: tuple[AgreementStep, ...]

    @property
    def negotiates(self) -> bool:
        return Step.NEGOTIATE in self.steps

    @property
    def has_panel(self) -> bool:
        """Whether the list is the joint panel's."""
        return Step.PANEL in self.steps


LAST = (Step.PROPOSE, Step.ANSWER, Step.PUBLISH)
AGREEMENTS: Mapping[AgreementModel, Agreement] = {
    AgreementModel.BOTH_RECOMMEND: Agreement(
        all_review=True,
        lists=ListKind.RECOMMENDATION,
        only_recommended=True,
        explains_departure=False,
        steps=(Step.LOCK, Step.RECOMMEND, *LAST),
    ),
    AgreementModel.NEGOTIATION: Agreement(
        all_review=True,
        lists=ListKind.RANKING,
        only_recommended=False,
        explains_departure=True,
        steps=(Step.LOCK, Step.RANK, Step.NEGOTIATE, *LAST),
    ),
    AgreementModel.JOINT_PANEL: Agreement(
        all_review=True,
        lists=ListKind.NONE,
        only_recommended=False,
        explains_departure=False,
        steps=(Step.LOCK, Step.PANEL, *LAST),
    ),
    AgreementModel.LEAD_CONFIRMED: Agreement(
        all_review=False,
        lists=ListKind.NONE,
        only_recommended=False,
        explains_departure=False,
        steps=(Step.LOCK, Step.PROPOSE, Step.CONFIRM, Step.PUBLISH),
    ),
}


def agreement_of(model: str) -> Agreement:
    """The model by the value that a call keeps."""
    return AGREEMENTS[AgreementModel(model)]


@dataclass(frozen=True)
class Place:
    """What an agency's list says of one proposal."""

    key: str
    is_recommended: bool | None = None
    rank: int | None = None
    words: str = ""


def list_violations(kind: ListKind, places: Sequence[Place], expected: Mapping[str, str]) -> list[Violation]:
    """What is wrong with an agency's list. `expected` are the keys of the proposals, with their numbers; a ranking gives
    each a rank of 1 or more, which several may share; what is not recommended has the words why."""
    found = []
    keys = [place.key for place in places]
    for key, number in expected.items():
        if key not in keys:
            found.append(Violation("decision_lacks_proposal", params={"number": number}))
    if len(set(keys)) != len(keys) or set(keys) - set(expected):
        found.append(Violation("decision_has_another_proposal"))
    for place in places:
        if kind is ListKind.RECOMMENDATION:
            if place.is_recommended is None:
                found.append(Violation("recommendation_missing", f"recommended_{place.key}"))
            elif not place.is_recommended and is_blank_text(place.words):
                found.append(Violation("words_for_not_recommended", f"words_{place.key}"))
        elif place.rank is None or not 1 <= place.rank <= 10_000:
            found.append(Violation("rank_below_one", f"rank_{place.key}"))
        if len(place.words) > LONGEST_REASON:
            found.append(Violation("text_too_long", f"words_{place.key}", {"limit": LONGEST_REASON}))
        if "\x00" in place.words:
            found.append(Violation("text_has_null", f"words_{place.key}"))
    return found


def agreed_violations(
    model: Agreement,
    items: Sequence[Item],
    lists: Mapping[str, Mapping[str, Place]],
    required: Collection[str],
) -> list[Violation]:
    """What stands against a decision by the agencies' lists: `{agency: {key: place}}`, of those `required`, by their names."""
    if model.lists is ListKind.NONE:
        return []
    missing = sorted(set(required) - set(lists))
    if missing:
        return [Violation("list_missing", params={"agency": name}) for name in missing]
    found = []
    for item in items:
        places = {name: lists[name][item.key] for name in sorted(required) if item.key in lists[name]}
        if model.only_recommended and item.outcome == Outcome.ADOPT:
            against = [name for name, place in places.items() if not place.is_recommended]
            if against:
                params = {"agencies": ", ".join(against)}
                found.append(Violation("not_recommended_by", f"outcome_{item.key}", params))
        if model.explains_departure and is_blank_text(item.reason):
            departs = [f"{name}: {place.rank}" for name, place in places.items() if place.rank != item.rank]
            if departs:
                params = {"ranks": ", ".join(departs)}
                found.append(Violation("reason_for_departure", f"reason_{item.key}", params))
    return found


def panel_violations(
    model: Agreement, items: Sequence[Item], ranks: Mapping[str, int] | None
) -> list[Violation]:
    """What stands against a decision by the list of the joint panel, where the model has one. `ranks` are the panel's by the
    proposals' keys; None while no meeting has ended with its minutes."""
    if not model.has_panel:
        return []
    if ranks is None:
        return [Violation("panel_not_closed")]
    return [
        Violation("reason_for_departure_from_panel", f"reason_{item.key}", {"rank": ranks[item.key]})
        for item in items
        if ranks.get(item.key, item.rank) != item.rank and is_blank_text(item.reason)
    ]
