"""The demo's designations: candidates that fare unlike, and dossiers in both languages. Every figure is made up."""

import datetime as dt
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from kernel import clock
from portal.demo.applying import blank_pdf
from portal.demo.measures import MEASURES, REASONS, SOURCE
from portal.demo.people import Cast
from portal.demo.programme import Stage, jst
from program.actions import consultations, dossiers, programmes
from program.actions import designation_life as life
from program.actions import designations as steps
from program.actions.renewals import renew_designation
from program.models import Designation
from registries.models import Country

REVIEWED = "根拠の出典及び評点の理由を確認し、提案は適当と認めた。"
PARTICIPANTS_JA = """内閣府 科学技術・イノベーション推進事務局 国際担当、見本 花子
文部科学省 科学技術・学術政策局 参事官（国際戦略担当）付、見本 一郎"""
PARTICIPANTS_EN = """Cabinet Office, Secretariat of Science, Technology and Innovation Policy, International Affairs, Mihon Hanako
MEXT, Science and Technology Policy Bureau, Office of the Director for International Strategy, Mihon Ichiro"""
POINTS = (
    {
        "point_ja": "既存の二国間の枠組みとの重複がないか。",
        "point_en": "Does it overlap with bilateral schemes that exist?",
        "answer_ja": "対象とする規模と期間が異なり、重複はない。公募時に改めて確認する。",
        "answer_en": "No: size and duration differ. This is looked at again when a call is prepared.",
    },
    {
        "point_ja": "安全保障輸出管理上の留意点は何か。",
        "point_en": "What is to be heeded in export control?",
        "answer_ja": "対象となる課題は事前に確認し、根拠のロスとして評点に反映した。",
        "answer_en": "The topics concerned are examined beforehand, and stand in the evidence as a loss with its score.",
    },
)
# key: field, country or group, state to reach, (measure, value, score, weight) ...
DESIGNATIONS = {
    "quantum-us": ("quantum", "US", "decided", (
        ("papers", "1840", 2, 3), ("top", "28.4", 2, 2), ("people", "126", 1, 2), ("facilities", "420", -1, 1),
    )),
    "bio-gb": ("bio", "GB", "decided", (
        ("papers", "1210", 1, 3), ("top", "11.2", 1, 2), ("people", "88", 1, 2), ("facilities", "160", -1, 1),
    )),
    "ai-group": ("ai", "europe", "decided", (
        ("papers", "2030", 2, 2), ("top", "19.6", 1, 3), ("funding", "310", 1, 1), ("control", "6.5", -1, 1),
    )),
    "semiconductor-de": ("semiconductor", "DE", "suspended", (
        ("papers", "540", 1, 2), ("people", "41", 1, 1), ("facilities", "980", -2, 1), ("control", "12", -1, 1),
    )),
    "semiconductor-us": ("semiconductor", "US", "proposed", (
        ("papers", "960", 1, 2), ("top", "31.0", 2, 3), ("funding", "1250", 1, 1), ("control", "34", -2, 3),
    )),
    "bio-us": ("bio", "US", "draft", (
        ("papers", "3120", 2, 3), ("top", "33.5", 2, 1), ("people", "204", 2, 2), ("facilities", "640", -1, 2),
    )),
    "quantum-gb": ("quantum", "GB", "renewed", (
        ("papers", "720", 1, 2), ("top", "12.5", 1, 2), ("people", "63", 1, 1), ("facilities", "210", -1, 1),
    )),
    "quantum-de": ("quantum", "DE", "draft", (
        ("papers", "610", 1, 2), ("top", "9.8", 1, 1), ("facilities", "1150", -2, 2),
    )),
    "ai-us": ("ai", "US", "reviewed", (
        ("papers", "2480", 2, 2), ("top", "36.2", 2, 2), ("control", "27", -2, 1),
    )),
    "semiconductor-fr": ("semiconductor", "FR", "draft", (
        ("papers", "190", 0, 1), ("facilities", "720", -2, 2), ("people", "12", 1, 1),
    )),
}  # fmt: skip


def make_designations(cast: Cast, stage: Stage) -> None:
    """The group of countries, and a designation in every stage of its life."""
    officer = cast.users["ministry1"]
    programmes.add_country_group(
        programme=stage.programme,
        by=officer,
        code="europe",
        title_ja="欧州先進国群",
        title_en="Leading European countries",
        countries=list(Country.objects.filter(code__in=["GB", "DE", "FR"])),
        starts_on=dt.date(2023, 4, 1),
    )
    for key, (_field, _partner, target, _evidence) in DESIGNATIONS.items():
        with clock.set_to(jst(2026, 11, 2) if target == "draft" else jst(2023, 6, 1)):
            stage.designations[key] = _prepared(cast, stage, key)
            if target != "draft":
                _brought_to(cast, stage, key, target)


