"""Two records of one institution with everything that can point to them: after a merge nothing is lost and everybody sees what
they saw, and an undo puts back every cell of the database."""

from collections import Counter
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actions.organisations import merge_institutions, undo_merge
from accounts.enums import Role
from accounts.models import Membership, Organisation, User
from accounts.queries import references_of
from kernel.actions import writing
from kernel.clock import now
from projects.queries import projects_visible_to
from proposals.actions.content import content_of
from proposals.actions.signing import core_digest, sign_core, signatures_of
from proposals.models import Proposal
from proposals.permissions import belongs_to, home_institutions, may_start
from proposals.queries import proposals_visible_to
from reporting.models import ProjectPublication
from tests.builders.people import BEGIN, give_role, make_institution, make_user
from tests.builders.program import Stage, make_call, make_stage
from tests.builders.projects import make_project
from tests.builders.proposals import make_pi, make_proposal
from tests.builders.registries import make_publication, make_registered_award, make_ror_institution
from tests.counting import asks

pytestmark = pytest.mark.django_db

ROR = "01dq60k83"
# What a merge writes of itself: its own row, the trail, the histories of the two records.
LEDGER = "projects.ledgerentry.institution"
OWN = ("accounts.organisationmerge", "kernel.auditentry", "accounts.historicalorganisation")


class Scene:
    """TWIN and KEPT are one university, recorded twice; each has people, a draft with signatures, a project, a paper."""

    def __init__(self) -> None:
        self.stage: Stage = make_stage()
        self.kept = make_institution("KEPT", name_ja="東北大学", name_en="", ror_id=None)
        self.merged = make_institution(
            "TWIN", name_ja="東北大", name_en="Tohoku Univ.", ror_id=ROR, erad_code="0000000012"
        )
        make_ror_institution(ror_id=ROR, name_ja="東北大学")
        self.call = make_call(self.stage)
        self.drafts = [self._draft(place) for place in (self.kept, self.merged)]
        self.projects = [make_project(self.stage, pi=make_pi(place)) for place in (self.kept, self.merged)]
        with writing():
            for project in self.projects:
                paper = make_publication(("Tohoku University, Japan", "JP"), ("MIT, USA", "US"))
                paper.authors.get(position=1).affiliations.update(institution_ror_id=ROR)
                ProjectPublication.objects.create(project=project, publication=paper, source="by_hand")
        make_registered_award(institution_name="Tohoku University")
        office = give_role(make_user(), self.merged, Role.INSTITUTION_OFFICER)
        both = give_role(make_user(), self.kept, Role.RESEARCHER)
        give_role(both, self.merged, Role.RESEARCHER)
        with writing():  # the role at the kept one has ended, the one at the merged one has not
            Membership.objects.filter(person=both.person, organisation=self.kept).update(ends_on=BEGIN)
        self.both, self.office = User.objects.get(pk=both.pk), office

    def _draft(self, place: Organisation) -> Proposal:
        proposal = make_proposal(self.call, pi=make_pi(place))
        users = {role: make_user() for role in ("co_investigator", "partner_pi")}
        for role, user in users.items():
            with writing():
                proposal.team.create(
                    person=user.person,
                    role=role,
                    institution_name="東北大学",
                    institution_ror_id=ROR,
                    country_code="JP",
                    effort_percent=1,
                    joined_at=now(),
                )
        for user in users.values():
            sha256 = core_digest(content_of(Proposal.objects.get(pk=proposal.pk)))
            sign_core(proposal=proposal, by=user, sha256=sha256)
        return proposal

    def merge(self) -> Any:
        return merge_institutions(kept=self.kept, merged=self.merged, by=self.stage.home1, reason="One")

    def signed(self) -> list[list[tuple[str, bool, bool]]]:
        """Of each draft: who is asked to sign, whether they have, and whether what they signed is void."""
        fresh = [Proposal.objects.get(pk=draft.pk) for draft in self.drafts]
        return [
            [
                (one.member.public_id, one.at is not None, one.is_void)
                for one in signatures_of(p, content_of(p))
            ]
            for p in fresh
        ]


def cells() -> dict[tuple[str, Any, str], Any]:
    """Every cell of every table, but for what a merge writes of itself."""
    found: dict[tuple[str, Any, str], Any] = {}
    for model in apps.get_models():
        if model._meta.label_lower in OWN:
            continue
        for row in model._default_manager.order_by("pk").values():
            key = row[model._meta.pk.attname]
            found |= {(model._meta.label_lower, key, name): value for name, value in row.items()}
    return found


