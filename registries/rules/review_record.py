"""The ministry's review record (行政事業レビュー): one entry a project, as the review system gives them out in JSON."""

import re
from collections import Counter
from dataclasses import dataclass

from registries.rules.json_fields import Fields, as_mapping, read_json
from registries.rules.results import ParseResult, Reading, Refused

_YEAR_IN_NAME = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
# The source joins several addresses by 、 and lines of text by /, a blank line by //.
_ADDRESSES = re.compile(r"[、,\s]+")


@dataclass(frozen=True, slots=True)
class ReviewedProject:
    """One project of the record. `end_year` is None where none is set or known; `methods` say how it is carried out."""

    number: int
    review_year: int | None  # of the sheet, where the file's name gives it
    name: str
    ministry: str
    bureau: str
    category: str
    purpose: str
    issues: str
    outline: str
    addresses: tuple[str, ...]
    start_year: int | None
    end_year: int | None
    major_expense: str
    methods: tuple[str, ...]
    remarks: str
    old_number: str


def parse_review_record(data: bytes, *, file_name: str) -> ParseResult[ReviewedProject]:
    """Projects by their number (予算事業ID): a JSON object of records, or a list of them.

    Told: an end year beside the word that none is set (the year is kept), a name that two projects bear.
    """
    reading: Reading[ReviewedProject] = Reading(file_name)
    year = _YEAR_IN_NAME.search(file_name)
    seen: set[int] = set()
    try:
        document = read_json(data)
        items = document if isinstance(document, list) else list(as_mapping(document).objects())
        for item in items:
            with reading.record():
                project = _project(as_mapping(item), reading, int(year[1]) if year else None)
                if project.number in seen:
                    raise Refused("record_twice", key=project.number)
                seen.add(project.number)
                reading.add(project)
    except Refused as refused:
        reading.refuse(refused)
        return reading.result()
    names = Counter(project.name for project in reading)
    for name, count in names.items():
        if count > 1:
            reading.inform("review_name_twice", name=name, count=count)
    return reading.result()


def _project(fields: Fields, reading: Reading[ReviewedProject], year: int | None) -> ReviewedProject:
    number = fields.integer("projectId")
    if number is None or not 0 < number < 10**9:
        raise Refused("field_missing", field="projectId")
    reading.name(str(number))
    start, end = _year(fields, "startYear"), _year(fields, "endYear")
    if start and end and end < start:
        raise Refused("review_years_out_of_order", start=start, end=end)
    if fields.flag("noEndDate") and end is not None:
        reading.warn("review_end_contradicts", year=end)
    old = fields.text("oldProjectNumber")
    return ReviewedProject(
        number=number,
        review_year=year,
        name=fields.text("projectName", required=True),
        ministry=fields.text("ministry", required=True),
        bureau=fields.text("bureau"),
        category=fields.text("category"),
        purpose=_lines(fields.text("purpose")),
        issues=_lines(fields.text("currentIssues")),
        outline=_lines(fields.text("overview")),
        addresses=tuple(
            part for part in _ADDRESSES.split(fields.text("url")) if re.match(r"https?://", part)
        ),
        start_year=None if fields.flag("startYearUnknown") else start,
        end_year=end,
        major_expense=fields.text("majorExpense"),
        methods=tuple(fields.texts("implementationMethods")),
        remarks=_lines(fields.text("remarks")),
        old_number="" if old.strip("-") == "" else old,
    )


def _year(fields: Fields, name: str) -> int | None:
    year = fields.integer(name)
    if year is not None and not 1868 <= year <= 2199:
        raise Refused("year_invalid", value=year)
    return year


def _lines(text: str) -> str:
    """The source's / as a line break where a sentence or a bracket ends, and // anywhere but in an address.

    Elsewhere it may be a stroke that was written (最大1億円/年), and stays.
    """
    return re.sub(r"(?<=[。）)」】])/+ ?|(?<!:)//+ ?", "\n", text).strip()


@dataclass(frozen=True, slots=True)
class RecordedAmount:
    """An amount that a correction of the record names: yen, the fiscal year of the budget, the day of the correction."""

    yen: int
    fiscal_year: int | None
    dated: str


_CORRECTION = re.compile(
    r"修正箇所:(?P<place>.*?)\n?\s*\(修正前\).*?\(修正後\)(?P<amount>[\d,]+)千円.*?修正日:(?P<day>\d{4}/\d{1,2}/\d{1,2})",
    re.DOTALL,
)


def recorded_supplements(remarks: str) -> list[RecordedAmount]:
    """The supplementary budgets that were entered later, from the corrections in the remarks; the source counts in 千円."""
    found = []
    for match in _CORRECTION.finditer(remarks):
        if "補正予算" not in match["place"]:
            continue
        year = re.search(r"20\d{2}", match["place"])
        parts = [int(part) for part in match["day"].split("/")]
        day = "-".join((f"{parts[0]:04d}", f"{parts[1]:02d}", f"{parts[2]:02d}"))
        yen = int(match["amount"].replace(",", "")) * 1_000
        found.append(RecordedAmount(yen, int(year[0]) if year else None, day))
    return found
