"""Made-up people and organisations for tests."""

import datetime as dt
import itertools
from typing import Any

from allauth.account.models import EmailAddress

from accounts.enums import OrganisationKind, Role
from accounts.models import Membership, MembershipRequest, Organisation, Person, Post, User
from kernel.actions import writing

_numbers = itertools.count(1)
BEGIN = dt.date(2020, 4, 1)


def make_organisation(
    kind: OrganisationKind, short_name: str = "", country_code: str = "JP", **fields: Any
) -> Organisation:
    number = next(_numbers)
    name = short_name or f"Org{number}"
    with writing():
        return Organisation.objects.create(
            kind=kind,
            short_name=name,
            country_code=country_code,
            **{"name_ja": f"{name}（見本）", "name_en": f"{name} Example", **fields},
        )


def make_agency(short_name: str = "", country_code: str = "JP", **fields: Any) -> Organisation:
    return make_organisation(OrganisationKind.FUNDING_AGENCY, short_name, country_code, **fields)


def make_institution(short_name: str = "", country_code: str = "JP", **fields: Any) -> Organisation:
    return make_organisation(OrganisationKind.RESEARCH_INSTITUTION, short_name, country_code, **fields)


def make_ministry(short_name: str = "MEXT") -> Organisation:
    return make_organisation(OrganisationKind.MINISTRY, short_name)


def make_user(email: str = "", language: str = "ja", **names: str) -> User:
    """A user with their person; `user.person` is set. Sign in by `client.force_login(user)`."""
    number = next(_numbers)
    with writing():
        user = User.objects.create_user(
            email or f"person{number}@people.example", "a-long-password-2026", language=language
        )
        Person.objects.create(
            user=user,
            email=user.email,
            **(
                names
                or {
                    "family_kanji": f"見本{number}",
                    "given_kanji": "人",
                    "family_romaji": f"Mihon{number}",
                    "given_romaji": "Jin",
                }
            ),
        )
    return user


def verify_email(user: User) -> User:
    """As if the person had followed the link in the mail: needed to sign in through the form."""
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def make_person(**fields: Any) -> Person:
    """A person without an account."""
    number = next(_numbers)
    with writing():
        return Person.objects.create(
            **{"family_romaji": f"Person{number}", "given_romaji": "Example", **fields}
        )


def give_role(user: User, organisation: Organisation, *roles: Role, starts_on: dt.date = BEGIN) -> User:
    """Memberships for the user's person; forgets what the user object had remembered of its roles."""
    with writing():
        for role in roles:
            Membership.objects.create(
                person=user.person, organisation=organisation, role=role, starts_on=starts_on
            )
    user.__dict__.pop("_memberships_today", None)
    return user


def make_post(user: User, **fields: Any) -> Post:
    """A post that the person holds: the main one unless told otherwise."""
    with writing():
        return Post.objects.create(
            **{
                "person": user.person,
                "institution_name": "見本大学",
                "department_ja": "大学院理学研究科",
                "department_en": "Graduate School of Science",
                "title_ja": "教授",
                "title_en": "Professor",
                "starts_on": BEGIN,
                "is_main": True,
                **fields,
            }
        )


def make_membership_request(
    user: User, organisation: Organisation | None, role: Role = Role.RESEARCHER, **fields: Any
) -> MembershipRequest:
    """A request that waits for its answer."""
    name = organisation.name_ja if organisation else "無名大学"
    with writing():
        return MembershipRequest.objects.create(
            person=user.person,
            organisation=organisation,
            role=role,
            **{"institution_name": name, **fields},
        )


def make_member(organisation: Organisation, *roles: Role, language: str = "ja") -> User:
    return give_role(make_user(language=language), organisation, *roles)
