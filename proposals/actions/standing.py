"""Evidence of the partner's standing, as the applicants enter it."""

from typing import Any

from accounts.models import Person
from kernel import audit
from kernel.actions import action
from kernel.text import without_debris
from kernel.violations import Violation, refuse_if
from proposals.actions.editing import held, lock_for_editing, refuse_changed, refuse_stale, touch
from proposals.enums import TeamRole
from proposals.models import Proposal, StandingRecord, TeamMember
from proposals.rules.completeness import STANDING
from proposals.rules.name_likeness import forms_of
from proposals.rules.standing import MOST_AUTHORS, Paper, names_author, record_violations
from proposals.standing_words import NAMES
from registries.models import Publication
from registries.rules.identifiers import normalise_doi

PARTNERS = (TeamRole.PARTNER_PI, TeamRole.PARTNER_MEMBER)


@action
def add_standing(*, proposal: Proposal, by: Any, member: TeamMember, **fields: Any) -> StandingRecord:
    """Enter a piece of evidence of a partner's standing: `kind`, `title`, `body`, `first_year`, `last_year`, `source_url`,
    `doi`. Of a DOI that the registry has, what it says stays with the record.

    Raises:
        NotAllowed: `by` is no writer of this proposal.
        RuleBroken: as `lock_for_editing`; `member_not_of_partner`; what `rules.standing.record_violations` finds.
    """
    locked = lock_for_editing(proposal=proposal, by=by, part=STANDING)
    record = StandingRecord(proposal=locked)
    _save(record, member, **fields)
    audit.record("standing_added", locked, by=by, details={"standing": record.public_id})
    return record


@action
def change_standing(
    *, record: StandingRecord, by: Any, member: TeamMember, seen: str = "", **fields: Any
) -> StandingRecord:
    """Change a piece of evidence; `fields` as in `add_standing`, all of them. `seen` is the `fingerprint` of what the writer
    had before them.

    Raises:
        NotAllowed, RuleBroken: as `add_standing`; `stale_version` if the record was changed since `seen`.
    """
    locked = lock_for_editing(proposal=record.proposal, by=by, part=STANDING)
    record = held(record)
    refuse_stale(record, seen, writer=by, verb="standing_changed")
    record.proposal = locked
    _save(record, member, **fields)
    audit.record("standing_changed", locked, by=by, details={"standing": record.public_id})
    return record


@action
def remove_standing(*, record: StandingRecord, by: Any, seen: str = "") -> None:
    """Take a piece of evidence back.

    Raises:
        NotAllowed, RuleBroken: as `lock_for_editing`.
    """
    locked = lock_for_editing(proposal=record.proposal, by=by, part=STANDING)
    record = held(record)
    refuse_changed(record, seen)
    audit.record("standing_removed", locked, by=by, details={"standing": record.public_id})
    record.delete()
    touch(locked)


def _save(
    record: StandingRecord,
    member: TeamMember,
    *,
    kind: str,
    title: str,
    first_year: int,
    body: str = "",
    last_year: int | None = None,
    source_url: str = "",
    doi: str = "",
) -> None:
    proposal = record.proposal
    known = TeamMember.objects.filter(pk=member.pk, proposal=proposal, role__in=PARTNERS)
    read = normalise_doi(doi) or ""
    others = StandingRecord.objects.filter(proposal=proposal).exclude(pk=record.pk)
    refuse_if(
        None if known.exists() else Violation("member_not_of_partner", "member"),
        *record_violations(
            kind=kind,
            first_year=first_year,
            last_year=last_year,
            source_url=source_url,
            doi=read,
            typed_doi=doi,
            known=others.count(),
        ),
    )
    record.person, record.kind = member.person, kind
    record.title, record.body = without_debris(title), without_debris(body)
    record.first_year, record.last_year = first_year, last_year
    record.source_url, record.doi = source_url, read
    record.paper = paper_of(read, member.person)
    record.save()
    touch(proposal)


def paper_of(doi: str, person: Person) -> dict[str, Any]:
    """What the registry says of a DOI, as JSON values; empty where it has none of that."""
    known = Publication.objects.filter(doi=doi).first() if doi else None
    if known is None:
        return {}
    authors = known.authors.order_by("position").values_list("family", "given", "orcid")
    listed = list(authors[:MOST_AUTHORS]) if known.author_count <= MOST_AUTHORS else []
    names = forms_of({part: getattr(person, part) for part in NAMES})
    paper = Paper(
        title=known.title[:300],
        container=known.container[:200],
        year=known.year,
        is_retracted=known.is_retracted,
        is_author=names_author(listed, names, person.orcid or ""),
    )
    return dict(paper)
