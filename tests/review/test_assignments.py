import datetime as dt
from typing import Any

import pytest

from accounts.enums import Role
from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.choices import label
from kernel.clock import today
from kernel.files import store_bytes
from kernel.outbox.models import OutboxMail
from kernel.violations import NotAllowed, RuleBroken
from proposals.models import ProposalAccess, TeamMember
from proposals.queries import proposals_visible_to
from registries.models import Author, Publication
from review.actions import assignments, reviewers, reviews
from review.enums import Finding
from review.figures import figures_of
from review.models import Assignment, ConflictDeclaration, Reviewer
from review.rules.means import in_words
from tests.builders.people import give_role, make_institution, make_person, make_user
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_proposal
from tests.builders.review import (
    DUE,
    lock_as_row,
    make_assignment,
    make_review,
    make_reviewer,
    make_scored_call,
    name_on_behalf,
)

pytestmark = pytest.mark.django_db


def codes(broken: pytest.ExceptionInfo[RuleBroken]) -> list[str]:
    return [violation.code for violation in broken.value.violations]


def assign(proposal: Any, reviewer: Any, by: Any, due_on: dt.date = DUE) -> Assignment:
    return assignments.assign_reviewer(proposal=proposal, reviewer=reviewer, by=by, due_on=due_on)


def update(obj: Any, **values: Any) -> Any:
    with writing():
        type(obj).objects.filter(pk=obj.pk).update(**values)
    obj.refresh_from_db()
    return obj


# the pool


def test_review_begins_with_a_closed_call() -> None:
    stage = make_stage()
    call = make_call(stage, state="closed")
    assert reviewers.begin_review(call=call, by=stage.home1).state == "review"


def test_officer_fills_the_pool_of_their_agency() -> None:
    stage, call, _ = make_scored_call(is_locked=False)
    person = make_person(email="r@x.example")
    reviewer = reviewers.add_reviewer(
        call=call,
        agency=stage.partner,
        person=person,
        by=stage.partner1,
        institution_name="Example",
        country_code="US",
        expertise="quantum",
    )
    assert (reviewer.agency, reviewer.person, reviewer.expertise) == (stage.partner, person, "quantum")
    assert AuditEntry.objects.filter(verb="added", subject_id=reviewer.public_id).count() == 1


@pytest.mark.parametrize("who", ["home1", "home2", "partner2", "ministry1"])
def test_nobody_else_fills_it(who: str) -> None:
    stage, call, _ = make_scored_call(is_locked=False)
    with pytest.raises(NotAllowed):
        reviewers.add_reviewer(call=call, agency=stage.partner, person=make_person(), by=getattr(stage, who))


def test_lead_officer_fills_the_pool_of_an_agency_that_does_not_sign_in() -> None:
    stage, call, _ = make_scored_call(is_locked=False, signs_in=False)
    with pytest.raises(RuleBroken) as broken:
        reviewers.add_reviewer(call=call, agency=stage.partner, person=make_person(), by=stage.home1)
    assert codes(broken) == ["letter_missing", "letter_date_missing"]
    reviewer = reviewers.add_reviewer(
        call=call,
        agency=stage.partner,
        person=make_person(),
        by=stage.home1,
        letter=store_bytes(name="names.pdf", content=b"%PDF-names"),
        letter_dated=today(),
    )
    assert (reviewer.agency, reviewer.on_behalf, reviewer.counts) == (stage.partner, True, False)


