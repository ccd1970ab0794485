"""The demo's first decision: two ranked lists, a negotiation, awards below what was asked, letters, and one objection."""

import datetime as dt

from accounts.models import Organisation, User
from kernel import clock
from portal.demo.people import Cast
from portal.demo.programme import jst
from program.models import Call
from proposals.models import Proposal
from review.actions import decisions, publishing
from review.actions.agreeing import note_negotiation, record_list
from review.actions.appeals import answer_appeal, raise_appeal
from review.budgets import asked_by_year
from review.models import Decision
from review.results import newest_result
from review.rules.agreement import Place
from review.rules.decision import Extra

AGREED = "協議の上、両機関の順位の中間とした。"


def settle(cast: Cast, call: Call, ranked: list[Proposal]) -> None:
    """From the agencies' lists to the answer to an objection."""
    _negotiate(cast, call, ranked)
    decision = _decide(cast, call, ranked)
    with clock.set_to(jst(2024, 9, 11)):
        publishing.set_letter_text(
            decision=decision,
            by=cast.users["home1"],
            outcome="reject",
            subject_ja="【{call}】審査結果の通知（{number}）",
            subject_en="{call}: result of the review of {number}",
            body_ja="{letter_number}\n{letter_date}\n\n{name} 様\n\n{agencies}\n\n課題「{title}」は不採択となりました。審査の所見はポータルで確認できます。\n\n{appeal}",
            body_en="{letter_number}\n{letter_date}\n\nTo {name}\n\n{agencies}\n\nThe proposal “{title}” has not been adopted. What the reviewers say is in the portal.\n\n{appeal}",
        )
        publishing.set_publication(decision=decision, by=cast.users["home1"], at=jst(2024, 9, 17))
    _object(cast, ranked[-1])


def _negotiate(cast: Cast, call: Call, ranked: list[Proposal]) -> None:
    """The partner has the first two the other way round."""
    second, first, *others = ranked
    with clock.set_to(jst(2024, 8, 28)):
        _rank(call, cast["JST"], cast.users["home1"], ranked)
        _rank(call, cast["NSF"], cast.users["partner1"], [first, second, *others])
    with clock.set_to(jst(2024, 8, 30, 10)):
        note_negotiation(
            proposal=ranked[0],
            agency=cast["JST"],
            by=cast.users["home1"],
            text="人材交流の計画が具体的であり、第1位とすることを提案する。",
        )
    with clock.set_to(jst(2024, 8, 30, 15)):
        note_negotiation(
            proposal=ranked[0],
            agency=cast["NSF"],
            by=cast.users["partner1"],
            text="We see the science of the other proposal ahead by a little, and can agree to this order.",
        )


def _rank(call: Call, agency: Organisation, by: User, ranked: list[Proposal]) -> None:
    places = [Place(proposal.public_id, rank=rank) for rank, proposal in enumerate(ranked, 1)]
    record_list(call=call, agency=agency, by=by, places=places)


def _decide(cast: Cast, call: Call, ranked: list[Proposal]) -> Decision:
    outcomes = ["adopt"] * 5 + ["reserve"] * 2 + ["reject"] * (len(ranked) - 7)
    items = [
        (proposal, rank, outcome, AGREED if rank <= 2 else "")
        for rank, (proposal, outcome) in enumerate(zip(ranked, outcomes, strict=True), 1)
    ]
    with clock.set_to(jst(2024, 9, 2)):
        decision = decisions.propose_decision(
            call=call,
            by=cast.users["home1"],
            items=items,
            extras=_extras(ranked),
            reserve_until=dt.date(2027, 3, 31),
        )
    for agency, key, day in (("JST", "home2", 5), ("NSF", "partner2", 9)):
        with clock.set_to(jst(2024, 9, day)):
            decisions.answer_decision(decision=decision, agency=cast[agency], by=cast.users[key], vote="yes")
    return decision


def _extras(ranked: list[Proposal]) -> dict[int, Extra]:
    """The last that is adopted gets nine tenths of its first two years, with a condition; the panel has words for two."""
    reduced = ranked[4]
    first, second, *_rest = sorted(asked_by_year([reduced])[reduced.pk].items())
    return {
        reduced.pk: Extra(
            awarded={year: amount * 9 // 10 for year, amount in (first, second)},
            conditions_ja="初年度の設備費を精査し、契約までに改訂した研究計画書を提出すること。",
            conditions_en="Review the equipment of the first year and hand in a revised plan before the contract.",
            words_ja="人材交流の計画を高く評価した。",
            words_en="The panel thought highly of the plan for exchanging people.",
        ),
        ranked[0].pk: Extra(
            words_ja="両国の強みを生かした優れた計画である。",
            words_en="An excellent plan that builds on the strengths of both countries.",
        ),
    }


def _object(cast: Cast, proposal: Proposal) -> None:
    """The last of the list objects; the lead agency answers."""
    with clock.set_to(jst(2024, 9, 24)):
        item = newest_result(proposal)
        assert item is not None
        appeal = raise_appeal(
            item=item,
            by=proposal.pi.user,
            reasons="研究期間中の派遣人数の計画が、評価コメントでは実際より少なく記載されている。",
        )
    with clock.set_to(jst(2024, 10, 3)):
        answer_appeal(
            appeal=appeal,
            by=cast.users["home1"],
            verdict="dismissed",
            answer="派遣人数を訂正した上で再度確認したが、順位に影響しないため、決定を維持する。",
        )
