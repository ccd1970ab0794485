"""The demo's proposals: written, submitted and withdrawn by their applicants, at their time."""

import datetime as dt
import io
from collections.abc import Iterable

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.actions.people import name_deputy, open_account
from accounts.models import Organisation, User
from kernel import clock
from portal.demo.compliance import bear_out, hold_posts
from portal.demo.people import Cast
from program.models import Call
from proposals.actions import (
    approval,
    awards,
    budgets,
    core,
    exchange,
    grants,
    invitation_answers,
    invitations,
    sections,
    signing,
    submission,
    team,
)
from proposals.actions.content import content_of
from proposals.actions.internal_deadlines import set_internal_deadline
from proposals.enums import NoticeState
from proposals.models import InstitutionApproval, NoticeOfIntent, Proposal
from registries.models import RegisteredAward

TOPICS = (
    ("量子誤り訂正の国際共同実証", "Joint demonstration of quantum error correction"),
    ("超伝導量子回路の長寿命化", "Longer lives for superconducting quantum circuits"),
    ("量子センサによる生体計測", "Measuring living cells with quantum sensors"),
    ("光格子時計ネットワーク", "A network of optical lattice clocks"),
    ("量子もつれの長距離分配", "Distributing entanglement over long distances"),
    ("分子進化の計算設計", "Computed design of molecular evolution"),
    ("細胞運命制御の数理", "Mathematics of cell fate"),
    ("植物免疫の分子機構", "Molecular mechanisms of plant immunity"),
    ("トポロジカル物質の精密測定", "Precise measurement of topological matter"),
    ("中性原子による量子計算", "Quantum computing with neutral atoms"),
    ("ゲノム編集の安全性評価", "Assessing the safety of genome editing"),
    ("脳回路の全細胞計測", "Measuring every cell of a brain circuit"),
    ("量子暗号の実環境評価", "Quantum cryptography in the field"),
    ("膜タンパク質の動的構造", "Moving structures of membrane proteins"),
)
PARTNERS = (("Sample", "Morgan"), ("Example", "Taylor"), ("Specimen", "Riley"), ("Placeholder", "Quinn"))
HOSTS = {
    "US": ("Example State University", "US"),
    "GB": ("Example University of the North", "GB"),
    "DE": ("Beispiel-Universität", "DE"),
}
COMMENT = "間接経費の使途について、研究支援課と調整のうえ再度依頼してください。"
TEXT_JA = "本研究は、相手国のトップ研究者と対等に分担し、{topic}を五年で実現する。若手研究者の派遣と受入れを計画の柱とし、学位取得を含む長期滞在を毎年行う。"


def write_proposal(
    cast: Cast,
    call: Call,
    *,
    number: int,
    applicant: tuple[User, Organisation],
    partner_agency: str,
    is_complete: bool,
) -> Proposal:
    """One applicant writes a proposal; a complete one could be submitted."""
    user, institution = applicant
    topic_ja, topic_en = TOPICS[number % len(TOPICS)]
    types = list(call.support_types.all())
    hold_posts(user, institution)
    proposal = core.start_proposal(
        call=call,
        by=user,
        institution=institution,
        designation=call.call_designations.get().designation,
        # Every third is led by somebody early in their career.
        support_type=types[number % 3 == 2] if types else None,
        # Whoever has an accepted notice of intent begins from it.
        notice=NoticeOfIntent.objects.filter(
            call=call, pi=user.person, state=NoticeState.ACCEPTED, proposals=None
        ).first(),
    )
    core.save_core(
        proposal=proposal,
        by=user,
        version=proposal.version,
        title_ja=f"{topic_ja}（{number + 1}）",
        title_en=f"{topic_en} ({number + 1})",
        years=5,
    )
    proposal.refresh_from_db()
    for section in proposal.form_version.sections.all()[: None if is_complete else 2]:
        sections.save_section(
            proposal=proposal,
            section=section,
            by=user,
            text=TEXT_JA.format(topic=topic_ja),
            revision=0,
            is_complete=True,
        )
    host, country = HOSTS[cast[partner_agency].country_code]
    family, given = PARTNERS[number % len(PARTNERS)]
    team.add_team_member(
        proposal=proposal,
        by=user,
        role="partner_pi",
        institution_name=host,
        country_code=country,
        effort_percent=20,
        email=f"partner{number}@partner.example",
        family_romaji=family,
        given_romaji=f"{given} {chr(65 + number % 26)}",
    )
    if is_complete:
        _complete(cast, proposal, user, partner_agency=partner_agency, number=number)
    return proposal


