"""The answers to a section's fields in words, for the page on which they are checked and for the PDF."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from kernel.templatetags.kernel import day, file_size, fiscal_year_short
from program.enums import FieldKind
from program.rules.form_files import is_pdf
from proposals.rules.answers import is_blank


def answers_in_words(answers: Sequence[dict[str, Any]], language: str) -> list[dict[str, Any]]:
    """Each answer of a content's section: `name`, and `text`; of a table `columns` and `rows` (label, amounts) instead."""
    return [_answer(one, language) for one in answers]


def _in(entry: dict[str, Any], key: str, language: str) -> str:
    other = "ja" if language == "en" else "en"
    return str(entry.get(f"{key}{language}") or entry.get(f"{key}{other}") or "")


def _answer(one: dict[str, Any], language: str) -> dict[str, Any]:
    name, answer, kind = _in(one, "title_", language), one["answer"], FieldKind(one["kind"])
    plain = {"name": name, "text": _("(nothing written)"), "columns": [], "rows": []}
    if is_blank(answer):
        return plain
    if kind is FieldKind.YEN_TABLE:
        return {**plain, "text": "", **_table(one, answer, language)}
    return {**plain, "text": _text(kind, one, answer, language)}


def _text(kind: FieldKind, one: dict[str, Any], answer: Any, language: str) -> str:
    if kind is FieldKind.NUMBER:
        return f"{Decimal(answer):,f} {_in(one, 'measure_', language)}".strip()
    if kind is FieldKind.CHOICE:
        option: dict[str, Any] = next((option for option in one["options"] if option["key"] == answer), {})
        return _in(option, "", language) or str(answer)
    if kind is FieldKind.DATE:
        return day(dt.date.fromisoformat(answer))
    if kind is FieldKind.FILE:
        name = str(answer["name"])
        return name if is_pdf(name) else _("%(name)s (handed out beside the PDF)") % {"name": name}
    if kind is FieldKind.PERSON:
        orcid = f"ORCID {answer['orcid']}" if answer.get("orcid") else ""
        return "\n".join(filter(None, [answer.get("name"), answer.get("institution"), orcid]))
    if kind is FieldKind.ORGANISATION:
        ror = f"https://ror.org/{answer['ror_id']}" if answer.get("ror_id") else ""
        country = f" ({answer['country_code']})" if answer.get("country_code") else ""
        return "\n".join(filter(None, [f"{answer.get('name', '')}{country}", ror]))
    return str(answer)


def _table(one: dict[str, Any], answer: dict[str, Any], language: str) -> dict[str, Any]:
    """The rows that the form has, the years for which anything is entered, and the sums."""
    years = sorted({year for cells in answer.values() for year in cells}, key=int)
    rows: list[dict[str, Any]] = [
        {
            "label": _in(option, "", language),
            "amounts": [answer.get(option["key"], {}).get(year, 0) for year in years],
        }
        for option in one["options"]
    ]
    for row in rows:
        row["amounts"].append(sum(row["amounts"]))
    total = [sum(column) for column in zip(*(row["amounts"] for row in rows), strict=True)]
    return {
        "columns": [_("Amounts in yen"), *(fiscal_year_short(int(year)) for year in years), _("Whole term")],
        "rows": [*rows, {"label": _("Total"), "amounts": total}],
    }


def answered_files(content: dict[str, Any]) -> list[dict[str, Any]]:
    """The files among the answers of a content, in the order of the form."""
    return [
        one["answer"]
        for section in content["sections"]
        for one in section.get("answers", ())
        if one["kind"] == FieldKind.FILE and one["answer"]
    ]


def printed_files(content: dict[str, Any]) -> list[dict[str, Any]]:
    """The files among the answers that become pages of the PDF."""
    return [file for file in answered_files(content) if is_pdf(file["name"])]


def files_beside(content: dict[str, Any]) -> list[dict[str, Any]]:
    """The files among the answers that are no PDF and are handed out beside it."""
    return [file for file in answered_files(content) if not is_pdf(file["name"])]


def beside_sheet(content: dict[str, Any], language: str) -> dict[str, Any]:
    """What is handed out beside the PDF, as a table in it: for which field, name, size, and the digest that binds it."""
    rows = [
        [
            _in(one, "title_", language),
            one["answer"]["name"],
            file_size(one["answer"]["size"]),
            one["answer"]["sha256"],
        ]
        for section in content["sections"]
        for one in section.get("answers", ())
        if one["kind"] == FieldKind.FILE and one["answer"] and not is_pdf(one["answer"]["name"])
    ]
    columns = [_("Asked for"), _("File"), _("Size"), "SHA-256"]
    return {"heading": _("Files beside the PDF"), "columns": columns, "rows": rows}


def section_in_words(text: str, answers: Sequence[dict[str, Any]], language: str) -> str:
    """A section as one text, its text and then its fields, so that two states of it can be compared."""
    return "\n\n".join([text, *(_as_lines(answer) for answer in answers_in_words(answers, language))]).strip()


def _as_lines(answer: dict[str, Any]) -> str:
    lines = [f"【{answer['name']}】"]
    if not answer["rows"]:
        return "\n".join([*lines, answer["text"]])
    heads = answer["columns"][1:]
    for row in answer["rows"]:
        cells = zip(heads, row["amounts"], strict=True)
        lines.append(f"{row['label']}: " + ", ".join(f"{head} {amount:,}" for head, amount in cells))
    return "\n".join(lines)
