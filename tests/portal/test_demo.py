"""The demo: made by actions alone, whole, and the same when it is loaded again."""

from collections import Counter
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kernel.audit import seal_new_entries, verify_chain
from kernel.audit.models import AuditEntry
from kernel.clock import now
from portal.demo.accounts import ACCOUNTS
from proposals.models import Proposal
from reporting.figures.papers import is_older, papers_of
from reporting.models import ProjectPublication
from tests.counting import asks

pytestmark = pytest.mark.django_db


def rows() -> dict[str, int]:
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models()
        if model._meta.app_label
        in {"accounts", "registries", "program", "proposals", "projects", "review", "reporting"}
    }


def test_every_kind_of_record_is_there(demo: None) -> None:
    empty = {label for label, count in rows().items() if not count}
    # A call with more than 1,500 reviews keeps its statistics; none here has so many.
    assert empty <= {"registries.InstitutionSuccession", "review.ScoreFit"}


def test_some_forty_proposals_stand_in_every_state(demo: None) -> None:
    states = Counter(Proposal.objects.filter(is_test=False).values_list("state", flat=True))
    assert sum(states.values()) == 43  # three of them were collected on paper
    assert set(states) == {state.value for state in Proposal._meta.get_field("state").workflow.states}


def test_each_state_was_reached_step_by_step(demo: None) -> None:
    """The audit rows of each object with a state lead from its first state to where it stands."""
    with_state = [
        model
        for model in apps.get_models()
        if any(getattr(field, "workflow", None) for field in model._meta.fields)
    ]
    assert len(with_state) == 15
    for model in with_state:
        workflow = model._meta.get_field("state").workflow
        trails: dict[str, list[dict[str, str]]] = {}
        steps = {transition.name for transition in workflow.transitions}
        for subject, details in (
            AuditEntry.objects.filter(
                subject_type=model._meta.label_lower, verb__in=steps, details__has_key="before"
            )
            .order_by("id")
            .values_list("subject_id", "details")
        ):
            trails.setdefault(subject, []).append(details)
        for obj in model._base_manager.all():
            stands = workflow.initial.value
            for step in trails.get(obj.public_id, []):
                assert step["before"] == stands, (model, obj.public_id)
                stands = step["after"]
            assert stands == obj.state, (model, obj.public_id)


def test_nothing_of_it_happens_in_the_future(demo: None) -> None:
    assert list(AuditEntry.objects.filter(at__gt=now()).values_list("verb", "subject_type")) == []


def test_trail_and_ledger_are_whole(demo: None) -> None:
    while seal_new_entries():
        pass
    assert list(verify_chain()) == []
    call_command("verify_ledger", stdout=StringIO())


def test_loading_it_again_changes_nothing(demo: None) -> None:
    before = rows(), AuditEntry.objects.count()
    call_command("load_demo", stdout=StringIO())
    assert (rows(), AuditEntry.objects.count()) == before


def test_no_year_exceeds_the_cap(demo: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT max(total) FROM (SELECT sum(amount) AS total FROM projects_ledgerentry"
            " WHERE kind IN ('allocation', 'change') GROUP BY project_id, fiscal_year) AS years"
        )
        assert 0 < cursor.fetchone()[0] <= 100_000_000


def test_every_paper_came_out_after_its_project_began(demo: None) -> None:
    links = ProjectPublication.objects.select_related("publication", "project__programme")
    assert {is_older(link.publication, link.project) for link in links} == {False}
    programme = links[0].project.programme
    counts = papers_of(programme.projects.all()).programme
    assert counts.total > 0 and min(counts.by_year) >= 2024
    assert set(counts.not_counted) == {"no_foreign_affiliation"}


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda account: account.key)
def test_each_person_finds_their_page(demo: None, account: object, language: str) -> None:
    client = Client()
    assert client.login(email=account.email, password=account.password)
    landing = f"/{language}/{account.landing.split('/', 2)[2]}"
    assert client.get(landing).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        assert client.get(f"/{language}/").status_code == 200
    assert len([query for query in captured if asks(query["sql"])]) <= 13
