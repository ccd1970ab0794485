"""What stands between reviewers and proposals: found, judged, recorded, declared of oneself."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.violations import NotAllowed, RuleBroken
from proposals.models import ProposalAccess, TeamMember, UnwantedReviewer
from registries.models import Author
from review.actions import assignments
from review.actions.conflicts import declare_of_oneself, judge_finding, record_conflict
from review.enums import Finding
from review.figures import figures_of
from review.findings import evidence_in, findings_between, findings_in
from review.models import Assignment, ConflictDeclaration, FindingVerdict
from review.queries import own_assignments
from tests.builders.people import make_user
from tests.builders.program import make_call
from tests.builders.proposals import make_proposal
from tests.builders.registries import make_publication, make_ror_institution
from tests.builders.review import DUE, make_assignment, make_review, make_reviewer, make_scored_call
from tests.counting import asks

pytestmark = pytest.mark.django_db


def queries(act: Any) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return sum(asks(query["sql"]) for query in captured)


def codes(broken: pytest.ExceptionInfo[RuleBroken]) -> list[str]:
    return [violation.code for violation in broken.value.violations]


def scene(**fields: Any) -> tuple[Any, Any, Any, Any]:
    """(stage, call, proposal, reviewer): an eligible proposal and a reviewer of the home agency."""
    stage, call, proposals = make_scored_call(proposals=1, is_locked=False)
    return stage, call, proposals[0], make_reviewer(call, stage.home, **fields)


def update(obj: Any, **values: Any) -> None:
    with writing():
        type(obj).objects.filter(pk=obj.pk).update(**values)
    obj.refresh_from_db()


def kinds(proposal: Any, reviewer: Any) -> list[Finding]:
    return findings_between(proposal, [reviewer])[reviewer.pk]


def relate(child: Any, parent: Any, kind: str = "parent") -> None:
    update(child, relationships=[{"kind": kind, "ror_id": parent.ror_id, "name": parent.name_en}])


def seat(proposal: Any, institution: Any) -> None:
    member = proposal.team.order_by("pk").last()
    update(member, institution_ror_id=institution.ror_id)


@pytest.mark.parametrize("way", ["same", "below", "above", "two below", "related", "sibling"])
def test_an_institution_and_its_parts_are_one_house(way: str) -> None:
    _stage, _call, proposal, reviewer = scene()
    school = make_ror_institution(kinds=["education"])
    part, lab, other = (make_ror_institution(kinds=["facility"]) for _ in range(3))
    relate(part, school)
    relate(lab, part)
    relate(other, school)
    own, theirs = {
        "same": (school, school),
        "below": (part, school),
        "above": (school, part),
        "two below": (lab, school),
        "related": (make_ror_institution(), school),
        "sibling": (part, other),
    }[way]
    if way == "related":
        relate(own, theirs, "related")
    seat(proposal, theirs)
    update(reviewer, institution_ror_id=own.ror_id)
    assert kinds(proposal, reviewer) == [Finding.SAME_INSTITUTION]


def test_institutes_side_by_side_under_a_society_are_not_one_house() -> None:
    _stage, _call, proposal, reviewer = scene()
    society = make_ror_institution(kinds=["nonprofit"])
    one, other = make_ror_institution(), make_ror_institution()
    relate(one, society)
    relate(other, society)
    seat(proposal, one)
    update(reviewer, institution_ror_id=other.ror_id)
    assert kinds(proposal, reviewer) == []


def test_institutions_that_name_each_other_as_parents_end_the_search() -> None:
    _stage, _call, proposal, reviewer = scene()
    one, other, third = (make_ror_institution() for _ in range(3))
    relate(one, other)
    relate(other, one)
    seat(proposal, third)
    update(reviewer, institution_ror_id=one.ror_id)
    assert kinds(proposal, reviewer) == []


def joint_paper(orcid: str, other: str, year: int) -> Any:
    paper = make_publication(("Univ", "JP"), ("Univ", "US"), year=year)
    authors = list(paper.authors.order_by("position"))
    for author, value in zip(authors, (orcid, other), strict=True):
        update(author, orcid=value)
    return paper


def test_a_joint_paper_is_found_by_the_doi_that_the_reviewer_names() -> None:
    _stage, _call, proposal, reviewer = scene()
    update(proposal.pi, orcid="0000-0002-1825-0097")
    paper = joint_paper("0000-0002-1825-0097", "", 2026)
    assert kinds(proposal, reviewer) == []
    update(reviewer, dois=[paper.doi])
    assert kinds(proposal, reviewer) == [Finding.COAUTHOR]
    assert [one.what for one in evidence_in([proposal], [reviewer])[proposal.pk, reviewer.pk]] == [
        (paper.doi,)
    ]


def test_who_applied_together_is_found() -> None:
    stage, _call, proposal, reviewer = scene()
    earlier = make_proposal(make_call(stage, state="closed"), state="submitted", pi=proposal.pi.user)
    with writing():
        TeamMember.objects.create(
            proposal=earlier,
            person=reviewer.person,
            role="co_investigator",
            institution_name="Example",
            country_code="JP",
        )
    assert kinds(proposal, reviewer) == [Finding.CO_APPLICANT]
    update(earlier, state="draft", receipt_number=None)
    assert kinds(proposal, reviewer) == []


def test_an_applicant_of_the_call_reviews_nothing_of_it() -> None:
    stage, call, proposal, reviewer = scene()
    make_proposal(call, state="eligible", pi=reviewer.person.user)
    assert kinds(proposal, reviewer) == [Finding.APPLICANT]
    with pytest.raises(RuleBroken) as broken:
        assignments.assign_reviewer(proposal=proposal, reviewer=reviewer, by=stage.home1, due_on=DUE)
    assert codes(broken) == ["reviewer_in_conflict"]


@pytest.mark.parametrize(
    ("named", "found"),
    [({"name": "MORI, Hana"}, True), ({"name": "森　花"}, True), ({"name": "Mori Ken"}, False)],
)
def test_whom_the_applicants_do_not_want_is_found_by_name(named: dict[str, str], found: bool) -> None:
    user = make_user(family_kanji="森", given_kanji="花", family_romaji="Mori", given_romaji="Hana")
    _stage, _call, proposal, reviewer = scene(user=user)
    with writing():
        UnwantedReviewer.objects.create(proposal=proposal, reason="A rival", **named)
    assert kinds(proposal, reviewer) == ([Finding.UNWANTED] if found else [])


def test_any_number_of_pairs_takes_the_same_queries() -> None:
    stage, call, proposals = make_scored_call(proposals=1, is_locked=False)
    house = make_ror_institution()
    reviewers = [make_reviewer(call, stage.home, institution_ror_id=house.ror_id)]
    one = queries(lambda: findings_in(proposals, reviewers))
    proposals += [make_proposal(call, state="eligible") for _ in range(2)]
    reviewers += [make_reviewer(call, stage.home, institution_ror_id=house.ror_id) for _ in range(2)]
    three = queries(lambda: findings_in(proposals, reviewers))
    assert one == three


# verdicts


def same_house(proposal: Any, reviewer: Any) -> str:
    house = make_ror_institution()
    seat(proposal, house)
    update(reviewer, institution_ror_id=house.ror_id)
    return f"{house.ror_id}:{house.ror_id}"


def judge(
    proposal: Any, reviewer: Any, by: Any, verdict: str, seen: list[str], **more: Any
) -> FindingVerdict:
    values = {"finding": "same_institution", "reason": "Another campus", **more}
    return judge_finding(proposal=proposal, reviewer=reviewer, verdict=verdict, seen=seen, by=by, **values)


def test_what_is_set_aside_with_a_reason_can_be_assigned() -> None:
    stage, _call, proposal, reviewer = scene()
    key = same_house(proposal, reviewer)
    judge(proposal, reviewer, stage.home1, "set_aside", [key])
    assert kinds(proposal, reviewer) == []
    assignments.assign_reviewer(proposal=proposal, reviewer=reviewer, by=stage.home1, due_on=DUE)
    entry = AuditEntry.objects.get(verb="set_aside")
    assert entry.details["finding"] == "same_institution"


def test_what_is_found_after_a_verdict_is_open_again() -> None:
    stage, _call, proposal, reviewer = scene()
    key = same_house(proposal, reviewer)
    judge(proposal, reviewer, stage.home1, "set_aside", [key])
    other = make_ror_institution()
    with writing():
        TeamMember.objects.create(
            proposal=proposal,
            person=make_user().person,
            role="co_investigator",
            institution_name="Example",
            institution_ror_id=other.ror_id,
            country_code="JP",
        )
    relate(other, make_ror_institution(ror_id="0parent01"))
    update(reviewer, institution_ror_id="0parent01")
    assert kinds(proposal, reviewer) == [Finding.SAME_INSTITUTION]


def test_the_last_verdict_holds() -> None:
    stage, _call, proposal, reviewer = scene()
    key = same_house(proposal, reviewer)
    judge(proposal, reviewer, stage.home1, "set_aside", [key])
    judge(proposal, reviewer, stage.home1, "upheld", [key])
    assert Finding.DECLARED in kinds(proposal, reviewer)


def test_what_is_upheld_late_leaves_every_figure_and_stays_in_the_trail() -> None:
    stage, _call, proposals = make_scored_call(proposals=1, is_locked=False)
    proposal = proposals[0]
    make_review(proposal, stage.home, (5, 5, 5, 5, 5))
    late = make_review(proposal, stage.home, (1, 1, 1, 1, 1))
    key = same_house(proposal, late.reviewer)
    assert figures_of(proposals)[proposal.pk, stage.home.pk].n == 2
    judge(proposal, late.reviewer, stage.home1, "upheld", [key], reason="Same department")
    assert figures_of(proposals)[proposal.pk, stage.home.pk].n == 1
    late.refresh_from_db()
    assert late.state == "conflicted"
    declared = ConflictDeclaration.objects.get(person=late.reviewer.person)
    assert (declared.kind, declared.found_by_portal, declared.recorded_by) == ("same_unit", True, stage.home1)
    entry = AuditEntry.objects.get(verb="declare_conflict")
    assert entry.details["before"] == "submitted"


def test_what_was_declared_and_membership_of_the_team_cannot_be_set_aside() -> None:
    stage, _call, proposal, reviewer = scene()
    with writing():
        TeamMember.objects.create(
            proposal=proposal,
            person=reviewer.person,
            role="co_investigator",
            institution_name="Example",
            country_code="JP",
        )
        ProposalAccess.objects.create(
            proposal=proposal, person=reviewer.person, kind="excluded", source="review"
        )
    found = evidence_in([proposal], [reviewer])[proposal.pk, reviewer.pk]
    for kind in (Finding.TEAM_MEMBER, Finding.DECLARED):
        keys = [one.key for one in found if one.finding == kind]
        with pytest.raises(RuleBroken) as broken:
            judge(proposal, reviewer, stage.home1, "set_aside", keys, finding=kind.value)
        assert codes(broken) == ["finding_certain"]
    assert FindingVerdict.objects.count() == 0


def test_a_verdict_needs_a_reason_and_what_it_is_about() -> None:
    stage, _call, proposal, reviewer = scene()
    with pytest.raises(RuleBroken) as broken:
        judge(proposal, reviewer, stage.home1, "set_aside", ["x"])
    assert codes(broken) == ["finding_gone"]
    key = same_house(proposal, reviewer)
    for values, expected in (
        ({"reason": "  "}, "reason_missing"),
        ({"seen": []}, "finding_changed"),
        ({"verdict": "maybe"}, "verdict_missing"),
        ({"reason": "a\x00b"}, "text_has_null"),
    ):
        given = {"verdict": "set_aside", "seen": [key], **values}
        with pytest.raises(RuleBroken) as broken:
            judge(proposal, reviewer, stage.home1, **given)
        assert codes(broken) == [expected]
    assert FindingVerdict.objects.count() == 0


def test_only_an_officer_of_the_reviewers_agency_without_a_conflict_judges() -> None:
    stage, _call, proposal, reviewer = scene()
    key = same_house(proposal, reviewer)
    with writing():
        ProposalAccess.objects.create(
            proposal=proposal, person=stage.home1.person, kind="excluded", source="review"
        )
    for user in (stage.home1, stage.partner1, reviewer.person.user):
        with pytest.raises(NotAllowed):
            judge(proposal, reviewer, user, "set_aside", [key])


def test_kin_of_whom_an_officer_has_learned() -> None:
    stage, _call, proposal, reviewer = scene()
    make_assignment(proposal, reviewer)
    with pytest.raises(RuleBroken) as broken:
        record_conflict(proposal=proposal, reviewer=reviewer, by=stage.home1, kind="kin")
    assert codes(broken) == ["conflict_words_missing"]
    with pytest.raises(RuleBroken) as broken:
        record_conflict(
            proposal=proposal,
            reviewer=reviewer,
            by=stage.home1,
            kind="employment",
            words="As the applicant told us",
            since=dt.date(2026, 4, 1),
            until=dt.date(2025, 3, 31),
        )
    assert codes(broken) == ["conflict_ends_before_start"]
    record_conflict(
        proposal=proposal, reviewer=reviewer, by=stage.home1, kind="kin", words="As the applicant told us"
    )
    assert Assignment.objects.get().state == "conflicted"
    assert not ProposalAccess.objects.filter(person=reviewer.person, kind="reader").exists()


def test_an_officer_declares_of_themselves_and_sees_the_proposal_no_more(client: Client) -> None:
    stage, call, proposal, _reviewer = scene()
    client.force_login(stage.home1)
    url = reverse("review:own_conflict", args=[proposal.public_id])
    assert client.post(url, {"kind": "competitor", "words": "My husband’s company"}).status_code == 302
    assert client.get(url).status_code == 404
    page = client.get(reverse("review:conflicts", args=[call.public_id])).content.decode()
    assert proposal.title_ja not in page
    with pytest.raises(NotAllowed):
        declare_of_oneself(proposal=proposal, by=stage.home1, kind="kin")


# pages


def test_the_page_says_when_nobody_of_the_pool_is_left(client: Client) -> None:
    stage, call, proposal, reviewer = scene()
    client.force_login(stage.home1)
    url = reverse("review:conflicts", args=[call.public_id])
    assert "notice--error" not in client.get(url).content.decode()
    same_house(proposal, reviewer)
    page = client.get(url).content.decode()
    assert "notice--error" in page
    assert "0 / 1" in page


def test_a_proposal_that_nobody_can_review_says_so_where_it_is_assigned(client: Client) -> None:
    stage, call, proposal, reviewer = scene()
    client.force_login(stage.home1)
    url = reverse("review:assign", args=[proposal.public_id])
    assert not client.get(url).context["nobody_is_free"]
    same_house(proposal, reviewer)
    make_reviewer(call, stage.home, state="declined")
    page = client.get(url)
    assert page.context["nobody_is_free"]
    assert reverse("review:finding", args=[proposal.public_id, reviewer.public_id]) in page.content.decode()
    assert client.post(url, {"reviewer": reviewer.public_id, "due_on": "2027-03-31"}).status_code == 200
    assert Assignment.objects.count() == 0


def test_whoever_comes_onto_the_team_counts_no_more_and_reads_no_more() -> None:
    stage, _call, proposals = make_scored_call(proposals=1, is_locked=False)
    review = make_review(proposals[0], stage.home, (5, 5, 5, 5, 5))
    user = review.reviewer.person.user
    assert own_assignments(user).count() == 1
    with writing():
        TeamMember.objects.create(
            proposal=proposals[0],
            person=review.reviewer.person,
            role="co_investigator",
            institution_name="Example",
            country_code="JP",
        )
    assert figures_of(proposals) == {}
    assert own_assignments(user).count() == 0


def test_the_verdict_page_shows_the_evidence_and_records(client: Client) -> None:
    stage, _call, proposal, reviewer = scene()
    update(proposal.pi, orcid="0000-0002-1825-0097")
    paper = joint_paper("0000-0002-1825-0097", "", 2026)
    update(reviewer, dois=[paper.doi])
    client.force_login(stage.home1)
    url = reverse("review:finding", args=[proposal.public_id, reviewer.public_id])
    page = client.get(url)
    assert paper.title in page.content.decode()
    sent = {
        "finding": "coauthor",
        "verdict": "set_aside",
        "reason": "An author list of a thousand names",
        "seen": page.context["form"].initial["seen"],
    }
    assert client.post(url, {**sent, "seen": "{nonsense"}).status_code == 200
    assert client.post(url, sent).status_code == 302
    assert FindingVerdict.objects.get().evidence == [f"0000-0002-1825-0097:{paper.doi}"]
    assert "An author list of a thousand names" in client.get(url).content.decode()


def test_the_list_keeps_its_queries(client: Client) -> None:
    stage, call, proposal, reviewer = scene()
    same_house(proposal, reviewer)
    client.force_login(stage.home1)
    url = reverse("review:conflicts", args=[call.public_id])
    client.get(url)
    one = queries(lambda: client.get(url))
    for _ in range(2):
        other = make_reviewer(call, stage.home)
        same_house(make_proposal(call, state="eligible"), other)
    three = queries(lambda: client.get(url))
    assert one == three


def test_names_of_authors_alone_make_no_conflict() -> None:
    _stage, _call, proposal, reviewer = scene()
    joint_paper("", "", 2026)
    assert Author.objects.filter(orcid="").count() == 2
    assert kinds(proposal, reviewer) == []
