"""What a search for an assignment rests on, read in bulk: as far as the officer who asked may see it.

The proposals are those that the officer sees, and reviewers' loads count those alone: a search tells nobody anything of a
proposal with which they have a conflict of interest.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from kernel.clock import today
from program.models import Call
from proposals.enums import ProposalState
from proposals.models import Proposal, ProposalSection
from registries.models import Author, Publication
from review.enums import AssignmentState, ReviewerState, RunMode
from review.findings import findings_in
from review.loads import days_away
from review.models import Assignment, PairWish, Reviewer
from review.queries import OUT_OF_SIGHT, locked_agencies, proposals_under_review, reviewing_agencies
from review.rules.availability import covering
from review.rules.matching.settings import BALANCES, KEPT_BEGUN, KEPT_GIVEN, Settings
from review.rules.matching.similarity import RUN, Likeness
from review.rules.matching.task import Pair, Task

LONGEST_SECTION = 4_000
MOST_PAPERS = 60
# So many of the letters of a text in kanji or katakana make it a Japanese one.
JAPANESE = 0.1
BATCH = 500
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, eq=False)
class Gathered:
    """A task and whose it is: `proposals` and `reviewers` in the order of its rows and columns, `agencies` in that of its numbers;
    `given` what stands already, by the pair's positions."""

    task: Task
    proposals: list[Proposal]
    reviewers: list[Reviewer]
    agencies: list[Any]
    likeness: Likeness
    given: dict[Pair, Assignment]
    languages: list[frozenset[str]]


def gather(
    call: Call,
    settings: Settings,
    by: Any,
    due_on: dt.date,
    progress: Progress = lambda done, total, step: None,
) -> Gathered:
    """The task that `settings` ask of a call."""
    proposals = list(
        proposals_under_review(by)
        .filter(call=call, state=ProposalState.ELIGIBLE)
        .select_related("call__programme", "pi", "institution", "notice", "designation__field")
    )
    agencies = reviewing_agencies(call)
    reviewers = [
        one
        for one in Reviewer.objects.filter(call=call, agency__in=[a.pk for a in agencies])
        .exclude(state__in=[ReviewerState.DECLINED, ReviewerState.RETIRED])
        .select_related("person", "agency")
        .prefetch_related("fields")
        .order_by("pk")
        if one.counts
    ]
    progress(0, 10, "comparing")
    sections = _sections(proposals)
    languages = [_languages(p, sections.get(p.pk, "")) for p in proposals]
    likeness = Likeness([subject_of(p, sections.get(p.pk, "")) for p in proposals], _knowledge(reviewers))
    progress(2, 10, "comparing")
    row = {proposal.pk: number for number, proposal in enumerate(proposals)}
    column = {reviewer.pk: number for number, reviewer in enumerate(reviewers)}
    allowed = np.ones((len(proposals), len(reviewers)), bool)
    for proposal, reviewer in findings_in(proposals, reviewers):
        allowed[row[proposal], column[reviewer]] = False
    if settings.languages:
        _shut_out_strangers(allowed, languages, reviewers)
    given = _given(row, column, allowed)
    pinned, kept = _standing(settings.mode, given)
    for wish in PairWish.objects.filter(proposal__in=row, reviewer__in=column):
        pair = row[wish.proposal_id], column[wish.reviewer_id]
        if wish.kind == "forbid" and pair not in pinned:
            allowed[pair] = False
        elif wish.kind == "pin" and allowed[pair]:
            pinned.add(pair)
    number = {agency.pk: place for place, agency in enumerate(agencies)}
    at_home = {agency.country_code for agency in agencies}
    least = [settings.least.get(agency.public_id, 0) for agency in agencies]
    task = Task(
        expertise=likeness.grid,
        allowed=allowed,
        agency=np.array([number[r.agency_id] for r in reviewers], np.int64),
        outside=np.array([bool(r.country_code) and r.country_code not in at_home for r in reviewers], bool),
        room=_room(call, settings, reviewers, due_on),
        places=np.full(len(proposals), settings.places, np.int64),
        least=np.tile(np.array(least, np.int64), (len(proposals), 1)),
        least_outside=np.full(len(proposals), settings.outside, np.int64),
        pinned=frozenset(pinned),
        kept=kept,
        balance=BALANCES[settings.balance],
        has_floor=settings.has_floor,
        # Few changes come before anything else where an assignment is adjusted.
        floor_keeps=settings.mode == RunMode.ADJUST,
    )
    return Gathered(task, proposals, reviewers, agencies, likeness, given, languages)


def _sections(proposals: Sequence[Proposal]) -> dict[int, str]:
    """The beginnings of what was written in each proposal's sections."""
    found: dict[int, list[str]] = defaultdict(list)
    for start in range(0, len(proposals), BATCH):
        keys = [one.pk for one in proposals[start : start + BATCH]]
        rows = ProposalSection.objects.filter(proposal__in=keys).exclude(text="").order_by("pk")
        for key, text in rows.values_list("proposal", "text"):
            found[key].append(text[:LONGEST_SECTION])
    return {key: "\n".join(texts) for key, texts in found.items()}


