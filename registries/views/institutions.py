"""Research institutions of the world, as ROR knows them."""

from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernel.choices import label_of_field
from kernel.documents.tables import ROWS_IN_CHUNK, stream_csv
from kernel.languages import current, localized
from kernel.methods import reads
from kernel.moves import Move
from kernel.pages import page_of
from registries.enums import InstitutionStatus
from registries.forms.lists import InstitutionFilterForm
from registries.models import Institution, InstitutionSuccession
from registries.permissions import may_import
from registries.queries import country_names, find_institutions, institutions_visible_to
from registries.views.trails import country_name, only_if, trail

TONES = {
    InstitutionStatus.ACTIVE: "success",
    InstitutionStatus.INACTIVE: "neutral",
    InstitutionStatus.WITHDRAWN: "warning",
}
# What ROR calls the kinds of names and of relations.
NAME_KINDS = {
    "ror_display": gettext_lazy("shown by ROR"),
    "label": gettext_lazy("name"),
    "alias": gettext_lazy("other name"),
    "acronym": gettext_lazy("acronym"),
}
# Other registers, and where each shows what has a number there.
REGISTERS = {
    "fundref": ("Crossref Funder Registry", "https://doi.org/10.13039/"),
    "grid": ("GRID", ""),
    "isni": ("ISNI", "https://isni.org/isni/"),
    "wikidata": ("Wikidata", "https://www.wikidata.org/wiki/"),
}
LINKS = {"website": gettext_lazy("Website"), "wikipedia": gettext_lazy("Wikipedia")}
RELATIONS = {
    "parent": gettext_lazy("Part of"),
    "child": gettext_lazy("Has the part"),
    "related": gettext_lazy("Related"),
}
SHOWN_RELATIONS = 100
SUGGESTED = 8


@reads
def institutions(request: HttpRequest) -> HttpResponse:
    form = InstitutionFilterForm(request.GET)
    found = institutions_visible_to(request.user)
    if form.is_valid():
        values = form.cleaned_data
        if values["q"]:
            found = find_institutions(request.user, values["q"])
        if values["country"]:
            found = found.filter(country_code=values["country"])
        if values["status"]:
            found = found.filter(status=values["status"])
    page = page_of(found, request)
    names = dict(form.fields["country"].choices)  # type: ignore[attr-defined]  # a ChoiceField has choices
    in_english = current() == "en"
    context = {
        "filter_form": form,
        "page": page,
        "other_name": _("Name (Japanese)") if in_english else _("Name (English)"),
        "other_language": "ja" if in_english else "en",
        "rows": [
            {
                "institution": row,
                "other": row.name_ja if in_english else row.name_en,
                "country": country_name(names, row.country_code),
                "tone": TONES[InstitutionStatus(row.status)],
            }
            for row in page.objects
        ],
        "moves": _moves(request.user),
        "breadcrumbs": trail(request.user, (_("Institutions"), "")),
    }
    return render(request, "registries/institutions.html", context)


def _moves(user: Any) -> list[Move]:
    if not may_import(user):
        return []
    return [
        Move(_("Participating institutions"), reverse("registries:organisations")),
        Move(_("e-Rad codes as CSV"), reverse("registries:erad_export")),
    ]


