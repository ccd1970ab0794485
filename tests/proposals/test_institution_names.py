"""Institutions of the team and of stays are called by what the registry calls them in the reader's language; neither a
signature nor an approval depends on it, and what was submitted keeps the names of its day."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from kernel.actions import writing
from proposals.actions.approval import approval_digest
from proposals.actions.content import content_of, digest
from proposals.actions.signing import core_digest
from proposals.actions.submission import submit_proposal
from proposals.documents import sheet_of, submission_pdf
from proposals.models import Proposal
from registries.models import Institution
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_proposal
from tests.builders.registries import make_ror_institution
from tests.proposals.test_documents import words_of
from tests.proposals.test_invitations import add, came_by_link, invite

pytestmark = pytest.mark.django_db


@pytest.fixture
def host() -> Institution:
    return make_ror_institution(name_ja="見本の大学院大学", name_en="Graduate University of Examples")


@pytest.fixture
def draft(host: Institution) -> Proposal:
    """Typed in Japanese in the team, in English for a stay."""
    proposal = make_proposal(make_call(make_stage()))
    with writing():
        proposal.team.filter(role="pi").update(institution_name=host.name_ja, institution_ror_id=host.ror_id)
        proposal.exchange.update(host=host.name_en, host_ror_id=host.ror_id)
        proposal.team.filter(role="partner_pi").delete()
    return Proposal.objects.get(pk=proposal.pk)


def in_language(route: str, language: str, *args: str) -> str:
    with translation.override(language):
        return reverse(route, args=args)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_page_of_a_draft_calls_them_in_the_readers_language(
    draft: Proposal, host: Institution, language: str
) -> None:
    invite(add(draft))
    guest, own = came_by_link(), Client()
    own.force_login(draft.pi.user)
    pages = [guest.get(in_language("proposals:invited", language))] + [
        own.get(in_language(f"proposals:{route}", language, draft.public_id))
        for route in ("check", "team", "exchange")
    ]
    shown, hidden = (host.name_ja, host.name_en) if language == "ja" else (host.name_en, host.name_ja)
    for page in pages:
        assert shown in page.content.decode()
        assert hidden not in page.content.decode()


def test_neither_signature_nor_approval_depends_on_the_registry(draft: Proposal, host: Institution) -> None:
    before = content_of(draft)
    assert before["institution_names"] == {host.ror_id: {"ja": host.name_ja, "en": host.name_en}}
    with writing():
        Institution.objects.update(name_en="Renamed University")
    after = content_of(Proposal.objects.get(pk=draft.pk))
    assert after["institution_names"][host.ror_id]["en"] == "Renamed University"
    assert core_digest(after) == core_digest(before)
    assert approval_digest(after) == approval_digest(before)
    assert digest(after) != digest(before)


def test_what_was_submitted_keeps_the_names_of_its_day(draft: Proposal, host: Institution) -> None:
    add(draft)
    submission = submit_proposal(proposal=draft, by=draft.pi.user)
    pdf = submission_pdf(submission)
    with writing():
        Institution.objects.update(name_en="Renamed University")
    assert submission_pdf(submission) == pdf
    text = words_of(pdf)
    assert text.count("見本の大学院大学(JP)") + text.count("見本の大学院大学(US)") == 3
    assert "GraduateUniversityofExamples" in text


def test_a_content_from_before_and_a_name_that_was_typed_stay_as_they_are(draft: Proposal) -> None:
    with writing():
        draft.team.update(institution_name="手で入力した研究所", institution_ror_id="")
        draft.exchange.update(host_ror_id="")
    content = content_of(Proposal.objects.get(pk=draft.pk))
    assert "institution_names" not in content
    with translation.override("en"):
        assert sheet_of(content, "en", draft.created_at)["team"]["rows"][0][2] == "手で入力した研究所 (JP)"


def test_a_language_in_which_the_registry_knows_no_name_shows_what_was_typed(
    draft: Proposal, host: Institution
) -> None:
    with writing():
        Institution.objects.update(name_ja="")
        draft.team.filter(role="pi").update(institution_name="別名の大学")
    content = content_of(Proposal.objects.get(pk=draft.pk))
    assert content["institution_names"] == {host.ror_id: {"en": host.name_en}}
    with translation.override("ja"):
        assert sheet_of(content, "ja", draft.created_at)["team"]["rows"][0][2] == "別名の大学 (JP)"
