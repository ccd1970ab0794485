"""What the award's agency says of sufficiency, standing and fair share, and the exception to the last."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.violations import NotAllowed, RuleBroken
from proposals.actions.eligibility import confirm_award
from proposals.actions.fair_share import except_from_fair_share
from proposals.models import PartnerAward
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_proposal

pytestmark = pytest.mark.django_db
UNFAIR = {"fair_share": ("no", "Five to one.")}


@pytest.fixture
def stage() -> Any:
    return make_stage()


@pytest.fixture
def award(stage: Any) -> PartnerAward:
    return make_proposal(make_call(stage), state="locked").awards.get()


def refused(act: Any) -> list[str]:
    with pytest.raises(RuleBroken) as broken:
        act()
    return [violation.code for violation in broken.value.violations]


def approver(stage: Any) -> Any:
    return stage.home2


def test_points_are_judged_with_the_award_and_may_be_left_open(stage: Any, award: PartnerAward) -> None:
    points = {"sufficiency": ("yes", ""), "standing": ("", "not looked at"), **UNFAIR}
    said = confirm_award(award=award, by=stage.partner1, verdict="yes", points=points)
    assert said.points == {
        "sufficiency": {"verdict": "yes", "reason": ""},
        "fair_share": {"verdict": "no", "reason": "Five to one."},
    }


@pytest.mark.parametrize(
    ("point", "code"), [(("no", " "), "point_reason_missing"), (("maybe", ""), "verdict_missing")]
)
def test_a_no_needs_its_reason(stage: Any, award: PartnerAward, point: Any, code: str) -> None:
    points = {"standing": point}
    assert refused(lambda: confirm_award(award=award, by=stage.partner1, verdict="yes", points=points)) == [
        code
    ]


def test_an_approver_excepts_from_fair_share_with_a_reason(stage: Any, award: PartnerAward) -> None:
    award = confirm_award(award=award, by=stage.partner1, verdict="yes", points=UNFAIR)
    excepted = except_from_fair_share(award=award, by=approver(stage), reason=" Equipment is shared. ")
    assert (excepted.share_exception, excepted.share_exception_by) == (
        "Equipment is shared.",
        approver(stage),
    )
    assert AuditEntry.objects.filter(verb="fair_share_excepted").count() == 1


def test_nothing_is_excepted_where_nothing_is_unfair_or_no_reason_given(
    stage: Any, award: PartnerAward
) -> None:
    def act(reason: str) -> Any:
        return except_from_fair_share(award=award, by=approver(stage), reason=reason)

    assert refused(lambda: act("x")) == ["exception_not_needed"]
    confirm_award(award=award, by=stage.partner1, verdict="yes", points=UNFAIR)
    assert refused(lambda: act(" ")) == ["reason_missing"]


def test_no_officer_and_no_applicant_excepts(stage: Any, award: PartnerAward) -> None:
    confirm_award(award=award, by=stage.partner1, verdict="yes", points=UNFAIR)
    for user in (stage.partner1, award.proposal.pi.user):
        with pytest.raises(NotAllowed):
            except_from_fair_share(award=award, by=user, reason="x")


def test_an_exception_falls_with_its_verdict(stage: Any, award: PartnerAward) -> None:
    confirm_award(award=award, by=stage.partner1, verdict="yes", points=UNFAIR)
    except_from_fair_share(award=award, by=approver(stage), reason="x")
    again = confirm_award(award=award, by=stage.partner1, verdict="yes", points=UNFAIR)
    assert (again.share_exception, again.share_exception_by) == ("", None)


def test_the_pages_ask_and_show_the_points(stage: Any, award: PartnerAward) -> None:
    client, keys = Client(), [award.proposal.public_id, award.public_id]
    client.force_login(stage.partner1)
    with translation.override("en"):
        verdict, exception = (
            reverse(f"proposals:{route}", args=keys) for route in ("award_verdict", "award_exception")
        )
        office = reverse("proposals:office_proposal", args=keys[:1])
    data = {"verdict": "yes", "point_sufficiency": "yes", "point_fair_share": "no"}
    assert list(client.post(verdict, data).context["form"].errors) == ["reason_fair_share"]
    assert client.post(verdict, {**data, "reason_fair_share": "Five to one."}).status_code == 302
    assert client.get(exception).status_code == 404
    client.force_login(approver(stage))
    assert exception in client.get(office).content.decode()
    assert client.post(exception, {"reason": "Equipment is shared."}).status_code == 302
    page = client.get(office)
    assert "Equipment is shared." in page.content.decode()
    points = page.context["awards"][0]["points"]
    assert [agency.short_name for agency in points["agencies"]] == [
        stage.home.short_name,
        stage.partner.short_name,
    ]
    labels = [[cell["label"] for cell in row["cells"]] for row in points["rows"]]
    assert labels == [
        ["not judged yet", "yes"],
        ["not judged yet", "not judged yet"],
        ["not judged yet", "no"],
    ]


def test_the_other_agency_reads_the_reasons_only_once_all_have_judged(
    stage: Any, award: PartnerAward
) -> None:
    confirm_award(award=award, by=stage.partner1, verdict="yes", points=UNFAIR)
    client = Client()
    client.force_login(stage.home1)
    with translation.override("en"):
        office = reverse("proposals:office_proposal", args=[award.proposal.public_id])
    assert "Five to one." not in client.get(office).content.decode()
    with writing():
        type(award.proposal).objects.filter(pk=award.proposal_id).update(state="eligible")
    assert "Five to one." in client.get(office).content.decode()
