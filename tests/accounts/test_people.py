import datetime as dt

import pytest

from accounts.actions.people import change_names, claim_person, end_membership, give_membership
from accounts.enums import Role
from accounts.models import Membership, Person, User
from accounts.permissions import has_role, works_for
from accounts.rules.numbers import erad_violation, orcid_is_valid
from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.clock import set_to, today
from kernel.violations import NotAllowed, RuleBroken
from tests.builders.people import (
    BEGIN,
    give_role,
    make_agency,
    make_institution,
    make_person,
    make_user,
)

NAMES = {"family_kanji": "髙﨑", "given_kanji": "花子"}


@pytest.fixture
def staff(db):
    user = make_user()
    with writing():
        user.is_staff = True
        user.save()
    return user


@pytest.fixture
def newcomer(db):
    with writing():
        return User.objects.create_user("new@univ.example", "a-long-password-2026")


def codes(refused: pytest.ExceptionInfo[RuleBroken]) -> list[tuple[str, str]]:
    return [(violation.code, violation.field) for violation in refused.value.violations]


@pytest.mark.parametrize(
    ("orcid", "valid"),
    [
        ("0000-0002-1825-0097", True),
        ("0000-0001-5109-3700", True),
        ("0000-0002-1694-233X", True),
        ("0000-0002-1825-0098", False),
        ("0000-0002-1694-233x", False),
        ("0000000218250097", False),
        ("０000-0002-1825-0097", False),
        ("", False),
    ],
)
def test_orcid_is_judged_by_its_check_character(orcid, valid):
    assert orcid_is_valid(orcid) is valid


@pytest.mark.parametrize(("number", "refused"), [("", False), ("01234567", False), ("1234567", True)])
def test_erad_number_has_eight_digits(number, refused):
    assert (erad_violation(number) is not None) is refused


def test_newcomer_becomes_a_person(newcomer):
    person = claim_person(user=newcomer, **NAMES)
    assert (person.user, person.email, person.name_in("ja")) == (newcomer, newcomer.email, "髙﨑 花子")


def test_newcomer_is_the_person_already_known_by_that_address(newcomer):
    with writing():
        known = Person.objects.create(
            email=newcomer.email, given_romaji="Hanako", orcid="0000-0002-1825-0097"
        )
    person = claim_person(user=newcomer, **NAMES)
    assert (person.pk, person.orcid) == (known.pk, "0000-0002-1825-0097")


def test_claiming_twice_gives_one_person(newcomer):
    first = claim_person(user=newcomer, **NAMES)
    again = claim_person(user=newcomer, family_romaji="Takasaki")
    assert (again.pk, Person.objects.filter(user=newcomer).count()) == (first.pk, 1)


def test_nobody_is_claimed_when_a_number_is_wrong(newcomer):
    with pytest.raises(RuleBroken) as refused:
        claim_person(user=newcomer, orcid="0000-0002-1825-0098", **NAMES)
    assert codes(refused) == [("orcid_invalid", "orcid")]
    assert Person.objects.count() == 0


def test_a_name_is_needed(newcomer):
    with pytest.raises(RuleBroken) as refused:
        claim_person(user=newcomer, family_kanji=" ", family_kana="ミホン")
    assert codes(refused) == [("name_missing", "family_kanji")]


def test_an_orcid_belongs_to_one_person(db):
    make_person(orcid="0000-0002-1825-0097")
    user = make_user()
    with pytest.raises(RuleBroken) as refused:
        change_names(person=user.person, by=user, orcid="0000-0002-1825-0097", **NAMES)
    assert codes(refused) == [("orcid_taken", "orcid")]


def test_nobody_changes_the_names_of_another(db):
    with pytest.raises(NotAllowed):
        change_names(person=make_user().person, by=make_user(), **NAMES)


def test_former_names_are_kept_apart_from_what_is_hashed(db):
    user = make_user()
    before = user.person.family_kanji
    change_names(person=user.person, by=user, **NAMES)
    entry = AuditEntry.objects.get(verb="changed_names")
    assert (entry.details, entry.private["before"]["family_kanji"]) == ({}, before)


