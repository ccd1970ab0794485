"""What bears a demo proposal out: the partner's standing, statements on compliance, the hints of overlap in the
office, and a question about an award."""

import datetime as dt

from accounts.actions.posts import add_post
from accounts.enums import PostKind
from accounts.models import Organisation, User
from kernel import clock
from portal.demo.people import Cast
from portal.demo.programme import jst
from program.enums import StatementKind
from proposals.actions import award_questions, overlaps, standing, statements
from proposals.enums import ProposalState, StandingKind
from proposals.models import OverlapFlag, PartnerAward, Proposal

STANDING = (
    (StandingKind.POSITION, "Professor, director of the institute", "Example State University", 2014),
    (StandingKind.PRIZE, "Example Medal for made-up physics", "Example Academy of Sciences", 2021),
    (StandingKind.MEMBERSHIP, "Fellow", "Example Academy of Sciences", 2018),
)
STATEMENTS = {
    StatementKind.EXPORT_CONTROL: "所属機関の輸出管理部門が確認した結果、リスト規制に該当する貨物・技術の提供はない（実演用の記載）。",
    StatementKind.DATA_MANAGEMENT: "測定データは所属機関のリポジトリに10年間保存し、論文の公表と同時に公開する（実演用の記載）。",
}


def bear_out(proposal: Proposal, user: User, number: int) -> None:
    """Evidence of the partner's standing, and what the applicants state; every third one has yet to be asked for some."""
    partner, own = (proposal.team.get(role=role) for role in ("partner_pi", "pi"))
    for kind, title, body, year in STANDING[: 1 + number % 3]:
        standing.add_standing(
            proposal=proposal,
            by=user,
            member=partner,
            kind=kind,
            title=title,
            body=body,
            first_year=year,
            source_url="https://academy.example/people",
        )
    for statement, text in STATEMENTS.items():
        if number % 3 or statement == StatementKind.EXPORT_CONTROL:
            statements.make_statement(proposal=proposal, by=user, kind=statement, text=text)
    if number % 2:
        statements.make_statement(
            proposal=proposal, by=user, kind=StatementKind.INTEGRITY, member=own, text=""
        )
    statements.make_statement(
        proposal=proposal,
        by=user,
        kind=StatementKind.ETHICS_TRAINING,
        member=own,
        course="研究倫理eラーニング（実演用）",
        done_on=clock.today() - dt.timedelta(days=200),
        valid_until=clock.today() + dt.timedelta(days=1_600),
    )


def hold_posts(user: User, institution: Organisation) -> None:
    """What the person holds: a main post, and for every second one a side job; entered once, in the profile."""
    person = user.person
    if person.posts.exists():
        return
    add_post(
        by=user,
        kind=PostKind.POST,
        institution_name=institution.name_ja,
        institution_ror_id=institution.ror_id or "",
        department_ja="大学院理学研究科",
        department_en="Graduate School of Science",
        title_ja="教授",
        title_en="Professor",
        starts_on=dt.date(2020, 4, 1),
        is_main=True,
    )
    if person.pk % 2:
        add_post(
            by=user,
            kind=PostKind.SIDE_JOB,
            institution_name="見本計測株式会社",
            title_ja="技術顧問",
            title_en="Technical adviser",
            starts_on=dt.date(2024, 4, 1),
        )


def settle_one(cast: Cast) -> None:
    """The portal has looked for overlaps, and an officer has settled one hint."""
    with clock.set_to(jst(2026, 11, 12, 9)):
        overlaps.look_for_overlaps()
    flag = (
        OverlapFlag.objects.filter(proposal__state=ProposalState.ELIGIBLE, kind="person")
        .order_by("pk")
        .first()
    )
    if flag is not None:
        with clock.set_to(jst(2026, 11, 12, 15)):
            overlaps.settle_overlap(
                flag=flag,
                by=cast.users["home1"],
                reason="研究代表者に確認した。研究内容は異なり、エフォートの合計も100％以内である。",
            )


def ask_about_one(cast: Cast) -> None:
    """The lead agency has asked about an award that is yet to be confirmed; nobody has answered."""
    award = (
        PartnerAward.objects.filter(proposal__state=ProposalState.LOCKED, verdict="").order_by("pk").first()
    )
    if award is not None:
        with clock.set_to(jst(2026, 11, 12, 16)):
            award_questions.ask_about_award(
                award=award,
                by=cast.users["home1"],
                question="この研究費の支援期間の延長を申請する予定の有無と、その時期を回答してください（実演用の記載）。",
            )
