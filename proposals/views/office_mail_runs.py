"""The letters to many of an agency, and where each of their mails stands."""

from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.db.models import BooleanField, Case, Count, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.permissions import is_agency_officer
from kernel.choices import label, label_of_field
from kernel.fragments import progress_part, wants_part
from kernel.idempotency import idempotent
from kernel.jobs.models import Job
from kernel.jobs.states import JobState
from kernel.languages import current, localized
from kernel.methods import reads, writes
from kernel.moves import Move
from kernel.outbox import is_held
from kernel.outbox.states import MailState
from kernel.pages import page_of
from proposals.actions.mailing import (
    job_of,
    may_write_for,
    release_mails,
    send_again,
    undo_mails,
    was_written_by_a_job,
)
from proposals.models import MailRun, RunMail
from proposals.queries import mail_runs_of, run_mails_of
from proposals.rules.letters import named

TONES: dict[str, str] = {
    MailState.HELD: "info",
    MailState.SENT: "success",
    MailState.UNCERTAIN: "error",
    MailState.CANCELLED: "neutral",
    MailState.UNSUBSCRIBED: "neutral",
    MailState.OUTDATED: "neutral",
}


CALL_TITLES = ("proposal__call__title_ja", "proposal__call__title_en")


def _with_hold(mails: QuerySet[RunMail]) -> QuerySet[Any]:
    """With `held`: whether it is held, until it is let go or until its hour."""
    return mails.annotate(
        held=Case(
            When(is_held("mail__"), then=Value(True)), default=Value(False), output_field=BooleanField()
        )
    )


def _state_of(state: str, held: bool) -> str:
    return MailState.HELD if held else state


def _counts(user: Any, runs: list[MailRun]) -> tuple[dict[int, dict[str, int]], dict[int, str]]:
    """Of each run, how many mails stand where, of those that the user may see, and what the letter is called: its subject,
    with the call's title where it is about one call alone. One query."""
    rows = (
        _with_hold(run_mails_of(user).filter(run__in=runs, mail__isnull=False))
        .order_by()
        .values("run", "mail__state", "held", *CALL_TITLES)
        .annotate(n=Count("pk"))
    )
    counts: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    calls: dict[int, set[str]] = defaultdict(set)
    for row in rows:
        counts[row["run"]][_state_of(row["mail__state"], row["held"])] += row["n"]
        titles = {name.rsplit("_", 1)[1]: row[name] for name in CALL_TITLES}
        calls[row["run"]].add(titles[current()] or next(filter(None, titles.values()), ""))
    subjects = {}
    for run in runs:
        one = calls[run.pk].pop() if len(calls[run.pk]) == 1 else ""
        subjects[run.pk] = named(localized(run, "subject"), {"call": one} if one else {})
    return counts, subjects


def _badges(counts: dict[str, int]) -> list[dict[str, str]]:
    return [
        {"label": f"{label(state)} {counts[state]}", "tone": TONES.get(state, "neutral")}
        for state in MailState
        if counts.get(state)
    ]


def _trail(*steps: tuple[str, str]) -> list[dict[str, str]]:
    found = [(_("Proposals"), reverse("proposals:office")), *steps]
    return [{"label": text, "url": url} for text, url in found]


@reads
def office_mails(request: HttpRequest) -> HttpResponse:
    """The runs, the newest first; of each only what concerns proposals that the reader handles."""
    if not is_agency_officer(request.user):
        raise Http404
    page = page_of(mail_runs_of(request.user), request)
    counts, subjects = _counts(request.user, page.objects)
    heading = _("Mails")
    context = {
        "heading": heading,
        "page": page,
        "rows": [
            {
                "run": run,
                "subject": subjects[run.pk],
                "by": run.by.person.name,
                "recipients": label_of_field(run, "recipients"),
                "url": reverse("proposals:office_mail_run", args=[run.public_id]),
                "badges": _badges(counts[run.pk]),
            }
            for run in page.objects
        ],
        "breadcrumbs": _trail((heading, "")),
    }
    return render(request, "proposals/office_mails.html", context)


def _run(request: HttpRequest, public_id: str) -> MailRun:
    if not is_agency_officer(request.user):
        raise Http404
    return get_object_or_404(mail_runs_of(request.user), public_id=public_id)


