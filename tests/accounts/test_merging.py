"""Two records of one institution: what a merge moves, what it refuses, and that undoing it leaves nothing behind."""

from typing import Any

import pytest
from django.test import Client

from accounts.actions.organisations import (
    add_institution,
    change_institution,
    merge_institutions,
    undo_merge,
)
from accounts.enums import Role
from accounts.models import Membership, Organisation, User
from accounts.queries import references_of
from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.violations import NotAllowed, RuleBroken
from projects.models import LedgerEntry
from tests.builders.people import give_role, make_agency, make_institution, make_member, make_user
from tests.builders.projects import make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return make_member(make_agency(), Role.PROGRAMME_OFFICER)


def pair() -> tuple[Organisation, Organisation]:
    kept = make_institution("KEPT", name_ja="東北大学", name_en="", ror_id=None)
    merged = make_institution(
        "TWIN", name_ja="東北大", name_en="Tohoku University", ror_id="01dq60k83", erad_code="0000000012"
    )
    return kept, merged


def state() -> list[Any]:
    """Everything that a merge may touch."""
    organisations = Organisation.objects.order_by("pk")
    return [
        list(organisations.values_list("pk", "name_ja", "name_en", "ror_id", "erad_code", "merged_into")),
        list(Membership.objects.order_by("pk").values_list("pk", "organisation")),
    ]


def test_everything_that_pointed_to_the_one_points_to_the_other_and_an_undo_puts_all_back(
    officer: User,
) -> None:
    kept, merged = pair()
    for _ in range(3):
        give_role(make_user(), merged, Role.RESEARCHER)
    before = state()
    merge = merge_institutions(kept=kept, merged=merged, by=officer, reason="One university")
    kept.refresh_from_db()
    merged.refresh_from_db()
    assert (kept.name_ja, kept.name_en, kept.ror_id, kept.erad_code) == (
        "東北大学",
        "Tohoku University",
        "01dq60k83",
        "0000000012",
    )
    assert (merged.merged_into, merged.ror_id) == (kept, None)
    assert (kept.memberships.count(), merged.memberships.count()) == (3, 0)
    assert [reference.name for reference in references_of(kept)] == ["accounts.membership.organisation"]
    undo_merge(merge=merge, by=officer)
    assert state() == before
    assert list(AuditEntry.objects.filter(subject_id=kept.public_id).values_list("verb", flat=True)) == [
        "merged",
        "merge_undone",
    ]


def test_a_role_that_a_person_has_at_both_stays_where_it_is(officer: User) -> None:
    kept, merged = pair()
    user = make_user()
    give_role(user, kept, Role.RESEARCHER)
    give_role(user, merged, Role.RESEARCHER)
    merge = merge_institutions(kept=kept, merged=merged, by=officer, reason="One university")
    assert merge.moved == {"accounts.membership.organisation": []}
    assert merged.memberships.count() == 1


def test_what_was_given_to_the_kept_one_since_stays_with_it(officer: User) -> None:
    kept, merged = pair()
    moved = give_role(make_user(), merged, Role.RESEARCHER).person.memberships.get()
    merge = merge_institutions(kept=kept, merged=merged, by=officer, reason="One university")
    later = give_role(make_user(), kept, Role.RESEARCHER).person.memberships.get()
    kept.refresh_from_db()
    change_institution(organisation=kept, by=officer, name_en="Tohoku Univ.")
    undo_merge(merge=merge, by=officer)
    kept.refresh_from_db()
    assert list(kept.memberships.values_list("pk", flat=True)) == [later.pk]
    assert list(merged.memberships.values_list("pk", flat=True)) == [moved.pk]
    assert kept.name_en == "Tohoku Univ."


def codes(broken: Any) -> list[str]:
    return [violation.code for violation in broken.value.violations]


def test_entries_in_a_ledger_stay_with_the_record_under_which_they_were_entered(officer: User) -> None:
    project = make_project()
    kept, merged = make_institution("OTHER"), project.institution
    entries = LedgerEntry.objects.filter(institution=merged)
    assert entries.exists()
    before = list(entries.values_list("pk", flat=True))
    merge = merge_institutions(kept=kept, merged=merged, by=officer, reason="One")
    project.refresh_from_db()
    assert project.institution == kept
    assert list(entries.values_list("pk", flat=True)) == before
    assert [reference.name for reference in references_of(merged)] == ["projects.ledgerentry.institution"]
    undo_merge(merge=merge, by=officer)
    project.refresh_from_db()
    assert project.institution == merged


