"""A partner team of which nobody works in the call's partner country is told to the team and to the agencies, and bars nothing."""

import pytest
from django.test import Client

from kernel.actions import writing
from program.models import CountryGroup, CountryGroupMember
from proposals.models import Proposal
from proposals.views.partner_country import partner_country_gap
from registries.models import Country
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_proposal, submit_as_row

pytestmark = pytest.mark.django_db
SAID = "Nobody of the partner team works at an institution in the partner country"


def place(proposal: Proposal, code: str) -> None:
    with writing():
        proposal.team.filter(role__startswith="partner").update(country_code=code)


def gap(proposal: Proposal, *codes: str, role: str = "partner_pi") -> bool:
    return bool(partner_country_gap(proposal, [{"role": role, "country_code": code} for code in codes]))


@pytest.fixture
def draft() -> Proposal:
    return make_proposal(make_call(make_stage()))


def test_one_of_the_partner_team_is_enough_and_the_japanese_team_does_not_count(draft: Proposal) -> None:
    own = draft.designation.country_id  # type: ignore[union-attr]  # the builder has chosen one
    assert (gap(draft, "FR"), gap(draft, "FR", own), gap(draft, own), gap(draft)) == (
        True,
        False,
        False,
        False,
    )
    assert not gap(draft, "JP", role="pi")
    team = [{"role": "co_investigator", "country_code": own}, {"role": "partner_pi", "country_code": "FR"}]
    assert partner_country_gap(draft, team)


def test_of_a_group_any_country_is_enough(draft: Proposal) -> None:
    assert draft.designation
    with writing():
        group = CountryGroup.objects.create(
            programme=draft.call.programme, code="g", title_ja="群", title_en="A group"
        )
        for code in ("FR", "DE"):
            country = Country.objects.get_or_create(code=code, defaults={"name_ja": code, "name_en": code})[0]
            CountryGroupMember.objects.create(group=group, country=country, starts_on="2020-01-01")
    draft.designation.country, draft.designation.group = None, group
    assert (gap(draft, "FR"), gap(draft, "DE", "US"), gap(draft, "US")) == (False, False, True)


def test_it_is_told_where_the_team_and_the_agencies_look(draft: Proposal) -> None:
    own, place_of = Client(), f"/en/proposals/{draft.public_id}/"
    own.force_login(draft.pi.user)
    for code, told in (("FR", True), ("US", False)):
        place(draft, code)
        pages = [own.get(f"{place_of}{page}/").content.decode() for page in ("team", "check")]
        assert [SAID in page for page in pages] == [told, told], code


def test_officers_are_told_of_what_was_submitted() -> None:
    stage = make_stage()
    proposal = make_proposal(make_call(stage))
    place(proposal, "FR")
    with writing():
        submit_as_row(proposal, proposal.pi.user)
    officer = Client()
    officer.force_login(stage.home1)
    with writing():
        Proposal.objects.filter(pk=proposal.pk).update(state="locked")
    page = officer.get(f"/en/proposals/{proposal.public_id}/office/")
    assert SAID in page.content.decode()
