"""What a table of collected proposals may name, read once for all of its rows: fields, support types, agencies, institutions,
countries, people, and the proposals that were collected for the call before."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q

from accounts.enums import OrganisationKind
from accounts.models import Membership, Organisation, Person
from accounts.permissions import standing_for
from kernel.clock import today
from program.models import Call, Designation, SupportType
from program.permissions import SEATS, participation
from program.queries import caps_for
from program.rules.texts import plain
from program.versions import current_form
from proposals.models import (
    CollectedProposal,
    PartnerAward,
    Proposal,
    Submission,
    TeamMember,
)
from proposals.permissions import exclusions_of
from proposals.rules.budget import Cap
from registries.models import Country

# So many keys are named in one statement.
BATCH = 500
# What a proposal consists of, and what is no work of anybody on it.
OWN_PARTS = frozenset(
    {
        "proposals.proposalsection",
        "proposals.teammember",
        "proposals.partneraward",
        "proposals.budgetline",
        "proposals.submission",
        "proposals.intakerow",
        "proposals.collectedproposal",
    }
)
FROM_ERAD = frozenset({"proposals.eradrecord", "proposals.eradchange"})
UNTOUCHED = ("submitted", "locked")


class Lookups:
    """The call's own things are read at once; people and institutions when they are asked for."""

    def __init__(self, call: Call, by: Any) -> None:
        self.call = call
        self._by = by
        rows = call.call_designations.select_related(
            "designation__field", "designation__country", "designation__group"
        )
        self.designations: list[Designation] = [row.designation for row in rows.order_by("pk")]
        self.support_types: list[SupportType] = list(call.support_types.all())
        parts = participation(call)
        self.agencies = [part.agency for pk, part in parts.items() if pk != call.lead_agency_id]
        self._seats = [*parts, call.lead_agency_id]
        self.institutions = list(
            Organisation.objects.filter(kind=OrganisationKind.RESEARCH_INSTITUTION, country_code="JP")
            .select_related("merged_into")
            .order_by("pk")
        )
        self._by_ror: dict[str, Organisation] = {}
        self._by_name: dict[str, dict[int, Organisation]] = defaultdict(dict)
        for one in self.institutions:
            standing = standing_for(one)
            if one.ror_id:
                self._by_ror[one.ror_id] = standing
            for name in (one.name_ja, one.name_en, one.short_name):
                if name:
                    self._by_name[plain(name)][standing.pk] = standing
        self.form = current_form(call)
        self.sections = {one.key: one for one in (self.form.sections.all() if self.form else [])}
        self._countries: dict[str, str] = {}
        self._caps: dict[int | None, list[Cap]] = {}

    def designations_named(self, field: str, partner: str) -> list[Designation]:
        """The call's designations that a field and a partner name; a blank names all."""
        return [
            one
            for one in self.designations
            if (
                not field
                or plain(field) in {plain(one.field.title_ja), plain(one.field.title_en), one.public_id}
            )
            and (not partner or plain(partner) in _partner_words(one))
        ]

    def support_type_named(self, text: str) -> SupportType | None:
        return next(
            (
                one
                for one in self.support_types
                if plain(text) in {plain(one.title_ja), plain(one.title_en), one.key}
            ),
            None,
        )

    def agency_named(self, text: str) -> Organisation | None:
        names = plain(text)
        return next(
            (
                one
                for one in self.agencies
                if names in {plain(one.short_name), plain(one.name_ja), plain(one.name_en)}
            ),
            None,
        )

    def institutions_named(self, ror_id: str, name: str) -> list[Organisation]:
        """By the ROR id, else by the name."""
        if ror_id:
            return [self._by_ror[ror_id]] if ror_id in self._by_ror else []
        return list(self._by_name.get(plain(name), {}).values())

    def country_named(self, text: str) -> str:
        """The code of a country that is there today, by its code or its name; blank for none."""
        if not self._countries:
            for one in Country.objects.filter(ended_on=None):
                for name in (one.code, one.name_ja, one.name_en):
                    self._countries[plain(name)] = one.code
        return self._countries.get(plain(text), "")

    def caps(self, support_type: SupportType | None) -> list[Cap]:
        """The caps that hold for a support type, in yen; months of part years are not known of a table."""
        key = support_type.pk if support_type else None
        if key not in self._caps:
            self._caps[key] = [
                Cap(limit=cap.limit_yen, basis=cap.basis, period=cap.period)
                for cap in caps_for(self.call, key)
                if cap.limit_yen is not None
            ]
        return self._caps[key]

    def collected(self) -> dict[str, CollectedProposal]:
        """What was collected for the call before, by its key."""
        found = CollectedProposal.objects.filter(call=self.call).select_related("proposal")
        return {one.key: one for one in found}

    def hidden(self) -> set[int]:
        """The proposals from which the officer is excluded by a conflict of interest."""
        excluded = exclusions_of(self._by)
        return set(excluded.filter(proposal__call=self.call).values_list("proposal", flat=True))

    def deciders(self) -> set[int]:
        """The people with a seat at an agency of the call."""
        seats = Membership.objects.active_on(today()).filter(organisation__in=self._seats, role__in=SEATS)
        return set(seats.values_list("person", flat=True))


