"""Evidence of the partner's standing: entered, signed by both sides, judged by each agency."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from kernel.actions import writing
from kernel.violations import NotAllowed, RuleBroken, sentence
from proposals.actions.content import content_of, digest
from proposals.actions.eligibility import confirm_award, judge_eligibility
from proposals.actions.fair_share import except_from_fair_share
from proposals.actions.putting_back import put_back
from proposals.actions.signing import core_digest, sign_core, signatures_of
from proposals.actions.standing import add_standing, change_standing, remove_standing
from proposals.actions.team import remove_team_member
from proposals.documents import proposal_pdf, sheet_of
from proposals.models import EligibilityVerdict, PartnerAward, Proposal, StandingRecord
from registries.models import Author, Publication
from tests.builders.people import make_user
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_proposal, make_standing

pytestmark = pytest.mark.django_db
PRIZE = {
    "kind": "prize",
    "title": "Example Medal",
    "body": "Example Academy",
    "first_year": 2021,
    "source_url": "https://academy.example/medal",
}


@pytest.fixture
def draft() -> Proposal:
    return make_proposal(make_call(make_stage()))


def partner(proposal: Proposal) -> Any:
    return proposal.team.get(role="partner_pi")


def refused(act: Any) -> list[str]:
    with pytest.raises(RuleBroken) as broken:
        act()
    assert all(sentence(violation) for violation in broken.value.violations)
    return [violation.code for violation in broken.value.violations]


def add(proposal: Proposal, **fields: Any) -> StandingRecord:
    values = {"member": partner(proposal), **PRIZE, **fields}
    return add_standing(proposal=proposal, by=proposal.pi.user, **values)


def make_paper(doi: str, *authors: str) -> Publication:
    with writing():
        paper = Publication.objects.create(
            doi=doi,
            source="crossref",
            source_key=doi,
            title="A paper made up for tests",
            container="Example Journal",
            year=2020,
            author_count=len(authors),
        )
        for position, name in enumerate(authors):
            given, family = name.split()
            Author.objects.create(publication=paper, position=position, family=family, given=given)
    return paper


def test_a_work_is_what_the_registry_says_of_its_doi(draft: Proposal) -> None:
    name = partner(draft).person.name_in("en")
    make_paper("10.1234/own", name)
    make_paper("10.1234/other", "Alex Other")
    work = {"kind": "work", "source_url": ""}
    own = add(draft, **work, doi="https://doi.org/10.1234/OWN")
    assert (own.doi, own.paper) == (
        "10.1234/own",
        {
            "title": "A paper made up for tests",
            "container": "Example Journal",
            "year": 2020,
            "is_retracted": False,
            "is_author": True,
        },
    )
    assert add(draft, **work, doi="10.1234/other").paper["is_author"] is False
    assert add(draft, **work, doi="10.1234/unknown").paper == {}
    with translation.override("en"):
        rows = sheet_of(content_of(draft), "en", draft.created_at)["standing"]["records"]
    assert rows[0]["cells"][2] == "A paper made up for tests (Example Academy)"
    assert [bool(row["doubts"]) for row in rows] == [False, True, True]


def test_it_is_of_the_partner_team_alone_and_a_writer_enters_it(draft: Proposal) -> None:
    own = draft.team.get(role="pi")
    assert refused(lambda: add(draft, member=own)) == ["member_not_of_partner"]
    other = make_proposal(draft.call)
    assert refused(lambda: add(draft, member=partner(other))) == ["member_not_of_partner"]
    with pytest.raises(NotAllowed):
        add_standing(proposal=draft, by=make_user(), member=partner(draft), **PRIZE)
    with writing():
        Proposal.objects.filter(pk=draft.pk).update(state="submitted")
    assert refused(lambda: add(draft)) == ["proposal_not_draft"]


def test_what_is_said_of_a_person_is_signed_by_that_person(draft: Proposal) -> None:
    record = add(draft)
    signatory = make_user()
    with writing():
        member = partner(draft)
        member.person = signatory.person
        member.save()
        StandingRecord.objects.update(person=signatory.person)
    draft.refresh_from_db()
    sign_core(proposal=draft, by=signatory, sha256=core_digest(content_of(draft)))
    assert [one.at is not None for one in signatures_of(draft, content_of(draft))] == [True]
    change_standing(record=record, by=draft.pi.user, member=member, **{**PRIZE, "first_year": 2022})
    assert [one.is_void for one in signatures_of(draft, content_of(draft))] == [True]
    client = Client()
    client.force_login(signatory)
    with translation.override("en"):
        page = client.get(reverse("proposals:sign", args=[draft.public_id])).content.decode()
    assert "Example Medal" in page
    assert "https://academy.example/medal" in page


def test_a_proposal_without_evidence_has_the_digest_that_it_always_had(draft: Proposal) -> None:
    before = digest(content_of(draft))
    record = add(draft)
    assert digest(content_of(draft)) != before
    remove_standing(record=record, by=draft.pi.user)
    assert digest(content_of(draft)) == before


def test_it_is_put_back_as_it_was_submitted(draft: Proposal) -> None:
    make_paper("10.1234/own", "Alex Other")
    kept = add(draft, kind="work", doi="10.1234/own")
    content = content_of(draft)
    change_standing(record=kept, by=draft.pi.user, member=partner(draft), **PRIZE)
    add(draft, title="Later")
    with writing():
        put_back(draft, content)
    assert content_of(draft) == content
    assert list(StandingRecord.objects.values_list("pk", flat=True)) == [kept.pk]


def test_it_goes_with_the_member_and_stale_forms_overwrite_nothing(draft: Proposal) -> None:
    record = add(draft)
    assert refused(
        lambda: change_standing(
            record=record, by=draft.pi.user, member=partner(draft), seen="x", **{**PRIZE, "title": "B"}
        )
    ) == ["stale_version"]
    remove_team_member(member=partner(draft), by=draft.pi.user)
    assert StandingRecord.objects.count() == 0


def test_the_pdf_has_it_with_a_long_address(draft: Proposal) -> None:
    make_standing(draft, source_url="https://academy.example/" + "a-long-part/" * 30)
    make_standing(draft, kind="work", doi="10.1234/own", source_url="")
    pdf = proposal_pdf(content_of(draft), issued_at=draft.created_at)
    assert pdf.startswith(b"%PDF")


def test_a_bad_form_comes_back_with_what_was_typed(draft: Proposal) -> None:
    client = Client()
    client.force_login(draft.pi.user)
    with translation.override("ja"):
        address = reverse("proposals:standing_add", args=[draft.public_id])
    values = {**PRIZE, "member": partner(draft).public_id}
    for changes, field in (
        ({"title": "見本\x00"}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"first_year": "一"}, "first_year"),
        ({"first_year": "99999999999"}, "first_year"),
        ({"source_url": "javascript:alert(1)"}, "source_url"),
        ({"source_url": ""}, "source_url"),
        ({"doi": "not one"}, "doi"),
        ({"member": "nobody"}, "member"),
        ({"kind": "gossip"}, "kind"),
    ):
        response = client.post(address, {**values, **changes})
        assert response.status_code == 200, changes
        assert list(response.context["form"].errors) == [field]
    assert client.post(address, {**values, "first_year": "２０２１"}).status_code == 302
    assert StandingRecord.objects.get().first_year == 2021


# each agency's verdict


@pytest.fixture
def received() -> tuple[Any, PartnerAward]:
    stage = make_stage()
    return stage, make_proposal(make_call(stage), state="locked").awards.get()


def judge(
    stage: Any, award: PartnerAward, verdict: str = "yes", **points: tuple[str, str]
) -> EligibilityVerdict:
    return judge_eligibility(
        proposal=award.proposal,
        agency=stage.home,
        by=stage.home1,
        verdict=verdict,
        points={award.public_id: points},
    )


def test_each_agency_gives_its_own_verdict_on_each_point(received: Any) -> None:
    stage, award = received
    judge(stage, award, standing=("no", "Few works."), sufficiency=("yes", ""))
    confirm_award(award=award, by=stage.partner1, verdict="yes", points={"standing": ("yes", "")})
    client = Client()
    with translation.override("en"):
        office = reverse("proposals:office_proposal", args=[award.proposal.public_id])
    for user, reason in ((stage.home1, "Few works."), (stage.partner1, "")):
        client.force_login(user)
        rows = client.get(office).context["awards"][0]["points"]["rows"]
        assert [[cell["label"] for cell in row["cells"]] for row in rows] == [
            ["yes", "not judged yet"],
            ["no", "yes"],
            ["not judged yet", "not judged yet"],
        ]
        # Another agency reads the reason once all have judged.
        assert rows[1]["cells"][0]["reason"] == reason
        assert rows[1]["cells"][0]["withheld"] is (reason == "")


def test_a_no_needs_its_reason_and_stands_beside_its_field(received: Any) -> None:
    stage, award = received
    with pytest.raises(RuleBroken) as broken:
        judge(stage, award, standing=("no", " "))
    (violation,) = broken.value.violations
    assert (violation.code, violation.field) == (
        "point_reason_missing",
        f"reason_{award.public_id}_standing",
    )


def test_of_its_own_award_an_agency_speaks_with_its_word_on_that(received: Any) -> None:
    stage, award = received
    given = judge_eligibility(
        proposal=award.proposal,
        agency=stage.partner,
        by=stage.partner1,
        verdict="yes",
        points={award.public_id: {"standing": ("yes", "")}, "unknown": {"standing": ("yes", "")}},
    )
    assert given.points == {}


def test_an_exception_rests_on_any_agencys_no_and_falls_when_it_is_said_anew(received: Any) -> None:
    stage, award = received
    unfair = {"fair_share": ("no", "Five to one.")}
    assert refused(lambda: except_from_fair_share(award=award, by=stage.home2, reason="x")) == [
        "exception_not_needed"
    ]
    judge(stage, award, **unfair)
    except_from_fair_share(award=award, by=stage.home2, reason="Equipment is shared.")
    judge(stage, award, **unfair)
    award.refresh_from_db()
    assert (award.share_exception, award.share_exception_by) == ("", None)


def test_the_form_of_a_verdict_asks_for_the_points_and_keeps_them(received: Any) -> None:
    stage, award = received
    client = Client()
    client.force_login(stage.home1)
    with translation.override("en"):
        address = reverse("proposals:eligibility", args=[award.proposal.public_id, stage.home.public_id])
    checks = {name: "yes" for name in client.get(address).context["form"].fields if name.startswith("check_")}
    values = {**checks, "verdict": "yes", f"point_{award.public_id}_standing": "no"}
    bad = client.post(address, values)
    assert list(bad.context["form"].errors) == [f"reason_{award.public_id}_standing"]
    good = {**values, f"reason_{award.public_id}_standing": "Few works."}
    assert client.post(address, good).status_code == 302
    again = client.get(address).context["form"]
    assert again.initial[f"reason_{award.public_id}_standing"] == "Few works."
