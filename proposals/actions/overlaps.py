"""Looking for overlaps of received proposals with what else stands in the portal, and settling the hints."""

import hashlib
from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db.models import F, OuterRef, Q, Subquery

from accounts.enums import Role
from accounts.models import Person
from accounts.permissions import works_for
from kernel import audit
from kernel.actions import action, require
from kernel.clock import now
from kernel.text import is_blank_text
from kernel.violations import Violation, refuse_if
from program.enums import FieldKind
from program.permissions import participation
from proposals.actions.workload import STANDING
from proposals.enums import ProposalState
from proposals.models import OtherGrant, OverlapFlag, PartnerAward, Proposal, Submission, TeamMember
from proposals.overlaps import may_settle
from proposals.queries import office_proposals
from proposals.rules import overlaps as rules
from proposals.rules.overlaps import Grant, Hint, Part
from proposals.rules.texts import REASON_LIMIT, text_violation

# What officers handle: nobody reads a hint about anything else.
RECEIVED = tuple(state for state in STANDING if state != ProposalState.SUBMITTED)
# How much one look reads at most: titles of other proposals, parts and grants of the same people, whole texts.
MOST_TITLES, MOST_ROWS, MOST_TEXTS = 5_000, 500, 50


def look_for_overlaps(*, limit: int = 1_000) -> int:
    """Look at every received proposal whose newest version has not been looked at, and at those that another one's look has
    touched; returns how many there were. Each is done by itself, so that a fault in one holds up no other."""
    newest = Submission.objects.filter(proposal=OuterRef("pk")).order_by("-number").values("number")[:1]
    due = (
        Proposal.objects.filter(state__in=RECEIVED, receipt_number__isnull=False)
        .annotate(newest=Subquery(newest))
        .filter(Q(newest__gt=F("overlaps_seen")) | Q(overlaps_due=True))
    )
    found = list(due.order_by("pk").values_list("pk", "newest")[:limit])
    for key, number in found:
        _look(key, number)
    return len(found)


@action
def _look(key: int, number: int) -> None:
    proposal = Proposal.objects.select_for_update(of=("self",)).select_related("call").get(pk=key)
    is_new = proposal.overlaps_seen < number
    found = {_key(hint): hint for hint in hints_of(proposal)}
    known = {flag.key: flag for flag in proposal.overlaps.all()}
    for gone in set(known) - set(found):
        # What was settled stays on record; it is shown as long as the other proposal stands.
        if known[gone].settled_at is None:
            known[gone].delete()
    for name, hint in found.items():
        flag = known.get(name) or OverlapFlag(proposal=proposal, key=name, kind=hint.kind)
        if flag.pk and flag.details == dict(hint.details):
            continue
        flag.other_id, flag.person_id, flag.details = hint.other, hint.person, dict(hint.details)
        flag.found_at = now()
        flag.settlement, flag.settled_at, flag.settled_by, flag.settled_for = "", None, None, None
        flag.save()
    proposal.overlaps_seen, proposal.overlaps_due = number, False
    proposal.save(update_fields=["overlaps_seen", "overlaps_due"])
    if is_new:
        _touch_others(proposal, {hint.other for hint in found.values() if hint.other is not None})


def _touch_others(proposal: Proposal, others: Collection[int]) -> None:
    """Let those be looked at again that do not know of this proposal yet; their own look touches nobody in turn."""
    knowing = OverlapFlag.objects.filter(proposal__in=others, other=proposal).values("proposal")
    Proposal.objects.filter(pk__in=others, state__in=RECEIVED, overlaps_seen__gt=0).exclude(
        pk__in=knowing
    ).update(overlaps_due=True)


def _key(hint: Hint) -> str:
    also = hashlib.sha256(hint.also.encode()).hexdigest()[:16] if hint.also else ""
    return f"{hint.kind}:{hint.other or ''}:{hint.person or ''}:{also}"


def hints_of(proposal: Proposal) -> list[Hint]:
    """What is alike between a received proposal and others that stand; a fixed number of queries, each of them bounded."""
    team = list(proposal.team.select_related("person"))
    people = _same_person(member.person for member in team)
    years = proposal.fiscal_years
    own = [Part(proposal.pk, m.person_id, m.effort_percent, years[0], years[-1]) for m in team]
    others = _parts(proposal, people)
    grants = _grants(people)
    mine = [grant for grant in grants if grant.proposal == proposal.pk]
    awards = list(proposal.awards.values_list("agency_id", "number"))
    claims = _claims(proposal, awards)
    shares = _titles(proposal)
    compared = {part.proposal for part in others} | {claim[0] for claim in claims}
    compared |= {other for other, share in shares.items() if share >= rules.WORTH_COMPARING}
    texts = _texts([proposal.pk, *sorted(compared, reverse=True)[:MOST_TEXTS]])
    own_text = texts.pop(proposal.pk, frozenset())
    return [
        *rules.same_people(own, others),
        *rules.too_much(own, others, grants),
        *rules.other_figures(mine, [grant for grant in grants if grant.proposal != proposal.pk]),
        *rules.same_awards(awards, claims),
        *rules.same_texts(
            shares,
            texts,
            own_text,
            title_from=settings.OVERLAP_TITLE_PERCENT,
            text_from=settings.OVERLAP_TEXT_PERCENT,
        ),
    ]