@reads
def institution(request: HttpRequest, public_id: str) -> HttpResponse:
    """Names, places, and who went before and came after."""
    found = get_object_or_404(institutions_visible_to(request.user), public_id=public_id)
    names = country_names()
    before = InstitutionSuccession.objects.filter(successor_ror_id=found.ror_id).select_related("predecessor")
    after = list(found.successions.order_by("id").values_list("successor_ror_id", flat=True))
    others = [relation for relation in found.relationships if relation.get("kind") in RELATIONS]
    known = _known([*after, *(relation["ror_id"] for relation in others[:SHOWN_RELATIONS])])
    context = {
        "institution": found,
        "tone": TONES[InstitutionStatus(found.status)],
        "country": country_name(names, found.country_code),
        "names": [
            {
                "value": name["value"],
                "language": name["language"],
                "kinds": ", ".join(str(NAME_KINDS.get(kind, kind)) for kind in name["types"]),
            }
            for name in found.names
        ],
        "locations": [
            {
                "city": location["city"],
                "subdivision": location["subdivision"],
                "country": country_name(names, location["country_code"]),
            }
            for location in found.locations
        ],
        "predecessors": [_link(row.predecessor.ror_id, row.predecessor) for row in before.order_by("id")],
        "successors": [_link(ror_id, known.get(ror_id)) for ror_id in after],
        "relations": [
            {
                "kind": RELATIONS[relation["kind"]],
                **_link(relation["ror_id"], known.get(relation["ror_id"]), relation["name"]),
            }
            for relation in others[:SHOWN_RELATIONS]
        ],
        "domains": ", ".join(found.domains),
        "registers": [_register(known) for known in found.external_ids],
        "links": [
            {"label": LINKS.get(link["kind"], link["kind"]), "url": link["url"]} for link in found.links
        ],
        "kinds": ", ".join(found.kinds),
        "breadcrumbs": trail(
            request.user,
            (_("Institutions"), reverse("registries:institutions")),
            (localized(found, "name"), ""),
        ),
    }
    return render(request, "registries/institution.html", context)


@reads
def suggestions(request: HttpRequest) -> JsonResponse:
    """What the reader may mean by the beginning of a name, for the fields in which an institution is named."""
    words = request.GET.get("q", "")[:200]
    found = []
    if "\x00" not in words and words.strip():
        likely = find_institutions(request.user, words).exclude(status=InstitutionStatus.WITHDRAWN)
        found = list(likely[:SUGGESTED])
    names = country_names() if found else {}
    return JsonResponse(
        {
            "institutions": [
                {
                    "ror_id": row.ror_id,
                    "name": localized(row, "name"),
                    "country_code": row.country_code,
                    "place": ", ".join(
                        part for part in (row.city, country_name(names, row.country_code)) if part
                    ),
                    "note": "" if row.status == InstitutionStatus.ACTIVE else label_of_field(row, "status"),
                }
                for row in found
            ]
        }
    )


@reads
def erad_export(request: HttpRequest) -> StreamingHttpResponse:
    """Japan's institutions with their e-Rad codes, blank where none is known: filled in, the file can be imported again."""
    only_if(may_import(request.user))
    found = institutions_visible_to(request.user).filter(country_code="JP")
    rows = (
        (row.erad_code, row.ror_id, row.name_ja, row.name_en)
        for row in found.exclude(status=InstitutionStatus.WITHDRAWN)
        .order_by("ror_id")
        .iterator(chunk_size=ROWS_IN_CHUNK)
    )
    headings = ["erad_code", "ror_id", "name_ja", "name_en"]
    response = StreamingHttpResponse(stream_csv(headings, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="erad-codes.csv"'
    return response


def _register(known: dict[str, Any]) -> dict[str, Any]:
    """An institution's numbers in another register, linked where that register has pages."""
    name, address = REGISTERS.get(known["kind"], (known["kind"], ""))
    return {
        "label": name,
        "numbers": [
            {"value": number, "url": address + quote(number.replace(" ", "")) if address else ""}
            for number in known["every"]
        ],
    }


def _known(ror_ids: list[str]) -> dict[str, Institution]:
    return {row.ror_id: row for row in Institution.objects.filter(ror_id__in=set(ror_ids))}


def _link(ror_id: str, row: Institution | None, name: str = "") -> dict[str, Any]:
    """An institution by its own page here, or by ROR's where the registry does not have it."""
    if row is None:
        return {"label": name or ror_id, "url": f"https://ror.org/{ror_id}"}
    return {
        "label": localized(row, "name"),
        "url": reverse("registries:institution", args=[row.public_id]),
    }
