"""The demo's calls: one decided, one under review, two whose deadlines lie ahead, one being prepared."""

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from kernel import clock
from kernel.clock import day_of
from portal.demo.applying import blank_pdf
from portal.demo.people import Cast
from portal.demo.programme import Stage, jst
from program.actions import calls
from program.actions.call_agreements import agree_to_call, confirm_agreement
from program.actions.call_dates import set_milestone
from program.actions.call_extras import add_document, add_support_type
from program.actions.call_outcomes import set_outcome_rules
from program.actions.checklists import set_checklist
from program.agreed import shown_agreement, shown_state
from program.enums import FileKind, MilestoneKind
from program.models import Call, FormVersion
from program.rules.checklist import SUGGESTED
from program.versions import form_as_plain
from proposals.actions.sections import save_section
from proposals.actions.trials import send_trial, start_trial

# What is being prepared for next year was begun before the demo's own day: nothing happens in the future.
LATEST = jst(2026, 11, 2)


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
    offers_types: bool = False,
    notice: tuple[str, dt.datetime] | None = None,
    agreement: str = "both_recommend",
) -> Call:
    """Prepare a call of JST and one partner agency a month before it opens, and open it at its hour."""
    officer = cast.users["home1"]
    prepared_at = min(opens - dt.timedelta(days=30), LATEST)
    with clock.set_to(prepared_at):
        call = calls.prepare_call(
            programme=stage.programme,
            lead_agency=cast["JST"],
            by=officer,
            code=code,
            title_ja=titles[0],
            title_en=titles[1],
            mode="joint_call",
            agreement=agreement,
            opens_at=opens,
            deadline_at=deadline,
            notice=notice[0] if notice else "off",
            notice_deadline_at=notice[1] if notice else None,
            first_year=first_year,
            min_years=3,
            max_years=5,
            summary_ja="相手国の研究費配分機関から十分な研究資金を得ているトップ研究者との大型国際共同研究を支援します。",
            summary_en="Supports large joint research with top researchers who hold sufficient funding from the partner country’s agency.",
            sufficient_yearly_yen=10_000_000,
            exchange_target_percent=70,
        )
        calls.add_designation_to_call(call=call, designation=stage.designations[designation], by=officer)
        begin = day_of(prepared_at)
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
        if offers_types:
            _offer_types(call, officer)
        if not is_opened:
            _embellish(call, version, officer, opens)
        if is_opened:
            _settle(cast, call)
    if is_opened:
        with clock.set_to(opens):
            call = calls.open_call(call=call, by=officer)
    return call


def _embellish(call: Call, version: FormVersion, officer: User, opens: dt.datetime) -> None:
    """What a call may have besides: a field in its form, a milestone, a document."""
    sections, _criteria = form_as_plain(version)
    sections[0]["fields"] = [
        {
            "key": "keywords",
            "kind": "text",
            "title_ja": "キーワード",
            "title_en": "Keywords",
            "limit": 100,
        },
        {
            "key": "figures",
            "kind": "file",
            "title_ja": "図表・データ",
            "title_en": "Figures and data",
            "is_required": False,
            "file_kinds": [FileKind.XLSX.value, FileKind.PICTURE.value],
            "most_megabytes": 10,
            "most_pages": 10,
        },
    ]
    calls.set_form(call=call, by=officer, sections=sections)
    set_milestone(
        call=call, by=officer, kind=MilestoneKind.PANEL, starts_on=day_of(opens + dt.timedelta(days=180))
    )
    add_document(
        call=call,
        by=officer,
        title_ja="公募要領",
        title_en="Guidelines",
        upload=SimpleUploadedFile("guidelines.pdf", blank_pdf()),
    )


def _offer_types(call: Call, officer: User) -> None:
    """Two support types: one as the call, one for early-career leaders with a lower cap."""
    add_support_type(
        call=call,
        by=officer,
        key="top",
        title_ja="トップチーム型",
        title_en="Top teams",
        summary_ja="世界トップ水準の研究チームどうしの共同研究を支援します。",
        summary_en="For joint research of teams at the top of the world.",
        min_years=3,
        max_years=5,
    )
    following = add_support_type(
        call=call,
        by=officer,
        key="next",
        title_ja="次世代リーダー型",
        title_en="Next-generation leaders",
        summary_ja="若手研究者が研究代表者となる共同研究を支援します。",
        summary_en="For joint research led by early-career researchers.",
        min_years=3,
        max_years=5,
        early_career_ja="博士号取得後10年以内（産前・産後休業、育児休業等の期間を除く）",
        early_career_en="within ten years of the doctorate, parental and similar leave not counted",
    )
    calls.set_cap(call=call, by=officer, amount=60_000_000, support_type=following)


def _settle(cast: Cast, call: Call) -> None:
    """Each agency agrees to the call, one that does not sign in by its letter, and an officer tries the form."""
    officer = cast.users["home1"]
    call = set_outcome_rules(call=call, by=officer, feedback="means_and_n", appeal_days=14, second_pair=[])
    trial = start_trial(call=call, by=officer)
    for section in trial.form_version.sections.all():
        save_section(
            proposal=trial, section=section, by=officer, text="試験入力", revision=0, is_complete=True
        )
    send_trial(proposal=trial, by=officer)
    for part in call.call_agencies.select_related("agency"):
        is_partners = part.signs_in and part.agency != cast["JST"]
        keeper = cast.users["partner1"] if is_partners else officer
        # The partner looks at the partner's side alone.
        items = SUGGESTED if part.agency == cast["JST"] else SUGGESTED[1:4]
        set_checklist(part=part, by=keeper, rows=[("", ja, en) for ja, en in items])
        if part.agency == cast["JST"]:
            agree_to_call(part=part, by=cast.users["home2"], shown=shown_state(call))
        elif part.signs_in:
            agree_to_call(part=part, by=cast.users["partner1"], shown=shown_state(call))
        else:
            letter = SimpleUploadedFile(f"{part.agency.short_name}-letter.pdf", blank_pdf())
            agreement = agree_to_call(
                part=part,
                by=officer,
                shown=shown_state(call),
                letter=letter,
                letter_dated=part.starts_on,
            )
            second = cast.users["home2"]
            confirm_agreement(agreement=agreement, by=second, shown=shown_agreement(agreement))


def make_calls(cast: Cast, stage: Stage) -> dict[str, Call]:
    """The five calls by key."""
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
            agreement="negotiation",
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
            offers_types=True,
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
            notice=("optional", jst(2026, 10, 23, 17)),
            first_year=2027,
            offers_types=True,
        ),
        "required": make_call(
            cast,
            stage,
            code="2027b-gb",
            titles=("2027年度 バイオ 日英共同公募", "Biotechnology, Japan and the United Kingdom, 2027"),
            designation="bio-gb",
            partner="UKRI",
            opens=jst(2026, 10, 15),
            deadline=jst(2027, 2, 26, 17),
            notice=("required", jst(2026, 12, 18, 17)),
            first_year=2027,
            partner_signs_in=False,
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
            notice=("required", jst(2027, 5, 31, 17)),
            first_year=2028,
            is_opened=False,
            offers_types=True,
        ),
    }
