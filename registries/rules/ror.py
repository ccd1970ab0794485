"""Research Organization Registry, schema v2 (https://ror.readme.io/docs/ror-data-structure)."""

import re
from dataclasses import dataclass
from datetime import date

from registries.rules.former_countries import former_country
from registries.rules.identifiers import normalise_ror
from registries.rules.json_fields import Fields, as_mapping, read_json
from registries.rules.results import ParseResult, Reading, Refused

STATUSES = frozenset({"active", "inactive", "withdrawn"})
_IDEOGRAPH = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")
_KATAKANA = re.compile(r"[\u30a1-\u30fa]")
_HIRAGANA_ONLY = re.compile(r"[\u3041-\u309fー・\s]+")
_KATAKANA_ONLY = re.compile(r"[\u30a0-\u30ff・\s]+")


@dataclass(frozen=True, slots=True)
class RorName:
    value: str
    language: str  # ISO 639-1, or "" where ROR gives none
    types: frozenset[str]  # of label, alias, acronym, ror_display


@dataclass(frozen=True, slots=True)
class RorLocation:
    geonames_id: int
    city: str
    country_code: str
    subdivision: str


@dataclass(frozen=True, slots=True)
class RorRelation:
    kind: str  # parent, child, related, successor, predecessor
    ror_id: str
    name: str


@dataclass(frozen=True, slots=True)
class RorLink:
    kind: str  # website, wikipedia
    url: str


@dataclass(frozen=True, slots=True)
class RorExternalId:
    """The institution in another register: `fundref` (Crossref's funders), `grid`, `isni`, `wikidata`."""

    kind: str
    preferred: str  # "" where the source prefers none
    every: tuple[str, ...]  # the preferred one first


@dataclass(frozen=True, slots=True)
class RorInstitution:
    """One organisation. `country_code` is that of the first location; `locations` has them all."""

    ror_id: str  # nine characters, without the resolver
    status: str
    types: tuple[str, ...]
    name: str  # the one ROR displays
    name_ja: str
    name_kana: str
    name_en: str
    names: tuple[RorName, ...]
    acronyms: tuple[str, ...]
    country_code: str
    locations: tuple[RorLocation, ...]
    established: int | None
    links: tuple[RorLink, ...]
    domains: tuple[str, ...]
    relations: tuple[RorRelation, ...]
    external_ids: tuple[RorExternalId, ...]
    last_modified: date | None

    @property
    def website(self) -> str:
        return next((link.url for link in self.links if link.kind == "website"), "")

    @property
    def funder_ids(self) -> tuple[str, ...]:
        """Of the Crossref Funder Registry, the preferred one first."""
        return next((known.every for known in self.external_ids if known.kind == "fundref"), ())

    @property
    def countries(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(location.country_code for location in self.locations))

    @property
    def successors(self) -> tuple[str, ...]:
        return tuple(relation.ror_id for relation in self.relations if relation.kind == "successor")


def parse_ror(data: bytes, *, file_name: str) -> ParseResult[RorInstitution]:
    """Institutions of a ROR v2 dump: a JSON list, or one record as the API answers.

    Refused: a record of schema v1, without a valid id, a display name, a location or a known status; a second record
    of the same id. Told: locations in several countries, a withdrawn record without a successor, a broken relation.
    """
    reading: Reading[RorInstitution] = Reading(file_name)
    seen: set[str] = set()
    try:
        document = read_json(data)
        items = document if isinstance(document, list) else [document]
    except Refused as refused:
        reading.refuse(refused)
        return reading.result()
    for item in items:
        with reading.record():
            institution = _institution(as_mapping(item), reading)
            if institution.ror_id in seen:
                raise Refused("record_twice", key=institution.ror_id)
            seen.add(institution.ror_id)
            reading.add(institution)
    return reading.result()


