"""Making people, organisations and memberships."""

import datetime as dt
from typing import Any

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from accounts.enums import ROLES_OF, OrganisationKind, Role
from accounts.models import Membership, Organisation, Person, User
from accounts.permissions import may_manage_memberships
from accounts.rules.numbers import erad_violation, orcid_violation
from kernel import audit
from kernel.actions import action, require
from kernel.violations import RuleBroken, Violation, refuse_if

NAMES = ("family_kanji", "given_kanji", "family_kana", "given_kana", "family_romaji", "given_romaji")


def _has_no_name(names: dict[str, str]) -> Violation | None:
    written = ("family_kanji", "given_kanji", "family_romaji", "given_romaji")
    return (
        None
        if any(names.get(part, "").strip() for part in written)
        else Violation("name_missing", "family_kanji")
    )


@action
def register_person(
    *, by: User | None, email: str = "", orcid: str = "", erad_number: str = "", **names: str
) -> Person:
    """Make a person known, who need not have an account. `names` are any of `NAMES`.

    Raises:
        RuleBroken: `name_missing`.
    """
    refuse_if(_has_no_name(names))
    person = Person.objects.create(
        email=email.lower(),
        orcid=orcid,
        erad_number=erad_number,
        **{part: names[part].strip() for part in NAMES if part in names},
    )
    audit.record("registered", person, by=by)
    return person


@action
def change_names(*, person: Person, by: User, orcid: str = "", erad_number: str = "", **names: str) -> Person:
    """A person's own profile. Only the person may change it.

    Raises:
        RuleBroken: `name_missing`, `orcid_invalid`, `erad_number_invalid`, `orcid_taken`.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    require(person.user_id == by.pk)
    refuse_if(_has_no_name(names), orcid_violation(orcid), erad_violation(erad_number))
    if orcid and Person.objects.filter(orcid=orcid).exclude(pk=person.pk).exists():
        raise RuleBroken(Violation("orcid_taken", "orcid"))
    before = {part: getattr(person, part) for part in NAMES}
    for part in NAMES:
        setattr(person, part, names.get(part, "").strip())
    person.orcid, person.erad_number = orcid, erad_number
    person.save()
    audit.record("changed_names", person, by=by, private={"before": before})
    return person


@action
def open_account(
    *,
    person: Person,
    email: str,
    password: str | None = None,
    language: str = "ja",
    by: User | None = None,
    keeps_the_portal: bool = False,
) -> User:
    """Give a person an account whose e-mail is taken as verified (made by an officer, or by the demo).

    Without a password they sign in once they have set one by mail.
    """
    user = User.objects.create_user(email, password, language=language, is_staff=keeps_the_portal)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    person = Person.objects.select_for_update().get(pk=person.pk)
    person.user, person.email = user, user.email
    person.save(update_fields=["user", "email"])
    audit.record("account_opened", person, by=by)
    return user


@action
def claim_person(*, user: User, orcid: str = "", erad_number: str = "", **names: str) -> Person:
    """The first profile of somebody who has just signed up: the person whose e-mail it is, or a new one.

    A person already known by this verified e-mail is taken over, so that invitations and conflicts follow.

    Raises:
        RuleBroken: as `change_names`; then nobody is claimed.
    """
    User.objects.select_for_update().get(pk=user.pk)  # a second click waits here, and finds the person
    own = Person.objects.filter(user=user).first()
    if own is not None:
        return change_names(person=own, by=user, orcid=orcid, erad_number=erad_number, **names)
    known = (
        Person.objects.select_for_update()
        .filter(email=user.email.lower(), user=None, merged_into=None)
        .first()
    )
    if known is None:
        known = register_person(by=user, email=user.email, **names)
    known.user = user
    known.save(update_fields=["user"])
    audit.record("claimed", known, by=user)
    # What is known already is not lost to a field that the newcomer left blank.
    return change_names(
        person=known,
        by=user,
        orcid=orcid or known.orcid,
        erad_number=erad_number or known.erad_number,
        **names,
    )


@action
def register_organisation(
    *, kind: OrganisationKind, short_name: str, country_code: str, by: User | None, **fields: Any
) -> Organisation:
    """Make an organisation known; `fields` are `name_ja`, `name_en`, `ror_id`, `erad_code`."""
    organisation = Organisation.objects.create(
        kind=kind, short_name=short_name, country_code=country_code, **fields
    )
    audit.record("registered", organisation, by=by)
    return organisation


@action
def give_membership(
    *,
    person: Person,
    organisation: Organisation,
    role: Role,
    starts_on: dt.date,
    by: User | None,
    ends_on: dt.date | None = None,
) -> Membership:
    """Give a person a role at an organisation. Staff may; the demo and the first installation have no user yet.

    Raises:
        RuleBroken: `role_not_of_kind`, `membership_ends_before_start`, `membership_exists`.
    """
    require(by is None or may_manage_memberships(by))
    refuse_if(
        Violation("role_not_of_kind", "role")
        if role not in ROLES_OF[OrganisationKind(organisation.kind)]
        else None,
        Violation("membership_ends_before_start", "ends_on") if ends_on and ends_on < starts_on else None,
    )
    try:
        with transaction.atomic():
            membership = Membership.objects.create(
                person=person, organisation=organisation, role=role, starts_on=starts_on, ends_on=ends_on
            )
    except IntegrityError as error:
        raise RuleBroken(Violation("membership_exists", "role")) from error
    audit.record(
        "given", membership, by=by, details={"role": role.value, "organisation": organisation.public_id}
    )
    return membership


@action
def end_membership(*, membership: Membership, ends_on: dt.date, by: User) -> Membership:
    """Let a membership end. Staff may.

    Raises:
        RuleBroken: `membership_ends_before_start`.
    """
    require(may_manage_memberships(by))
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    refuse_if(
        Violation("membership_ends_before_start", "ends_on") if ends_on < membership.starts_on else None
    )
    membership.ends_on = ends_on
    membership.save(update_fields=["ends_on"])
    audit.record("ended", membership, by=by, details={"ends_on": ends_on.isoformat()})
    return membership