def _same_person(team: Any) -> dict[int, int]:
    """Every person's key who is somebody of the team, by another record too (e-Rad number, ORCID iD, merged): whose."""
    people = {person.pk: person for person in team}
    by_number = {p.erad_number: p.pk for p in people.values() if p.erad_number}
    by_orcid = {p.orcid: p.pk for p in people.values() if p.orcid}
    found = Person.objects.filter(
        Q(erad_number__in=list(by_number)) | Q(orcid__in=list(by_orcid)) | Q(merged_into__in=list(people))
    )
    same = {
        pk: by_number.get(number or "") or by_orcid.get(orcid or "") or into
        for pk, number, orcid, into in found.values_list("pk", "erad_number", "orcid", "merged_into")[
            :MOST_ROWS
        ]
    }
    return {**same, **{pk: pk for pk in people}}


def _parts(proposal: Proposal, people: dict[int, int]) -> list[Part]:
    rows = (
        TeamMember.objects.filter(person__in=list(people), proposal__state__in=STANDING)
        .exclude(proposal=proposal)
        .order_by("-proposal", "pk")
        .values_list("proposal", "person", "effort_percent", "proposal__call__first_year", "proposal__years")
    )
    return [
        Part(other, people[person], percent, first, first + years - 1)
        for other, person, percent, first, years in rows[:MOST_ROWS]
    ]


def _grants(people: dict[int, int]) -> list[Grant]:
    rows = OtherGrant.objects.filter(person__in=list(people), proposal__state__in=STANDING)
    return [
        Grant(
            grant.proposal_id,
            people[grant.person_id],
            grant.title,
            grant.status,
            grant.amount_yen,
            grant.first_year,
            grant.last_year,
            grant.effort_percent,
        )
        for grant in rows.order_by("-proposal", "pk")[:MOST_ROWS]
    ]


def _claims(proposal: Proposal, awards: Collection[tuple[int, str]]) -> list[tuple[int, int, str]]:
    rows = PartnerAward.objects.filter(
        number__in=[number for _agency, number in awards], proposal__state__in=STANDING
    ).exclude(proposal=proposal)
    return list(rows.order_by("-proposal", "pk").values_list("proposal", "agency", "number")[:MOST_ROWS])


def _titles(proposal: Proposal) -> dict[int, int]:
    """How alike the titles of the newest proposals are that stand in the same fiscal years; those not alike at all left out."""
    years = proposal.fiscal_years
    rows = (
        Proposal.objects.filter(
            state__in=STANDING,
            call__first_year__lte=years[-1],
            call__first_year__gt=years[0] - F("years"),
        )
        .exclude(pk=proposal.pk)
        .order_by("-pk")
        .values_list("pk", "title_ja", "title_en")
    )
    own = [rules.pairs_of(title) for title in (proposal.title_ja, proposal.title_en)]
    found = {}
    for pk, *titles in rows[:MOST_TITLES]:
        share = rules.titles_alike(own, [rules.pairs_of(title) for title in titles])
        if share >= rules.WORTH_COMPARING:
            found[pk] = share
    return found


def _texts(keys: list[int]) -> dict[int, frozenset[str]]:
    """What the applicants wrote in the sections of what was submitted last, in runs of letters; what the form says is left out."""
    newest = Submission.objects.filter(proposal=OuterRef("proposal")).order_by("-number").values("pk")[:1]
    rows = Submission.objects.filter(proposal__in=keys, pk=Subquery(newest)).values_list(
        "proposal", "content"
    )
    return {key: rules.runs_of(_written(content)) for key, content in rows}


def _written(content: dict[str, Any]) -> str:
    texts = [section["text"] for section in content["sections"]]
    texts += [
        one["answer"]
        for section in content["sections"]
        for one in section.get("answers", ())
        if one["kind"] == FieldKind.TEXT and one["answer"]
    ]
    return "\n".join(texts)


@action
def settle_overlap(*, flag: OverlapFlag, by: Any, reason: str) -> OverlapFlag:
    """Record how a hint was settled, with its reason; it may be said anew. The same hint on the other proposal is settled with
    it, where that is open and the officer handles that proposal too.

    Raises:
        NotAllowed: `by` is no programme officer of an agency of the call, or has an interest in the proposal.
        RuleBroken: `reason_missing`, `text_over_limit`, `text_has_nul`.
    """
    flag = (
        OverlapFlag.objects.select_for_update(of=("self",)).select_related("proposal__call").get(pk=flag.pk)
    )
    require(may_settle(by, flag.proposal))
    refuse_if(
        Violation("reason_missing", "reason") if is_blank_text(reason) else None,
        text_violation(reason, REASON_LIMIT, "reason"),
    )
    _settle(flag, by, reason.strip())
    if flag.other_id is not None:
        twins = OverlapFlag.objects.select_for_update(of=("self",)).filter(
            proposal=flag.other_id, other=flag.proposal_id, kind=flag.kind, settled_at=None
        )
        handled = office_proposals(by).filter(pk=flag.other_id)
        for twin in twins.filter(proposal__in=handled.values("pk")).select_related("proposal__call"):
            if may_settle(by, twin.proposal):
                _settle(twin, by, reason.strip())
    return flag


def _settle(flag: OverlapFlag, by: Any, reason: str) -> None:
    agencies = participation(flag.proposal.call).values()
    flag.settled_for = next(
        part.agency for part in agencies if works_for(by, part.agency_id, Role.PROGRAMME_OFFICER)
    )
    flag.settlement, flag.settled_at, flag.settled_by = reason, now(), by
    flag.save()
    audit.record(
        "overlap_settled",
        flag.proposal,
        by=by,
        details={"kind": flag.kind, "agency": flag.settled_for.public_id},
        private={"reason": reason},
    )
