"""Evidence of the partner's standing as a top researcher, entered by the applicants."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from kernel.choices import label_of_field
from kernel.idempotency import idempotent
from kernel.methods import reads, reads_and_writes
from proposals.actions.standing import PARTNERS, add_standing, change_standing, remove_standing
from proposals.actions.standing_content import standing_of
from proposals.forms.standing import StandingForm
from proposals.models import Proposal, StandingRecord
from proposals.standing_words import doubt_words, sources_of, what_words, years_words
from proposals.views.lists import Row, change_page, form_page, list_page, removal_page, written_row
from proposals.views.own import written_proposal

FIELDS = ("kind", "title", "body", "first_year", "last_year", "doi", "source_url")


def _record(request: HttpRequest, public_id: str, record_id: str) -> StandingRecord:
    return written_row(request, StandingRecord.objects.select_related("person"), public_id, record_id)


def _members(proposal: Proposal) -> Any:
    return proposal.team.filter(role__in=PARTNERS).select_related("person").order_by("pk")


def _row(proposal: Proposal, record: StandingRecord) -> Row:
    [plain] = standing_of([record])["standing"]
    links = format_html_join(
        " ",
        '<a href="{}" rel="noopener noreferrer">{}</a>',
        ((source["url"], source["text"]) for source in sources_of(plain)),
    )
    keys = [proposal.public_id, record.public_id]
    return Row(
        [
            record.person.name,
            label_of_field(record, "kind"),
            what_words(plain),
            years_words(plain),
            links,
        ],
        warnings=doubt_words(plain),
        change_url=reverse("proposals:standing_change", args=keys),
        remove_url=reverse("proposals:standing_remove", args=keys),
    )


@reads
def standing(request: HttpRequest, public_id: str) -> HttpResponse:
    proposal = written_proposal(request, public_id)
    records = proposal.standing.select_related("person").order_by("pk")
    return list_page(
        request,
        proposal,
        heading=_("Standing of the partner researcher"),
        lead=_(
            "What shows that the partner researcher is a top researcher: posts, prizes, works, memberships, each with its year and a source that anybody can read. It belongs to the shared core, so that the partner’s principal investigator reads and signs it; each agency gives its own verdict on it."
        ),
        columns=[
            _("Name of the person"),
            _("Kind"),
            _("What and by whom"),
            _("Years"),
            _("Source"),
        ],
        rows=[_row(proposal, record) for record in records],
        empty=_("No evidence has been entered yet."),
        add_url=reverse("proposals:standing_add", args=[public_id]),
        add_label=_("Enter evidence"),
    )


@reads_and_writes
@idempotent
def standing_add(request: HttpRequest, public_id: str) -> HttpResponse:
    proposal = written_proposal(request, public_id)
    return form_page(
        request,
        proposal,
        StandingForm(request.POST or None, members=_members(proposal)),
        heading=_("Enter evidence of standing"),
        act=lambda values: add_standing(proposal=proposal, by=request.user, **values),
        back="proposals:standing",
        saved=_("The evidence was entered."),
    )


@reads_and_writes
def standing_change(request: HttpRequest, public_id: str, record_id: str) -> HttpResponse:
    record = _record(request, public_id, record_id)
    members = _members(record.proposal)

    def make(*data: Any) -> StandingForm:
        initial = {name: getattr(record, name) for name in FIELDS}
        initial["member"] = next((m.public_id for m in members if m.person_id == record.person_id), None)
        return StandingForm(data[0], members=members, initial=initial)

    return change_page(
        request,
        record,
        make,
        heading=_("Change evidence of standing"),
        act=lambda values: change_standing(record=record, by=request.user, **values),
        back="proposals:standing",
        saved=_("The evidence was changed."),
    )


@reads_and_writes
@idempotent
def standing_remove(request: HttpRequest, public_id: str, record_id: str) -> HttpResponse:
    record = _record(request, public_id, record_id)
    return removal_page(
        request,
        record,
        heading=_("Remove evidence of standing"),
        question=_("Take “%(title)s” off the evidence of standing?") % {"title": record.title},
        act=lambda seen: remove_standing(record=record, by=request.user, seen=seen),
        back="proposals:standing",
    )
