"""The demo's proposals: written, submitted and withdrawn by their applicants, at their time."""

import datetime as dt
import io
from collections.abc import Iterable

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.actions.people import open_account
from accounts.models import Organisation, User
from kernel import clock
from portal.demo.people import Cast
from program.models import Call
from proposals.actions import awards, budgets, core, exchange, grants, signing, submission, team
from proposals.actions.content import content_of
from proposals.models import Proposal
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
    proposal = core.start_proposal(
        call=call, by=user, institution=institution, designation=call.call_designations.get().designation
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
        core.save_section(
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
        registered=registered,
    )
    proposal.refresh_from_db()
    amounts: dict[tuple[int, str], int] = {}
    for year in proposal.fiscal_years:
        direct = {
            "goods": 20_000_000 + number * 500_000,
            "travel": 9_000_000,
            "personnel": 28_000_000,
            "other": 3_000_000,
        }
        amounts |= {(year, category): amount for category, amount in direct.items()}
        amounts[year, "indirect"] = sum(direct.values()) * 30 // 100
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
    if number % 3 == 0:
        team.attach_file(proposal=proposal, by=user, upload=SimpleUploadedFile("補足資料.pdf", blank_pdf()))
    if number % 2 == 0:
        _sign_as_partner(proposal, f"partner{number}@partner.example")


def _sign_as_partner(proposal: Proposal, email: str) -> None:
    """Half of the partners have an account, and sign the shared core themselves."""
    person = proposal.team.get(role="partner_pi").person
    partner = User.objects.filter(person=person).first() or open_account(person=person, email=email)
    proposal.refresh_from_db()
    signing.sign_core(proposal=proposal, by=partner, sha256=signing.core_digest(content_of(proposal)))


def blank_pdf() -> bytes:
    """One empty page: the demo's attachments and letters."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(595, 842))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def write_and_submit(
    cast: Cast, call: Call, *, count: int, partner_agency: str, first: dt.datetime, drafts: Iterable[int] = ()
) -> list[Proposal]:
    """`count` applicants write, a few hours apart; all but `drafts` submit. Returns the submitted proposals."""
    submitted = []
    unfinished = set(drafts)
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
            if number not in unfinished:
                submission.submit_proposal(proposal=proposal, by=applicant[0])
                submitted.append(proposal)
    return submitted
