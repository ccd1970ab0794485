"""An agency's checklist of eligibility for one call: what a list may be, and the one that is offered."""

from collections.abc import Mapping, Sequence
from typing import TypedDict

from kernel.text import is_blank_text
from kernel.violations import Violation

MOST_ITEMS = 40
ITEM_LIMIT = 300


class ChecklistItem(TypedDict):
    """One thing to be checked, in both languages; `key` stays when its words change."""

    key: str
    ja: str
    en: str


# What the programme's rules ask of every proposal (domain.md, 2 and 3): an agency takes it as it is, or makes it its own.
SUGGESTED: tuple[tuple[str, str], ...] = (
    (
        "研究代表者が国内の研究機関に所属し、公募要領の応募要件を満たしている。",
        "The principal investigator belongs to a research institution in Japan and meets the conditions of the call.",
    ),
    (
        "研究分野と協力相手国が、公募の対象である。",
        "The field and the partner country are among those of the call.",
    ),
    (
        "相手国側の研究代表者が、資金配分機関から十分な研究費を得ている。",
        "The partner’s principal investigator holds sufficient funding from a funding agency.",
    ),
    (
        "相手国側の研究費の期間が、共同研究の期間と重なっている。",
        "The partner’s award and the joint research overlap in time.",
    ),
    (
        "研究期間と申請額が、公募要領に定める範囲内である。",
        "Term and amount lie within the limits of the call.",
    ),
    (
        "若手研究者の派遣計画が記載されている。",
        "There is a dispatch plan for young researchers.",
    ),
    (
        "不合理な重複・過度の集中に当たらない。",
        "There is no unreasonable overlap with other grants, and no excessive concentration.",
    ),
    (
        "研究インテグリティ、安全保障貿易管理及び研究倫理教育に関する事項が確認できる。",
        "Research integrity, export control and training in research ethics are accounted for.",
    ),
)


def wording(item: Mapping[str, object], language: str) -> str:
    """The words of an item, also of one as it was answered, in a language; in Japanese where that one is not held."""
    return str(item.get(language) or item["ja"])


def list_violations(items: Sequence[tuple[str, str]]) -> list[Violation]:
    """What is wrong with a list, as (Japanese, English) an item: each stands in both languages, and they are not too many."""
    found = [
        Violation("checklist_item_in_one_language", f"{'ja' if is_blank_text(ja) else 'en'}_{number}")
        for number, (ja, en) in enumerate(items)
        if bool(ja.strip()) != bool(en.strip())
    ]
    filled = sum(bool(ja.strip() or en.strip()) for ja, en in items)
    if filled > MOST_ITEMS:
        found.append(Violation("checklist_too_long", params={"most": MOST_ITEMS}))
    return found
