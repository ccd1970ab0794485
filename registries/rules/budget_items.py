"""The Ministry of Finance's budget by item (事項): initial, supplementary and settlement, in yen, as JSON."""

from collections import Counter
from dataclasses import dataclass

from registries.rules.json_fields import Fields, as_mapping, read_json
from registries.rules.results import ParseResult, Reading, Refused

UNIT = "yen"
LARGEST = 10**16
ACCOUNTS = frozenset({"general", "special", "agency"})


@dataclass(frozen=True, slots=True)
class BudgetItem:
    """One item of one document. Amounts of different documents are never to be added up.

    `amount` is the budget; of a supplementary budget the budget as changed, `previous` the one before. Of a settlement,
    `amount` is the budget, `current` what could be spent, and `spent` + `carried_over` + `unused` make it up.
    """

    key: str
    fiscal_year: int
    account: str
    budget: str  # 当初予算, 補正予算（第1号）, 決算
    ministry: str
    organisation: str
    special_account: str
    section_code: str
    section: str
    major_expense: str
    name: str
    description: str
    amount: int
    previous: int | None
    current: int | None
    spent: int | None
    carried_over: int | None
    unused: int | None
    page: int | None
    address: str


def parse_budget_items(data: bytes, *, file_name: str) -> ParseResult[BudgetItem]:
    """Items of one fiscal year. The file must say that it counts in yen; no unit is inferred.

    Refused: an item whose figures do not make up what the source itself says they make up.
    """
    reading: Reading[BudgetItem] = Reading(file_name)
    seen: set[str] = set()
    try:
        document = as_mapping(read_json(data))
        metadata = document.child("metadata")
        if metadata.text("unit") != UNIT:
            raise Refused("budget_unit_unknown", unit=metadata.text("unit") or "–")
        year = metadata.integer("fiscalYear")
        if year is None or not 1947 <= year <= 2199:
            raise Refused("field_missing", field="metadata.fiscalYear")
        for item in document.values("items"):
            with reading.record():
                found = _item(as_mapping(item), reading, year)
                if found.key in seen:
                    raise Refused("record_twice", key=found.key)
                seen.add(found.key)
                reading.add(found)
    except Refused as refused:
        reading.refuse(refused)
        return reading.result()
    _tell(reading, metadata)
    return reading.result()


def _tell(reading: Reading[BudgetItem], metadata: Fields) -> None:
    """What a reader of the figures must know, once a file."""
    items = list(reading)
    shared = Counter(item.special_account for item in items if item.special_account)
    for account, count in shared.items():
        reading.inform("budget_account_shared", account=account, count=count)
    if zero := sum(item.amount == 0 for item in items):
        reading.inform("budget_amount_zero", count=zero)
    if any(item.spent is not None for item in items) and shared:
        reading.inform("budget_settlement_general_only")
    present = {item.key.split("-")[1] for item in items if item.key.count("-") >= 2}
    for document in metadata.children("documents"):
        if document.text("documentId") not in present:
            reading.inform("budget_document_without_items", title=document.text("title"))


def _item(fields: Fields, reading: Reading[BudgetItem], year: int) -> BudgetItem:
    key = fields.text("id", required=True)
    reading.name(key)
    account = fields.text("accountType", required=True)
    if account not in ACCOUNTS:
        raise Refused("budget_account_unknown", account=account)
    amount, previous = _yen(fields, "amount"), _yen(fields, "previousAmount")
    current, spent = _yen(fields, "currentAmount"), _yen(fields, "spent")
    carried_over, unused = _yen(fields, "carriedOver"), _yen(fields, "unused")
    if amount is None:
        raise Refused("field_missing", field="amount")
    difference = _yen(fields, "difference")
    if previous is not None and difference is not None and amount - previous != difference:
        raise Refused("budget_difference_wrong", difference=difference, found=amount - previous)
    parts = (spent, carried_over, unused)
    if current is not None and None not in parts:
        total = sum(part or 0 for part in parts)
        if total != current:
            raise Refused("budget_settlement_wrong", current=current, found=total)
    accounts = (fields.text("specialAccount"), fields.text("subAccount"))
    address = fields.text("sourceUrl")
    return BudgetItem(
        key=key,
        fiscal_year=year,
        account=account,
        budget=fields.text("budgetType", required=True),
        ministry=fields.text("ministry", required=True),
        organisation=fields.text("organization"),
        special_account=" ".join(part for part in accounts if part),
        section_code=fields.text("sectionCode"),
        section=fields.text("sectionName"),
        major_expense=fields.text("majorExpenseName"),
        name=fields.text("name", required=True),
        description=fields.text("description"),
        amount=amount,
        previous=previous,
        current=current,
        spent=spent,
        carried_over=carried_over,
        unused=unused,
        page=fields.integer("page"),
        address=address if address.startswith("https://") else "",
    )


def _yen(fields: Fields, name: str) -> int | None:
    value = fields.integer(name)
    if value is not None and abs(value) > LARGEST:
        raise Refused("amount_invalid", value=value)
    return value
