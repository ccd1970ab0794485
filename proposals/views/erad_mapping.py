"""How an agency's tables for e-Rad are laid out."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Organisation
from kernel.choices import label
from kernel.forms import add_violations, make_from
from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads_and_writes
from kernel.violations import RuleBroken
from program.permissions import may_lead_call
from proposals.actions.erad import save_mapping
from proposals.enums import EradDates, EradEncoding, EradTable, EradUnit
from proposals.erad_tables import layout_of
from proposals.forms.erad import MappingForm
from proposals.models import EradMapping


@reads_and_writes
@idempotent
def erad_mapping(request: HttpRequest, agency_id: str, table: str) -> HttpResponse:
    """Which field goes into which column, under which heading, in which order; and how days and money are written."""
    agency = get_object_or_404(Organisation, public_id=agency_id)
    if table not in list(EradTable) or not may_lead_call(request.user, agency):
        raise Http404
    kind = EradTable(table)
    standing = (
        EradMapping.objects.filter(agency=agency, table=table).select_related("changed_by__person").first()
    )
    version = standing.version if standing else 0
    layout = layout_of(agency, kind)
    form = MappingForm(request.POST or None, layout=layout, version=version)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            save_mapping(
                agency=agency,
                table=kind,
                columns=form.columns,
                encoding=EradEncoding(given.get("encoding") or layout.encoding),
                dates=EradDates(given.get("dates") or layout.dates),
                unit=EradUnit(given.get("unit") or layout.unit),
                key=given.get("key") or "",
                version=given["version"],
                by=request.user,
            )
        except RuleBroken as broken:
            if broken.is_stale:
                make_from(form, "version", version)
            add_violations(form, broken)
        else:
            messages.success(request, _("The columns were saved."))
            return redirect("proposals:erad_mapping", agency_id, table)
    heading = _("Columns of “%(table)s”") % {"table": label(kind)}
    context = {
        "form": form,
        "heading": heading,
        "lead": localized(agency, "name"),
        "standing": standing,
        "is_default": standing is None,
        "others": [
            {"label": label(one), "url": reverse("proposals:erad_mapping", args=[agency_id, str(one)])}
            for one in EradTable
            if one is not kind
        ],
        "breadcrumbs": [
            {"label": _("Proposals"), "url": reverse("proposals:office")},
            {"label": heading, "url": ""},
        ],
    }
    return render(request, "proposals/erad_mapping.html", context)
