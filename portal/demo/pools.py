"""The pools of the demo: profiles, invitations in every state, and a conflict of interest to be judged."""

from typing import Any

from kernel.actions import writing
from portal.demo.people import Cast
from program.models import Call
from proposals.models import Proposal, UnwantedReviewer
from review.actions.invitation_answers import decline_invitation
from review.actions.invitations import invite_reviewer
from review.actions.pools import change_reviewer
from review.actions.reviewers import add_reviewer_by_email
from review.invited import ByReviewLink
from review.models import Reviewer
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
        "max_load": 6 + number % 3,
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