def test_reviewer_named_on_behalf_is_given_nothing_before_a_second_officer_confirms() -> None:
    stage, call, (proposal, _) = make_scored_call(is_locked=False, signs_in=False)
    one = name_on_behalf(stage, call)
    two = name_on_behalf(stage, call, letter=one.letter)
    with pytest.raises(RuleBroken) as broken:
        assign(proposal, one, stage.home1)
    assert codes(broken) == ["reviewer_not_confirmed"]
    for user in (stage.home1, stage.partner1, stage.ministry1):
        with pytest.raises(NotAllowed):
            reviewers.confirm_reviewers(reviewer=one, by=user)
    # All that rests on one letter is compared with it at once.
    assert reviewers.confirm_reviewers(reviewer=one, by=stage.home2) == [one, two]
    assert assign(proposal, one, stage.home1).state == "assigned"
    with pytest.raises(RuleBroken) as broken:
        reviewers.discard_reviewers(reviewer=two, by=stage.home2)
    assert codes(broken) == ["reviewer_confirmed_already"]


def test_wrongly_recorded_reviewers_leave_the_pool() -> None:
    stage, call, _ = make_scored_call(is_locked=False, signs_in=False)
    reviewers.discard_reviewers(reviewer=name_on_behalf(stage, call), by=stage.home2)
    assert Reviewer.objects.count() == 0
    assert AuditEntry.objects.get(verb="discarded").acting_for == stage.partner.public_id


def test_person_is_in_one_pool_by_whichever_account() -> None:
    stage, call, _ = make_scored_call(is_locked=False)
    person = make_reviewer(call, stage.home).person
    other = make_person(merged_into=person)
    with pytest.raises(RuleBroken) as broken:
        reviewers.add_reviewer(call=call, agency=stage.partner, person=other, by=stage.partner1)
    assert codes(broken) == ["reviewer_in_pool_already"]


def test_person_unknown_so_far_is_made_known_by_their_email() -> None:
    stage, call, _ = make_scored_call(is_locked=False)
    reviewer = reviewers.add_reviewer_by_email(
        call=call,
        agency=stage.home,
        email="New@Univ.example",
        names={"family_romaji": "New", "given_romaji": "Nao"},
        by=stage.home1,
    )
    assert (reviewer.person.email, reviewer.person.family_romaji) == ("new@univ.example", "New")


def test_reviewer_with_proposals_stays_in_the_pool() -> None:
    stage, call, (proposal, _) = make_scored_call(is_locked=False)
    busy, idle = make_reviewer(call, stage.home), make_reviewer(call, stage.home)
    make_assignment(proposal, busy)
    reviewers.remove_reviewer(reviewer=idle, by=stage.home1)
    with pytest.raises(RuleBroken) as broken:
        reviewers.remove_reviewer(reviewer=busy, by=stage.home1)
    assert codes(broken) == ["reviewer_has_assignments"]
    assert list(Reviewer.objects.all()) == [busy]


# assignment


def test_assigned_reviewer_is_written_to_and_reads_nothing_yet() -> None:
    stage, call, (proposal, _) = make_scored_call(is_locked=False)
    reviewer = make_reviewer(call, stage.home)
    assignment = assign(proposal, reviewer, stage.home1)
    assert (assignment.state, assignment.due_on) == ("assigned", DUE)
    assert not proposals_visible_to(reviewer.person.user).exists()
    mail = OutboxMail.objects.get()
    assert mail.recipient == reviewer.person.email
    assert proposal.title_ja not in mail.body


def test_agency_does_not_assign_the_others_reviewers() -> None:
    stage, call, (proposal, _) = make_scored_call(is_locked=False)
    with pytest.raises(NotAllowed):
        assign(proposal, make_reviewer(call, stage.home), stage.partner1)


def test_officer_in_conflict_assigns_nobody() -> None:
    stage, call, (proposal, _) = make_scored_call(is_locked=False)
    with writing():
        ProposalAccess.objects.create(
            proposal=proposal, person=stage.home1.person, kind="excluded", source="x"
        )
    with pytest.raises(NotAllowed):
        assign(proposal, make_reviewer(call, stage.home), stage.home1)


def refused(proposal: Any, reviewer: Any, by: Any) -> str:
    with pytest.raises(RuleBroken) as broken:
        assign(proposal, reviewer, by)
    (violation,) = broken.value.violations
    assert violation.code == "reviewer_in_conflict"
    return str(violation.params["reasons"])


