"""The officers' list of the notices of intent that their calls have received, and the list taken away."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import is_agency_officer
from kernel.choices import label, label_of_field
from kernel.clock import now
from kernel.contributions import counted_together
from kernel.documents.columns import Column, Kind
from kernel.documents.sheets import Workbook
from kernel.documents.tables import ROWS_IN_CHUNK, headings_of, stream_csv
from kernel.languages import current, localized
from kernel.methods import reads
from kernel.moves import Move
from kernel.pages import page_of
from kernel.searching import contains
from proposals.enums import NoticeAnswer, NoticeState, NoticeTask
from proposals.forms.notices import NoticeFilterForm
from proposals.models import NoticeOfIntent, NoticeVerdict
from proposals.notice_words import TONES, VERDICT_TONES, partner_name, title_of
from proposals.notices import (
    awaiting_notice_confirmation,
    awaiting_notice_verdict,
    calls_with_notices,
    is_collecting,
    office_notices,
    with_proposals,
)
from proposals.views.office_files import XLSX

CALLS_IN_FILTER = 200
TASKS = {
    NoticeTask.VERDICT: awaiting_notice_verdict,
    NoticeTask.CONFIRMATION: awaiting_notice_confirmation,
}
SEARCHED = (
    "title_ja",
    "title_en",
    "number",
    "keywords",
    "pi__family_kanji",
    "pi__given_kanji",
    "pi__family_romaji",
    "pi__given_romaji",
    "family_romaji",
    "family_kanji",
    "award_number",
)


def _for_me(user: Any, task: str | None) -> QuerySet[NoticeOfIntent]:
    return TASKS[NoticeTask(task)](user) if task else office_notices(user)


def _asked(request: HttpRequest) -> tuple[NoticeFilterForm, QuerySet[Any], list[Any]]:
    """The filter, what it finds, and the officer's calls; a filter that makes no sense filters nothing and says so."""
    calls = list(calls_with_notices(request.user).prefetch_related("call_agencies__agency")[:CALLS_IN_FILTER])
    form = NoticeFilterForm(request.GET, calls=calls)
    form.is_valid()
    asked = form.query
    found: QuerySet[Any] = with_proposals(request.user, _for_me(request.user, asked.get("todo")))
    if asked.get("q"):
        found = found.filter(contains(asked["q"], *SEARCHED))
    for name, column in (
        ("call", "call__public_id"),
        ("agency", "partner_agency__public_id"),
        ("state", "state"),
    ):
        if asked.get(name):
            found = found.filter(**{column: asked[name]})
    if asked.get("became"):
        found = found.filter(became__isnull=asked["became"] == "no")
    verdicts = NoticeVerdict.objects.select_related("agency").order_by("pk")
    return form, found.prefetch_related(Prefetch("verdicts", verdicts)), calls


@reads
def notices(request: HttpRequest) -> HttpResponse:
    """What was received, with filters in the address. Before a deadline only how many notices stand submitted."""
    if not is_agency_officer(request.user):
        raise Http404
    form, found, calls = _asked(request)
    page = page_of(found, request)
    query = urlencode(form.query)
    accepted, became = found.filter(state=NoticeState.ACCEPTED), found.filter(became__isnull=False)
    counts = counted_together(request.user, found, accepted, became)
    words = _answer_words()
    context = {
        "filter_form": form,
        "page": page,
        "figures": dict(zip(("received", "accepted", "became"), counts, strict=True)),
        "rows": [
            {
                "notice": one,
                "title": title_of(one),
                "url": reverse("proposals:office_notice", args=[one.public_id]),
                "institution": localized(one.institution, "name"),
                "partner": partner_name(one),
                "tone": TONES[one.state],
                "state": label_of_field(one, "state"),
                "verdicts": [
                    {
                        "label": _said(answer, words),
                        "tone": VERDICT_TONES[answer.verdict] if answer.counts else "warning",
                    }
                    for answer in one.verdicts.all()
                ],
            }
            for one in page.objects
        ],
        "clear_url": reverse("proposals:notices"),
        "collecting": [call for call in calls if is_collecting(call)],
        "moves": [
            Move(text, f"{reverse('proposals:notices_export', args=[kind])}?{query}")
            for text, kind in ((_("Download as CSV"), "csv"), (_("Download as Excel"), "xlsx"))
        ]
        if page.objects
        else [],
    }
    return render(request, "proposals/notices.html", context)


