"""What every page of a call's review asks of the call, read together with it."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from program.models import Call
from review.enums import ExtraTimeKind
from review.models import ExtraTime
from review.permissions import conflicted, note_conflict
from review.queries import decisions_visible_to


def with_notes(rows: QuerySet[Any], user: Any, *, call: str = "pk") -> QuerySet[Any]:
    """Each with the newest decision that the user may see, whether they have a conflict in the call, and whether anything was
    reopened in it after a lock; `call` is the name under which a row knows its call."""
    here = OuterRef(call)
    reopened = ExtraTime.objects.filter(kind=ExtraTimeKind.REOPENING, assignment__proposal__call=here)
    return rows.annotate(
        newest_decision=Subquery(decisions_visible_to(user).filter(call=here).values("public_id")[:1]),
        has_conflict=Exists(conflicted(user).filter(call=here)),
        has_reopenings=Exists(reopened),
    )


def noted(user: Any, call: Call, row: Any) -> Call:
    """The call with what was read beside it, for the rest of the request."""
    kept: Any = call
    kept.newest_decision, kept.has_reopenings = row.newest_decision, row.has_reopenings
    return note_conflict(user, call, row.has_conflict)
