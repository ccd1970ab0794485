"""Institutions from ROR's records."""

from collections.abc import Iterable
from typing import Any

from registries.actions.changes import BATCH, Changes, compared, in_parts, rows_with
from registries.models import Institution, InstitutionSuccession
from registries.rules.results import ParseResult
from registries.rules.ror import RorInstitution, parse_ror
from registries.rules.texts import searchable


def read(content: bytes, name: str) -> ParseResult[RorInstitution]:
    return parse_ror(content, file_name=name)


def compare(records: Iterable[RorInstitution]) -> Changes:
    """By ROR id; the successions of each institution in the file become those that the file names."""
    wanted = {record.ror_id: _fields(record) for record in records}
    existing = rows_with(Institution.objects.all(), "ror_id", wanted)
    changes = compared(Institution, wanted, key=lambda row: row.ror_id, existing=existing)
    successors = {record.ror_id: record.successors for record in records}
    changes.afterwards = lambda: _write_successions(successors)
    return changes


def _fields(record: RorInstitution) -> dict[str, Any]:
    names = [{"value": n.value, "language": n.language, "types": sorted(n.types)} for n in record.names]
    return {
        "ror_id": record.ror_id,
        "name_ja": record.name_ja[:300],
        "name_kana": record.name_kana[:300],
        "name_en": (record.name_en or record.name)[:300],
        "country_code": record.country_code,
        "city": record.locations[0].city[:200] if record.locations else "",
        "status": record.status,
        "established": record.established,
        "kinds": list(record.types),
        "names": names,
        "locations": [
            {
                "geonames_id": place.geonames_id,
                "city": place.city,
                "country_code": place.country_code,
                "subdivision": place.subdivision,
            }
            for place in record.locations
        ],
        "relationships": [
            {"kind": relation.kind, "ror_id": relation.ror_id, "name": relation.name}
            for relation in record.relations
        ],
        "external_ids": [
            {"kind": known.kind, "preferred": known.preferred, "every": list(known.every)}
            for known in record.external_ids
        ],
        "links": [{"kind": link.kind, "url": link.url} for link in record.links],
        "domains": list(record.domains),
        "modified_on": record.last_modified,
        "search_text": search_lines(name.value for name in record.names),
    }


def search_lines(names: Iterable[str]) -> str:
    """Each name on a line, so that a search can tell a whole name and the beginning of one from the middle."""
    lines = dict.fromkeys(searchable(name) for name in names)
    return "\n" + "".join(f"{line}\n" for line in lines)


def _write_successions(successors: dict[str, tuple[str, ...]]) -> None:
    rows = dict(rows_with(Institution.objects.values_list("ror_id", "pk"), "ror_id", successors))
    for part in in_parts(rows.values()):
        InstitutionSuccession.objects.filter(predecessor__in=part).delete()
    InstitutionSuccession.objects.bulk_create(
        [
            InstitutionSuccession(predecessor_id=rows[ror_id], successor_ror_id=successor)
            for ror_id, found in successors.items()
            for successor in dict.fromkeys(found)
        ],
        batch_size=BATCH,
    )
