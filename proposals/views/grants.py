"""Other grants of the team, and what everybody's effort comes to."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kernel.choices import label_of_field
from kernel.idempotency import idempotent
from kernel.methods import reads, reads_and_writes
from kernel.templatetags.kernel import fiscal_year_short, yen
from proposals.actions.grants import change_grant, declare_grant, remove_grant
from proposals.actions.workload import loads_of
from proposals.forms.grants import GrantForm
from proposals.models import OtherGrant, Proposal
from proposals.rules.effort import ALL
from proposals.views.lists import Row, change_page, form_page, list_page, removal_page, written_row
from proposals.views.own import written_proposal

FIELDS = ("status", "funder", "title", "first_year", "last_year", "amount_yen", "effort_percent")


def _grant(request: HttpRequest, public_id: str, grant_id: str) -> OtherGrant:
    return written_row(request, OtherGrant.objects.select_related("person"), public_id, grant_id)


def _members(proposal: Proposal) -> Any:
    return proposal.team.select_related("person").order_by("pk")


def _years(first: int, last: int) -> str:
    words = fiscal_year_short(first)
    return words if first == last else f"{words} – {fiscal_year_short(last)}"


def _sums(proposal: Proposal) -> dict[str, Any]:
    """Everybody's effort by fiscal year as a table of words; which other proposals it comes from stays unsaid."""
    rows = [
        [
            name,
            _years(load.first_year, load.last_year),
            f"{load.here}%",
            f"{load.elsewhere}%",
            f"{load.grants}%",
            f"{load.total}%" if load.total <= ALL else _("%(total)s%% (over 100%%)") % {"total": load.total},
        ]
        for name, load in loads_of(proposal)
    ]
    columns = [
        _("Name of the person"),
        _("Fiscal year"),
        _("This proposal"),
        _("Other proposals and projects in this portal"),
        _("Other grants"),
        _("Total"),
    ]
    return {"heading": _("Effort by person and fiscal year"), "columns": columns, "rows": rows}


@reads
def grants(request: HttpRequest, public_id: str) -> HttpResponse:
    proposal = written_proposal(request, public_id)
    sums = _sums(proposal)
    rows = [
        Row(
            [
                grant.person.name,
                grant.title,
                grant.funder,
                capfirst(label_of_field(grant, "status")),
                _years(grant.first_year, grant.last_year),
                yen(grant.amount_yen),
                f"{grant.effort_percent}%",
            ],
            change_url=reverse("proposals:grant_change", args=[public_id, grant.public_id]),
            remove_url=reverse("proposals:grant_remove", args=[public_id, grant.public_id]),
        )
        for grant in sorted(proposal.grants.all(), key=lambda g: (g.person_id, g.first_year, g.pk))
    ]
    return list_page(
        request,
        proposal,
        heading=_("Other grants and effort"),
        lead=_(
            "Every grant outside this portal that somebody of the team holds or has applied for. With their other proposals and projects here, nobody’s effort may come to more than 100% in a fiscal year."
        ),
        columns=[
            _("Name of the person"),
            _("Title of the research"),
            _("Funder and programme"),
            _("Held or applied for"),
            _("Fiscal years"),
            _("Own amount"),
            _("Effort"),
        ],
        rows=rows,
        empty=_("No other grant has been declared."),
        add_url=reverse("proposals:grant_add", args=[public_id]),
        add_label=_("Declare a grant"),
        table=sums,
    )


@reads_and_writes
@idempotent
def grant_add(request: HttpRequest, public_id: str) -> HttpResponse:
    proposal = written_proposal(request, public_id)
    return form_page(
        request,
        proposal,
        GrantForm(request.POST or None, members=_members(proposal)),
        heading=_("Declare a grant"),
        act=lambda values: declare_grant(proposal=proposal, by=request.user, **values),
        back="proposals:grants",
        saved=_("The grant was declared."),
    )


@reads_and_writes
def grant_change(request: HttpRequest, public_id: str, grant_id: str) -> HttpResponse:
    grant = _grant(request, public_id, grant_id)
    members = _members(grant.proposal)

    def make(*data: Any) -> GrantForm:
        initial = {name: getattr(grant, name) for name in FIELDS}
        initial["member"] = next((m.public_id for m in members if m.person_id == grant.person_id), None)
        return GrantForm(data[0], members=members, initial=initial)

    return change_page(
        request,
        grant,
        make,
        heading=_("Change a grant"),
        act=lambda values: change_grant(grant=grant, by=request.user, **values),
        back="proposals:grants",
        saved=_("The grant was changed."),
    )


@reads_and_writes
@idempotent
def grant_remove(request: HttpRequest, public_id: str, grant_id: str) -> HttpResponse:
    grant = _grant(request, public_id, grant_id)
    return removal_page(
        request,
        grant,
        heading=_("Remove a grant"),
        question=_("Take the grant “%(title)s” off the list?") % {"title": grant.title},
        act=lambda seen: remove_grant(grant=grant, by=request.user, seen=seen),
        back="proposals:grants",
    )
