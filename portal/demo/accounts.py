"""The people of the demo: plainly made-up names at example domains, one for each role that a visitor may try."""

from dataclasses import dataclass

PASSWORD = "kakehashi-demo-2026"  # noqa: S105  printed at the start; the demo holds nobody's data


@dataclass(frozen=True)
class DemoAccount:
    """One account: its address, the words for what its owner does, its language, and the page to look at first."""

    key: str
    email: str
    role_ja: str
    role_en: str
    language: str
    landing: str
    family_kanji: str = ""
    given_kanji: str = ""
    family_romaji: str = ""
    given_romaji: str = ""

    @property
    def password(self) -> str:
        """One password for all: the demo is loaded only where nobody else's data are."""
        return PASSWORD


ACCOUNTS = (
    DemoAccount(
        "staff",
        "staff@kakehashi.example",
        "システム管理",
        "system staff",
        "ja",
        "/ja/memberships/",
        "見本",
        "守",
        "Mihon",
        "Mamoru",
    ),
    DemoAccount(
        "ministry1",
        "seisaku@ministry.example",
        "文部科学省 担当官（起案）",
        "ministry officer (proposes)",
        "ja",
        "/ja/designations/",
        "見本",
        "政子",
        "Mihon",
        "Masako",
    ),
    DemoAccount(
        "ministry2",
        "kessai@ministry.example",
        "文部科学省 担当官（決定）",
        "ministry officer (decides)",
        "ja",
        "/ja/designations/",
        "見本",
        "決",
        "Mihon",
        "Kessai",
    ),
    DemoAccount(
        "home1",
        "officer@jst.example",
        "JST プログラム担当",
        "JST programme officer",
        "ja",
        "/ja/proposals/",
        "例示",
        "一郎",
        "Reiji",
        "Ichiro",
    ),
    DemoAccount(
        "home2",
        "approver@jst.example",
        "JST 決裁者",
        "JST approver",
        "ja",
        "/ja/",
        "例示",
        "二葉",
        "Reiji",
        "Futaba",
    ),
    DemoAccount(
        "partner1",
        "officer@nsf.example",
        "NSF プログラム担当",
        "NSF programme officer",
        "en",
        "/en/proposals/",
        "",
        "",
        "Sample",
        "Pat",
    ),
    DemoAccount(
        "partner2",
        "approver@nsf.example",
        "NSF 決裁者",
        "NSF approver",
        "en",
        "/en/",
        "",
        "",
        "Sample",
        "Alex",
    ),
    DemoAccount(
        "pi",
        "pi@univ.example",
        "研究代表者",
        "principal investigator",
        "ja",
        "/ja/proposals/mine/",
        "髙﨑",
        "花子",
        "Takasaki",
        "Hanako",
    ),
    DemoAccount(
        "institution",
        "jimu@univ.example",
        "研究機関 事務担当",
        "institution officer",
        "ja",
        "/ja/approvals/",
        "試験",
        "事務",
        "Shiken",
        "Jimu",
    ),
    DemoAccount(
        "reviewer1",
        "reviewer@college.example",
        "評価者（日本側）",
        "reviewer (Japan)",
        "ja",
        "/ja/review/",
        "評価",
        "太郎",
        "Hyoka",
        "Taro",
    ),
    DemoAccount(
        "reviewer2",
        "reviewer@institute.example",
        "評価者（相手国側）",
        "reviewer (partner country)",
        "en",
        "/en/review/",
        "",
        "",
        "Example",
        "Robin",
    ),
)