def _partner_words(designation: Designation) -> set[str]:
    if designation.country:
        country = designation.country
        return {plain(country.code), plain(country.name_ja), plain(country.name_en)}
    group = designation.group
    return {plain(group.code), plain(group.title_ja), plain(group.title_en)} if group else set()


def people_known(
    emails: Collection[str], numbers: Collection[str]
) -> tuple[dict[str, list[Person]], dict[str, list[Person]]]:
    """The people who have one of these e-mails, and those with one of these e-Rad numbers, by them."""
    by_email: dict[str, list[Person]] = defaultdict(list)
    by_number: dict[str, list[Person]] = defaultdict(list)
    for some in _parts(sorted(emails)):
        for person in _standing().filter(Q(email__in=some) | Q(user__email__in=some)):
            for address in {person.email.lower(), person.user.email.lower() if person.user else ""} - {""}:
                by_email[address].append(person)
    for some in _parts(sorted(numbers)):
        for person in _standing().filter(erad_number__in=some):
            by_number[person.erad_number].append(person)
    return by_email, by_number


def _standing() -> Any:
    return Person.objects.filter(merged_into=None).select_related("user").order_by("pk")


def _parts(keys: list[Any]) -> Iterable[list[Any]]:
    return (keys[start : start + BATCH] for start in range(0, len(keys), BATCH))


def worked_on(proposals: Collection[Proposal], *, beside: frozenset[str] = frozenset()) -> set[int]:
    """The keys of those of the proposals on which somebody has worked since they were taken in: judged, returned, asked
    for, reviewed, written about, or submitted by their team. In whichever app: whatever points to a proposal and is no part
    of it is work. What comes from the models `beside` is not."""
    keys = sorted(proposal.pk for proposal in proposals)
    found = {one.pk for one in proposals if one.state not in UNTOUCHED or one.extended_until is not None}
    for some in _parts(keys):
        team = TeamMember.objects.filter(proposal=OuterRef("proposal"), person=OuterRef("by__person"))
        submitted = Submission.objects.filter(Exists(team), proposal__in=some)
        found |= set(submitted.values_list("proposal", flat=True))
        found |= set(
            PartnerAward.objects.filter(proposal__in=some)
            .exclude(verdict="")
            .values_list("proposal", flat=True)
        )
        for relation in Proposal._meta.get_fields(include_hidden=True):
            if not relation.auto_created or relation.concrete or relation.many_to_many:
                continue
            model: Any = relation.related_model
            if model._meta.label_lower in OWN_PARTS | beside:
                continue
            column = relation.field.name  # type: ignore[union-attr]  # a reverse relation has the field that makes it
            found |= set(model._base_manager.filter(**{f"{column}__in": some}).values_list(column, flat=True))
    return found