@pytest.mark.parametrize("case", ["itself", "agency", "two ids", "again", "reason"])
def test_what_is_not_one_institution_is_not_merged(officer: User, case: str) -> None:
    kept, merged = pair()
    reason = "One"
    if case == "itself":
        merged = kept
    elif case == "agency":
        merged = make_agency("NSF2", "US")
    elif case == "two ids":
        kept = make_institution("A", ror_id="00097mb19")
    elif case == "again":
        merge_institutions(kept=make_institution("B"), merged=merged, by=officer, reason="One")
    else:
        reason = "  "
    before = state()
    with pytest.raises(RuleBroken):
        merge_institutions(kept=kept, merged=merged, by=officer, reason=reason)
    assert state() == before


def test_a_merge_is_undone_once_and_in_order(officer: User) -> None:
    kept, merged = pair()
    first = merge_institutions(kept=kept, merged=merged, by=officer, reason="One")
    kept.refresh_from_db()
    second = merge_institutions(kept=make_institution("THIRD"), merged=kept, by=officer, reason="One")
    with pytest.raises(RuleBroken) as broken:
        undo_merge(merge=first, by=officer)
    assert codes(broken) == ["merge_undo_out_of_order"]
    undo_merge(merge=second, by=officer)
    undo_merge(merge=first, by=officer)
    with pytest.raises(RuleBroken) as broken:
        undo_merge(merge=first, by=officer)
    assert codes(broken) == ["merge_already_undone"]


def test_partners_and_researchers_merge_nothing() -> None:
    kept, merged = pair()
    for user in (make_user(), make_member(make_agency(country_code="US"), Role.PROGRAMME_OFFICER)):
        with pytest.raises(NotAllowed):
            merge_institutions(kept=kept, merged=merged, by=user, reason="One")
        with pytest.raises(NotAllowed):
            add_institution(by=user, short_name="X", country_code="JP", name_ja="X")


def test_the_page_shows_what_would_move_and_merges_and_undoes(officer: User) -> None:
    kept, merged = pair()
    with writing():
        Organisation.objects.filter(pk=merged.pk).update(name_ja="東北大学")
    give_role(make_user(), merged, Role.RESEARCHER)
    client = Client()
    client.force_login(User.objects.get(pk=officer.pk))
    page = client.get(f"/ja/registries/participants/{kept.public_id}/")
    assert [row["organisation"].short_name for row in page.context["likely"]] == ["TWIN"]
    address = page.context["likely"][0]["url"]
    preview = client.get(address)
    assert [(row["count"], str(row["label"])) for row in preview.context["references"]] == [(1, "所属・役割")]
    done = client.post(address, {"reason": "同一機関"}, follow=True)
    assert "2件の記録を統合しました" in done.content.decode()
    undo = done.context["merges"][0]["moves"][0].url
    client.post(undo)
    merged.refresh_from_db()
    assert merged.merged_into is None


def test_a_new_institution_takes_its_names_from_ror(officer: User) -> None:
    from tests.builders.registries import make_ror_institution

    make_ror_institution(
        ror_id="01dq60k83", name_ja="東北大学", name_en="Tohoku University", erad_code="0000000012"
    )
    client = Client()
    client.force_login(User.objects.get(pk=officer.pk))
    values = {
        "short_name": "東北大",
        "ror_id": "https://ror.org/01dq60k83",
        "country_code": "JP",
        "name_en": "Tohoku",
    }
    from tests.builders.registries import make_country

    make_country()
    client.post("/ja/registries/participants/add/", values)
    made = Organisation.objects.get(short_name="東北大")
    assert (made.name_ja, made.name_en, made.ror_id, made.erad_code) == (
        "東北大学",
        "Tohoku",
        "01dq60k83",
        "0000000012",
    )
    twice = client.post("/en/registries/participants/add/", values | {"short_name": "Again"})
    assert "Another institution of the portal already has this ROR id" in twice.content.decode()
    wrong = client.post("/en/registries/participants/add/", values | {"ror_id": "01dq60k84"})
    assert "its check digits do not fit" in wrong.content.decode()