@reads
def office_mail_run(request: HttpRequest, public_id: str) -> HttpResponse:
    """The letter, and to whom it went, when, or why not yet."""
    run = _run(request, public_id)
    job = job_of(run)
    progress = _progress(job)
    if wants_part(request) and (job is not None or was_written_by_a_job(run)):
        return progress_part(request, progress, has_ended=job is None or job.has_ended)
    mails = _with_hold(run_mails_of(request.user).filter(run=run, mail__isnull=False)).select_related(
        "mail", "proposal", "person"
    )
    page = page_of(mails.order_by("pk"), request)
    all_counts, subjects = _counts(request.user, [run])
    counts = all_counts[run.pk]
    may_write, is_being_written = may_write_for(request.user, run.agency), bool(job and not job.has_ended)
    heading = subjects[run.pk]
    context = {
        "heading": heading,
        "run": run,
        "by": run.by.person.name,
        "recipients": label_of_field(run, "recipients"),
        "page": page,
        "badges": _badges(counts),
        "rows": [_row(run, row, may_write) for row in page.objects],
        "kind": label_of_field(run, "kind"),
        "progress": progress if is_being_written else {},
        "has_failed": bool(job and job.has_ended),
        "poll_url": reverse("proposals:office_mail_run", args=[run.public_id]),
        "moves": _moves(run) if may_write and counts.get(MailState.HELD) and not is_being_written else [],
        "breadcrumbs": _trail((_("Mails"), reverse("proposals:office_mails")), (heading, "")),
    }
    return render(request, "proposals/office_mail_run.html", context)


def _row(run: MailRun, row: Any, may_write: bool) -> dict[str, Any]:
    state = _state_of(row.mail.state, row.held)
    again = [
        Move(
            _("Send again"),
            reverse("proposals:office_mail_again", args=[run.public_id, row.mail.public_id]),
            method="post",
            confirm=_(
                "Nobody knows whether this mail arrived. If it did, the person may get it twice. Send it again?"
            ),
        )
    ]
    return {
        "mail": row.mail,
        "receipt": row.proposal.receipt_number,
        "name": row.person.name,
        "state": label(MailState(state)),
        "tone": TONES.get(state, "neutral"),
        "moves": again if may_write and state == MailState.UNCERTAIN else [],
    }


def _progress(job: Job | None) -> dict[str, Any]:
    """How far the writing is (components/progress_state.html); of none, that it has ended."""
    return {
        "label": _("The mails are being written"),
        "state_label": label(JobState(job.state) if job else JobState.DONE),
        "percent": job.percent if job else 100,
        "result_url": "" if job and not job.has_ended else ".",
        "result_label": _("Show the current state"),
    }


def _moves(run: MailRun) -> list[Move]:
    return [
        Move(
            _("Send now"),
            reverse("proposals:office_mails_release", args=[run.public_id]),
            method="post",
            tone="primary",
            confirm=_("All held mails of this letter are sent now. This cannot be taken back."),
        ),
        Move(
            pgettext("of mails", "Take back"),
            reverse("proposals:office_mails_undo", args=[run.public_id]),
            method="post",
            tone="danger",
            confirm=_("The held mails are never sent. The letter stays in this list."),
        ),
    ]


@writes
@idempotent
def office_mails_release(request: HttpRequest, public_id: str) -> HttpResponse:
    run = _run(request, public_id)
    release_mails(run=run, by=request.user)
    messages.success(request, _("The mails are being sent."))
    return redirect("proposals:office_mail_run", run.public_id)


@writes
@idempotent
def office_mails_undo(request: HttpRequest, public_id: str) -> HttpResponse:
    run = _run(request, public_id)
    undo_mails(run=run, by=request.user)
    messages.success(request, _("The held mails were taken back."))
    return redirect("proposals:office_mail_run", run.public_id)


@writes
@idempotent
def office_mail_again(request: HttpRequest, public_id: str, mail_id: str) -> HttpResponse:
    run = _run(request, public_id)
    row = get_object_or_404(
        run_mails_of(request.user).select_related("mail"), run=run, mail__public_id=mail_id
    )
    send_again(run=run, mail=row.mail, by=request.user)
    messages.success(request, _("The mail is being sent again."))
    return redirect("proposals:office_mail_run", run.public_id)
