"""The research institutions that the portal works with: their numbers, and two records that are one."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actions.organisations import (
    FACTS,
    add_institution,
    change_institution,
    merge_institutions,
    merge_violations,
    undo_merge,
)
from accounts.models import Organisation
from accounts.permissions import may_keep_institutions
from accounts.queries import institutions_kept_by, merges_visible_to, references_of
from kernel.forms import add_violations
from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads, reads_and_writes, writes
from kernel.moves import Move
from kernel.pages import page_of
from kernel.searching import contains
from kernel.violations import RuleBroken, sentence
from registries.forms.lists import WordsForm
from registries.forms.organisations import MergeForm, OrganisationFilterForm, OrganisationForm
from registries.models import Institution
from registries.organisation_words import in_words, not_active
from registries.queries import country_names
from registries.rules.identifiers import institution_code_warning
from registries.rules.texts import searchable
from registries.views.trails import country_name, only_if, trail

SHOWN_LIKELY = 10


@reads
def organisations(request: HttpRequest) -> HttpResponse:
    only_if(may_keep_institutions(request.user))
    form = OrganisationFilterForm(request.GET)
    found = institutions_kept_by(request.user).filter(merged_into=None)
    if form.is_valid():
        if words := form.cleaned_data["q"].strip():
            found = found.filter(_named(words))
        if form.cleaned_data["without_ror"]:
            found = found.filter(ror_id=None)
    page = page_of(found, request)
    names = country_names()
    context = {
        "filter_form": form,
        "page": page,
        "rows": [
            {"organisation": row, "country": country_name(names, row.country_code)} for row in page.objects
        ],
        "moves": [
            Move(_("Add an institution"), reverse("registries:organisation_add"), tone="primary"),
            Move(_("Take e-Rad codes"), reverse("registries:participant_codes")),
        ],
        "breadcrumbs": trail(request.user, (_("Participating institutions"), "")),
    }
    return render(request, "registries/organisations.html", context)


def _named(words: str) -> Q:
    return (
        contains(words, "short_name", "name_ja", "name_en")
        | Q(ror_id=words.lower().rsplit("/", 1)[-1])
        | Q(erad_code=words)
    )


@reads
def organisation(request: HttpRequest, public_id: str) -> HttpResponse:
    """What is known of one institution, what points to it, and records that may be the same."""
    found = get_object_or_404(institutions_kept_by(request.user), public_id=public_id)
    known = Institution.objects.filter(ror_id=found.ror_id).first() if found.ror_id else None
    warning = institution_code_warning(found.erad_code) if found.erad_code else None
    merges = merges_visible_to(request.user).filter(Q(kept=found) | Q(merged=found))
    context = {
        "organisation": found,
        "country": country_name(country_names(), found.country_code),
        "known": known,
        "warning": sentence(warning) if warning else "",
        "not_active": not_active(known),
        "references": [in_words(reference) for reference in references_of(found)],
        "filter_form": WordsForm(request.GET),
        "likely": []
        if found.merged_into_id
        else [
            {
                "organisation": other,
                "url": reverse("registries:organisation_merge", args=[found.public_id, other.public_id]),
            }
            for other in _others(request, found, known)
        ],
        "merges": [
            {"merge": merge, "moves": _undo(merge) if merge.undone_at is None else []}
            for merge in merges[:20]
        ],
        "moves": []
        if found.merged_into_id
        else [Move(_("Change"), reverse("registries:organisation_change", args=[found.public_id]))],
        "breadcrumbs": _steps(request, found.short_name),
    }
    return render(request, "registries/organisation.html", context)


def _others(request: HttpRequest, found: Organisation, known: Institution | None) -> list[Organisation]:
    """Those that the reader asks for by words, else those that are likely the same."""
    institutions = institutions_kept_by(request.user)
    form = WordsForm(request.GET)
    if form.is_valid() and (words := form.cleaned_data["q"].strip()):
        return list(institutions.filter(_named(words), merged_into=None).exclude(pk=found.pk)[:SHOWN_LIKELY])
    return _likely(institutions, found, known)


def _undo(merge: Any) -> list[Move]:
    url = reverse("registries:merge_undo", args=[merge.public_id])
    return [Move(_("Undo the merge"), url, "post", "secondary", _("Put back what this merge has moved?"))]


def _likely(
    institutions: QuerySet[Organisation], found: Organisation, known: Institution | None
) -> list[Organisation]:
    """Other records that may be the same institution: by a name in either language, or by the e-Rad code."""
    names = {found.name_ja, found.name_en, found.short_name}
    if known is not None:
        names |= {name["value"] for name in known.names}
    wanted = {searchable(name) for name in names if name}
    others = institutions.filter(merged_into=None).exclude(pk=found.pk)
    likely = [
        other
        for other in others.only(
            "public_id", "short_name", "name_ja", "name_en", "ror_id", "erad_code", "merged_into"
        )
        if wanted & {searchable(name) for name in (other.name_ja, other.name_en, other.short_name) if name}
        or (found.erad_code and other.erad_code == found.erad_code)
    ]
    return likely[:SHOWN_LIKELY]


def _steps(request: HttpRequest, *last: Any) -> list[dict[str, Any]]:
    home = (_("Participating institutions"), reverse("registries:organisations"))
    return trail(request.user, home, *((step, "") for step in last))


def _answer(
    request: HttpRequest,
    *,
    form: Any,
    act: Callable[[dict[str, Any]], Organisation],
    heading: Any,
    success: Any,
    cancel: str,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            made = act(_with_names(form.cleaned_data))
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            messages.success(request, success)
            if words := not_active(Institution.objects.filter(ror_id=made.ror_id).first()):
                messages.warning(request, words)
            return redirect("registries:organisation", made.public_id)
    context = {
        "form": form,
        "heading": heading,
        "cancel_url": cancel,
        "breadcrumbs": _steps(request, heading),
    }
    return render(request, "registries/form.html", context)


def _with_names(values: dict[str, Any]) -> dict[str, Any]:
    """What was left blank, from the registry's record of the ROR id."""
    known = Institution.objects.filter(ror_id=values["ror_id"]).first() if values["ror_id"] else None
    if known is None:
        return values
    filled = {"name_ja": known.name_ja[:200], "name_en": known.name_en[:200], "erad_code": known.erad_code}
    return values | {name: values[name] or value for name, value in filled.items()}


