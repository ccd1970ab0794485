"""Writing to the people of many proposals: the letter, what each of them would get, and the holding of it."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import Organisation
from accounts.permissions import organisation_ids
from kernel.forms import add_violations
from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads_and_writes
from kernel.outbox import MailKind
from kernel.violations import RuleBroken
from proposals.actions.mailing import (
    MOST_MAILS,
    Reach,
    blanks_of,
    letter_violations,
    reach_of,
    write_mails,
    written_to,
)
from proposals.addressees import Addressee, addressees
from proposals.enums import MailTo
from proposals.forms.mailing import LETTER, MailForm
from proposals.queries import mail_runs_of
from proposals.views.office_list import chosen_of

PREVIEWED, LETTERS_OFFERED = 100, 5
FIRST_WORDS = {"body_ja": "{name} 様\n\n", "body_en": "Dear {name},\n\n"}


@reads_and_writes
@idempotent
def office_mail_write(request: HttpRequest) -> HttpResponse:
    """To the ticked proposals, or to all that the filter finds. A letter is written only as it was seen by its writer."""
    seats = organisation_ids(request.user, Role.PROGRAMME_OFFICER)
    agencies = list(Organisation.objects.filter(pk__in=seats).order_by("pk"))
    if not agencies:
        raise Http404
    chosen = chosen_of(request).order_by("receipt_number").select_related("pi__user")
    # All of them are read where something is to be written; to show the form some are enough.
    proposals = list(chosen[: MOST_MAILS + 1 if request.method == "POST" else PREVIEWED])
    if not proposals:
        messages.warning(request, _("No proposal is chosen. Tick at least one."))
        return redirect("proposals:office")
    form = MailForm(request.POST or None, agencies=agencies, initial=_first_words(request))
    shown: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        agency = next(one for one in agencies if one.public_id == form.cleaned_data["agency"])
        recipients, kind = MailTo(form.cleaned_data["recipients"]), MailKind(form.cleaned_data["kind"])
        broken = letter_violations(form.letter)
        if broken:
            add_violations(form, RuleBroken(broken))
        else:
            reach = reach_of(addressees(proposals, recipients), kind)
            digest = _digest(reach, form.letter, kind)
            if request.POST.get("step") == "hold" and request.POST.get("seen") == digest:
                try:
                    run = write_mails(
                        by=request.user,
                        agency=agency,
                        proposals=proposals,
                        recipients=recipients,
                        letter=form.letter,
                        hold_until=form.cleaned_data["hold_until"],
                        kind=kind,
                    )
                except RuleBroken as refused:
                    add_violations(form, refused)
                else:
                    messages.success(request, _written_words(run.written_at is not None))
                    return redirect("proposals:office_mail_run", run.public_id)
            shown = _previews(reach, form.letter, agency) | {"seen": digest}
    heading = _("Write to people of proposals")
    context = {
        "form": form,
        "heading": heading,
        "proposals": [
            {"receipt": proposal.receipt_number, "pi": proposal.pi.name} for proposal in proposals[:PREVIEWED]
        ],
        "count": len(proposals) if request.method == "POST" else chosen.count(),
        "earlier": _earlier(request),
        "previews": [],
        "more": 0,
        "left_out": [],
        "seen": "",
        **shown,
        "breadcrumbs": [
            {"label": _("Proposals"), "url": reverse("proposals:office")},
            {"label": heading, "url": ""},
        ],
    }
    return render(request, "proposals/office_mail_write.html", context)


def _first_words(request: HttpRequest) -> dict[str, str]:
    """What the form begins with: an earlier letter of the officer's agencies that is to be used again, else a greeting."""
    again = request.GET.get("letter", "")[:12].replace("\x00", "")
    run = mail_runs_of(request.user).filter(public_id=again).first() if again else None
    if run is None:
        return FIRST_WORDS
    return {name: getattr(run, name) for name in (*LETTER, "kind", "recipients")}


def _earlier(request: HttpRequest) -> list[dict[str, str]]:
    """The officer's last letters, each with the address at which this page begins with it."""
    query = request.GET.copy()
    found = []
    for run in mail_runs_of(request.user)[:LETTERS_OFFERED]:
        query["letter"] = run.public_id
        found.append({"subject": localized(run, "subject"), "url": f"?{query.urlencode()}"})
    return found


def _written_words(is_written: bool) -> str:
    if is_written:
        return _("The mails are written and held. Nothing has been sent yet.")
    return _("The mails are being written and will be held. Nothing is sent before all are there.")


def _previews(reach: Reach, letter: Mapping[str, str], agency: Organisation) -> dict[str, Any]:
    """What each of them gets, in their language, and what of it is blank; who is left out, and why."""
    blank = [(one, blanks) for one in reach.reached if (blanks := blanks_of(one, letter))]
    return {
        "previews": [
            {
                "name": one.name,
                "address": one.address,
                "receipt": one.proposal.receipt_number,
                "language": one.language,
                "blanks": " ".join(blanks_of(one, letter)),
                **written_to(one, letter, agency),
            }
            for one in reach.reached[:PREVIEWED]
        ],
        "reached": len(reach.reached),
        "more": max(len(reach.reached) - PREVIEWED, 0),
        "left_out": [
            _told(
                _("Something of the letter is blank for these people:"),
                [f"{_person(one)}: {' '.join(blanks)}" for one, blanks in blank],
            ),
            _told(
                _("These people do without mails of this kind, so they get nothing:"),
                [_person(one) for one in reach.unsubscribed],
            ),
            _told(
                _("No address is known of these people, so they get nothing:"),
                [_person(one) for one in reach.unknown],
            ),
        ],
    }


def _person(one: Addressee) -> str:
    return f"{one.proposal.receipt_number or '–'} {one.name}"


def _told(title: str, people: list[str]) -> dict[str, Any]:
    return {"title": title, "people": people[:PREVIEWED], "more": max(len(people) - PREVIEWED, 0)}


def _digest(reach: Reach, letter: Mapping[str, str], kind: MailKind) -> str:
    """Changes with anybody who is written to, and with any word."""
    told = [(one.proposal.public_id, one.person.public_id, one.address, one.values) for one in reach.reached]
    return hashlib.sha256(repr((told, sorted(letter.items()), str(kind))).encode()).hexdigest()
