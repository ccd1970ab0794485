"""What happens around the demo's open call: a colleague invited, a partner's proposal, a letter held, a date moved; and one
team that declined after the decision of the earlier call."""

import datetime as dt

from kernel import clock
from portal.demo.people import Cast
from portal.demo.programme import jst
from program.actions.call_dates import set_milestone
from program.enums import MilestoneKind
from program.models import Call
from projects.actions.declining import decline_proposal
from proposals.actions import budgets, invitations, mailing, proposed_changes, saved_filters, team
from proposals.enums import FundingSource, MailTo, ProposalState
from proposals.models import Proposal
from proposals.rules.institutions import Named

LETTER = {
    "subject_ja": "【{call}】書面審査の進捗について",
    "subject_en": "{call}: where the review stands",
    "body_ja": "{name} 様\n\n受付番号{receipt}「{title}」は、現在、書面審査を行っています。\n審査結果は、双方の機関による決定後に通知します。",
    "body_en": "Dear {name},\n\n{receipt}, “{title}”, is being reviewed in writing.\nYou will be told the result when both agencies have decided.",
}


def work_together(cast: Cast, call: Call, reviewed: Call) -> None:
    """Around the open call, and in the office, which also writes about the one under review."""
    drafts = list(call.proposals.filter(state=ProposalState.DRAFT, receipt_number=None).order_by("pk"))
    whole = [draft for draft in drafts if draft.signatures.exists()]
    unfinished = [draft for draft in drafts if not draft.signatures.exists()]
    _invite(cast, unfinished[1])
    _propose(whole[-1])
    _office(cast, call, reviewed)


def _invite(cast: Cast, proposal: Proposal) -> None:
    """A co-investigator of another university, with a part of the budget of their own, is invited and has not answered."""
    user = proposal.pi.user
    with clock.set_to(jst(2026, 11, 4, 9, 30)):
        member = team.add_team_member(
            proposal=proposal,
            by=user,
            role="co_investigator",
            institution_name="北海道見本大学",
            country_code="JP",
            effort_percent=15,
            email="colleague@univ.example",
            task="試料の作製と低温での評価",
            family_kanji="共同",
            given_kanji="はじめ",
            family_romaji="Kyodo",
            given_romaji="Hajime",
        )
        invitations.send_invitation(member=member, by=user, language="ja")
        proposal.refresh_from_db()
        first = proposal.call.first_year
        budgets.save_budget(
            proposal=proposal,
            by=user,
            version=proposal.version,
            amounts={(first, "goods"): 8_000_000, (first, "indirect"): 2_400_000},
            others={
                Named("北海道見本大学").key: {(first, "travel"): 2_000_000, (first, "indirect"): 600_000}
            },
            funding={(first, FundingSource.OWN): 1_500_000},
        )


def _propose(proposal: Proposal) -> None:
    """The partner's principal investigator would write one section otherwise."""
    partner = proposal.team.get(role="partner_pi").person
    section = next(one for one in proposal.form_version.sections.all() if one.has_text)
    text, _revision = proposed_changes.present_text(proposal, "section", section)
    with clock.set_to(jst(2026, 11, 9, 18)):
        proposed_changes.propose_change(
            proposal=proposal,
            by=partner.user,
            target="section",
            section=section,
            text=text + "相手国側は計算資源と試料を提供する。",
            comment="We would like our share to be named.",
        )


def _office(cast: Cast, call: Call, reviewed: Call) -> None:
    officer = cast.users["home1"]
    with clock.set_to(jst(2026, 11, 10, 10)):
        set_milestone(
            call=call,
            by=officer,
            kind=MilestoneKind.INTERVIEW,
            starts_on=dt.date(2027, 5, 18),
            ends_on=dt.date(2027, 5, 20),
            reason_ja="相手国機関との調整により、面接審査の日程を定めました。",
            reason_en="The days of the interviews have been agreed with the partner agency.",
        )
    with clock.set_to(jst(2026, 11, 11, 11)):
        saved_filters.save_filter(
            by=officer,
            name="審査中・バイオ",
            query=f"call={reviewed.public_id}&state={ProposalState.ELIGIBLE}",
            agency=cast["JST"],
        )
        received = list(reviewed.proposals.filter(state=ProposalState.ELIGIBLE).order_by("pk"))[:3]
        mailing.write_mails(
            by=officer, agency=cast["JST"], proposals=received, recipients=MailTo.PI, letter=LETTER
        )


def decline_one(call: Call) -> None:
    """A team on the reserve list of the decided call declines."""
    proposal = call.proposals.filter(state=ProposalState.RESERVED).order_by("pk").last()
    assert proposal is not None
    with clock.set_to(jst(2024, 10, 15)):
        decline_proposal(
            proposal=proposal,
            by=proposal.pi.user,
            reason="他制度による支援の決定に伴い、研究体制を組み替えたため",
        )