def _prepared(cast: Cast, stage: Stage, key: str) -> Designation:
    """A dossier with its evidence and policy documents."""
    officer = cast.users["ministry1"]
    field_code, partner, _target, evidence = DESIGNATIONS[key]
    designation = steps.prepare_designation(
        programme=stage.programme,
        field=stage.fields[field_code],
        by=officer,
        country=Country.objects.get(code=partner) if len(partner) == 2 else None,
        group=stage.programme.country_groups.get(code=partner) if len(partner) > 2 else None,
        summary_ja="我が国が得られるベネフィット／ロスの分析（実演用の架空の数値）",
        summary_en="What Japan gains and loses (figures made up for the demo)",
        division_ja="科学技術・学術政策局 参事官（国際戦略担当）",
        division_en="Office of the Director for International Strategy, Science and Technology Policy Bureau",
        director_ja="見本 太郎",
        director_en="Mihon Taro",
    )
    for name, value, score, weight in evidence:
        kind, measure_ja, measure_en, unit_ja, unit_en = MEASURES[name]
        reason_ja, reason_en = REASONS[name, score]
        dossiers.add_evidence(
            designation=designation,
            by=officer,
            kind=kind,
            measure_ja=measure_ja,
            measure_en=measure_en,
            value=Decimal(value),
            unit_ja=unit_ja,
            unit_en=unit_en,
            year=2021,
            source_ja=SOURCE[0],
            source_en=SOURCE[1],
            source_url="https://evidence.example/",
            score=score,
            reason_ja=reason_ja,
            reason_en=reason_en,
            weight=weight,
        )
    for title_ja, title_en, decided_on in (
        (
            "第6期科学技術・イノベーション基本計画",
            "6th Science, Technology and Innovation Basic Plan",
            dt.date(2021, 3, 26),
        ),
        ("統合イノベーション戦略2022", "Integrated Innovation Strategy 2022", dt.date(2022, 6, 3)),
    ):
        dossiers.add_policy(
            designation=designation, by=officer, title_ja=title_ja, title_en=title_en, decided_on=decided_on
        )
    return designation


def _brought_to(cast: Cast, stage: Stage, key: str, target: str) -> None:
    """Through consultation, proposal, review and two signatures to the state that the demo shows."""
    proposer, other = cast.users["ministry1"], cast.users["ministry2"]
    designation = stage.designations[key]
    _consult(cast, designation, dt.date(2023, 5, 20))
    steps.propose_designation(designation=designation, by=proposer)
    if target == "proposed":
        return
    steps.review_designation(designation=designation, by=other, comment=REVIEWED)
    if target == "reviewed":
        return
    last = dt.date(2026, 3, 31) if target == "renewed" else dt.date(2032, 3, 31)
    _decide(cast, designation, dt.date(2023, 7, 1), last)
    if target == "suspended":
        with clock.set_to(jst(2025, 9, 30)):
            life.suspend_designation(
                designation=designation,
                by=other,
                on=dt.date(2025, 9, 30),
                reason="相手国側の制度変更により、共同研究契約の条件を確認するため",
            )
    if target == "renewed":
        with clock.set_to(jst(2026, 1, 15)):
            stage.designations[f"{key}-renewed"] = _renewed(cast, designation)


def _consult(cast: Cast, designation: Designation, day: dt.date) -> None:
    officer = cast.users["ministry1"]
    talk = consultations.record_consultation(
        designation=designation,
        by=officer,
        held_on=day,
        offices_ja="内閣府 科学技術・イノベーション推進事務局",
        offices_en="Cabinet Office, Secretariat of Science, Technology and Innovation Policy",
        points_ja="分野と協力相手国の組合せ、実施時期",
        points_en="The pairs of field and partner country, and when they begin",
        answer_ja="異存なし",
        answer_en="No objection",
        participants_ja=PARTICIPANTS_JA,
        participants_en=PARTICIPANTS_EN,
    )
    for texts in POINTS:
        consultations.add_point(consultation=talk, by=officer, **texts)
    minutes = SimpleUploadedFile("協議記録.pdf", blank_pdf())
    consultations.attach_file(
        consultation=talk,
        by=officer,
        upload=minutes,
        title_ja="協議記録（見本）",
        title_en="Minutes of the consultation (example)",
    )


def _decide(cast: Cast, designation: Designation, first: dt.date, last: dt.date) -> None:
    life.sign_designation(
        designation=designation, by=cast.users["ministry1"], valid_from=first, valid_until=last
    )
    life.decide_designation(designation=designation, by=cast.users["ministry2"])


def _renewed(cast: Cast, designation: Designation) -> Designation:
    """The next period, with newer figures: its dossier differs from the old one."""
    officer = cast.users["ministry1"]
    renewal = renew_designation(
        designation=designation, by=officer, reason="指定期間の満了に伴い、最新の数値により更新するため"
    )
    papers = renewal.evidence.get(measure_ja=MEASURES["papers"][1])
    dossiers.change_evidence(
        item=papers,
        by=officer,
        value=Decimal("1080"),
        year=2024,
        score=2,
        reason_ja=REASONS["papers", 2][0],
        reason_en=REASONS["papers", 2][1],
    )
    _consult(cast, renewal, dt.date(2026, 1, 13))
    steps.propose_designation(designation=renewal, by=officer)
    steps.review_designation(designation=renewal, by=cast.users["ministry2"], comment=REVIEWED)
    _decide(cast, renewal, dt.date(2026, 4, 1), dt.date(2032, 3, 31))
    return renewal