def test_member_of_the_team_does_not_review_it_by_a_second_account() -> None:
    stage, call, (proposal, _) = make_scored_call(is_locked=False)
    second = make_user()
    update(second.person, merged_into=proposal.pi)
    assert refused(proposal, make_reviewer(call, stage.home, second), stage.home1) == label(
        Finding.TEAM_MEMBER
    )


def test_same_institution_by_ror() -> None:
    stage, call, (proposal, other) = make_scored_call(is_locked=False)
    update(proposal.institution, ror_id="057zh3y96")
    reviewer = make_reviewer(call, stage.home, institution_ror_id="057zh3y96")
    refused(proposal, reviewer, stage.home1)
    assert assign(other, reviewer, stage.home1).state == "assigned"


def test_same_institution_by_membership() -> None:
    stage, call, (proposal, _) = make_scored_call(is_locked=False)
    institution = make_institution(ror_id="057zh3y96")
    update(proposal.institution, ror_id=None)
    member = proposal.team.get(role="partner_pi")
    update(member, institution_ror_id="057zh3y96")
    user = give_role(make_user(), institution, Role.RESEARCHER)
    refused(proposal, make_reviewer(call, stage.home, user), stage.home1)


def test_same_email_domain() -> None:
    stage, call, (proposal, _) = make_scored_call(is_locked=False)
    update(proposal.team.get(role="partner_pi").person, email="partner@cs.state.edu")
    reviewer = make_reviewer(call, stage.home)
    update(reviewer.person, email="someone@state.edu")
    refused(proposal, reviewer, stage.home1)


@pytest.mark.parametrize(("year", "is_refused"), [(2026, True), (2010, False)])
def test_joint_paper_of_the_last_years(year: int, is_refused: bool) -> None:
    stage, call, (proposal, _) = make_scored_call(is_locked=False)
    reviewer = make_reviewer(call, stage.home)
    update(proposal.pi, orcid="0000-0002-1825-0097")
    update(reviewer.person, orcid="0000-0001-5109-3700")
    with writing():
        paper = Publication.objects.create(source="crossref", source_key="a", title="Joint", year=year)
        for position, orcid in enumerate(("0000-0002-1825-0097", "0000-0001-5109-3700"), 1):
            Author.objects.create(publication=paper, position=position, orcid=orcid)
    if is_refused:
        refused(proposal, reviewer, stage.home1)
    else:
        assert assign(proposal, reviewer, stage.home1).state == "assigned"


def test_declared_conflict_is_not_assigned_around() -> None:
    stage, call, (proposal, _) = make_scored_call(is_locked=False)
    reviewer = make_reviewer(call, stage.home)
    with writing():
        ProposalAccess.objects.create(proposal=proposal, person=reviewer.person, kind="excluded", source="x")
    refused(proposal, reviewer, stage.home1)


def test_what_cannot_be_assigned() -> None:
    stage, call, (proposal, other) = make_scored_call(is_locked=False)
    reviewer = make_reviewer(call, stage.home)
    assign(proposal, reviewer, stage.home1)
    with pytest.raises(RuleBroken) as broken:
        assign(proposal, reviewer, stage.home1, dt.date(2020, 1, 1))
    assert codes(broken) == ["assigned_already", "due_in_the_past"]
    elsewhere = make_reviewer(make_call(stage, state="review"), stage.home)
    with pytest.raises(RuleBroken) as broken:
        assign(proposal, elsewhere, stage.home1)
    assert codes(broken) == ["reviewer_of_other_call"]
    lock_as_row(call, stage.home, stage.home1)
    with pytest.raises(RuleBroken) as broken:
        assign(other, reviewer, stage.home1)
    assert codes(broken) == ["scores_locked"]
    with pytest.raises(RuleBroken) as broken:
        assign(make_proposal(call, state="locked"), reviewer, stage.home1)
    assert codes(broken) == ["proposal_not_under_review", "scores_locked"]


