"""What the columns of the officers' list say, on the page and in a table taken away."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kernel.choices import label, label_of_field
from kernel.documents.columns import Column, Kind
from kernel.documents.tables import ROWS_IN_CHUNK
from kernel.languages import current, localized
from kernel.templatetags.kernel import instant, yen
from proposals.enums import OfficeColumn, ProposalState, Verdict
from proposals.models import Proposal
from proposals.views.own import TONES

VERDICT_TONES: dict[str, str] = {Verdict.YES: "success", Verdict.NO: "error"}
C = OfficeColumn


def support_type_of(proposal: Proposal, language: str | None = None) -> str:
    """The support type that was chosen, in a language; blank where there was none to choose."""
    return localized(proposal.support_type, "title", language) if proposal.support_type else ""


def answer_words() -> dict[Any, str]:
    """What an answer says in a few words: by its verdict, "" for none, None for one that does not count yet."""
    verdicts = {verdict.value: label(verdict) for verdict in Verdict}
    return {"": _("not answered yet"), None: _("to be confirmed")} | verdicts


def said(answer: Any, words: dict[Any, str], on_behalf: str) -> str:
    """An agency's answer for a cell; one that was recorded on its behalf says so wherever it is shown."""
    text = f"{answer.agency.short_name}: {words[answer.verdict if answer.counts else None]}"
    return f"{text} ({on_behalf})" if answer.on_behalf else text


@dataclass(frozen=True)
class Cell:
    """One cell of the page: a text with a note below it, or badges."""

    text: str = ""
    note: str = ""
    badges: list[dict[str, str]] = field(default_factory=list)
    is_numeric: bool = False


def cells_of(columns: Iterable[OfficeColumn]) -> Callable[[Proposal], list[Cell]]:
    """What makes a row of the page: the words of the language are looked up once."""
    words, on_behalf = answer_words(), _("on behalf")

    def badges(answers: Any) -> Cell:
        found = []
        for one in answers.all():
            tone = "warning" if not one.counts else VERDICT_TONES.get(one.verdict, "neutral")
            found.append({"label": said(one, words, on_behalf), "tone": tone})
        return Cell("" if found else "–", badges=found)

    makers: dict[OfficeColumn, Callable[[Any], Cell]] = {
        C.PI: lambda one: Cell(one.pi.name, "" if C.INSTITUTION in columns else _institution(one)),
        C.INSTITUTION: lambda one: Cell(_institution(one)),
        C.CALL: lambda one: Cell(one.call.code),
        C.SUPPORT_TYPE: lambda one: Cell(support_type_of(one) or "–"),
        C.STATE: lambda one: Cell(badges=[{"label": label_of_field(one, "state"), "tone": TONES[one.state]}]),
        C.RECEIVED: lambda one: Cell(instant(one.received_at) if one.received_at else "–"),
        C.YEARS: lambda one: Cell(str(one.years), is_numeric=True),
        C.ASKED: lambda one: Cell(yen(one.asked), is_numeric=True),
        C.AWARDS: lambda one: badges(one.awards),
        C.ELIGIBILITY: lambda one: badges(one.eligibility),
        C.OVERLAPS: lambda one: _hints(one),
    }
    chosen = [makers[column] for column in columns]
    return lambda proposal: [maker(proposal) for maker in chosen]


def _hints(proposal: Any) -> Cell:
    if not proposal.hints:
        return Cell("–")
    if not proposal.open_hints:
        return Cell(badges=[{"label": _("%(n)s settled") % {"n": proposal.hints}, "tone": "success"}])
    words = _("%(open)s open of %(n)s") % {"open": proposal.open_hints, "n": proposal.hints}
    return Cell(badges=[{"label": words, "tone": "warning"}])


def _institution(proposal: Proposal) -> str:
    return localized(proposal.institution, "name")


def _exported() -> list[tuple[OfficeColumn | None, Column, Callable[[Any], Any]]]:
    """The columns of a table, each with the column of the list to which it belongs (None for those that are always there)
    and what it says of a proposal. Words are looked up at once: what streams has no language of its own."""
    language = current()
    states = {state.value: label(state) for state in ProposalState}
    words, on_behalf = answer_words(), _("on behalf")

    def in_one(answers: Any) -> str:
        return ", ".join(said(answer, words, on_behalf) for answer in answers.all())

    def awards(one: Any) -> str:
        return ", ".join(f"{award.agency.short_name} {award.number}" for award in one.awards.all())

    return [
        (None, Column(_("Receipt number"), Kind.CODE), lambda one: one.receipt_number),
        (C.CALL, Column(_("Call"), Kind.CODE), lambda one: one.call.code),
        (None, Column(_("Title in Japanese"), Kind.TEXT), lambda one: one.title_ja),
        (None, Column(_("Title in English"), Kind.TEXT), lambda one: one.title_en),
        (C.PI, Column(_("Principal investigator"), Kind.TEXT), lambda one: one.pi.name_in(language)),
        (
            C.INSTITUTION,
            Column(_("Institution"), Kind.TEXT),
            lambda one: localized(one.institution, "name", language),
        ),
        (C.STATE, Column(_("State"), Kind.TEXT), lambda one: states[one.state]),
        (C.RECEIVED, Column(_("Received at"), Kind.INSTANT), lambda one: one.received_at),
        (C.YEARS, Column(_("First fiscal year"), Kind.CODE), lambda one: str(one.call.first_year)),
        (C.YEARS, Column(_("Fiscal years"), Kind.INTEGER), lambda one: one.years),
        (C.ASKED, Column(_("Asked for in all"), Kind.YEN), lambda one: one.asked),
        (C.AWARDS, Column(_("Partner awards"), Kind.TEXT), awards),
        (C.AWARDS, Column(_("Confirmation of the awards"), Kind.TEXT), lambda one: in_one(one.awards)),
        (C.ELIGIBILITY, Column(_("Verdicts on eligibility"), Kind.TEXT), lambda one: in_one(one.eligibility)),
        (C.OVERLAPS, Column(_("Hints of overlap"), Kind.INTEGER), lambda one: one.hints),
        (C.OVERLAPS, Column(_("Of these open"), Kind.INTEGER), lambda one: one.open_hints),
        (
            C.SUPPORT_TYPE,
            Column(_("Support type"), Kind.TEXT),
            lambda one: support_type_of(one, language),
        ),
        (None, Column(_("Collected elsewhere"), Kind.CODE), lambda one: one.collected.get("key", "")),
    ]


def table_of(
    found: QuerySet[Proposal], columns: tuple[OfficeColumn, ...]
) -> tuple[list[Column], Iterator[list[Any]]]:
    """The chosen columns, and the rows of what was found."""
    chosen = [(column, value) for name, column, value in _exported() if name is None or name in columns]
    values = [value for _column, value in chosen]

    def rows() -> Iterator[list[Any]]:
        for proposal in found.iterator(chunk_size=ROWS_IN_CHUNK):
            yield [value(proposal) for value in values]
            # A proposal and what was fetched with it hold each other, and would wait for the collector row after row.
            getattr(proposal, "_prefetched_objects_cache", {}).clear()

    return [column for column, _value in chosen], rows()
