"""The demo's plans of review: the decided call as it was discussed, the call under review as it stands."""

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile

from kernel import clock
from portal.demo.people import Cast
from portal.demo.programme import jst
from program.models import Call
from review.actions import assignments, discussion, extra_time, offline, plans, reviews
from review.actions.invitation_answers import agree_to_confidentiality
from review.confidentiality import VERSION
from review.enums import AssignmentState
from review.models import Assignment
from review.offline import workbook_of
from review.rules.phases import Dates

SAID = (
    "派遣計画は具体的だが、受入れ側の指導体制をもう少し確かめたい。",
    "The division of work between the two laboratories is convincing; the third year is thin.",
)


def plan_first_call(cast: Cast, call: Call) -> None:
    """Both agencies' plans, set as the review begins."""
    dates = Dates(
        others_from=dt.date(2024, 8, 10),
        closes_on=dt.date(2024, 8, 25),
        discussion_from=dt.date(2024, 8, 26),
        frozen_from=dt.date(2024, 9, 2),
    )
    for agency, key in (("JST", "home1"), ("NSF", "partner1")):
        plans.set_plan(
            call=call,
            agency=cast[agency],
            by=cast.users[key],
            dates=dates,
            may_amend=True,
            reminder_days="14, 7, 1",
        )


def discuss_first_call(cast: Cast, call: Call) -> None:
    """What two reviewers and an officer said of one proposal, once both agencies had locked."""
    done = Assignment.objects.filter(proposal__call=call, state=AssignmentState.SUBMITTED).order_by("pk")
    first = done.first()
    if first is None:
        return
    for review, text in zip(done.filter(proposal=first.proposal)[:2], SAID, strict=False):
        discussion.say_as_reviewer(assignment=review, by=review.reviewer.person.user, text=text)
    discussion.say_as_officer(
        proposal=first.proposal,
        agency=cast["JST"],
        by=cast.users["home1"],
        text="両機関の評点の差は三年目の計画の読み方によるものと整理します。",
    )
    reviews.amend_review(
        assignment=first,
        by=first.reviewer.person.user,
        revision=first.revision,
        scores=dict(first.scores.values_list("criterion", "value")),
        comment_to_applicant=first.comment_to_applicant,
        comment_to_agency=f"{first.comment_to_agency}（討議を踏まえ、三年目の計画を面接で確認したい。）",
        confidence=first.confidence,
        reason="討議を踏まえて、機関への所見を補った。",
    )


def plan_second_call(cast: Cast, call: Call) -> None:
    """Reviews are still written: others' can be read, and one reviewer has more time."""
    plans.set_plan(
        call=call,
        agency=cast["JST"],
        by=cast.users["home1"],
        dates=Dates(
            others_from=dt.date(2026, 10, 21),
            closes_on=dt.date(2026, 12, 25),
            discussion_from=dt.date(2027, 1, 12),
            frozen_from=dt.date(2027, 1, 25),
        ),
        may_amend=True,
        reminder_days="14, 7, 1",
    )
    unfinished = Assignment.objects.filter(
        proposal__call=call, reviewer__agency=cast["JST"], state=AssignmentState.ASSIGNED
    )
    begun, late = unfinished.order_by("pk").first(), unfinished.order_by("pk").last()
    if begun is not None and begun != late:
        _write_offline(begun)
    if late is not None:
        with clock.set_to(jst(2026, 11, 20)):
            extra_time.extend_review(
                assignment=late,
                by=cast.users["home1"],
                until=dt.date(2027, 1, 8),
                reason="国際会議への出席のため（実演用の架空の理由）",
            )


def _write_offline(assignment: Assignment) -> None:
    """A review that was begun in the portal and goes on in a workbook, which is sent in and not taken over yet."""
    user = assignment.reviewer.person.user
    agree_to_confidentiality(reviewer=assignment.reviewer, by=user, version=VERSION)
    assignments.declare_no_conflict(assignment=assignment, by=user)
    assignment.refresh_from_db()
    first = assignment.proposal.form_version.criteria.first()
    assert first is not None
    reviews.save_review(
        assignment=assignment,
        by=user,
        revision=assignment.revision,
        scores={first.pk: 4},
        comment_to_applicant="研究計画は明確である。相手国側との分担をさらに具体的に示されたい。",
        comment_to_agency="",
        confidence="medium",
    )
    assignment.refresh_from_db()
    upload = SimpleUploadedFile("reviews.xlsx", workbook_of([assignment]))
    offline.receive_offline(upload=upload, by=user)