def test_withdrawn_reviewer_reads_no_more() -> None:
    stage, call, (proposal, _) = make_scored_call(is_locked=False)
    assignment = make_assignment(proposal, make_reviewer(call, stage.home))
    assert proposals_visible_to(assignment.reviewer.person.user).exists()
    assignments.withdraw_assignment(assignment=assignment, by=stage.home1, reason="ill")
    assert Assignment.objects.get().state == "withdrawn"
    assert not proposals_visible_to(assignment.reviewer.person.user).exists()


@pytest.mark.parametrize(
    ("state", "told", "given"), [("waiting", 0, "cancelled"), ("held", 0, "cancelled"), ("sent", 1, "sent")]
)
def test_withdrawn_reviewer_is_told_unless_they_never_knew(state: str, told: int, given: str) -> None:
    stage, call, (proposal, _) = make_scored_call(is_locked=False)
    assignment = assign(proposal, make_reviewer(call, stage.home), stage.home1)
    with writing():
        OutboxMail.objects.filter(key=f"review_assigned:{assignment.public_id}").update(state=state)
    assignments.withdraw_assignment(assignment=assignment, by=stage.home1)
    assert OutboxMail.objects.filter(template="review_taken_back").count() == told
    assert OutboxMail.objects.get(key=f"review_assigned:{assignment.public_id}").state == given


# declarations


def test_declaring_no_conflict_opens_the_proposal() -> None:
    stage, call, (proposal, _) = make_scored_call(is_locked=False)
    assignment = make_assignment(proposal, make_reviewer(call, stage.home), state="assigned")
    user = assignment.reviewer.person.user
    assert list(proposals_visible_to(user)) == []
    assignments.declare_no_conflict(assignment=assignment, by=user)
    assert list(proposals_visible_to(user)) == [proposal]
    assert list(ConflictDeclaration.objects.values_list("kind", flat=True)) == ["none"]


def test_nobody_declares_for_the_reviewer() -> None:
    stage, call, (proposal, _) = make_scored_call(is_locked=False)
    assignment = make_assignment(proposal, make_reviewer(call, stage.home), state="assigned")
    for user in (stage.home1, make_user()):
        with pytest.raises(NotAllowed):
            assignments.declare_no_conflict(assignment=assignment, by=user)
        with pytest.raises(NotAllowed):
            assignments.declare_conflict(assignment=assignment, by=user, kind="kin")


def test_conflict_found_late() -> None:
    """cases.md, 16: 5, 5, 2; the third declares a conflict."""
    stage, _call, (proposal, _) = make_scored_call(is_locked=True)
    for value in (5, 5):
        make_review(proposal, stage.home, (value,) * 5)
    late = make_review(proposal, stage.home, (2,) * 5)
    key = (proposal.pk, stage.home.pk)
    assert (in_words(figures_of([proposal])[key].mean), figures_of([proposal])[key].n) == ("4.00", 3)
    user = late.reviewer.person.user
    assignments.declare_conflict(assignment=late, by=user, kind="coauthor", words="Found late")
    assert (in_words(figures_of([proposal])[key].mean), figures_of([proposal])[key].n) == ("5.00", 2)
    assert not proposals_visible_to(user).exists()
    entry = AuditEntry.objects.get(verb="declare_conflict")
    assert set(entry.private["scores"].values()) == {2}


def test_conflict_holds_for_every_account_of_the_person() -> None:
    stage, call, (proposal, _) = make_scored_call(is_locked=False)
    assignment = make_assignment(proposal, make_reviewer(call, stage.home), state="assigned")
    second = make_user()
    update(second.person, merged_into=assignment.reviewer.person)
    assignments.declare_conflict(
        assignment=assignment, by=assignment.reviewer.person.user, kind="kin", words=""
    )
    assert ProposalAccess.objects.filter(person=second.person, kind="excluded").count() == 1


