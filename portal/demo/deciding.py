"""The demo's reviews and decisions: each person does their part, at their time."""

import datetime as dt
from typing import Any

from kernel import clock
from kernel.clock import today
from kernel.files.store import store_bytes
from portal.demo.applying import blank_pdf, write_and_submit
from portal.demo.panel import hold_panel
from portal.demo.people import Cast
from portal.demo.phases import discuss_first_call, plan_first_call, plan_second_call
from portal.demo.pools import describe, fill_pool
from portal.demo.programme import jst
from portal.demo.settling import settle
from program.models import Call
from program.permissions import checklist_of
from proposals.actions import corrections, eligibility, submission
from proposals.models import Proposal
from review.actions import assignments, decisions, reviewers, reviews, scenarios
from review.actions.invitation_answers import agree_to_confidentiality
from review.actions.matching import request_run
from review.confidentiality import VERSION
from review.models import Assignment, Reviewer
from review.rules.matching.settings import Settings


def _points(index: int) -> dict[str, tuple[str, str]]:
    """What an agency says of another one's award."""
    points = {"sufficiency": ("yes", ""), "standing": ("yes", "")}
    if index % 4 == 2:
        points["fair_share"] = ("no", "日本側の負担が相手国側の二倍を超える年度がある。")
    return points


def judge(
    cast: Cast, proposals: list[Proposal], agencies: dict[str, str], *, refused: set[int]
) -> list[Proposal]:
    """Both agencies confirm the awards and judge eligibility; returns the eligible proposals.

    `agencies` says, for each agency's short name, the key of the user who answers for it: the lead agency's officer for
    one that does not sign in, whose letter is then on file and confirmed by a second officer.
    """
    eligible = []
    for index, proposal in enumerate(proposals):
        for award in proposal.awards.all():
            name = award.agency.short_name
            answer = eligibility.confirm_award(
                award=award,
                by=cast.users[agencies[name]],
                verdict="yes",
                reason="Award on file",
                points={"sufficiency": ("yes", ""), "standing": ("yes", "")},
                **_letter(cast, name, agencies),
            )
            _confirm(cast, answer, name, agencies)
        for name, key in agencies.items():
            is_refused = index in refused and name == "JST"
            verdict = eligibility.judge_eligibility(
                proposal=proposal,
                agency=cast[name],
                by=cast.users[key],
                verdict="no" if is_refused else "yes",
                reasons="相手国研究費の期間が課題の期間に満たない。" if is_refused else "",
                checks=_checks(proposal, cast[name], is_refused=is_refused),
                points={award.public_id: _points(index) for award in proposal.awards.all()},
                **_letter(cast, name, agencies),
            )
            _confirm(cast, verdict, name, agencies)
        if index not in refused:
            eligible.append(proposal)
    return eligible


def _is_silent(name: str, agencies: dict[str, str]) -> bool:
    return name != "JST" and agencies[name] == agencies["JST"]


def _checks(proposal: Proposal, agency: Any, *, is_refused: bool) -> dict[str, tuple[str, str]]:
    """The agency's checklist, answered; one who refuses says so at the item on the terms."""
    return {
        item["key"]: ("no", "") if is_refused and "期間が、" in item["ja"] else ("yes", "")
        for item in checklist_of(proposal.call, agency)
    }


def _letter(cast: Cast, name: str, agencies: dict[str, str]) -> dict[str, Any]:
    """What an answer on behalf needs beside the answer: the agency's letter and its date."""
    if not _is_silent(name, agencies):
        return {}
    letter = store_bytes(name=f"{name}からの回答文書.pdf", content=blank_pdf(), by=cast.users["home1"])
    return {"letter": letter, "letter_dated": today() - dt.timedelta(days=3)}


def _confirm(cast: Cast, answer: Any, name: str, agencies: dict[str, str]) -> None:
    if _is_silent(name, agencies):
        eligibility.confirm_on_behalf(answer=answer, by=cast.users["home2"])


def review_all(
    cast: Cast,
    call: Call,
    proposals: list[Proposal],
    *,
    agencies: dict[str, str],
    due: dt.date,
    unfinished: int = 0,
) -> list[Assignment]:
    """Two reviewers of each agency for each proposal; the last `unfinished` assignments stay open."""
    pool: dict[str, list[Reviewer]] = {}
    partner = next(name for name in agencies if name != "JST")
    for user, agency, institution, country in cast.reviewers:
        side = agency if agency in agencies else partner
        reviewer = reviewers.add_reviewer(
            call=call,
            agency=cast[side],
            person=user.person,
            by=cast.users[agencies[side]],
            institution_name=institution,
            country_code=country,
            expertise="quantum, photonics",
            **_letter(cast, side, agencies),
        )
        describe(reviewer, len(pool.get(side, [])), cast.users[agencies[side]])
        pool.setdefault(side, []).append(reviewer)
    for side, members in pool.items():
        for member in members if _is_silent(side, agencies) else ():
            member.refresh_from_db()
            if not member.counts:
                reviewers.confirm_reviewers(reviewer=member, by=cast.users["home2"])
    given = []
    for index, proposal in enumerate(proposals):
        for side, members in pool.items():
            for turn in range(2):
                given.append(
                    assignments.assign_reviewer(
                        proposal=proposal,
                        reviewer=members[(index + turn) % len(members)],
                        by=cast.users[agencies[side]],
                        due_on=due,
                    )
                )
    for number, assignment in enumerate(given[: len(given) - unfinished]):
        _review(assignment, number)
    return given


