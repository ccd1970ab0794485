"""Versions of a dossier: each as it stood, and any two side by side."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from kernel.choices import label_of_field
from kernel.clock import day_of
from kernel.idempotency import idempotent
from kernel.methods import reads, writes
from kernel.templatetags.kernel import day
from program.actions.versions import keep_version
from program.comparisons import balances, change_rows
from program.dossiers import dossier_of, fingerprint, kept_name, members_in, name_of
from program.forms.designations import VersionsForm
from program.models import Designation, DossierVersion
from program.permissions import may_keep_programme
from program.queries import designation_name, designations_visible_to
from program.rules.comparison import compare_dossiers
from program.views.answering import only_if, trail
from program.views.designation_page import person_name
from program.views.designations import address, home, kept_designation
from program.views.dossier_tables import dossier_context
from program.views.weights import asked_weights

NOW = "now"


@writes
@idempotent
def version_keep(request: HttpRequest, public_id: str) -> HttpResponse:
    found = kept_designation(request, public_id)
    made = keep_version(designation=found, by=request.user)
    messages.success(request, _("Version %(number)s was kept.") % {"number": made.number})
    return redirect(address(found))


def kept_version(request: HttpRequest, public_id: str) -> DossierVersion:
    """A version, for an officer of the ministry whose dossier it is; nothing for others."""
    found = get_object_or_404(
        DossierVersion.objects.select_related(
            "designation__programme__ministry",
            "designation__field",
            "designation__country",
            "designation__group",
            "designation__renews",
            "made_by__person",
        ).filter(designation__in=designations_visible_to(request.user).order_by()),
        public_id=public_id,
    )
    only_if(may_keep_programme(request.user, found.designation.programme))
    return found


@reads
def version(request: HttpRequest, public_id: str) -> HttpResponse:
    found = kept_version(request, public_id)
    name = name_of(found.content, found.designation)
    heading = version_name(found)
    context = {
        "version": found,
        "designation": found.designation,
        "name": name,
        "programme": kept_name(found.content, "programme", found.designation.programme),
        "members": members_in(found.content),
        "heading": heading,
        "by": person_name(found.made_by) or "–",
        "is_unchanged": fingerprint(found.content) == found.sha256,
        "is_current": False,
        "breadcrumbs": trail(
            home(), (designation_name(found.designation), address(found.designation)), (heading, "")
        ),
        **dossier_context(
            found.content, asked_weights(request, [item["id"] for item in found.content["evidence"]])
        ),
    }
    return render(request, "program/dossier_version.html", context)


def version_name(version: DossierVersion) -> str:
    """Version 2, at the decision (25 November 2026)."""
    return _("Version %(number)s, %(occasion)s") % {
        "number": version.number,
        "occasion": label_of_field(version, "occasion"),
    }


@reads
def compare(request: HttpRequest, public_id: str) -> HttpResponse:
    """Two versions side by side: of this designation, of those that it renews, and the dossier as it stands now."""
    found = kept_designation(request, public_id)
    name = designation_name(found)
    contents, choices = _choosable(found)
    form = VersionsForm(request.GET if "before" in request.GET else None, choices=choices)
    context: dict[str, Any] = {
        "designation": found,
        "name": name,
        "form": form,
        "is_compared": False,
        "breadcrumbs": trail(home(), (name, address(found)), (_("Compare versions"), "")),
    }
    if form.is_valid():
        before, after = contents[form.cleaned_data["before"]], contents[form.cleaned_data["after"]]
        changes = compare_dossiers(before, after)
        context |= {
            "is_compared": True,
            "changes": change_rows(changes),
            "balances": balances(before, after),
        }
    return render(request, "program/versions_compare.html", context)


def _choosable(designation: Designation) -> tuple[dict[str, dict[str, Any]], list[tuple[str, str]]]:
    """What can be compared, by the key in the address, and the words for each."""
    contents: dict[str, dict[str, Any]] = {NOW: dossier_of(designation)}
    choices = [(NOW, _("as it stands now"))]
    line = _line(designation)
    versions = DossierVersion.objects.filter(designation__in=line).order_by("-made_at", "-id")
    for found in versions:
        contents[found.public_id] = found.content
        words = _("%(version)s (%(day)s)") % {
            "version": version_name(found),
            "day": day(day_of(found.made_at)),
        }
        is_own = found.designation_id == designation.pk
        choices.append(
            (found.public_id, words if is_own else _("earlier period: %(version)s") % {"version": words})
        )
    return contents, choices


def _line(designation: Designation) -> list[Designation]:
    """A designation and those before it that it goes on from."""
    line = [designation]
    while line[-1].renews is not None:
        line.append(line[-1].renews)
    return line
