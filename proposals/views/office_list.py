"""What an officer asks of the list of proposals, in the address: filters, words, columns, order."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Prefetch, QuerySet, Subquery
from django.http import HttpRequest

from kernel.ids import PublicIdConverter
from kernel.languages import current
from kernel.search import matching
from program.models import Call, SupportType
from proposals.actions.indexing import KIND
from proposals.enums import OfficeColumn, OfficeOrder, OfficeTask
from proposals.forms.office_filters import OfficeFilterForm
from proposals.models import EligibilityVerdict, PartnerAward, Proposal, Submission
from proposals.overlaps import awaiting_settlement, with_hints
from proposals.queries import (
    awaiting_alert,
    awaiting_award,
    awaiting_confirmation,
    awaiting_verdict,
    calls_with_counts,
    office_proposals,
    with_sums,
)

CALLS_IN_FILTER = 200
TICKED = "ticked"
MOST_TICKED = 500
PUBLIC_ID = re.compile(PublicIdConverter.regex)
TASKS = {
    OfficeTask.VERDICT: awaiting_verdict,
    OfficeTask.AWARD: awaiting_award,
    OfficeTask.CONFIRMATION: awaiting_confirmation,
    OfficeTask.ALERT: awaiting_alert,
    OfficeTask.OVERLAP: awaiting_settlement,
}
# Shown where nobody has chosen; the support type only where a call offers any.
USUAL_COLUMNS = (
    OfficeColumn.PI,
    OfficeColumn.SUPPORT_TYPE,
    OfficeColumn.STATE,
    OfficeColumn.ASKED,
    OfficeColumn.AWARDS,
    OfficeColumn.ELIGIBILITY,
)
C = OfficeColumn
BY_SUM = (OfficeOrder.ASKED_MOST, OfficeOrder.ASKED_LEAST)
BY_INSTANT = (OfficeOrder.RECEIVED_FIRST, OfficeOrder.RECEIVED_LAST)
KANA = ("pi__family_kana", "pi__given_kana")
# By the reader's language: titles and institutions by that one's, people in Japanese by their kana first.
ORDERS: dict[str, Callable[[str], tuple[Any, ...]]] = {
    OfficeOrder.RECEIPT: lambda language: ("receipt_number",),
    OfficeOrder.TITLE: lambda language: (f"title_{language}",),
    OfficeOrder.PI: lambda language: (
        *(KANA if language == "ja" else ()),
        "pi__family_romaji",
        "pi__given_romaji",
    ),
    OfficeOrder.INSTITUTION: lambda language: (f"institution__name_{language}",),
    OfficeOrder.STATE: lambda language: ("state",),
    OfficeOrder.ASKED_MOST: lambda language: (F("asked").desc(nulls_last=True),),
    OfficeOrder.ASKED_LEAST: lambda language: (F("asked").asc(nulls_first=True),),
    OfficeOrder.RECEIVED_FIRST: lambda language: ("received_at",),
    OfficeOrder.RECEIVED_LAST: lambda language: ("-received_at",),
}


@dataclass(frozen=True)
class Listing:
    """What was asked for, and what it finds."""

    form: OfficeFilterForm
    found: QuerySet[Proposal]
    columns: tuple[OfficeColumn, ...]
    calls: list[Call]


def listing_of(request: HttpRequest, *, every_column: bool = False) -> Listing:
    """The list as the address asks for it; a filter that makes no sense filters nothing and says so.

    With `every_column` and none chosen, what all columns need is fetched.
    """
    calls = list(calls_with_counts(request.user)[:CALLS_IN_FILTER])
    types = _types(calls)
    form = OfficeFilterForm(request.GET, calls=calls, support_types=types)
    form.is_valid()
    asked = form.cleaned_data
    chosen = asked.get("col") or (OfficeColumn if every_column else USUAL_COLUMNS)
    columns = tuple(one for one in OfficeColumn if one in chosen and (types or one != C.SUPPORT_TYPE))
    sort = asked.get("sort", "")
    found = _filtered(request.user, asked)
    if C.ASKED in columns or sort in BY_SUM:
        found = with_sums(found)
    if C.RECEIVED in columns or sort in BY_INSTANT:
        found = with_receipt(found)
    if C.OVERLAPS in columns:
        found = with_hints(found)
    if sort:
        found = found.order_by(*ORDERS[sort](current()), "-id")
    if C.SUPPORT_TYPE in columns:
        found = found.select_related("support_type")
    answers = (
        Prefetch(name, model.objects.select_related("agency").order_by("pk"))
        for column, name, model in (
            (C.ELIGIBILITY, "eligibility", EligibilityVerdict),
            (C.AWARDS, "awards", PartnerAward),
        )
        if column in columns
    )
    return Listing(form, found.prefetch_related(*answers), columns, calls)


def _filtered(user: Any, asked: dict[str, Any]) -> QuerySet[Proposal]:
    task = asked.get("todo")
    found = TASKS[OfficeTask(task)](user) if task else office_proposals(user)
    words = matching(KIND, asked.get("q", ""))
    if words is not None:
        found = found.filter(pk__in=words)
    if asked.get("call"):
        found = found.filter(call__public_id=asked["call"])
    if asked.get("support_type"):
        found = found.filter(support_type__public_id=asked["support_type"])
    if asked.get("state"):
        found = found.filter(state=asked["state"])
    return found


def with_receipt(found: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """With `received_at`: when the version that counts was submitted."""
    submissions = Submission.objects.filter(proposal=OuterRef("pk")).order_by("-number")
    return found.annotate(received_at=Subquery(submissions.values("at")[:1]))


def _types(calls: Sequence[Call]) -> list[SupportType]:
    """The support types of these calls (see `calls_with_counts`), asked for only where a call offers any."""
    offering = [call.pk for call in calls if call.offers_types]  # type: ignore[attr-defined]  # annotated
    if not offering:
        return []
    found = SupportType.objects.filter(call__in=offering).select_related("call")
    return list(found.order_by("-call", "id"))


def chosen_of(request: HttpRequest) -> QuerySet[Proposal]:
    """What is to be done something with: the ticked ones where the address says that only those are meant, else all that
    the filter finds. In both cases only what the user handles."""
    if TICKED in request.GET:
        keys = [key for key in request.GET.getlist("pick") if PUBLIC_ID.fullmatch(key)]
        return office_proposals(request.user).filter(public_id__in=keys[:MOST_TICKED])
    return listing_of(request).found