def subject_of(proposal: Proposal, text: str) -> str:
    """What a proposal is about. Titles and keywords say it most shortly, so they count three times."""
    notice = proposal.notice
    short = [proposal.title_ja, proposal.title_en, notice.keywords if notice else ""]
    field = proposal.designation.field if proposal.designation else None
    names = [field.title_ja, field.title_en] if field else []
    return "\n".join([*short * 3, *names, notice.summary if notice else "", text])


def _knowledge(reviewers: Sequence[Reviewer]) -> list[str]:
    """What each reviewer knows: keywords (three times), free words, fields, and the titles of their papers."""
    titles = _titles(reviewers)
    return [
        "\n".join(
            [
                *[str(word) for word in reviewer.keywords] * 3,
                reviewer.expertise,
                *[name for field in reviewer.fields.all() for name in (field.title_ja, field.title_en)],
                *titles.get(reviewer.pk, [])[:MOST_PAPERS],
            ]
        )
        for reviewer in reviewers
    ]


def _titles(reviewers: Sequence[Reviewer]) -> dict[int, list[str]]:
    """The titles of the papers under each reviewer's ORCID iD, and of those that the pool names by DOI."""
    by_orcid: dict[str, list[int]] = defaultdict(list)
    by_doi: dict[str, list[int]] = defaultdict(list)
    for reviewer in reviewers:
        if reviewer.person.orcid:
            by_orcid[reviewer.person.orcid].append(reviewer.pk)
        for doi in reviewer.dois:
            by_doi[doi].append(reviewer.pk)
    found: dict[int, list[str]] = defaultdict(list)
    orcids, dois = sorted(by_orcid), sorted(by_doi)
    for start in range(0, len(orcids), BATCH):
        rows = Author.objects.filter(orcid__in=orcids[start : start + BATCH]).order_by(
            "-publication__year", "pk"
        )
        for orcid, title in rows.values_list("orcid", "publication__title"):
            for key in by_orcid[orcid]:
                found[key].append(title)
    for start in range(0, len(dois), BATCH):
        papers = Publication.objects.filter(doi__in=dois[start : start + BATCH])
        for doi, title in papers.values_list("doi", "title"):
            for key in by_doi[doi or ""]:
                found[key].append(title)
    return found


def _languages(proposal: Proposal, text: str) -> frozenset[str]:
    """The languages in which a proposal can be read: that of its sections; of its titles, where nothing is written yet."""
    if text:
        letters = sum(len(run) for run in RUN.findall(text))
        return frozenset({"ja" if letters > JAPANESE * len(text) else "en"})
    titles = {"ja": proposal.title_ja, "en": proposal.title_en}
    return frozenset(code for code, title in titles.items() if title)


def _shut_out_strangers(allowed: Any, languages: list[frozenset[str]], reviewers: Sequence[Reviewer]) -> None:
    """Nobody is given what they have said they cannot read; whoever has said nothing may read everything."""
    for number, reviewer in enumerate(reviewers):
        if reviewer.languages:
            reads = set(reviewer.languages)
            allowed[:, number] &= [not codes or bool(codes & reads) for codes in languages]


def _given(row: dict[int, int], column: dict[int, int], allowed: Any) -> dict[Pair, Assignment]:
    """What stands already. What was withdrawn, handed back or ended by a conflict is not given a second time."""
    given: dict[Pair, Assignment] = {}
    gone = {*OUT_OF_SIGHT, AssignmentState.CLOSED}
    for one in Assignment.objects.filter(proposal__in=row, reviewer__in=column).select_related("reviewer"):
        pair = row[one.proposal_id], column[one.reviewer_id]
        if one.state in gone:
            allowed[pair] = False
        else:
            given[pair] = one
    return given


def _standing(mode: RunMode, given: dict[Pair, Assignment]) -> tuple[set[Pair], dict[Pair, float]]:
    """What cannot be changed, and what keeping the rest is worth."""
    pinned, kept = set(), {}
    for pair, one in given.items():
        is_begun = one.state == AssignmentState.IN_PROGRESS
        if mode == RunMode.ENSURE or not (is_begun or one.state == AssignmentState.ASSIGNED):
            pinned.add(pair)
        elif mode == RunMode.ADJUST:
            kept[pair] = KEPT_BEGUN if is_begun else KEPT_GIVEN
        elif is_begun:
            pinned.add(pair)
        else:
            kept[pair] = 0.0
    return pinned, kept


def _room(call: Call, settings: Settings, reviewers: Sequence[Reviewer], due_on: dt.date) -> Any:
    """How many proposals each reviewer takes: none whose agency has locked its scores, nor who is away until the due date."""
    day = today(call.programme.zone)
    away = days_away([r.pk for r in reviewers], first=day, last=due_on)
    nobody = {key for key, periods in away.items() if covering(periods, day, due_on)}
    locked = locked_agencies(call)
    return np.array(
        [0 if r.agency_id in locked or r.pk in nobody else r.max_load or settings.load for r in reviewers],
        np.int64,
    )