def _institution(fields: Fields, reading: Reading[RorInstitution]) -> RorInstitution:
    address = fields.text("id", required=True)
    reading.name(address)
    ror_id = normalise_ror(address)
    if ror_id is None:
        raise Refused("ror_id_invalid", ror_id=address)
    if "names" not in fields:
        raise Refused("ror_version_1")
    status = fields.text("status", required=True)
    if status not in STATUSES:
        raise Refused("ror_status_unknown", status=status)
    names = tuple(
        RorName(name.text("value", required=True), name.text("lang"), frozenset(name.texts("types")))
        for name in fields.children("names")
    )
    display = next((name.value for name in names if "ror_display" in name.types), "")
    if not display:
        raise Refused("field_missing", field="names.ror_display")
    locations = _locations(fields)
    relations = _relations(fields, reading)
    japanese = [name for name in names if name.language == "ja"]
    institution = RorInstitution(
        ror_id=ror_id,
        status=status,
        types=tuple(fields.texts("types")),
        name=display,
        name_ja=_japanese_name(japanese),
        name_kana=_kana(japanese),
        name_en=next((n.value for n in names if n.language == "en" and "label" in n.types), display),
        names=names,
        acronyms=tuple(name.value for name in names if "acronym" in name.types),
        country_code=locations[0].country_code,
        locations=locations,
        established=fields.integer("established"),
        links=_links(fields, reading),
        domains=tuple(fields.texts("domains")),
        relations=relations,
        external_ids=_external_ids(fields),
        last_modified=_day(fields.child("admin").child("last_modified").text("date")),
    )
    if len(institution.countries) > 1:
        reading.inform("ror_several_countries", countries=", ".join(institution.countries))
    if status == "withdrawn" and not institution.successors:
        reading.warn("ror_withdrawn_without_successor")
    return institution


def _locations(fields: Fields) -> tuple[RorLocation, ...]:
    locations = []
    for location in fields.children("locations"):
        details = location.child("geonames_details")
        country = details.text("country_code", required=True)
        if not re.fullmatch(r"[A-Z]{2}", country):
            raise Refused("country_code_invalid", country_code=country)
        if former := former_country(country):
            raise Refused(
                "country_ended",
                country_code=country,
                name_ja=former.name_ja,
                name_en=former.name_en,
                day=former.ended_on.isoformat(),
                successors=", ".join(former.successors),
            )
        city, subdivision = details.text("name"), details.text("country_subdivision_name")
        locations.append(RorLocation(location.integer("geonames_id") or 0, city, country, subdivision))
    if not locations:
        raise Refused("field_missing", field="locations")
    return tuple(locations)


def _relations(fields: Fields, reading: Reading[RorInstitution]) -> tuple[RorRelation, ...]:
    relations = []
    for relation in fields.children("relationships"):
        ror_id = normalise_ror(relation.text("id"))
        if ror_id is None:
            reading.warn("ror_relation_invalid", ror_id=relation.text("id"))
            continue
        relations.append(RorRelation(relation.text("type"), ror_id, relation.text("label")))
    return tuple(relations)


def _links(fields: Fields, reading: Reading[RorInstitution]) -> tuple[RorLink, ...]:
    """Addresses on the web; what is no address would become a link of any kind on a page, and is left out."""
    links = []
    for link in fields.children("links"):
        url = link.text("value")
        if not re.fullmatch(r"https?://\S+", url):
            reading.warn("ror_link_invalid", url=url)
            continue
        links.append(RorLink(link.text("type"), url))
    return tuple(links)


def _external_ids(fields: Fields) -> tuple[RorExternalId, ...]:
    found = []
    for identifier in fields.children("external_ids"):
        preferred = identifier.text("preferred")
        every = tuple(key for key in dict.fromkeys([preferred, *identifier.texts("all")]) if key)
        if every:
            found.append(RorExternalId(identifier.text("type"), preferred, every))
    return tuple(found)


def _japanese_name(names: list[RorName]) -> str:
    """The name as written in Japan. ROR also marks romaji and kana readings as Japanese, often as labels: a name with
    kanji comes before one in katakana, a label before an alias, and a reading in romaji or hiragana alone is none."""
    written = [name for name in names if _IDEOGRAPH.search(name.value) or _KATAKANA.search(name.value)]
    written.sort(key=lambda name: (not _IDEOGRAPH.search(name.value), "label" not in name.types))
    return written[0].value if written else ""


def _kana(names: list[RorName]) -> str:
    for pattern in (_KATAKANA_ONLY, _HIRAGANA_ONLY):
        for name in names:
            if pattern.fullmatch(name.value):
                return name.value
    return ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Refused("date_invalid", value=text) from error
