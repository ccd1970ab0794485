"""The demo's panel: a meeting of both agencies on the call of 2024, with its order, notes, votes and minutes."""

import datetime as dt
from collections.abc import Sequence

from portal.demo.people import Cast
from portal.demo.programme import jst
from program.models import Call
from proposals.models import Proposal
from review.actions import panels
from review.models import Reviewer

NOTES = (
    "両機関とも高く評価した。派遣計画は他の課題の手本となる。",
    "予算のうち設備費を精査することを条件とする。",
    "相手国側の分担が明確であり、若手研究者の育成も期待できる。",
)


def hold_panel(cast: Cast, call: Call, order: Sequence[Proposal]) -> None:
    """Plan, seat, discuss, vote and close; `order` is how the proposals stand on the agenda."""
    by = cast.users["home1"]
    panel = panels.plan_panel(
        call=call,
        by=by,
        order=order,
        title="合同審査会",
        starts_at=jst(2024, 8, 30, 10),
        ends_at=jst(2024, 8, 30, 17),
        place="東京都千代田区（見本）",
        online_url="https://meeting.example/panel",
        places=5,
        bands="A, B, C",
        has_votes=True,
    )
    seats = []
    for number, reviewer in enumerate(_one_for_each_side(call)):
        role = "chair" if number == 0 else "member"
        seats.append(
            panels.seat_member(panel=panel, person=reviewer.person, agency=reviewer.agency, role=role, by=by)
        )
    for number, member in enumerate(seats):
        attendance = "absent" if number == len(seats) - 1 else "online" if number % 3 == 2 else "present"
        panels.change_member(member=member, role=member.role, attendance=attendance, by=by)
    items = list(panel.items.select_related("proposal__institution").order_by("turn"))
    leaving = panels.must_leave(items, seats)
    for number, item in enumerate(items):
        out = {one.public_id for one in seats if one.pk in leaving[item.pk] and one.attendance != "absent"}
        votes = {
            one.public_id: "abstain" if (number + place) % 7 == 6 else "for" if number < 6 else "against"
            for place, one in enumerate(seats)
            if one.attendance != "absent" and one.pk not in leaving[item.pk]
        }
        panels.record_item(
            item=item,
            by=by,
            band="A" if number < 4 else "B" if number < 8 else "C",
            note=NOTES[number % len(NOTES)] if number < 6 else "",
            interview_at=jst(2024, 8, 30, 10) + dt.timedelta(minutes=25 * number) if number < 8 else None,
            left=frozenset(out),
            votes=votes,
        )
    panels.move_item(item=items[3], to=3, seen_rank=4, by=by)
    panels.close_panel(panel=panel, by=by)


def _one_for_each_side(call: Call) -> list[Reviewer]:
    """Some reviewers of every agency, the lead agency's first."""
    found = list(call.reviewers.select_related("person", "agency").order_by("id"))
    found.sort(key=lambda one: one.agency_id != call.lead_agency_id)
    kept: dict[int, list[Reviewer]] = {}
    for reviewer in found:
        side = kept.setdefault(reviewer.agency_id, [])
        if len(side) < 3:
            side.append(reviewer)
    return [reviewer for side in kept.values() for reviewer in side]
