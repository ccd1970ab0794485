"""The demo's organisations (real ones, by their ROR ids) and its people (made up)."""

import datetime as dt
from dataclasses import dataclass, field

from accounts.actions.organisations import merge_institutions
from accounts.actions.people import give_membership, open_account, register_organisation, register_person
from accounts.actions.requests import ask_membership
from accounts.enums import OrganisationKind, Role
from accounts.models import Organisation, Person, User
from portal.demo.accounts import ACCOUNTS
from program.actions.programmes import set_agency_profile

BEGIN = dt.date(2022, 4, 1)

# short name, kind, country, ROR id, Japanese name, English name
ORGANISATIONS = (
    (
        "MEXT",
        OrganisationKind.MINISTRY,
        "JP",
        "048rj2z13",
        "文部科学省",
        "Ministry of Education, Culture, Sports, Science and Technology",
    ),
    (
        "JST",
        OrganisationKind.FUNDING_AGENCY,
        "JP",
        "00097mb19",
        "科学技術振興機構",
        "Japan Science and Technology Agency",
    ),
    (
        "AMED",
        OrganisationKind.FUNDING_AGENCY,
        "JP",
        "004rtk039",
        "日本医療研究開発機構",
        "Japan Agency for Medical Research and Development",
    ),
    (
        "NSF",
        OrganisationKind.FUNDING_AGENCY,
        "US",
        "021nxhr62",
        "米国国立科学財団",
        "U.S. National Science Foundation",
    ),
    (
        "UKRI",
        OrganisationKind.FUNDING_AGENCY,
        "GB",
        "001aqnf71",
        "英国研究・イノベーション機構",
        "UK Research and Innovation",
    ),
    (
        "DFG",
        OrganisationKind.FUNDING_AGENCY,
        "DE",
        "018mejw64",
        "ドイツ研究振興協会",
        "German Research Foundation",
    ),
    ("東大", OrganisationKind.RESEARCH_INSTITUTION, "JP", "057zh3y96", "東京大学", "The University of Tokyo"),
    ("京大", OrganisationKind.RESEARCH_INSTITUTION, "JP", "02kpeqv85", "京都大学", "Kyoto University"),
    ("東北大", OrganisationKind.RESEARCH_INSTITUTION, "JP", "01dq60k83", "東北大学", "Tohoku University"),
    ("阪大", OrganisationKind.RESEARCH_INSTITUTION, "JP", "035t8zn85", "大阪大学", "The University of Osaka"),
)
PROFILES = {
    "JST": {
        "project_number_format": "JPMJAP{yy}{serial}",
        "currency": "JPY",
        "early_career_ja": "博士号取得後10年未満",
        "early_career_en": "Less than 10 years after the doctorate",
    },
    "AMED": {"project_number_format": "JP{yy}jm{serial}", "currency": "JPY"},
    "NSF": {
        "award_number_pattern": r"\d{7}",
        "currency": "USD",
        "early_career_en": "Untenured, without a previous CAREER award",
        "early_career_ja": "任期付きで、CAREER助成の受給歴がない者",
    },
    "UKRI": {"award_number_pattern": r"[A-Z]{2}/[A-Z]\d{6}/\d", "currency": "GBP"},
    "DFG": {"award_number_pattern": r"\d{9}|SFB \d+|[A-Z]{2} \d+/\d+-\d", "currency": "EUR"},
}
# Applicants beyond the one who may be signed in as: kanji, romaji, institution.
APPLICANTS = (
    ("仮野", "一", "Karino", "Hajime", "京大"),
    ("例田", "結", "Reita", "Yui", "東北大"),
    ("試山", "蓮", "Shiyama", "Ren", "阪大"),
    ("見本", "葵", "Mihon", "Aoi", "東大"),
    ("仮谷", "翔", "Kariya", "Sho", "京大"),
    ("例木", "凛", "Reiki", "Rin", "東北大"),
    ("試川", "大和", "Shikawa", "Yamato", "阪大"),
    ("見原", "桜", "Mihara", "Sakura", "東大"),
    ("仮沢", "湊", "Karisawa", "Minato", "京大"),
    ("例橋", "澪", "Reihashi", "Mio", "東北大"),
    ("𠮷試", "陽", "Yoshi", "Haru", "阪大"),
)
# Officers of the other institutions, who approve what their researchers submit: kanji, romaji, institution.
OFFICERS = (
    ("事務", "京", "Jimu", "Kyo", "京大"),
    ("事務", "北", "Jimu", "Kita", "東北大"),
    ("事務", "阪", "Jimu", "Han", "阪大"),
)
# Reviewers who have no account of their own in the list above.
REVIEWERS = (
    ("評沢", "直", "Hyosawa", "Nao", "JST", "Example University of Japan", "JP"),
    ("評田", "薫", "Hyota", "Kaoru", "JST", "Example College of Technology", "JP"),
    ("", "", "Specimen", "Jordan", "NSF", "Example State University", "US"),
    ("", "", "Placeholder", "Casey", "NSF", "Example Institute", "US"),
)


