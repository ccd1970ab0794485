"""A call under review with the people of two agencies, each in a browser of their own; and what they read again and again."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils import translation

from accounts.models import Organisation, User
from kernel.actions import writing
from kernel.clock import now, today
from kernel.files.store import store_bytes
from program.enums import AgreementModel
from program.models import Call
from proposals.models import Proposal
from proposals.queries import last_submission
from review.models import Assignment, Reviewer
from review.rules.agreement import Agreement, agreement_of
from tests.browser.full_cast import PATIENCE, Hand
from tests.browser.walker import Walker
from tests.builders.people import make_institution, make_user, verify_email
from tests.builders.program import Stage, make_call, make_stage
from tests.builders.proposals import make_pi, make_proposal
from tests.builders.review import make_reviewer
from tests.matrix.world import blank_pdf

HOUSE = "Hidden Example Institute of Reviewers"  # stands on no page of an applicant
PLACES = 2  # so many can be funded: the line runs below the second rank
# The steps that the reviewer of all proposals gives to A, B, C and D; who reads B besides gives 5.
HOME, PARTNER = (5, 4, 3, 2), (5, 3, 4, 2)
LEAD_ALONE = (5, 4, 4, 2)


@dataclass
class Judge:
    """Somebody of an agency's pool in their browser."""

    reviewer: Reviewer
    hand: Hand
    has_agreed: bool = False

    @property
    def person(self) -> Any:
        return self.reviewer.person

    def name_for(self, reader: Hand) -> str:
        """As it stands on a page in the reader's language."""
        return str(self.person.name_in(reader.language))

    def review_of(self, proposal: Proposal) -> Assignment:
        return Assignment.objects.get(reviewer=self.reviewer, proposal=proposal)


@dataclass
class Side:
    """An agency: its programme officer, its approver, and its reviewers by their parts."""

    agency: Organisation
    officer: Hand
    approver: Hand
    judges: dict[str, Judge] = field(default_factory=dict)


@dataclass
class Cast:
    stage: Stage
    call: Call
    proposals: list[Proposal]  # A, B, C, D
    home: Side
    partner: Side
    late: Side  # whose reviewer finds a conflict after submitting
    walk: Callable[..., Walker]

    @property
    def model(self) -> Agreement:
        return agreement_of(self.call.agreement)

    @property
    def sides(self) -> list[Side]:
        return [self.home, self.partner]

    @property
    def scoring(self) -> list[Side]:
        """The agencies whose reviewers score."""
        return self.sides if self.model.all_review else [self.home]

    def numbers(self) -> list[str]:
        return [str(proposal.receipt_number) for proposal in self.proposals]

    def board(self, officer: Hand, proposal: Proposal) -> list[str]:
        """A proposal's row of the ranking: mean, n, spread and rank of each side, then mean, difference and rank of all."""
        officer.go("review:board", self.call.public_id)
        return cells(officer, proposal)[1:]

    def ranks(self, officer: Hand) -> list[str]:
        """The common ranks of A to D."""
        officer.go("review:board", self.call.public_id)
        return [cells(officer, proposal)[-1] for proposal in self.proposals]

    def panel(self, name: str, *more: str) -> str:
        return reverse(f"review:{name}", args=[self.call.panels.get().public_id, *more])


def cells(hand: Hand, proposal: Proposal, within: str = "main table") -> list[str]:
    """The cells of a proposal's row in a table of the page, without the title's."""
    row = hand.page.locator(f"{within} tbody tr:has-text('{proposal.receipt_number}')").first
    return [text.strip() for text in row.locator("td").all_inner_texts()]


def status_of(hand: Hand, route: str, *args: Any) -> int:
    """How the portal answers this person to an address."""
    return hand.walker.open(address(hand, route, *args))


def address(hand: Hand, route: str, *args: Any) -> str:
    with translation.override(hand.language):
        return reverse(route, args=args)


def signed_in(walk: Callable[..., Walker], user: User, language: str, **how: Any) -> Hand:
    """Somebody in a browser of their own, who has signed in through the form."""
    hand = Hand(walk, language, **how)
    hand.walker.context.set_default_timeout(PATIENCE)
    hand.enter(user)
    return hand


def make_cast(walk: Callable[..., Walker], model: AgreementModel) -> Cast:
    """Four eligible proposals with their PDF; the home side reads Japanese, the partner's English; nobody has reviewed yet."""
    stage = make_stage()
    deadline = now() - dt.timedelta(days=20)
    call = make_call(
        stage,
        state="review",
        agreement=model,
        first_year=stage.programme.calendar.year_of(today()) + 1,
        opens_at=deadline - dt.timedelta(days=60),
        deadline_at=deadline,
        appeal_days=30,
    )
    proposals = [
        make_proposal(call, pi=verify_email(make_pi(make_institution())), state="eligible") for _ in range(4)
    ]
    with writing():
        for proposal in proposals:
            submission = last_submission(proposal)
            submission.pdf = store_bytes(name="submitted.pdf", content=blank_pdf())
            submission.save(update_fields=["pdf"])
    home = Side(stage.home, *(signed_in(walk, verify_email(one), "ja") for one in (stage.home1, stage.home2)))
    partner = Side(
        stage.partner,
        *(signed_in(walk, verify_email(one), "en") for one in (stage.partner1, stage.partner2)),
    )
    late = partner if agreement_of(model).all_review else home
    cast = Cast(stage, call, proposals, home, partner, late, walk)
    for side in cast.scoring:
        parts = (
            ["all"] + (["leaves", "takes over"] if side is home else []) + (["late"] if side is late else [])
        )
        language = side.officer.language
        for part in parts:
            side.judges[part] = _judge(cast, side.agency, part, language)
    return cast


def _judge(cast: Cast, agency: Organisation, part: str, language: str) -> Judge:
    """At the width from which the pages of the PDF stand beside the form."""
    short = part.replace(" ", "").capitalize()
    user = make_user(
        language=language,
        family_kanji=f"査読{short}",
        given_kanji="秘",
        family_romaji=f"Reviewer{short}",
        given_romaji="Hidden",
    )
    reviewer = make_reviewer(
        cast.call,
        agency,
        user,
        has_agreed=False,
        institution_name=HOUSE,
        country_code="JP" if language == "ja" else "US",
    )
    return Judge(reviewer, signed_in(cast.walk, verify_email(user), language, width=1024))
