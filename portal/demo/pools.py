"""The pools of the demo: profiles, invitations in every state, and a conflict of interest to be judged."""

from typing import Any

from kernel.actions import writing
from kernel.documents.uploads import read_table
from kernel.files.store import store_bytes
from portal.demo.people import Cast
from program.models import Call
from proposals.models import Proposal, UnwantedReviewer
from review.actions.conflicts import judge_finding
from review.actions.invitation_answers import decline_invitation
from review.actions.invitations import invite_reviewer
from review.actions.matching import set_wish
from review.actions.pools import change_reviewer, import_pool
from review.actions.reviewers import add_reviewer_by_email
from review.enums import Finding, Verdict, WishKind
from review.findings import evidence_in
from review.invited import ByReviewLink
from review.models import Reviewer
from review.pool_table import compare
from review.profiles import profile_of, with_profile

KEYWORDS = (
    ["量子計算", "quantum error correction", "superconducting qubits"],
    ["光子学", "photonics", "integrated optics"],
    ["量子センシング", "diamond NV centers", "magnetometry"],
    ["半導体", "power devices", "wide bandgap"],
)
GENDERS = ("female", "male", "not_stated", "male", "female")


def describe(reviewer: Reviewer, number: int, by: Any) -> None:
    """A profile for somebody of a pool, different from one to the next."""
    found = with_profile(Reviewer.objects).get(pk=reviewer.pk)
    values = profile_of(found) | {
        "keywords": KEYWORDS[number % len(KEYWORDS)],
        "languages": ["ja", "en"] if reviewer.country_code == "JP" else ["en"],
        "gender": GENDERS[number % len(GENDERS)],
        "max_load": 8 + number % 3,
        "absences": [["2026-12-28", "2027-01-04"]] if number % 2 else [],
    }
    change_reviewer(reviewer=reviewer, by=by, values=values)


def fill_pool(cast: Cast, call: Call, proposals: list[Proposal]) -> None:
    """Somebody not asked yet, somebody asked, somebody who has declined; and one by whom a team asks not to be reviewed."""
    by = cast.users["home1"]
    people = (
        ("Robin", "Vale", "robin.vale@reviewers.example", "Example Institute of Technology", "CA"),
        ("Noor", "Marsh", "noor.marsh@reviewers.example", "Sample University", "NL"),
        ("Ines", "Grove", "ines.grove@reviewers.example", "Model College", "FR"),
    )
    made = []
    for number, (given, family, email, institution, country) in enumerate(people):
        reviewer = add_reviewer_by_email(
            call=call,
            agency=cast["JST"],
            email=email,
            by=by,
            names={"family_romaji": family, "given_romaji": given},
            institution_name=institution,
            country_code=country,
            expertise="quantum technology",
        )
        describe(reviewer, number, by)
        made.append(reviewer)
    invite_reviewer(reviewer=made[1], by=by, language="en")
    declined = invite_reviewer(reviewer=made[2], by=by, language="en")
    decline_invitation(
        invitation=declined,
        by=ByReviewLink(declined),
        reason="I am on leave until spring.",
        suggestion="Kim Brook, Example Laboratory, kim.brook@reviewers.example",
    )
    with writing():
        UnwantedReviewer.objects.create(
            proposal=proposals[0],
            name="Robin Vale",
            institution_name="Example Institute of Technology",
            reason="現在、同じ装置の開発で競合しているため（実演用の架空の理由）。",
        )
    _judge(proposals[0], made[0], by)
    set_wish(proposal=proposals[1], reviewer=made[0], kind=WishKind.FORBID, by=by)
    _take_in(cast, call, by)


def _judge(proposal: Proposal, reviewer: Reviewer, by: Any) -> None:
    """An officer upholds that somebody is not to review a proposal."""
    found = evidence_in([proposal], [reviewer]).get((proposal.pk, reviewer.pk), [])
    seen = [one.key for one in found if one.finding == Finding.UNWANTED]
    if seen:
        judge_finding(
            proposal=proposal,
            reviewer=reviewer,
            finding=Finding.UNWANTED,
            verdict=Verdict.UPHELD,
            reason="申出の内容を確認し、評価者から除くこととした（実演用の架空の理由）。",
            seen=seen,
            by=by,
        )


def _take_in(cast: Cast, call: Call, by: Any) -> None:
    """A table with one more reviewer."""
    content = (
        b"email,family_romaji,given_romaji,institution_name,country_code,expertise,languages\n"
        b"lee.harbor@reviewers.example,Harbor,Lee,Example Polytechnic,AU,photonics,en\n"
    )
    found = compare(call=call, agency=cast["JST"], table=read_table(content, max_rows=10), by=by)
    stored = store_bytes(name="reviewers.csv", content=content, by=by)
    import_pool(call=call, agency=cast["JST"], stored=stored, found=found, by=by)
