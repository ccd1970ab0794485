"""The check page leads to the very field, its warnings to the page where they are put right; the task list says who edited what."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from accounts.models import User
from kernel.actions import writing
from program.models import FormField
from proposals.actions.budgets import save_budget
from proposals.actions.core import save_core
from proposals.actions.team import change_team_member
from proposals.models import Proposal, ProposalSection
from proposals.views.parts import errors_of, parts_of
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_pi, make_proposal

pytestmark = pytest.mark.django_db


@pytest.fixture
def blank() -> Proposal:
    """A draft in which nothing is written, of a form that asks for an answer of each kind that is made of several parts."""
    call = make_call(make_stage())
    draft = make_proposal(call, is_complete=False)
    section = draft.form_version.sections.order_by("position").first()
    assert section is not None
    with writing():
        for position, kind in enumerate(("text", "person", "organisation", "yen_table", "date")):
            FormField.objects.create(
                section=section,
                position=position,
                key=f"asked_{kind}",
                kind=kind,
                title_ja=kind,
                title_en=kind,
                is_required=True,
                limit=100,
                options=[{"key": "a", "ja": "甲", "en": "A"}] if kind == "yen_table" else [],
            )
        ProposalSection.objects.filter(proposal=draft, section=section).delete()
        ProposalSection.objects.create(proposal=draft, section=section, text="書きかけ", revision=1)
        other = draft.form_version.sections.order_by("-position").first()
        ProposalSection.objects.update_or_create(
            proposal=draft, section=other, defaults={"text": "書きかけ", "is_complete": False}
        )
        draft.team.exclude(role="pi").delete()
        draft.awards.all().delete()
        draft.exchange.all().delete()
        draft.budget.all().delete()
        Proposal.objects.filter(pk=draft.pk).update(title_ja="", title_en="", designation=None)
    return Proposal.objects.get(pk=draft.pk)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_error_leads_to_the_control_that_puts_it_right(blank: Proposal, language: str) -> None:
    client = client_of(blank.pi.user)
    with translation.override(language):
        urls = [error["url"] for error in errors_of(parts_of(blank))]
    page = client.get(f"/{language}/proposals/{blank.public_id}/check/").content.decode()
    fragments = [url.partition("#") for url in urls]
    assert {fragment for _url, _sign, fragment in fragments} >= {
        "id_title_ja",
        "id_title_en",
        "id_designation",
        "id_field_asked_text",
        "id_field_asked_person__name",
        "id_field_asked_organisation__name",
        "id_is_complete",
        f"id_goods_{blank.fiscal_years[0]}",
    }
    assert {url.rsplit("/", 3)[-3] for url in urls if url.endswith("/add/")} == {"team", "awards", "exchange"}
    for whole, (url, sign, fragment) in zip(urls, fragments, strict=True):
        assert f'href="{whole}"' in page
        answer = client.get(url)
        assert answer.status_code == 200
        if sign:
            assert re.search(rf'\bid="{fragment}"', answer.content.decode()), whole


def test_every_warning_leads_to_a_page(blank: Proposal) -> None:
    client = client_of(blank.pi.user)
    warnings = client.get(f"/en/proposals/{blank.public_id}/check/").context["warnings"]
    assert warnings
    for warning in warnings:
        assert warning.url
        assert client.get(warning.url.partition("#")[0]).status_code == 200


def hints(user: User, draft: Proposal) -> dict[str, str]:
    page = client_of(user).get(f"/en/proposals/{draft.public_id}/")
    return {task["label"]: str(task["hint"]) for task in page.context["tasks"]}


def test_each_part_says_who_edited_it_last() -> None:
    draft = make_proposal(make_call(make_stage()))
    colleague = make_pi()
    with writing():
        draft.team.create(
            person=colleague.person,
            role="co_investigator",
            institution_name="X",
            country_code="JP",
            joined_at=draft.created_at,
        )

    def rename(by: User, title: str) -> None:
        now = Proposal.objects.get(pk=draft.pk)
        save_core(proposal=now, by=by, version=now.version, title_ja=title, title_en="T", years=now.years)

    before = hints(draft.pi.user, draft)
    assert not before["Title, term and field"]
    assert not before["Research team"]
    rename(draft.pi.user, "一")
    rename(colleague, "二")
    member = draft.team.get(role="partner_pi")
    values: dict[str, Any] = {"institution_name": "Y", "country_code": "US", "effort_percent": 7}
    change_team_member(member=member, by=draft.pi.user, role=member.role, **values)
    now = Proposal.objects.get(pk=draft.pk)
    save_budget(proposal=now, by=colleague, version=now.version, amounts={(now.fiscal_years[0], "goods"): 5})
    found = hints(draft.pi.user, draft)
    assert colleague.person.name in found["Title, term and field"]
    assert draft.pi.name in found["Research team"]
    assert colleague.person.name in found["Budget by fiscal year"]
    assert not found["Attachment"]
