"""Statements on compliance: export control, research ethics training, data management, research integrity."""

import datetime as dt
from typing import Any

from accounts.permissions import person_of
from accounts.posts import held_posts, posts_as_plain
from kernel import audit
from kernel.actions import action
from kernel.clock import today
from kernel.violations import Violation, refuse_if
from program.enums import StatementKind
from proposals.actions.editing import held, lock_for_editing, refuse_changed, refuse_stale, touch
from proposals.models import Proposal, Statement, TeamMember
from proposals.permissions import WRITERS
from proposals.rules.completeness import STATEMENTS
from proposals.rules.statements import PER_PERSON, statement_violations

SAID = ("text", "course", "done_on", "valid_until")


@action
def make_statement(
    *, proposal: Proposal, by: Any, kind: str, member: TeamMember | None = None, **fields: Any
) -> Statement:
    """Make a statement, of `member` where the kind concerns a person: `text`; of a training `course`, `done_on` and
    `valid_until`. Its day is today, and whoever makes it stands with it.

    Raises:
        NotAllowed: `by` is no writer of this proposal.
        RuleBroken: as `lock_for_editing`; `member_of_another_team`; what `rules.statements.statement_violations` finds.
    """
    locked = lock_for_editing(proposal=proposal, by=by, part=STATEMENTS)
    statement = Statement(proposal=locked, kind=kind)
    _save(statement, by, member, **fields)
    audit.record("stated", locked, by=by, details={"statement": statement.public_id, "kind": str(kind)})
    return statement


@action
def change_statement(
    *, statement: Statement, by: Any, member: TeamMember | None = None, seen: str = "", **fields: Any
) -> Statement:
    """Make a statement anew; `fields` as in `make_statement`, all of them. What says the same as before keeps its day.
    `seen` is the `fingerprint` of what the writer had before them.

    Raises:
        NotAllowed, RuleBroken: as `make_statement`; `stale_version` if it was changed since `seen`.
    """
    locked = lock_for_editing(proposal=statement.proposal, by=by, part=STATEMENTS)
    statement = held(statement)
    refuse_stale(statement, seen, writer=by, verb="statement_changed")
    statement.proposal = locked
    if _save(statement, by, member, **fields):
        audit.record(
            "statement_changed",
            locked,
            by=by,
            details={"statement": statement.public_id, "kind": statement.kind},
        )
    return statement


@action
def remove_statement(*, statement: Statement, by: Any, seen: str = "") -> None:
    """Take a statement back.

    Raises:
        NotAllowed, RuleBroken: as `lock_for_editing`.
    """
    locked = lock_for_editing(proposal=statement.proposal, by=by, part=STATEMENTS)
    statement = held(statement)
    refuse_changed(statement, seen)
    audit.record(
        "statement_removed",
        locked,
        by=by,
        details={"statement": statement.public_id, "kind": statement.kind},
    )
    statement.delete()
    touch(locked)


def _save(
    statement: Statement,
    by: Any,
    member: TeamMember | None,
    *,
    text: str = "",
    course: str = "",
    done_on: dt.date | None = None,
    valid_until: dt.date | None = None,
) -> bool:
    """Whether anything was changed."""
    proposal, kind = statement.proposal, statement.kind
    own = member if kind in PER_PERSON else None
    team = TeamMember.objects.filter(proposal=proposal, role__in=WRITERS)
    day = today(proposal.call.programme.zone)
    others = Statement.objects.filter(
        proposal=proposal, kind=kind, person=own.person if own else None
    ).exclude(pk=statement.pk)
    posts = _posts(own, day) if kind == StatementKind.INTEGRITY else []
    refuse_if(
        Violation("member_of_another_team", "member")
        if own is not None and not team.filter(pk=own.pk).exists()
        else None,
        *statement_violations(
            kind=kind,
            has_person=own is not None,
            text=text,
            course=course,
            done_on=done_on,
            valid_until=valid_until,
            on=day,
            is_known=others.exists(),
            has_posts=bool(posts),
        ),
    )
    values = {"text": text.strip(), "course": course.strip(), "done_on": done_on, "valid_until": valid_until}
    person_id = own.person_id if own else None
    if (
        statement.pk
        and person_id == statement.person_id
        and values == {n: getattr(statement, n) for n in SAID}
        and posts == statement.posts
    ):
        return False
    for name, value in values.items():
        setattr(statement, name, value)
    statement.person_id, statement.posts = person_id, posts
    writer = person_of(by)
    assert writer is not None  # a writer is somebody of the team
    statement.stated_on, statement.stated_by = day, writer
    statement.save()
    touch(proposal)
    return True


def _posts(member: TeamMember | None, day: dt.date) -> list[dict[str, Any]]:
    """What the person has entered of posts and side jobs, once they take part: before, nothing of a profile is shown."""
    if member is None or member.joined_at is None:
        return []
    return posts_as_plain(held_posts(member.person, day))
