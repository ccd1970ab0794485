"""The demo's notices of intent: given, judged by both agencies, two of them the beginning of a proposal; one officer has
stood aside, and one researcher is admitted without a notice."""

import datetime as dt

from accounts.models import Organisation, User
from kernel import clock
from portal.demo.applying import HOSTS, PARTNERS, TEXT_JA, TOPICS
from portal.demo.people import Cast
from portal.demo.programme import jst
from program.models import Call
from proposals.actions.notice_verdicts import admit, declare_notice_conflict, judge_notice
from proposals.actions.notices import give_notice
from proposals.models import NoticeOfIntent

# What JST and NSF answer to each: (verdict, reasons); None: not yet.
ANSWERS: tuple[tuple[tuple[str, str] | None, tuple[str, str] | None], ...] = (
    (("yes", ""), ("yes", "")),
    (("advice", "若手研究者の派遣計画を具体的に記載してください。"), ("yes", "")),
    (("yes", ""), None),
    (("yes", ""), ("no", "The award named here ended in 2025 (made up for the demo).")),
    (None, None),
)


def give_notices(cast: Cast, call: Call) -> None:
    """The first applicants give notice a few hours apart; the agencies answer after the deadline."""
    given = []
    for number in range(len(ANSWERS)):
        user, institution = cast.applicants[number % len(cast.applicants)]
        with clock.set_to(jst(2026, 10, 12) + dt.timedelta(hours=7 * number)):
            given.append(_give(cast, call, number, user, institution))
    officers = (("JST", cast.users["home1"]), ("NSF", cast.users["partner1"]))
    for number, (notice, answers) in enumerate(zip(given, ANSWERS, strict=True)):
        with clock.set_to(jst(2026, 10, 23, 18) + dt.timedelta(hours=number)):
            for (agency, officer), answer in zip(officers, answers, strict=True):
                if answer is not None:
                    judge_notice(
                        notice=notice, agency=cast[agency], by=officer, verdict=answer[0], reasons=answer[1]
                    )
    with clock.set_to(jst(2026, 10, 24, 10)):
        declare_notice_conflict(notice=given[-1], by=cast.users["partner2"])


def admit_one(cast: Cast, call: Call) -> None:
    """A researcher may propose to the call that requires a notice without having given one."""
    with clock.set_to(jst(2026, 11, 5, 14)):
        admit(
            call=call,
            email=cast.applicants[1][0].email,
            reason="所属機関の変更に伴い趣意書の提出が困難であり、相手国機関と協議のうえ、全体提案の提出を認める（実演用の記載）。",
            by=cast.users["home1"],
        )


def _give(cast: Cast, call: Call, number: int, user: User, institution: Organisation) -> NoticeOfIntent:
    topic_ja, topic_en = TOPICS[number]
    host, country = HOSTS["US"]
    family, given = PARTNERS[number % len(PARTNERS)]
    return give_notice(
        call=call,
        by=user,
        institution=institution,
        is_submitted=True,
        designation=call.call_designations.get().designation,
        support_type=call.support_types.first(),
        title_ja=topic_ja,
        title_en=topic_en,
        keywords="量子、国際共同研究、若手派遣",
        summary=TEXT_JA.format(topic=topic_ja),
        partner_agency=cast["NSF"],
        family_romaji=family,
        given_romaji=f"{given} {chr(65 + number)}",
        email=f"partner{number}@partner.example",
        institution_name=host,
        country_code=country,
        award_number=f"24{number:05}",
        award_title="Partner's award (made up for the demo)",
    )