def _answer_words() -> dict[str, str]:
    return {
        **{answer.value: label(answer) for answer in NoticeAnswer},
        "pending": _("to be confirmed"),
        "behalf": _("on behalf"),
    }


def _said(answer: NoticeVerdict, words: dict[str, str]) -> str:
    """An agency's answer for a cell; one that was recorded on its behalf says so wherever it is shown."""
    text = f"{answer.agency.short_name}: {words[answer.verdict if answer.counts else 'pending']}"
    return f"{text} ({words['behalf']})" if answer.on_behalf else text


@reads
def notices_export(request: HttpRequest, kind: str) -> HttpResponse | StreamingHttpResponse:
    """The filtered list as CSV (streamed) or as a workbook."""
    if kind not in ("csv", "xlsx") or not is_agency_officer(request.user):
        raise Http404
    _form, found, _calls = _asked(request)
    columns, rows = _table(found)
    response: HttpResponse | StreamingHttpResponse
    if kind == "xlsx":
        book = Workbook(created=now(), title=_("Notices of intent"), language=current())
        book.add_sheet(_("Notices of intent"), columns, rows)
        response = HttpResponse(book.to_bytes(), content_type=XLSX)
    else:
        response = StreamingHttpResponse(
            stream_csv(headings_of(columns), rows), content_type="text/csv; charset=utf-8"
        )
    response["Content-Disposition"] = f'attachment; filename="notices.{kind}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _table(found: QuerySet[Any]) -> tuple[list[Column], Iterator[list[Any]]]:
    """Columns and rows. Words are looked up at once: what streams has no language of its own."""
    language, words = current(), _answer_words()
    states = {state.value: label(state) for state in NoticeState}
    columns = [
        Column(_("Number of the notice"), Kind.CODE),
        Column(_("Call"), Kind.CODE),
        Column(_("Title in Japanese"), Kind.TEXT),
        Column(_("Title in English"), Kind.TEXT),
        Column(_("Keywords"), Kind.TEXT),
        Column(_("Short summary"), Kind.TEXT),
        Column(_("Principal investigator"), Kind.TEXT),
        Column(_("Institution"), Kind.TEXT),
        Column(_("Support type"), Kind.TEXT),
        Column(_("Partner agency"), Kind.CODE),
        Column(_("Partner’s principal investigator"), Kind.TEXT),
        Column(_("Institution of the partner PI"), Kind.TEXT),
        Column(_("Country of that institution"), Kind.CODE),
        Column(_("Number of the partner’s award"), Kind.CODE),
        Column(_("Title of the partner’s award"), Kind.TEXT),
        Column(_("State"), Kind.TEXT),
        Column(_("Received at"), Kind.INSTANT),
        Column(_("Verdicts on eligibility"), Kind.TEXT),
        Column(_("Full proposal"), Kind.CODE),
    ]

    def rows() -> Iterator[list[Any]]:
        for one in found.iterator(chunk_size=ROWS_IN_CHUNK):
            yield [
                one.number,
                one.call.code,
                one.title_ja,
                one.title_en,
                one.keywords,
                one.summary,
                one.pi.name_in(language),
                localized(one.institution, "name", language),
                localized(one.support_type, "title", language) if one.support_type else "",
                one.partner_agency.short_name if one.partner_agency else "",
                partner_name(one, language),
                one.institution_name,
                one.country_code,
                one.award_number,
                one.award_title,
                states[one.state],
                one.submitted_at,
                ", ".join(_said(answer, words) for answer in one.verdicts.all()),
                one.became,
            ]
            # A row and what was fetched with it hold each other, and would wait for the collector row after row.
            getattr(one, "_prefetched_objects_cache", {}).clear()

    return columns, rows()
