"""The columns of a table of proposals that were collected elsewhere: their names in both languages, and what each takes.

A column is named as in the reader's language, in the other one, or by the name of the field. What a call asks for decides
which columns there are: a budget column a fiscal year and category, a text column a section of its form.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernel.choices import label
from kernel.languages import localized
from kernel.violations import Violation, refuse_if
from program.models import Call
from program.rules.texts import plain
from program.versions import current_form
from proposals.enums import BudgetCategory, CollectionKey
from proposals.rules.cells import CellField, CellKind
from proposals.rules.texts import TITLE_LIMIT

K = CellKind
# As many characters as one cell can hold.
CELL_LIMIT = 32_767
PI_NAMES = ("family_kanji", "given_kanji", "family_kana", "given_kana", "family_romaji", "given_romaji")
PARTNER_NAMES = ("family_romaji", "given_romaji", "family_kanji", "given_kanji")
ALWAYS = ("years",)


@dataclass(frozen=True)
class IntakeColumn:
    """`words` and `takes` say its name and what it takes in the language that is active."""

    field: CellField
    words: Callable[[], str]
    takes: Callable[[], str]

    @property
    def name(self) -> str:
        return self.field.name


def columns_for(call: Call) -> list[IntakeColumn]:
    """The columns of a table for this call, in their order."""
    found = [_column(*one) for one in _FIXED]
    for year in years_of(call):
        for category in BudgetCategory:
            found.append(_budget(category, year))
    form = current_form(call)
    sections = form.sections.all() if form else []
    return [*found, *(_section(section) for section in sections if section.has_text)]


def years_of(call: Call) -> range:
    """The fiscal years for which money can be asked."""
    return range(call.first_year, call.first_year + call.max_years)


def budget_name(category: str, year: int) -> str:
    return f"budget_{category}_{year}"


def text_name(key: str) -> str:
    return f"text_{key}"


def _column(name: str, kind: CellKind, limit: int, words: Any, takes: Any) -> IntakeColumn:
    return IntakeColumn(CellField(name, kind, limit), lambda: str(words), lambda: str(takes))


def _budget(category: BudgetCategory, year: int) -> IntakeColumn:
    return IntakeColumn(
        CellField(budget_name(category, year), K.YEN),
        lambda: _("FY%(year)s %(category)s (yen)") % {"year": year, "category": label(category)},
        lambda: _("Whole yen, 0 or more. Full-width digits and commas are accepted."),
    )


def _section(section: Any) -> IntakeColumn:
    return IntakeColumn(
        CellField(text_name(section.key), K.TEXT, CELL_LIMIT),
        lambda: _("Text: %(title)s") % {"title": localized(section, "title")},
        lambda: _("The text of this section of the form; may be left out."),
    )


def named_columns(header: Sequence[str], columns: Sequence[IntakeColumn], key: CollectionKey) -> list[str]:
    """The name of each column of a table, by its heading.

    Raises:
        RuleBroken: `import_columns_unknown`, `import_columns_twice`, `import_columns_missing`.
    """
    known = {plain(column.name): column.name for column in columns}
    for language, _words in settings.LANGUAGES:
        with translation.override(language):
            known |= {plain(column.words()): column.name for column in columns}
    words = {column.name: column.words() for column in columns}
    return recognised(header, known, words, must=(str(key), *ALWAYS))


def recognised(
    header: Sequence[str], known: dict[str, str], words: dict[str, str], *, must: Sequence[str]
) -> list[str]:
    """The name of each column by its heading: `known` are names by folded headings, `words` what a name is called.

    Raises:
        RuleBroken: as `named_columns`.
    """
    headings = list(header)
    while headings and not headings[-1].strip():
        headings.pop()
    found = [known.get(plain(heading)) for heading in headings]
    names = [name for name in found if name]
    unknown = [heading for heading, name in zip(headings, found, strict=True) if name is None]
    twice = [words[name] for name in dict.fromkeys(names) if names.count(name) > 1]
    missing = [words[name] for name in must if name not in names]
    refuse_if(
        *(
            Violation(code, "file", {"columns": quoted(some)}) if some else None
            for code, some in (
                ("import_columns_unknown", unknown),
                ("import_columns_twice", twice),
                ("import_columns_missing", missing),
            )
        )
    )
    return names


def quoted(names: Sequence[str]) -> str:
    """Names in a sentence."""
    return _(", ").join(_("“%(name)s”") % {"name": name} for name in names)


_NAME_WORDS = {
    "family_kanji": gettext_lazy("PI: family name (kanji)"),
    "given_kanji": gettext_lazy("PI: given name (kanji)"),
    "family_kana": gettext_lazy("PI: family name (kana)"),
    "given_kana": gettext_lazy("PI: given name (kana)"),
    "family_romaji": gettext_lazy("PI: family name (Latin letters)"),
    "given_romaji": gettext_lazy("PI: given name (Latin letters)"),
}
_PARTNER_WORDS = {
    "family_romaji": gettext_lazy("Partner PI: family name (Latin letters)"),
    "given_romaji": gettext_lazy("Partner PI: given name (Latin letters)"),
    "family_kanji": gettext_lazy("Partner PI: family name (kanji)"),
    "given_kanji": gettext_lazy("Partner PI: given name (kanji)"),
}
_NAME_TAKES = gettext_lazy(
    "At least one name of the PI; none where the e-Rad number is one that the portal knows."
)
_FIXED: tuple[tuple[str, CellKind, int, Any, Any], ...] = (
    (
        "number",
        K.CODE,
        60,
        gettext_lazy("Number where it was collected"),
        gettext_lazy("The number that identifies the proposal where it was collected. Text: 0012 keeps its zeros."),
    ),
    (
        "erad_application",
        K.CODE,
        40,
        gettext_lazy("e-Rad application number"),
        gettext_lazy("The number that e-Rad gave the application. Text, as e-Rad writes it."),
    ),
    (
        "received_on",
        K.DAY,
        40,
        gettext_lazy("Received there on"),
        gettext_lazy("The day on which it was received where it was collected: 2027-04-01, 2027/4/1 or 令和9年4月1日."),
    ),
    ("title_ja", K.TEXT, TITLE_LIMIT, gettext_lazy("Title in Japanese"), gettext_lazy("At least one of the two titles.")),
    ("title_en", K.TEXT, TITLE_LIMIT, gettext_lazy("Title in English"), gettext_lazy("At least one of the two titles.")),
    (
        "field",
        K.TEXT,
        200,
        gettext_lazy("Strategic field"),
        gettext_lazy("The field as the call names it. May be left out where the call has only one."),
    ),
    (
        "partner",
        K.TEXT,
        200,
        gettext_lazy("Partner country or group"),
        gettext_lazy("Name or code. Needed where the call has the field with several partners."),
    ),
    (
        "support_type",
        K.TEXT,
        120,
        gettext_lazy("Support type"),
        gettext_lazy("Its title or key, where the call offers support types."),
    ),
    (
        "years",
        K.NUMBER,
        9,
        gettext_lazy("Number of fiscal years"),
        gettext_lazy("For how many fiscal years money is asked, from the call’s first on."),
    ),
    *((f"pi_{name}", K.NAME, 100, _NAME_WORDS[name], _NAME_TAKES) for name in PI_NAMES),
    ("pi_email", K.EMAIL, 254, gettext_lazy("PI: e-mail"), gettext_lazy("Letters go to this address.")),
    (
        "pi_erad",
        K.CODE,
        20,
        gettext_lazy("PI: e-Rad researcher number"),
        gettext_lazy("8 digits, text. A check digit that does not fit is told, and bars nothing."),
    ),
    ("effort", K.NUMBER, 3, gettext_lazy("PI: effort (%)"), gettext_lazy("Percent of full time, 0 to 100; 0 where it is left out.")),
    ("institution_ror", K.CODE, 60, gettext_lazy("Institution: ROR id"), gettext_lazy("The ROR id, or the name.")),
    (
        "institution_name",
        K.TEXT,
        300,
        gettext_lazy("Institution: name"),
        gettext_lazy("As the portal’s list of institutions has it, in either language. The ROR id counts where both stand."),
    ),
    *(
        (f"partner_{name}", K.NAME, 100, _PARTNER_WORDS[name], gettext_lazy("At least one name, where a partner PI is named."))
        for name in PARTNER_NAMES
    ),
    ("partner_email", K.EMAIL, 254, gettext_lazy("Partner PI: e-mail"), gettext_lazy("May be left out.")),
    ("partner_institution", K.TEXT, 300, gettext_lazy("Partner PI: institution"), gettext_lazy("The institution abroad.")),
    ("partner_country", K.TEXT, 100, gettext_lazy("Partner PI: country"), gettext_lazy("Two letters such as US, or the country’s name.")),
    (
        "award_agency",
        K.TEXT,
        200,
        gettext_lazy("Award: agency"),
        gettext_lazy("An agency of the call, by its short name or its name. All of the award or nothing of it."),
    ),
    ("award_number", K.CODE, 60, gettext_lazy("Award: number"), gettext_lazy("Text, as the agency writes it.")),
    ("award_title", K.TEXT, 300, gettext_lazy("Award: title"), gettext_lazy("May be left out.")),
    ("award_pi", K.TEXT, 200, gettext_lazy("Award: principal investigator"), gettext_lazy("The partner PI where it is left out.")),
    (
        "award_amount",
        K.AMOUNT,
        40,
        gettext_lazy("Award: amount"),
        gettext_lazy("In units of its currency, such as 2500000 or 1234.50."),
    ),
    ("award_currency", K.CODE, 3, gettext_lazy("Award: currency"), gettext_lazy("Three letters, such as USD.")),
    ("award_starts", K.DAY, 40, gettext_lazy("Award: start"), gettext_lazy("A day, such as 2026-09-01.")),
    ("award_ends", K.DAY, 40, gettext_lazy("Award: end"), gettext_lazy("A day, such as 2031-08-31.")),
)  # fmt: skip
