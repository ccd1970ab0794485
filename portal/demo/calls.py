"""The demo's calls: one decided, one under review, one whose deadline lies ahead, one being prepared."""

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from kernel import clock
from portal.demo.applying import blank_pdf
from portal.demo.people import Cast
from portal.demo.programme import Stage, jst
from program.actions import calls
from program.actions.call_agreements import agree_to_call, confirm_agreement
from program.actions.call_dates import set_milestone
from program.actions.call_extras import add_document, add_support_type
from program.enums import MilestoneKind
from program.models import Call, FormVersion
from program.versions import form_as_plain
from proposals.actions.core import save_section
from proposals.actions.trials import send_trial, start_trial


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
        version = calls.set_form(call=call, by=officer)
        if not is_opened:
            _embellish(call, version, officer, opens)
        if is_opened:
            _settle(cast, call)
    if is_opened:
        with clock.set_to(opens):
            call = calls.open_call(call=call, by=officer)
    return call


def _embellish(call: Call, version: FormVersion, officer: User, opens: dt.datetime) -> None:
    """What a call may have besides: a field in its form, a milestone, a support type, a document."""
    sections, _criteria = form_as_plain(version)
    sections[0]["fields"] = [
        {
            "key": "keywords",
            "kind": "text",
            "title_ja": "キーワード",
            "title_en": "Keywords",
            "limit": 100,
        }
    ]
    calls.set_form(call=call, by=officer, sections=sections)
    set_milestone(
        call=call, by=officer, kind=MilestoneKind.PANEL, starts_on=(opens + dt.timedelta(days=180)).date()
    )
    add_support_type(
        call=call,
        by=officer,
        key="top",
        title_ja="トップ研究者支援",
        title_en="Top researchers",
        min_years=3,
        max_years=5,
    )
    add_document(
        call=call,
        by=officer,
        title_ja="公募要領",
        title_en="Guidelines",
        upload=SimpleUploadedFile("guidelines.pdf", blank_pdf()),
    )


def _settle(cast: Cast, call: Call) -> None:
    """Each agency agrees to the call, one that does not sign in by its letter, and an officer tries the form."""
    officer = cast.users["home1"]
    trial = start_trial(call=call, by=officer)
    for section in trial.form_version.sections.all():
        save_section(
            proposal=trial, section=section, by=officer, text="試験入力", revision=0, is_complete=True
        )
    send_trial(proposal=trial, by=officer)
    for part in call.call_agencies.select_related("agency"):
        if part.agency == cast["JST"]:
            agree_to_call(part=part, by=cast.users["home2"])
        elif part.signs_in:
            agree_to_call(part=part, by=cast.users["partner1"])
        else:
            letter = SimpleUploadedFile(f"{part.agency.short_name}-letter.pdf", blank_pdf())
            agreement = agree_to_call(part=part, by=officer, letter=letter, letter_dated=part.starts_on)
            confirm_agreement(agreement=agreement, by=cast.users["home2"])


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
