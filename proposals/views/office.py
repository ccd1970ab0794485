"""The officers' list of what their calls received, and its export."""

from collections.abc import Iterator
from typing import Any

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import is_agency_officer
from kernel.choices import label
from kernel.clock import now
from kernel.documents.sheets import Column, Kind, Workbook
from kernel.documents.tables import stream_csv
from kernel.languages import current, localized
from kernel.methods import reads
from kernel.moves import Move
from kernel.pages import page_of
from kernel.searching import contains
from program.enums import CallState
from proposals.enums import OfficeTask, ProposalState, Verdict
from proposals.forms.office import OfficeFilterForm
from proposals.models import EligibilityVerdict, PartnerAward, Proposal, Submission
from proposals.queries import (
    awaiting_award,
    awaiting_confirmation,
    awaiting_verdict,
    calls_with_counts,
    office_proposals,
    with_sums,
)
from proposals.views.own import TONES, title_of

CALLS_IN_FILTER = 200
WORDS_IN_SEARCH = 8
CHUNK = 500
SEARCHED = (
    "title_ja",
    "title_en",
    "receipt_number",
    "pi__family_kanji",
    "pi__given_kanji",
    "pi__family_romaji",
    "pi__given_romaji",
)
TASKS = {
    OfficeTask.VERDICT: awaiting_verdict,
    OfficeTask.AWARD: awaiting_award,
    OfficeTask.CONFIRMATION: awaiting_confirmation,
}
VERDICT_TONES: dict[str, str] = {Verdict.YES: "success", Verdict.NO: "error"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _filtered(request: HttpRequest, calls: Any) -> tuple[OfficeFilterForm, QuerySet[Proposal]]:
    """The filters as they were asked for, and what they leave; a filter that makes no sense filters nothing and says so."""
    form = OfficeFilterForm(request.GET, calls=calls)
    form.is_valid()
    asked = form.cleaned_data
    task = asked.get("todo")
    found = TASKS[OfficeTask(task)](request.user) if task else office_proposals(request.user)
    for word in asked.get("q", "").split()[:WORDS_IN_SEARCH]:
        found = found.filter(contains(word, *SEARCHED))
    if asked.get("call"):
        found = found.filter(call__public_id=asked["call"])
    if asked.get("state"):
        found = found.filter(state=asked["state"])
    answers = (
        Prefetch(name, model.objects.select_related("agency").order_by("pk"))
        for name, model in (("eligibility", EligibilityVerdict), ("awards", PartnerAward))
    )
    return form, with_sums(found).prefetch_related(*answers)


def answer_words() -> dict[Any, str]:
    """What an answer says in a few words: by its verdict, "" for none, None for one that does not count yet."""
    verdicts = {verdict.value: label(verdict) for verdict in Verdict}
    return {"": _("not answered yet"), None: _("to be confirmed")} | verdicts


def said(answer: Any, words: dict[Any, str], on_behalf: str) -> str:
    """An agency's answer for a cell; one that was recorded on its behalf says so wherever it is shown."""
    text = f"{answer.agency.short_name}: {words[answer.verdict if answer.counts else None]}"
    return f"{text} ({on_behalf})" if answer.on_behalf else text


def _answers(rows: Any, words: dict[Any, str]) -> list[dict[str, str]]:
    """Each agency's answer, with its tone."""
    found = []
    for answer in rows:
        tone = "warning" if not answer.counts else VERDICT_TONES.get(answer.verdict, "neutral")
        found.append({"label": said(answer, words, _("on behalf")), "tone": tone})
    return found


@reads
def office(request: HttpRequest) -> HttpResponse:
    """What was received, with filters in the address. Before a deadline only how many proposals stand submitted."""
    if not is_agency_officer(request.user):
        raise Http404
    calls = list(calls_with_counts(request.user)[:CALLS_IN_FILTER])
    form, found = _filtered(request, calls)
    page = page_of(found, request)
    words = answer_words()
    query = request.GET.copy()
    query.pop("page", None)
    exports = [
        Move(text, f"{reverse('proposals:office_export', args=[kind])}?{query.urlencode()}")
        for kind, text in (("csv", _("Download as CSV")), ("xlsx", _("Download as Excel")))
    ]
    context = {
        "filter_form": form,
        "page": page,
        "rows": [
            {
                "proposal": proposal,
                "title": title_of(proposal),
                "tone": TONES[proposal.state],
                "url": reverse("proposals:office_proposal", args=[proposal.public_id]),
                "eligibility": _answers(proposal.eligibility.all(), words),
                "awards": _answers(proposal.awards.all(), words),
            }
            for proposal in page.objects
        ],
        "collecting": [call for call in calls if call.state == CallState.OPEN],
        "moves": exports if page.objects else [],
    }
    return render(request, "proposals/office.html", context)


def _columns() -> list[Column]:
    return [
        Column(_("Receipt number"), Kind.CODE),
        Column(_("Call"), Kind.CODE),
        Column(_("Title in Japanese"), Kind.TEXT),
        Column(_("Title in English"), Kind.TEXT),
        Column(_("Principal investigator"), Kind.TEXT),
        Column(_("Institution"), Kind.TEXT),
        Column(_("State"), Kind.TEXT),
        Column(_("Received at"), Kind.INSTANT),
        Column(_("First fiscal year"), Kind.CODE),
        Column(_("Fiscal years"), Kind.INTEGER),
        Column(_("Asked for in all"), Kind.YEN),
        Column(_("Partner awards"), Kind.TEXT),
        Column(_("Confirmation of the awards"), Kind.TEXT),
        Column(_("Verdicts on eligibility"), Kind.TEXT),
    ]


def _export_rows(found: QuerySet[Proposal]) -> Iterator[list[Any]]:
    """Rows as `_columns` says. Words are looked up before the first row: what streams has no language of its own."""
    language = current()
    states = {state.value: label(state) for state in ProposalState}
    words, on_behalf = answer_words(), _("on behalf")

    def in_one(answers: Any) -> str:
        return ", ".join(said(answer, words, on_behalf) for answer in answers)

    def rows() -> Iterator[list[Any]]:
        for proposal in found.iterator(chunk_size=CHUNK):
            awards = list(proposal.awards.all())
            yield [
                proposal.receipt_number,
                proposal.call.code,
                proposal.title_ja,
                proposal.title_en,
                proposal.pi.name_in(language),
                localized(proposal.institution, "name", language),
                states[proposal.state],
                proposal.received_at,  # type: ignore[attr-defined]  # annotated
                str(proposal.call.first_year),
                proposal.years,
                proposal.asked,  # type: ignore[attr-defined]  # annotated
                ", ".join(f"{award.agency.short_name} {award.number}" for award in awards),
                in_one(awards),
                in_one(proposal.eligibility.all()),
            ]

    return rows()


@reads
def office_export(request: HttpRequest, kind: str) -> HttpResponse | StreamingHttpResponse:
    """The filtered list as CSV (streamed) or as a workbook."""
    if kind not in ("csv", "xlsx") or not is_agency_officer(request.user):
        raise Http404
    _form, found = _filtered(request, calls_with_counts(request.user)[:CALLS_IN_FILTER])
    submissions = Submission.objects.filter(proposal=OuterRef("pk")).order_by("-number")
    found = found.annotate(received_at=Subquery(submissions.values("at")[:1]))
    columns, rows = _columns(), _export_rows(found)
    response: HttpResponse | StreamingHttpResponse
    if kind == "xlsx":
        book = Workbook(created=now(), title=_("Proposals"), language=current())
        book.add_sheet(_("Proposals"), columns, rows)
        response = HttpResponse(book.to_bytes(), content_type=XLSX)
    else:
        headings = [column.heading for column in columns]
        response = StreamingHttpResponse(stream_csv(headings, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="proposals.{kind}"'
    response["Cache-Control"] = "private, no-store"
    return response
