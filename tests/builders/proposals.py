"""Proposals as rows, in any state."""

import datetime as dt
import itertools
from typing import Any

from accounts.enums import Role
from accounts.models import Organisation, User
from kernel.actions import writing
from kernel.clock import now
from program.models import Call
from proposals.actions.content import content_of, digest
from proposals.actions.indexing import index_submission
from proposals.models import (
    BudgetLine,
    ExchangePlan,
    Invitation,
    PartnerAward,
    Proposal,
    ProposalSection,
    StandingRecord,
    Statement,
    Submission,
    TeamMember,
)
from tests.builders.people import make_institution, make_member, make_person

_numbers = itertools.count(1)
YEARLY = {
    "goods": 20_000_000,
    "travel": 9_000_000,
    "personnel": 28_000_000,
    "other": 3_000_000,
    "indirect": 18_000_000,
}
SUBMITTED = (
    "submitted",
    "locked",
    "eligible",
    "ineligible",
    "adopted",
    "reserved",
    "not_adopted",
    "declined",
)


def make_pi(institution: Organisation | None = None) -> User:
    return make_member(institution or make_institution(), Role.RESEARCHER)


def make_proposal(
    call: Call,
    *,
    pi: User | None = None,
    state: str = "draft",
    is_complete: bool = True,
    yearly: dict[str, int] | None = None,
    **fields: Any,
) -> Proposal:
    """A proposal of `pi` with team, award, budget (¥78M a year, indirect 30 %), exchange plans and sections.

    A state past `draft` also has a receipt number and a submission.
    """
    number = next(_numbers)
    user = pi or make_pi()
    membership = user.person.memberships.filter(organisation__kind="research_institution").first()
    institution = membership.organisation if membership else make_institution()
    with writing():
        proposal = Proposal.objects.create(
            **{
                "call": call,
                "form_version": call.form_versions.latest("number"),
                "designation": call.call_designations.first().designation,
                "pi": user.person,
                "institution": institution,
                "title_ja": f"見本課題{number}",
                "title_en": f"Example proposal {number}",
                "years": 5,
                "state": state,
                **fields,
            }
        )
        TeamMember.objects.create(
            proposal=proposal,
            person=user.person,
            role="pi",
            joined_at=now(),
            institution_name=str(institution.name_ja),
            country_code="JP",
            effort_percent=30,
        )
        if is_complete:
            _complete(proposal, user, number, yearly or YEARLY)
        if state in SUBMITTED:
            submit_as_row(proposal, user)
    return proposal


def _complete(proposal: Proposal, user: User, number: int, yearly: dict[str, int]) -> None:
    call = proposal.call
    partner = call.call_agencies.exclude(agency=call.lead_agency).first().agency
    TeamMember.objects.create(
        proposal=proposal,
        person=make_person(given_romaji="Morgan", family_romaji=f"Sample{number}"),
        role="partner_pi",
        joined_at=now(),
        institution_name="Example State University",
        country_code="US",
        effort_percent=20,
    )
    PartnerAward.objects.create(
        proposal=proposal,
        agency=partner,
        number=f"{2_400_000 + number}",
        title="An award made up for tests",
        pi_name=f"Morgan Sample{number}",
        amount=250_000_000,
        currency="USD",
        amount_yen=370_000_000,
        starts_on=dt.date(call.first_year - 1, 9, 1),
        ends_on=dt.date(call.first_year + 5, 8, 31),
    )
    for year in proposal.fiscal_years:
        for category, amount in yearly.items():
            BudgetLine.objects.create(proposal=proposal, fiscal_year=year, category=category, amount=amount)
    for direction, country in (("dispatch", "US"), ("acceptance", "JP")):
        ExchangePlan.objects.create(
            proposal=proposal,
            direction=direction,
            career_stage="doctoral",
            host="Example host",
            country_code=country,
            starts_on=dt.date(call.first_year, 9, 1),
            ends_on=dt.date(call.first_year + 1, 3, 31),
        )
    for section in proposal.form_version.sections.all():
        ProposalSection.objects.create(
            proposal=proposal,
            section=section,
            text=f"{section.title_ja}の本文。",
            is_complete=True,
            revision=1,
            edited_by=user,
            edited_at=now(),
        )


def submit_as_row(proposal: Proposal, user: User) -> Submission:
    """A submission as `submit_proposal` leaves it, with the budget in its content."""
    call = proposal.call
    call.last_receipt += 1
    call.save(update_fields=["last_receipt"])
    proposal.receipt_number = f"{call.code}-{call.last_receipt:04}"
    proposal.save(update_fields=["receipt_number"])
    content = content_of(proposal)
    submission = Submission.objects.create(
        proposal=proposal,
        number=proposal.submissions.count() + 1,
        at=now(),
        by=user,
        content=content,
        sha256=digest(content),
    )
    index_submission(submission=submission)
    return submission


def make_standing(proposal: Proposal, **fields: Any) -> StandingRecord:
    """A prize of the partner's principal investigator."""
    member = proposal.team.filter(role="partner_pi").first()
    assert member is not None
    with writing():
        return StandingRecord.objects.create(
            **{
                "proposal": proposal,
                "person": member.person,
                "kind": "prize",
                "title": "Example Medal",
                "body": "Example Academy",
                "first_year": 2021,
                "source_url": "https://academy.example/medal",
                **fields,
            }
        )


def make_statement_row(proposal: Proposal, **fields: Any) -> Statement:
    """A statement of the whole proposal on export control."""
    with writing():
        return Statement.objects.create(
            **{
                "proposal": proposal,
                "kind": "export_control",
                "text": "該当する貨物・技術はない。",
                "stated_on": dt.date(2026, 10, 1),
                "stated_by": proposal.pi,
                **fields,
            }
        )


def make_invitation(proposal: Proposal, user: User, **fields: Any) -> Invitation:
    """An open invitation of somebody with an account, as co-investigator."""
    with writing():
        member = TeamMember.objects.create(
            proposal=proposal,
            person=user.person,
            role="co_investigator",
            joined_at=now() if fields.get("state") == "accepted" else None,
            institution_name="Example",
            country_code="JP",
        )
        return Invitation.objects.create(
            **{
                "proposal": proposal,
                "member": member,
                "email": user.email,
                "role": member.role,
                "language": user.language,
                "invited_by": proposal.pi.user,
                "expires_at": now() + dt.timedelta(days=14),
                **fields,
            }
        )