def seen() -> dict[int, tuple[set[int], set[int]]]:
    """The proposals and projects that each user may see."""
    return {
        user.pk: (
            set(proposals_visible_to(user).values_list("pk", flat=True)),
            set(projects_visible_to(user).values_list("pk", flat=True)),
        )
        for user in User.objects.all()
    }


def test_a_merge_moves_what_points_to_it_and_changes_no_other_cell() -> None:
    scene = Scene()
    before = cells()
    pointing = {one.name: len(one.keys) for one in references_of(scene.merged) if one.name != LEDGER}
    pointing["accounts.membership.organisation"] -= 1  # a role that one person has at both
    scene.merge()
    after = cells()
    assert after.keys() == before.keys()
    changed = [
        (table, name) for (table, key, name), value in after.items() if before[table, key, name] != value
    ]
    moved = Counter(f"{table}.{name.removesuffix('_id')}" for table, name in changed)
    filled = {f"accounts.organisation.{name}": 1 for name in ("name_en", "erad_code", "merged_into")}
    # the ROR id goes from the one to the other (the ending _id is cut off above)
    assert moved == pointing | filled | {"accounts.organisation.ror": 2}
    left = references_of(Organisation.objects.get(pk=scene.merged.pk))
    assert [(one.name, len(one.keys)) for one in left if one.name != LEDGER] == [
        ("accounts.membership.organisation", 1)
    ]


def test_an_undo_puts_back_every_cell() -> None:
    scene = Scene()
    before = cells()
    undo_merge(merge=scene.merge(), by=scene.stage.home1)
    assert cells() == before


def test_nobody_loses_a_right_by_a_merge_and_after_the_undo_all_see_what_they_saw() -> None:
    scene = Scene()
    before = seen()
    assert any(proposals or projects for proposals, projects in before.values())
    merge = scene.merge()
    gained = {
        pk: (proposals - before[pk][0], projects - before[pk][1])
        for pk, (proposals, projects) in seen().items()
        if (proposals, projects) != before[pk]
    }
    # the office of the one is the office of the whole institution
    assert gained == {scene.office.pk: (set(), {scene.projects[0].pk})}
    undo_merge(merge=merge, by=scene.stage.home1)
    assert seen() == before


def test_signatures_hold_through_a_merge_and_its_undo() -> None:
    scene = Scene()
    before = scene.signed()
    assert [[(at, void) for _who, at, void in draft] for draft in before] == [
        # the partner PI whom every proposal has was not asked yet
        [(False, False), (True, False), (True, False)]
    ] * 2
    merge = scene.merge()
    assert scene.signed() == before
    undo_merge(merge=merge, by=scene.stage.home1)
    assert scene.signed() == before


def test_a_role_that_stays_at_the_merged_one_counts_at_the_kept_one_and_no_longer_after_the_undo() -> None:
    scene = Scene()
    merge = scene.merge()
    both = User.objects.get(pk=scene.both.pk)
    assert Membership.objects.filter(person=both.person, organisation=scene.merged).count() == 1
    assert [one.pk for one in home_institutions(both)] == [scene.kept.pk]
    assert belongs_to(both, scene.kept)
    assert may_start(both, scene.call)
    third = make_institution("THIRD")
    scene.kept.refresh_from_db()
    second = merge_institutions(kept=third, merged=scene.kept, by=scene.stage.home1, reason="One")
    assert [one.pk for one in home_institutions(User.objects.get(pk=both.pk))] == [third.pk]
    for step in (second, merge):
        undo_merge(merge=step, by=scene.stage.home1)
    both = User.objects.get(pk=both.pk)
    assert [one.pk for one in home_institutions(both)] == [scene.merged.pk]
    assert not belongs_to(both, scene.kept)


def test_the_statements_of_a_merge_do_not_grow_with_what_is_moved() -> None:
    scene = Scene()
    with writing():
        Membership.objects.filter(person=scene.both.person, organisation=scene.merged).delete()

    def statements() -> int:
        with CaptureQueriesContext(connection) as queries:
            merge = scene.merge()
        undo_merge(merge=merge, by=scene.stage.home1)
        return len([query for query in queries if asks(query["sql"])])

    statements()  # what is remembered of the officer's roles
    few = statements()
    for _number in range(5):
        give_role(make_user(), scene.merged, Role.INSTITUTION_OFFICER)
    assert statements() == few
