"""Tables for e-Rad: rows as a mapping wants them, made while they are sent."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import translation

from accounts.models import Organisation
from accounts.rules.numbers import researcher_number_warning
from kernel.audit.models import AuditEntry
from kernel.choices import label_of_field
from kernel.clock import day_of
from kernel.languages import localized
from kernel.violations import RuleBroken, Violation
from program.models import Call
from proposals.award_periods import term_of
from proposals.contributions import erad_facts
from proposals.enums import DIRECT_CATEGORIES, EradDates, EradEncoding, EradTable, EradUnit
from proposals.erad_words import RESULTS
from proposals.intake_lookups import BATCH
from proposals.models import EradMapping, Proposal, Submission
from proposals.queries import office_proposals
from proposals.rules.erad import DEFAULTS, FIELDS, FieldKind, Layout, written_day, written_money
from registries.models import Institution
from registries.rules.identifiers import institution_code_warning

DECIDED = ("adopt", "not_adopt", "reserve", "decline_award")
SHOWN_DOUBTS = 100


def layout_of(agency: Organisation, table: EradTable) -> Layout:
    """How the agency wants the table; the documented default where it has said nothing."""
    mapping = EradMapping.objects.filter(agency=agency, table=str(table)).first()
    if mapping is None:
        key = "receipt_number" if table is EradTable.ANSWERS else ""
        return Layout(table, tuple(DEFAULTS[table]), EradEncoding.UTF8, EradDates.SLASH, EradUnit.YEN, key)
    columns = tuple((one["field"], one["heading"]) for one in mapping.columns)
    return Layout(
        table, columns, mapping.encoding, EradDates(mapping.dates), EradUnit(mapping.unit), mapping.key
    )


def exported(user: Any, call: Call, table: EradTable) -> QuerySet[Proposal]:
    """What of a call goes into a table: of what the officer may see all that was received, or all that was decided."""
    found = office_proposals(user).filter(call=call)
    if table is EradTable.RESULTS:
        found = found.filter(state__in=list(RESULTS))
    received = Submission.objects.filter(proposal=OuterRef("pk")).order_by("number")
    return (
        found.select_related(
            "erad", "collection", "support_type", "designation__field", "call__programme", "pi", "institution"
        )
        .prefetch_related("budget")
        .annotate(first_at=Subquery(received.values("at")[:1]))
        .order_by("receipt_number")
    )


def rows_of(found: QuerySet[Proposal], layout: Layout) -> Iterator[list[Any]]:
    """The rows, each in the order of the layout's columns: text, or a whole number for money.

    Raises:
        RuleBroken: `erad_not_whole_thousands`, naming row and column, when it gets there.
    """
    number = 1
    proposals = iter(found.iterator(chunk_size=BATCH))
    codes: dict[str, str] = {}
    while some := list(islice(proposals, BATCH)):
        facts = _Facts(some, layout.table, codes)
        for proposal in some:
            number += 1
            yield [
                _cell(layout, name, heading, facts.value(proposal, name), number)
                for name, heading in layout.columns
            ]
            # A proposal and what was fetched with it hold each other, and would wait for the collector row after row.
            getattr(proposal, "_prefetched_objects_cache", {}).clear()
            proposal._state.fields_cache.clear()


def _cell(layout: Layout, name: str, heading: str, value: Any, row: int) -> Any:
    if value is None or value == "":
        return None
    kind = FIELDS[layout.table][name]
    if kind is FieldKind.DAY:
        return written_day(value, layout.dates)
    if kind is FieldKind.MONEY:
        written = written_money(value, layout.unit)
        if written is None:
            params = {"row": row, "column": heading, "amount": f"{value:,}"}
            raise RuleBroken(Violation("erad_not_whole_thousands", "", params))
        return written
    return str(value)


class _Facts:
    """What is read of several proposals at once."""

    def __init__(self, proposals: Sequence[Any], table: EradTable, codes: dict[str, str]) -> None:
        self._codes = codes
        missing = {
            one.institution.ror_id
            for one in proposals
            if one.institution.ror_id and not one.institution.erad_code
        } - set(codes)
        codes.update(
            Institution.objects.filter(ror_id__in=missing).values_list("ror_id", "erad_code")
            if missing
            else ()
        )
        self._decided: dict[str, dt.date] = {}
        self._more: dict[int, dict[str, Any]] = {}
        if table is EradTable.RESULTS:
            entries = AuditEntry.objects.filter(
                subject_type="proposals.proposal",
                subject_id__in=[one.public_id for one in proposals],
                verb__in=DECIDED,
            ).order_by("id")
            self._decided = {key: day_of(at) for key, at in entries.values_list("subject_id", "at")}
            for facts in erad_facts:
                self._more.update(facts([one.pk for one in proposals]))

    def value(self, one: Any, name: str) -> Any:
        if name.startswith("pi_"):
            return one.pi.erad_number if name == "pi_erad" else getattr(one.pi, name.removeprefix("pi_"))
        if name.startswith("asked_"):
            return _asked(one, name)
        if name in ("project_number", "awarded_total"):
            return self._more.get(one.pk, {}).get(name)
        own = getattr(self, f"_{name}", None)
        return own(one) if own else getattr(one, name)

    @staticmethod
    def _application_number(one: Any) -> str:
        known = one.erad.application_number if hasattr(one, "erad") else ""
        if known or not hasattr(one, "collection"):
            return str(known)
        return str(one.collection.values.get("erad_application", ""))

    @staticmethod
    def _project_id(one: Any) -> str:
        return str(one.erad.project_id) if hasattr(one, "erad") else ""

    @staticmethod
    def _collected_number(one: Any) -> str:
        return str(one.collected.get("key", ""))

    @staticmethod
    def _call_code(one: Any) -> str:
        return str(one.call.code)

    @staticmethod
    def _field(one: Any) -> str:
        return localized(one.designation.field, "title", "ja") if one.designation else ""

    @staticmethod
    def _support_type(one: Any) -> str:
        return localized(one.support_type, "title", "ja") if one.support_type else ""

    def _institution_erad(self, one: Any) -> str:
        return str(one.institution.erad_code or self._codes.get(one.institution.ror_id or "", ""))

    @staticmethod
    def _institution_ror(one: Any) -> str:
        return str(one.institution.ror_id or "")

    @staticmethod
    def _institution_name(one: Any) -> str:
        return localized(one.institution, "name", "ja")

    @staticmethod
    def _starts_on(one: Any) -> dt.date:
        return term_of(one).first

    @staticmethod
    def _ends_on(one: Any) -> dt.date:
        return term_of(one).last

    @staticmethod
    def _received_on(one: Any) -> dt.date | None:
        told = one.collected.get("received_on")
        if told:
            return dt.date.fromisoformat(told)
        return day_of(one.first_at) if one.first_at else None

    @staticmethod
    def _state(one: Any) -> str:
        # whatever language is spoken when the rows come
        with translation.override("ja"):
            return label_of_field(one, "state")

    @staticmethod
    def _result(one: Any) -> str:
        return RESULTS.get(one.state, "")

    def _decided_on(self, one: Any) -> dt.date | None:
        return self._decided.get(one.public_id)


def _asked(one: Any, name: str) -> int | None:
    lines = [line for line in one.budget.all() if line.fiscal_year in one.fiscal_years]
    if name.startswith("asked_year_"):
        at = int(name.rpartition("_")[2]) - 1
        if at >= len(one.fiscal_years):
            return None
        lines = [line for line in lines if line.fiscal_year == one.fiscal_years[at]]
    elif name != "asked_total":
        wants_direct = name == "asked_direct"
        lines = [line for line in lines if (line.category in DIRECT_CATEGORIES) is wants_direct]
    return sum(line.amount for line in lines)


def doubts(user: Any, call: Call) -> list[tuple[Proposal, list[Violation]]]:
    """What should be looked at before a table goes to e-Rad: numbers that are missing or look wrong. Nothing is barred."""
    found = []
    proposals = list(exported(user, call, EradTable.PROPOSALS).prefetch_related(None)[: 10 * SHOWN_DOUBTS])
    facts = _Facts(proposals, EradTable.PROPOSALS, {})
    for one in proposals:
        number, code = facts.value(one, "pi_erad"), facts.value(one, "institution_erad")
        told = [
            researcher_number_warning(number) if number else Violation("erad_number_absent"),
            institution_code_warning(code) if code else Violation("erad_code_absent"),
        ]
        if any(told):
            found.append((one, [violation for violation in told if violation]))
    return found[:SHOWN_DOUBTS]


def headings_of(layout: Layout) -> list[str]:
    return [heading for _name, heading in layout.columns]