def test_conflict_has_a_kind_and_other_has_words() -> None:
    stage, call, (proposal, _) = make_scored_call(is_locked=False)
    assignment = make_assignment(proposal, make_reviewer(call, stage.home), state="assigned")
    user = assignment.reviewer.person.user
    for kind, expected in (("none", "conflict_kind_missing"), ("other", "conflict_words_missing")):
        with pytest.raises(RuleBroken) as broken:
            assignments.declare_conflict(assignment=assignment, by=user, kind=kind, words=" ")
        assert codes(broken) == [expected]


# reviews


def written(assignment: Assignment, **values: Any) -> Assignment:
    criteria = assignment.proposal.form_version.criteria.all()
    return reviews.save_review(
        **{
            "assignment": assignment,
            "by": assignment.reviewer.person.user,
            "revision": assignment.revision,
            "scores": {criterion.pk: 4 for criterion in criteria},
            "comment_to_applicant": "良い",
            "confidence": "medium",
            **values,
        }
    )


def an_open_review() -> tuple[Any, Assignment]:
    stage, call, (proposal, _) = make_scored_call(is_locked=False)
    return stage, make_assignment(proposal, make_reviewer(call, stage.home))


def test_saving_is_not_submitting() -> None:
    _, assignment = an_open_review()
    saved = written(assignment)
    assert (saved.state, saved.revision, saved.scores.count()) == ("in_progress", 1, 5)
    assert figures_of([saved.proposal]) == {}


def test_older_page_overwrites_nothing() -> None:
    _, assignment = an_open_review()
    written(assignment)
    with pytest.raises(RuleBroken) as broken:
        written(assignment, comment_to_applicant="older", revision=0)
    assert codes(broken) == ["review_changed_elsewhere"]
    assignment.refresh_from_db()
    assert assignment.comment_to_applicant == "良い"


def test_review_is_submitted_once_every_criterion_has_an_answer() -> None:
    stage, assignment = an_open_review()
    user = assignment.reviewer.person.user
    first, *others = [c.pk for c in assignment.proposal.form_version.criteria.all()]
    saved = written(assignment, scores=dict.fromkeys(others, 4), confidence="")
    with pytest.raises(RuleBroken) as broken:
        reviews.submit_review(assignment=saved, by=user)
    assert codes(broken) == ["score_missing", "confidence_missing"]
    saved = written(saved, scores={first: None, **dict.fromkeys(others, 4)})
    done = reviews.submit_review(assignment=saved, by=user)
    assert done.state == "submitted"
    assert done.submitted_at is not None
    with pytest.raises(RuleBroken) as broken:
        written(done)
    assert codes(broken) == ["review_not_open"]
    figure = figures_of([done.proposal])[done.proposal_id, stage.home.pk]
    assert (figure.mean, figure.n) == (4, 1)


def test_nothing_is_written_after_the_agency_has_locked() -> None:
    stage, assignment = an_open_review()
    saved = written(assignment)
    lock_as_row(assignment.proposal.call, stage.home, stage.home1)
    user = assignment.reviewer.person.user
    for act in (lambda: written(saved), lambda: reviews.submit_review(assignment=saved, by=user)):
        with pytest.raises(RuleBroken) as broken:
            act()
        assert codes(broken) == ["scores_locked"]


def test_nobody_writes_anothers_review() -> None:
    stage, assignment = an_open_review()
    for user in (stage.home1, make_user()):
        with pytest.raises(NotAllowed):
            written(assignment, by=user)


def test_review_of_a_team_member_found_later_counts_no_more() -> None:
    stage, _call, (proposal, _) = make_scored_call()
    review = make_review(proposal, stage.home, (1,) * 5)
    with writing():
        ProposalAccess.objects.create(
            proposal=proposal, person=review.reviewer.person, kind="excluded", source="officer"
        )
        TeamMember.objects.filter(proposal=proposal, role="partner_pi").delete()
    assert figures_of([proposal]) == {}