def _complete(cast: Cast, proposal: Proposal, user: User, *, partner_agency: str, number: int) -> None:
    host, country = HOSTS[cast[partner_agency].country_code]
    first = proposal.call.first_year
    family, given = PARTNERS[number % len(PARTNERS)]
    registered = None
    if partner_agency == "NSF":
        known = list(RegisteredAward.objects.filter(currency="USD", amount__gt=0).order_by("number"))
        registered = known[number % len(known)] if known else None
    awards.claim_award(
        proposal=proposal,
        by=user,
        agency=cast[partner_agency],
        number=f"24{number:05}" if partner_agency == "NSF" else f"EP/X{number:06}/1",
        title="Partner's award (made up for the demo)",
        pi_name=f"{given} {family}",
        amount=250_000_000,
        currency="USD" if partner_agency == "NSF" else "GBP",
        starts_on=dt.date(first - 1, 9, 1),
        ends_on=dt.date(first + 5, 8, 31),
        pi_role="pi",
        registered=registered,
    )
    proposal.refresh_from_db()
    amounts: dict[tuple[int, str], int] = {}
    # What is asked for stays below the cap of its support type.
    part = 2 if proposal.support_type and proposal.support_type.key == "next" else 1
    for year in proposal.fiscal_years:
        direct = {
            "goods": 20_000_000 + number * 500_000,
            "travel": 9_000_000,
            "personnel": 28_000_000,
            "other": 3_000_000,
        }
        amounts |= {(year, category): amount // part for category, amount in direct.items()}
        amounts[year, "indirect"] = sum(direct.values()) // part * 30 // 100
    budgets.save_budget(proposal=proposal, by=user, version=proposal.version, amounts=amounts)
    for direction, stage, place, code in (
        ("dispatch", "doctoral", host, country),
        ("acceptance", "postdoc", "受入研究室", "JP"),
    ):
        exchange.add_exchange(
            proposal=proposal,
            by=user,
            direction=direction,
            career_stage=stage,
            host=place,
            country_code=code,
            starts_on=dt.date(first, 9, 1),
            ends_on=dt.date(first + 1, 8, 31),
            degree_sought="PhD" if direction == "dispatch" else "",
            amount_yen=12_000_000 if direction == "dispatch" else 30_000_000,
        )
    if number % 4 == 0:
        grants.declare_grant(
            proposal=proposal,
            by=user,
            member=proposal.team.get(role="pi"),
            status="held",
            funder="日本学術振興会（JSPS）",
            title="基盤研究（実演用の架空の研究課題）",
            first_year=first,
            last_year=first + 1,
            effort_percent=5,
            amount_yen=3_000_000,
        )
    bear_out(proposal, user, number)
    if number % 3 == 0:
        team.attach_file(proposal=proposal, by=user, upload=SimpleUploadedFile("補足資料.pdf", blank_pdf()))
    _sign_as_partner(proposal, f"partner{number}@partner.example")


def _sign_as_partner(proposal: Proposal, email: str) -> None:
    """The partner has an account, accepts the invitation, and signs the shared core."""
    person = proposal.team.get(role="partner_pi").person
    partner = User.objects.filter(person=person).first() or open_account(person=person, email=email)
    member = proposal.team.get(role="partner_pi")
    if member.joined_at is None:
        invitation = invitations.send_invitation(member=member, by=proposal.pi.user, language="en")
        invitation_answers.accept_invitation(invitation=invitation, by=partner)
    proposal.refresh_from_db()
    signing.sign_core(proposal=proposal, by=partner, sha256=signing.core_digest(content_of(proposal)))


def blank_pdf() -> bytes:
    """One empty page: the demo's attachments and letters."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(595, 842))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _ask(proposal: Proposal, user: User) -> InstitutionApproval:
    proposal.refresh_from_db()
    sha256 = approval.approval_digest(content_of(proposal))
    return approval.ask_approval(proposal=proposal, by=user, sha256=sha256)


def write_and_submit(
    cast: Cast,
    call: Call,
    *,
    count: int,
    partner_agency: str,
    first: dt.datetime,
    drafts: Iterable[int] = (),
    asked: Iterable[int] = (),
    returned: Iterable[int] = (),
) -> list[Proposal]:
    """`count` applicants write, a few hours apart, and their institutions approve; all but `drafts` submit, but for those
    whose institution has yet to answer (`asked`) or has returned them. Returns the submitted proposals."""
    submitted = []
    unfinished, waiting, sent_back = set(drafts), set(asked), set(returned)
    for number in range(count):
        applicant = cast.applicants[number % len(cast.applicants)]
        with clock.set_to(first + dt.timedelta(hours=5 * number)):
            proposal = write_proposal(
                cast,
                call,
                number=number,
                applicant=applicant,
                partner_agency=partner_agency,
                is_complete=number not in unfinished,
            )
            if number in unfinished:
                continue
            request = _ask(proposal, applicant[0])
            officer = cast.approvers[applicant[1].short_name]
            if number in sent_back:
                approval.return_proposal(approval=request, by=officer, comment=COMMENT)
            elif number not in waiting:
                approval.approve_proposal(approval=request, by=officer)
                submission.submit_proposal(proposal=proposal, by=applicant[0])
                submitted.append(proposal)
    return submitted


def keep_the_queue(cast: Cast, call: Call) -> None:
    """The University of Tokyo wants to be asked a week before the deadline, and its officer is away at the turn of the year."""
    officer = cast.users["institution"]
    set_internal_deadline(institution=cast["東大"], call=call, by=officer, on=dt.date(2027, 1, 22))
    colleague, _institution = next(
        one for one in cast.applicants if one[1] == cast["東大"] and one[0] != cast.users["pi"]
    )
    name_deputy(
        member=colleague.person.memberships.get(),
        by=officer,
        starts_on=dt.date(2026, 12, 26),
        ends_on=dt.date(2027, 1, 5),
    )