@reads_and_writes
@idempotent
def organisation_add(request: HttpRequest) -> HttpResponse:
    only_if(may_keep_institutions(request.user))
    form = OrganisationForm(request.POST if request.method == "POST" else None)
    return _answer(
        request,
        form=form,
        act=lambda values: add_institution(by=request.user, **values),
        heading=_("Add an institution"),
        success=_("The institution was added."),
        cancel=reverse("registries:organisations"),
    )


@reads_and_writes
def organisation_change(request: HttpRequest, public_id: str) -> HttpResponse:
    found = get_object_or_404(institutions_kept_by(request.user), public_id=public_id)
    initial = {name: getattr(found, name) for name in FACTS}
    form = OrganisationForm(request.POST if request.method == "POST" else None, initial=initial)
    return _answer(
        request,
        form=form,
        act=lambda values: change_institution(organisation=found, by=request.user, **values),
        heading=_("Change an institution"),
        success=_("The institution was saved."),
        cancel=reverse("registries:organisation", args=[found.public_id]),
    )


@reads_and_writes
@idempotent
def organisation_merge(request: HttpRequest, public_id: str, other_id: str) -> HttpResponse:
    """What will point to the kept institution once the other is merged into it; a POST does it."""
    kept = get_object_or_404(institutions_kept_by(request.user), public_id=public_id)
    merged = get_object_or_404(institutions_kept_by(request.user), public_id=other_id)
    references = references_of(merged)
    form = MergeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            merge_institutions(kept=kept, merged=merged, by=request.user, reason=form.cleaned_data["reason"])
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            messages.success(request, _("The two records were merged. The merge can be undone here."))
            return redirect("registries:organisation", kept.public_id)
    heading = _("Merge two records of one institution")
    swapped = reverse("registries:organisation_merge", args=[merged.public_id, kept.public_id])
    context = {
        "heading": heading,
        "form": form,
        "kept": kept,
        "merged": merged,
        "refusals": [sentence(violation) for violation in merge_violations(kept, merged)],
        "references": [in_words(reference) for reference in references],
        "total": sum(len(one.keys) for one in references if not one.is_append_only),
        "facts": _facts(kept, merged),
        "moves": [Move(_("Keep the other one instead"), swapped)],
        "cancel_url": reverse("registries:organisation", args=[kept.public_id]),
        "breadcrumbs": _steps(request, heading),
    }
    return render(request, "registries/merge.html", context)


def _facts(kept: Organisation, merged: Organisation) -> list[dict[str, Any]]:
    """Each fact of both records, and what the kept one has afterwards."""
    labels = {
        "name_ja": _("Name (Japanese)"),
        "name_en": _("Name (English)"),
        "ror_id": _("ROR id"),
        "erad_code": _("e-Rad institution code"),
    }
    return [
        {
            "label": label,
            "kept": getattr(kept, name) or "–",
            "merged": getattr(merged, name) or "–",
            "after": getattr(kept, name) or getattr(merged, name) or "–",
        }
        for name, label in labels.items()
    ]


@writes
def merge_undo(request: HttpRequest, public_id: str) -> HttpResponse:
    merge = get_object_or_404(merges_visible_to(request.user), public_id=public_id)
    undo_merge(merge=merge, by=request.user)
    messages.success(
        request,
        _("The merge was undone: %(name)s stands alone again.") % {"name": localized(merge.merged, "name")},
    )
    return redirect("registries:organisation", merge.kept.public_id)
