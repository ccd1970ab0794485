"""What a call has adopted, for everybody to read once it is published: a page, a table, and data for search engines."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kernel.documents.columns import Column, Kind
from kernel.documents.tables import headings_of, stream_csv
from kernel.languages import current, localized
from kernel.methods import reads
from kernel.templatetags.kernel import fiscal_year_short
from program.models import Call
from program.queries import agencies_of, calls_visible_to
from program.structured import as_block
from program.views.answering import only_if, trail
from program.views.calls import address, home
from projects.models import Project
from proposals.enums import TeamRole
from proposals.models import TeamMember
from registries.models import Country
from review.budgets import asked_by_year
from review.letters import awarded_of
from review.results import adopted_of, published_decisions


def _call(request: HttpRequest, public_id: str) -> Call:
    """A call of which a decision is published; before that nothing is found."""
    found = get_object_or_404(calls_visible_to(request.user), public_id=public_id)
    only_if(published_decisions().filter(call=found).exists())
    return found


def _rows(call: Call) -> list[dict[str, Any]]:
    """A row an adopted proposal; as many queries for three as for one."""
    items = list(adopted_of(call))
    proposals = [item.proposal for item in items]
    keys = [proposal.pk for proposal in proposals]
    asked = asked_by_year(proposals)
    numbers = dict(Project.objects.filter(proposal__in=keys).values_list("proposal", "number"))
    partners: dict[int, Any] = {}
    team = TeamMember.objects.joined().filter(proposal__in=keys, role=TeamRole.PARTNER_PI)
    for member in team.select_related("person").order_by("-id"):
        partners[member.proposal_id] = member
    countries = dict(
        Country.objects.filter(pk__in={member.country_code for member in partners.values()}).values_list(
            "pk", f"name_{current()}"
        )
    )
    rows = []
    for item in items:
        proposal, partner = item.proposal, partners.get(item.proposal_id)
        years = awarded_of(item, asked.get(proposal.pk, {}))
        paid = [year for year, amount in years.items() if amount]
        field = proposal.designation.field if proposal.designation else None
        rows.append(
            {
                "number": numbers.get(proposal.pk, ""),
                "title": localized(proposal, "title"),
                "pi": proposal.pi.name_in(current()),
                "institution": localized(proposal.institution, "name"),
                "partner": partner.person.name_in(current()) if partner else "",
                "partner_institution": partner.institution_name if partner else "",
                "country": countries.get(partner.country_code, partner.country_code) if partner else "",
                "field": localized(field, "title") if field else "",
                "first": min(paid, default=None),
                "last": max(paid, default=None),
                "awarded": sum(years.values()),
            }
        )
    return sorted(rows, key=lambda row: (row["number"], row["title"]))


@login_not_required
@reads
def adopted(request: HttpRequest, public_id: str) -> HttpResponse:
    call = _call(request, public_id)
    rows = _rows(call)
    context = {
        "call": call,
        "rows": [{**row, "years": _years(row)} for row in rows],
        "total": sum(row["awarded"] for row in rows),
        "csv_url": reverse("review:adopted_csv", args=[public_id]),
        "structured": _structured(call, rows),
        "breadcrumbs": trail(home(), (localized(call, "title"), address(call)), (_("Adopted proposals"), "")),
    }
    return render(request, "review/adopted.html", context)


def _years(row: dict[str, Any]) -> str:
    if row["first"] is None:
        return ""
    return f"{fiscal_year_short(row['first'])} – {fiscal_year_short(row['last'])}"


@login_not_required
@reads
def adopted_csv(request: HttpRequest, public_id: str) -> StreamingHttpResponse:
    call = _call(request, public_id)
    columns = [
        Column(_("Project number"), Kind.CODE),
        Column(_("Title of the research"), width=48),
        Column(_("Principal investigator")),
        Column(_("Institution")),
        Column(_("Partner’s principal investigator")),
        Column(_("Partner’s institution")),
        Column(_("Country")),
        Column(_("Field")),
        Column(_("First fiscal year"), Kind.CODE),
        Column(_("Last fiscal year"), Kind.CODE),
        Column(_("Awarded (yen)"), Kind.INTEGER),
    ]
    names = ("number", "title", "pi", "institution", "partner", "partner_institution", "country", "field")
    rows = (
        [*(row[name] for name in names), str(row["first"] or ""), str(row["last"] or ""), row["awarded"]]
        for row in _rows(call)
    )
    response = StreamingHttpResponse(
        stream_csv(headings_of(columns), rows), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{call.code}-adopted.csv"'
    return response


def _structured(call: Call, rows: list[dict[str, Any]]) -> SafeString:
    """JSON-LD in the words of schema.org: a grant an adopted proposal."""
    url = f"{settings.SITE_ADDRESS}{reverse('review:adopted', args=[call.public_id])}"
    funders = [{"@type": "FundingAgency", "name": localized(one, "name")} for one in agencies_of(call)]
    graph = [
        {
            "@type": "MonetaryGrant",
            "@id": f"{url}#{row['number']}",
            "identifier": row["number"],
            "name": row["title"],
            "inLanguage": current(),
            "funder": funders,
            "fundedItem": {"@type": "ResearchProject", "name": row["title"]},
            "amount": {
                "@type": "MonetaryAmount",
                "currency": call.programme.currency,
                "value": str(row["awarded"]),
            },
        }
        for row in rows
    ]
    return as_block({"@context": "https://schema.org", "@graph": graph})
