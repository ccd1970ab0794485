"""Which proposals to fund together: the line under a ranked list, the rules of a choice, and what a choice does not keep.

A choice is worth the sum of its proposals' points, each the mean of the agencies brought onto 1 to 1,000. Nothing is decided
by it: it shows the officers what the rules allow, and what each of them costs (`review.rules.best_choice`).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

MOST_POINTS = 1_000

# An agency's money of a fiscal year: its key, and the year.
Purse = tuple[str, int]


class RuleKind(StrEnum):
    """What may hold a choice back."""

    PURSE = "purse"
    # All of an agency's purses together: where every year is short, lifting one of them helps nobody.
    PURSES = "purses"
    FIELD = "field"
    COUNTRY = "country"
    BOTH = "both"
    MOST = "most"
    PINNED = "pinned"
    LEFT_OUT = "left_out"


@dataclass(frozen=True)
class Rule:
    """One rule of a wish: of a purse `subject` is the agency's key and `year` the fiscal year, of a minimum the field or the
    country, of a proposal that is held in or out its key; `amount` is yen or a number of proposals."""

    kind: RuleKind
    subject: str = ""
    year: int = 0
    amount: int = 0


@dataclass(frozen=True)
class Candidate:
    """A proposal that may be funded. `points` is None where nobody has scored it; `costs` is yen by purse; `for_both` says
    whether every agency would fund it. Candidates come in the order of their ranks."""

    key: str
    points: int | None
    costs: Mapping[Purse, int]
    field: str = ""
    countries: frozenset[str] = frozenset()
    for_both: bool = True


@dataclass(frozen=True)
class Wish:
    """What a choice has to keep. `purses` are yen; a purse that is not named holds nothing back."""

    purses: Mapping[Purse, int]
    fields: Mapping[str, int]
    countries: Mapping[str, int]
    only_both: bool = False
    most: int | None = None
    pinned: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()

    def rules(self) -> Iterator[Rule]:
        """Each of its rules, so that it can be lifted alone."""
        for (agency, year), amount in sorted(self.purses.items()):
            yield Rule(RuleKind.PURSE, agency, year, amount)
        for name, least in sorted(self.fields.items()):
            yield Rule(RuleKind.FIELD, name, amount=least)
        for name, least in sorted(self.countries.items()):
            yield Rule(RuleKind.COUNTRY, name, amount=least)
        if self.only_both:
            yield Rule(RuleKind.BOTH)
        if self.most is not None:
            yield Rule(RuleKind.MOST, amount=self.most)
        for key in sorted(self.pinned):
            yield Rule(RuleKind.PINNED, key)
        for key in sorted(self.left_out):
            yield Rule(RuleKind.LEFT_OUT, key)

    def agencies(self) -> Iterator[Rule]:
        """The agencies with several purses, to be lifted together."""
        years = Counter(agency for agency, _year in self.purses)
        for agency, count in sorted(years.items()):
            if count > 1:
                yield Rule(RuleKind.PURSES, agency)

    def without(self, rule: Rule) -> "Wish":
        """The same wish, were it not for `rule`."""
        match rule.kind:
            case RuleKind.PURSE:
                kept = {
                    key: amount for key, amount in self.purses.items() if key != (rule.subject, rule.year)
                }
                return replace(self, purses=kept)
            case RuleKind.PURSES:
                kept = {key: amount for key, amount in self.purses.items() if key[0] != rule.subject}
                return replace(self, purses=kept)
            case RuleKind.FIELD:
                return replace(self, fields={k: n for k, n in self.fields.items() if k != rule.subject})
            case RuleKind.COUNTRY:
                return replace(self, countries={k: n for k, n in self.countries.items() if k != rule.subject})
            case RuleKind.BOTH:
                return replace(self, only_both=False)
            case RuleKind.MOST:
                return replace(self, most=None)
            case RuleKind.PINNED:
                return replace(self, pinned=self.pinned - {rule.subject})
            case RuleKind.LEFT_OUT:
                return replace(self, left_out=self.left_out - {rule.subject})


@dataclass(frozen=True)
class Best:
    """The best choice found: its proposals and points. `gap` is the part by which a better one could still beat it; 0 where
    it is proved to be the best."""

    chosen: frozenset[str]
    points: int
    gap: float = 0.0


@dataclass(frozen=True)
class Missed:
    """A rule that cannot be kept together with the others, and by how much: yen of a purse, else proposals."""

    rule: Rule
    by: int


@dataclass(frozen=True)
class Price:
    """What a rule costs: the points that the best choice would gain without it, and who would come in and go out."""

    rule: Rule
    points: int
    comes: frozenset[str]
    goes: frozenset[str]


def points_of(mean: Fraction | None, lowest: int, highest: int) -> int | None:
    """A mean, high is best, as points from 1 to 1,000: even the lowest is worth more than funding nobody."""
    if mean is None:
        return None
    place = (mean - lowest) / (highest - lowest)
    return max(1, min(MOST_POINTS, round(place * MOST_POINTS)))


@dataclass(frozen=True)
class Opinion:
    """What one agency says of a proposal: its own recommendation, None where it has made none (or the reader may not know it
    yet), and its reviewers' mean, high is best, None where nobody has scored it."""

    recommended: bool | None = None
    mean: Fraction | None = None


def would_fund(opinion: Opinion, threshold: Fraction | None) -> bool:
    """Whether the agency would fund it: as it recommends; where it has not said, where its mean reaches the threshold, or, without
    one, where it has scored it."""
    if opinion.recommended is not None:
        return opinion.recommended
    return opinion.mean is not None and (threshold is None or opinion.mean >= threshold)


def above_line(candidates: Sequence[Candidate], count: int) -> frozenset[str]:
    """The first `count` of a ranked list, whatever they cost."""
    return frozenset(one.key for one in candidates[: max(count, 0)])


def used_by(candidates: Iterable[Candidate], chosen: Collection[str]) -> dict[Purse, int]:
    """What a choice takes of each purse, in yen."""
    taken: Counter[Purse] = Counter()
    for one in candidates:
        if one.key in chosen:
            taken.update(one.costs)
    return dict(taken)


def points_in(candidates: Iterable[Candidate], chosen: Collection[str]) -> int:
    return sum(one.points or 0 for one in candidates if one.key in chosen)


def missed_by(candidates: Sequence[Candidate], wish: Wish, chosen: Collection[str]) -> list[Missed]:
    """Every rule that a choice does not keep, and by how much. Whole numbers alone: no solver has a say in it."""
    inside = [one for one in candidates if one.key in chosen]
    taken = used_by(candidates, chosen)
    fields = Counter(one.field for one in inside)
    countries = Counter(name for one in inside for name in one.countries)
    found = []
    for rule in wish.rules():
        match rule.kind:
            case RuleKind.PURSE:
                by = taken.get((rule.subject, rule.year), 0) - rule.amount
            case RuleKind.FIELD:
                by = rule.amount - fields[rule.subject]
            case RuleKind.COUNTRY:
                by = rule.amount - countries[rule.subject]
            case RuleKind.BOTH:
                by = sum(not one.for_both for one in inside)
            case RuleKind.MOST:
                by = len(inside) - rule.amount
            case RuleKind.PINNED:
                by = int(rule.subject not in chosen)
            case RuleKind.LEFT_OUT:
                by = int(rule.subject in chosen)
        if by > 0:
            found.append(Missed(rule, by))
    return found
