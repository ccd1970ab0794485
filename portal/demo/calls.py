"""The demo's calls: one decided, one under review, one whose deadline lies ahead, one being prepared."""

import datetime as dt

from kernel import clock
from portal.demo.people import Cast
from portal.demo.programme import Stage, jst
from program.actions import calls
from program.models import Call


def make_call(
    cast: Cast,
    stage: Stage,
    *,
    code: str,
    titles: tuple[str, str],
    designation: str,
    partner: str,
    opens: dt.datetime,
    deadline: dt.datetime,
    first_year: int,
    partner_signs_in: bool = True,
    is_opened: bool = True,
) -> Call:
    """Prepare a call of JST and one partner agency a month before it opens, and open it at its hour."""
    officer = cast.users["home1"]
    with clock.set_to(opens - dt.timedelta(days=30)):
        call = calls.prepare_call(
            programme=stage.programme,
            lead_agency=cast["JST"],
            by=officer,
            code=code,
            title_ja=titles[0],
            title_en=titles[1],
            mode="joint_call",
            opens_at=opens,
            deadline_at=deadline,
            first_year=first_year,
            min_years=3,
            max_years=5,
            summary_ja="相手国の研究費配分機関から十分な研究資金を得ているトップ研究者との大型国際共同研究を支援します。",
            summary_en="Supports large joint research with top researchers who hold sufficient funding from the partner country’s agency.",
            sufficient_yearly_yen=10_000_000,
        )
        calls.add_designation_to_call(call=call, designation=stage.designations[designation], by=officer)
        begin = (opens - dt.timedelta(days=30)).date()
        calls.add_agency_to_call(call=call, agency=cast["JST"], by=officer, starts_on=begin)
        calls.add_agency_to_call(
            call=call,
            agency=cast[partner],
            by=officer,
            starts_on=begin,
            signs_in=partner_signs_in,
            reason="" if partner_signs_in else "先方の規程により、回答は文書による",
        )
        calls.set_form(call=call, by=officer)
    if is_opened:
        with clock.set_to(opens):
            call = calls.open_call(call=call, by=officer)
    return call


def make_calls(cast: Cast, stage: Stage) -> dict[str, Call]:
    """The four calls by key."""
    return {
        "decided": make_call(
            cast,
            stage,
            code="2024q-us",
            titles=("2024年度 量子 日米共同公募", "Quantum, Japan and the United States, 2024"),
            designation="quantum-us",
            partner="NSF",
            opens=jst(2024, 4, 10),
            deadline=jst(2024, 6, 28, 17),
            first_year=2024,
        ),
        "review": make_call(
            cast,
            stage,
            code="2026b-gb",
            titles=("2026年度 バイオ 日英共同公募", "Biotechnology, Japan and the United Kingdom, 2026"),
            designation="bio-gb",
            partner="UKRI",
            opens=jst(2026, 6, 1),
            deadline=jst(2026, 9, 30, 17),
            first_year=2027,
            partner_signs_in=False,
        ),
        "open": make_call(
            cast,
            stage,
            code="2027q-us",
            titles=("2027年度 量子 日米共同公募", "Quantum, Japan and the United States, 2027"),
            designation="quantum-us",
            partner="NSF",
            opens=jst(2026, 10, 1),
            deadline=jst(2027, 1, 29, 17),
            first_year=2027,
        ),
        "draft": make_call(
            cast,
            stage,
            code="2027a-eu",
            titles=("2027年度 AI・情報 欧州共同公募", "AI and information, Japan and Europe, 2027"),
            designation="ai-group",
            partner="DFG",
            opens=jst(2027, 4, 12),
            deadline=jst(2027, 7, 30, 17),
            first_year=2028,
            is_opened=False,
        ),
    }