def _review(assignment: Assignment, number: int) -> None:
    user = assignment.reviewer.person.user
    if number % 17 == 5:
        assignments.declare_conflict(
            assignment=assignment,
            by=user,
            kind="coauthor",
            words="三年前に共著論文がある（実演用の架空の申告）。",
        )
        return
    agree_to_confidentiality(reviewer=assignment.reviewer, by=user, version=VERSION)
    assignments.declare_no_conflict(assignment=assignment, by=user)
    assignment.refresh_from_db()
    criteria = list(assignment.proposal.form_version.criteria.all())
    quality = 5 - (assignment.proposal_id % 4)
    scores: dict[int, int | None] = {
        criterion.pk: max(1, min(5, quality - (number + place) % 2))
        for place, criterion in enumerate(criteria)
    }
    if number % 11 == 3:
        scores[criteria[-1].pk] = None
    reviews.save_review(
        assignment=assignment,
        by=user,
        revision=assignment.revision,
        scores=scores,
        confidence=("high", "medium", "high", "low")[number % 4],
        comment_to_applicant="派遣計画が具体的で、相手国研究室との分担も明確である。",
        comment_to_agency="予算の内訳について面接で確認するとよい。",
    )
    assignment.refresh_from_db()
    reviews.submit_review(assignment=assignment, by=user)


def decide_first_call(cast: Cast, call: Call) -> list[Proposal]:
    """The call of 2024, from writing to adoption; returns its proposals."""
    proposals = write_and_submit(
        cast, call, count=14, partner_agency="NSF", first=jst(2024, 6, 10), drafts=(13,)
    )
    with clock.set_to(jst(2024, 6, 20)):
        submission.withdraw_proposal(
            proposal=proposals[12],
            by=cast.applicants[12 % len(cast.applicants)][0],
            reason="相手国側の事情による",
        )
    with clock.set_to(jst(2024, 6, 28, 17, 1)):
        submission.lock_overdue_calls()
    agencies = {"JST": "home1", "NSF": "partner1"}
    with clock.set_to(jst(2024, 7, 3)):
        eligible = judge(cast, proposals[:12], agencies, refused={11})
        reviewers.begin_review(call=call, by=cast.users["home1"])
    with clock.set_to(jst(2024, 7, 10)):
        plan_first_call(cast, call)
        review_all(cast, call, eligible, agencies=agencies, due=dt.date(2024, 8, 20))
    with clock.set_to(jst(2024, 8, 26)):
        for agency, key in agencies.items():
            decisions.lock_scores(call=call, agency=cast[agency], by=cast.users[key])
        discuss_first_call(cast, call)
    with clock.set_to(jst(2024, 8, 28)):
        _plan(cast, call)
    ranked = sorted(eligible, key=lambda proposal: (proposal.pk % 4, proposal.pk))
    with clock.set_to(jst(2024, 8, 30, 17, 30)):
        hold_panel(cast, call, ranked)
    settle(cast, call, ranked)
    return proposals


def _plan(cast: Cast, call: Call) -> None:
    """Two scenarios to be compared: a funding line, and the best choice that fits a smaller budget."""
    agency, by = cast["JST"], cast.users["home1"]
    line: dict[str, Any] = {"call": call, "agency": agency, "by": by}
    scenarios.make_scenario(**line, title="採択ライン5件", kind="line", settings={"count": 5})
    years = range(call.first_year, call.first_year + 5)
    budget = {agency.public_id: {str(year): 350_000_000 for year in years}}
    scenarios.make_scenario(**line, title="年3億5千万円の場合", kind="best", settings={"purses": budget})


def review_second_call(cast: Cast, call: Call) -> None:
    """The call of 2026 with an agency that never signs in: reviewed, with some reviews still open."""
    proposals = write_and_submit(cast, call, count=10, partner_agency="UKRI", first=jst(2026, 9, 7))
    with clock.set_to(jst(2026, 9, 30, 17, 1)):
        submission.lock_overdue_calls()
    agencies = {"JST": "home1", "UKRI": "home1"}
    with clock.set_to(jst(2026, 10, 2, 11)):
        corrections.return_for_correction(
            proposal=proposals[7],
            agency=cast["JST"],
            by=cast.users["home1"],
            parts=["team"],
            what="研究参加者の所属機関名に誤りがあります。正式名称に修正してください。",
            until=jst(2026, 10, 9, 17),
        )
    with clock.set_to(jst(2026, 10, 6)):
        eligible = judge(cast, proposals[:7], agencies, refused={6})
        reviewers.begin_review(call=call, by=cast.users["home1"])
    with clock.set_to(jst(2026, 10, 20)):
        submission.lock_overdue_calls()  # the correction did not come: what was submitted counts
        review_all(cast, call, eligible, agencies=agencies, due=dt.date(2026, 12, 18), unfinished=5)
        plan_second_call(cast, call)
        fill_pool(cast, call, eligible)
        # What is missing to three reviewers a proposal, to be looked at and accepted.
        wanted = Settings(least={cast[key].public_id: 1 for key in agencies}, load=6)
        request_run(call=call, settings=wanted, due_on=dt.date(2026, 12, 18), by=cast.users["home1"])