@dataclass
class Cast:
    """Everybody and every organisation of the demo, by short keys."""

    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    applicants: list[tuple[User, Organisation]] = field(default_factory=list)
    reviewers: list[tuple[User, str, str, str]] = field(default_factory=list)
    # Who approves for each institution, by its short name.
    approvers: dict[str, User] = field(default_factory=dict)

    def __getitem__(self, short_name: str) -> Organisation:
        return self.organisations[short_name]


def make_cast() -> Cast:
    """Register organisations, people, accounts and memberships."""
    cast = Cast()
    for short_name, kind, country, ror_id, name_ja, name_en in ORGANISATIONS:
        cast.organisations[short_name] = register_organisation(
            kind=kind,
            short_name=short_name,
            country_code=country,
            by=None,
            ror_id=ror_id,
            name_ja=name_ja,
            name_en=name_en,
        )
    for account in ACCOUNTS:
        person = register_person(
            by=None,
            family_kanji=account.family_kanji,
            given_kanji=account.given_kanji,
            family_romaji=account.family_romaji,
            given_romaji=account.given_romaji,
        )
        cast.people[account.key] = person
        cast.users[account.key] = open_account(
            person=person,
            email=account.email,
            password=account.password,
            language=account.language,
            keeps_the_portal=account.key == "staff",
        )
    _give_roles(cast)
    for key, profile in PROFILES.items():
        set_agency_profile(agency=cast[key], by=cast.users["home1"], **profile)
    _invite_others(cast)
    _merge_a_double(cast)
    _ask_for_a_role()
    return cast


def _ask_for_a_role() -> None:
    """Somebody who has just signed up, and waits for the officer of a university."""
    person = register_person(
        by=None, family_kanji="新見", given_kanji="めい", family_romaji="Shinmi", given_romaji="Mei"
    )
    user = open_account(person=person, email="newcomer@univ.example")
    ask_membership(
        by=user,
        role=Role.RESEARCHER,
        institution_name="東京大学",
        note="2026年4月に着任しました。",
    )


def _merge_a_double(cast: Cast) -> None:
    """One university had been entered twice; an officer has put that right."""
    double = register_organisation(
        kind=OrganisationKind.RESEARCH_INSTITUTION,
        short_name="東大（重複）",
        country_code="JP",
        by=None,
        name_ja="国立大学法人東京大学",
        name_en="Tokyo University",
    )
    merge_institutions(
        kept=cast["東大"],
        merged=double,
        by=cast.users["home1"],
        reason="同一の機関が二重に登録されていたため",
    )


def _give_roles(cast: Cast) -> None:
    roles = (
        ("ministry1", "MEXT", Role.MINISTRY_OFFICER),
        ("ministry2", "MEXT", Role.MINISTRY_OFFICER),
        ("home1", "JST", Role.PROGRAMME_OFFICER),
        ("home2", "JST", Role.APPROVER),
        ("home2", "JST", Role.PROGRAMME_OFFICER),
        ("partner1", "NSF", Role.PROGRAMME_OFFICER),
        ("partner2", "NSF", Role.APPROVER),
        ("pi", "東大", Role.RESEARCHER),
        ("institution", "東大", Role.INSTITUTION_OFFICER),
    )
    for key, organisation, role in roles:
        give_membership(
            person=cast.people[key], organisation=cast[organisation], role=role, starts_on=BEGIN, by=None
        )
    cast.applicants.append((cast.users["pi"], cast["東大"]))
    cast.approvers["東大"] = cast.users["institution"]
    cast.reviewers.append((cast.users["reviewer1"], "JST", "Example College", "JP"))
    cast.reviewers.append((cast.users["reviewer2"], "NSF", "Example Institute of Science", "US"))


def _invite_others(cast: Cast) -> None:
    for number, (family, given, latin, first, institution) in enumerate(OFFICERS, 1):
        person = register_person(
            by=None, family_kanji=family, given_kanji=given, family_romaji=latin, given_romaji=first
        )
        user = open_account(person=person, email=f"jimu{number}@univ.example")
        give_membership(
            person=person,
            organisation=cast[institution],
            role=Role.INSTITUTION_OFFICER,
            starts_on=BEGIN,
            by=None,
        )
        cast.approvers[institution] = user
    for number, (family, given, latin, first, institution) in enumerate(APPLICANTS, 1):
        person = register_person(
            by=None, family_kanji=family, given_kanji=given, family_romaji=latin, given_romaji=first
        )
        user = open_account(person=person, email=f"applicant{number}@univ.example")
        give_membership(
            person=person, organisation=cast[institution], role=Role.RESEARCHER, starts_on=BEGIN, by=None
        )
        cast.applicants.append((user, cast[institution]))
    for number, (family, given, latin, first, agency, institution, country) in enumerate(REVIEWERS, 1):
        person = register_person(
            by=None, family_kanji=family, given_kanji=given, family_romaji=latin, given_romaji=first
        )
        user = open_account(person=person, email=f"reviewer{number}@reviews.example")
        cast.reviewers.append((user, agency, institution, country))