def test_staff_give_a_role_and_end_it(staff):
    agency, user = make_agency(), make_user()
    membership = give_membership(
        person=user.person, organisation=agency, role=Role.APPROVER, starts_on=BEGIN, by=staff
    )
    assert works_for(user, agency.pk, Role.APPROVER)
    end_membership(membership=membership, ends_on=today() - dt.timedelta(days=1), by=staff)
    assert not has_role(User.objects.get(pk=user.pk), Role.APPROVER)
    assert list(
        AuditEntry.objects.filter(subject_type="accounts.membership").values_list("verb", flat=True)
    ) == [
        "given",
        "ended",
    ]


def test_only_staff_give_roles(db):
    officer = give_role(make_user(), make_agency(), Role.PROGRAMME_OFFICER)
    with pytest.raises(NotAllowed):
        give_membership(
            person=officer.person,
            organisation=make_agency(),
            role=Role.APPROVER,
            starts_on=BEGIN,
            by=officer,
        )
    assert Membership.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"role": Role.RESEARCHER}, [("role_not_of_kind", "role")]),
        ({"ends_on": BEGIN - dt.timedelta(days=1)}, [("membership_ends_before_start", "ends_on")]),
        ({}, [("membership_exists", "role")]),
    ],
)
def test_a_role_that_cannot_be_is_refused(staff, values, expected):
    agency = make_agency()
    user = give_role(make_user(), agency, Role.APPROVER)
    with pytest.raises(RuleBroken) as refused:
        give_membership(
            **{
                "person": user.person,
                "organisation": agency,
                "role": Role.APPROVER,
                "starts_on": BEGIN,
                "by": staff,
                **values,
            }
        )
    assert codes(refused) == expected


@pytest.mark.parametrize(
    ("day", "in_force"),
    [
        (dt.date(2027, 3, 31), False),
        (dt.date(2027, 4, 1), True),
        (dt.date(2028, 3, 31), True),
        (dt.date(2028, 4, 1), False),
    ],
)
def test_a_role_counts_from_its_first_day_to_its_last(db, day, in_force):
    user, institution = make_user(), make_institution()
    give_membership(
        person=user.person,
        organisation=institution,
        role=Role.RESEARCHER,
        starts_on=dt.date(2027, 4, 1),
        ends_on=dt.date(2028, 3, 31),
        by=None,
    )
    with set_to(dt.datetime.combine(day, dt.time(3), dt.UTC)):
        assert has_role(User.objects.get(pk=user.pk), Role.RESEARCHER) is in_force


def test_history_of_an_organisation_may_be_longer_than_one_row(db):
    agency = make_agency("JST")
    with writing():
        for name in ("JST2", "JST3"):
            agency.short_name = name
            agency.save()
    assert agency.history.count() == 3


def test_numbers_are_taken_in_any_width_and_kept_plain(newcomer):
    person = claim_person(
        user=newcomer,
        orcid="https://orcid.org/００００－０００２－１６９４－２３３ｘ",
        erad_number="０１２３４５６７",
        **NAMES,
    )
    assert (person.orcid, person.erad_number) == ("0000-0002-1694-233X", "01234567")


def test_a_name_with_a_character_that_turns_letters_is_refused(newcomer):
    with pytest.raises(RuleBroken) as refused:
        claim_person(user=newcomer, family_romaji="Sam\u202eple", given_romaji="Hana")
    assert codes(refused) == [("name_has_hidden_character", "family_romaji")]
    person = claim_person(user=newcomer, family_romaji="Sam\u200bple", given_romaji="\ufeffHana")
    assert (person.family_romaji, person.given_romaji) == ("Sample", "Hana")


@pytest.mark.parametrize(
    "family", ["MacDonald", "van der Berg", "O'Brien & sons", "Müller-Lüdenscheidt", "SATO"]
)
def test_a_name_is_shown_as_it_was_typed(family):
    person = Person(given_romaji="Zoë", family_romaji=family)
    assert [person.name_in(language) for language in ("en", "ja")] == [f"Zoë {family}"] * 2
