"""Making people, organisations and memberships."""

import datetime as dt
from typing import Any

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from accounts.enums import ROLES_OF, OrganisationKind, Role
from accounts.models import Membership, Organisation, Person, User
from accounts.permissions import may_end_membership, may_give_role, standing_for
from accounts.rules.numbers import erad_violation, orcid_violation, plain_orcid
from kernel import audit
from kernel.actions import action, require
from kernel.outbox import queue_mail
from kernel.text import hidden_violation, plain_digits, without_debris
from kernel.violations import RuleBroken, Violation, refuse_if

DEPUTIES = (Role.INSTITUTION_DEPUTY,)
NAMES = ("family_kanji", "given_kanji", "family_kana", "given_kana", "family_romaji", "given_romaji")


def _has_no_name(names: dict[str, str]) -> Violation | None:
    written = ("family_kanji", "given_kanji", "family_romaji", "given_romaji")
    return (
        None
        if any(without_debris(names.get(part, "")) for part in written)
        else Violation("name_missing", "family_kanji")
    )


def _hidden_in(names: dict[str, str]) -> list[Violation | None]:
    return [hidden_violation(names.get(part, ""), part) for part in NAMES]


@action
def register_person(
    *, by: User | None, email: str = "", orcid: str = "", erad_number: str = "", **names: str
) -> Person:
    """Make a person known, who need not have an account. `names` are any of `NAMES`.

    Raises:
        RuleBroken: `name_missing`, `name_has_hidden_character`.
    """
    refuse_if(_has_no_name(names), *_hidden_in(names))
    person = Person.objects.create(
        email=email.lower(),
        orcid=plain_orcid(orcid),
        erad_number=plain_digits(erad_number),
        **{part: without_debris(names[part]) for part in NAMES if part in names},
    )
    audit.record("registered", person, by=by)
    return person


@action
def change_names(*, person: Person, by: User, orcid: str = "", erad_number: str = "", **names: str) -> Person:
    """A person's own profile. Only the person may change it.

    Raises:
        RuleBroken: `name_missing`, `name_has_hidden_character`, `orcid_invalid`, `erad_number_invalid`, `orcid_taken`.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    require(person.user_id == by.pk)
    orcid, erad_number = plain_orcid(orcid), plain_digits(erad_number)
    refuse_if(_has_no_name(names), *_hidden_in(names), orcid_violation(orcid), erad_violation(erad_number))
    if orcid and Person.objects.filter(orcid=orcid).exclude(pk=person.pk).exists():
        raise RuleBroken(Violation("orcid_taken", "orcid"))
    before = {part: getattr(person, part) for part in NAMES}
    for part in NAMES:
        setattr(person, part, without_debris(names.get(part, "")))
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
def link_account(*, person: Person, by: User) -> Person:
    """Let a person without an account be the user's, whose verified e-mail it is and who has no person yet.

    Raises:
        NotAllowed: otherwise.
    """
    User.objects.select_for_update().get(pk=by.pk)
    person = Person.objects.select_for_update().get(pk=person.pk)
    verified = {address.email.lower() for address in EmailAddress.objects.filter(user=by, verified=True)}
    require(
        person.user_id is None
        and person.email.lower() in verified
        and not Person.objects.filter(user=by).exists()
    )
    person.user = by
    person.save(update_fields=["user"])
    audit.record("claimed", person, by=by)
    return person


@action
def correct_names(*, person: Person, by: Any, **names: str) -> Person:
    """The names of a person without an account, put right by themselves (`by`, who came by a link) after they have shown that
    the e-mail is theirs: the caller's to check.

    Raises:
        NotAllowed: the person has an account, and corrects them in its profile.
        RuleBroken: `name_missing`, `name_has_hidden_character`.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    require(person.user_id is None)
    refuse_if(_has_no_name(names), *_hidden_in(names))
    before = {part: getattr(person, part) for part in NAMES}
    for part in NAMES:
        setattr(person, part, without_debris(names.get(part, "")))
    person.save(update_fields=NAMES)
    audit.record("changed_names", person, by=by, private={"before": before})
    return person


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
    """Give a person a role at an organisation. Staff may, and officers of a research institution for it;
    the demo and the first installation have no user yet.

    Raises:
        RuleBroken: `role_not_of_kind`, `membership_ends_before_start`, `membership_exists`; for a deputy also
            `deputy_without_end`, `deputy_not_of_institution`.
    """
    require(by is None or may_give_role(by, organisation, role))
    refuse_if(
        Violation("role_not_of_kind", "role")
        if role not in ROLES_OF[OrganisationKind(organisation.kind)]
        else None,
        Violation("membership_ends_before_start", "ends_on") if ends_on and ends_on < starts_on else None,
        *(_deputy_violations(person, organisation, starts_on, ends_on) if role in DEPUTIES else ()),
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


def _deputy_violations(
    person: Person, organisation: Organisation, starts_on: dt.date, ends_on: dt.date | None
) -> list[Violation | None]:
    """A deputy belongs to the institution already, and stands in for its officer until a day that is said."""
    own = Membership.objects.active_on(starts_on).filter(person=person, organisation=organisation)
    return [
        None if ends_on else Violation("deputy_without_end", "ends_on"),
        None if own.exclude(role__in=DEPUTIES).exists() else Violation("deputy_not_of_institution", "person"),
    ]


@action
def name_deputy(
    *, member: Membership, by: User, starts_on: dt.date, ends_on: dt.date | None = None
) -> Membership:
    """Let somebody of the institution decide for its officer (代理) from day to day, and tell them.

    Raises:
        NotAllowed: `by` is no officer of that institution.
        RuleBroken: as `give_membership`.
    """
    deputy = give_membership(
        person=member.person,
        organisation=standing_for(member.organisation),
        role=Role.INSTITUTION_DEPUTY,
        starts_on=starts_on,
        ends_on=ends_on,
        by=by,
    )
    tell_person("role_granted", member.person, membership=deputy)
    return deputy


@action
def end_membership(*, membership: Membership, ends_on: dt.date, by: User) -> Membership:
    """Let a membership end, and tell the person. Whoever may give the role may end it.

    Raises:
        RuleBroken: `membership_ends_before_start`.
    """
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    require(may_end_membership(by, membership))
    refuse_if(
        Violation("membership_ends_before_start", "ends_on") if ends_on < membership.starts_on else None
    )
    if membership.ends_on == ends_on:
        return membership  # a second click: it has ended so, and the person was told
    membership.ends_on = ends_on
    membership.save(update_fields=["ends_on"])
    audit.record("ended", membership, by=by, details={"ends_on": ends_on.isoformat()})
    tell_person("role_ended", membership.person, membership=membership)
    return membership


def tell_person(template: str, person: Person, **values: Any) -> None:
    """Write to the person in the language of their account; to nobody where there is none."""
    if person.user is None:
        return
    language = person.user.language
    values = {"name": person.name_in(language), "path": path_in(language, "accounts:profile"), **values}
    queue_mail(template, to=person.user.email, language=language, values=values)


def path_in(language: str, route: str, *args: str) -> str:
    """The address of a page within the portal, in a reader's language."""
    with translation.override(language):
        return reverse(route, args=args)
