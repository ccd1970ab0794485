"""A programme with one call of two agencies, as rows: the starting point of tests in the apps above."""

import datetime as dt
import itertools
from dataclasses import dataclass
from typing import Any

from accounts.enums import Role
from accounts.models import Organisation, User
from kernel.actions import writing
from kernel.clock import now
from program.agreed import call_digest
from program.models import (
    AgencyProfile,
    Call,
    CallAgency,
    CallAgreement,
    CallCap,
    CallDesignation,
    Criterion,
    Designation,
    Envelope,
    EnvelopeEntry,
    Field,
    FormField,
    FormSection,
    FormVersion,
    Programme,
    SupportType,
)
from registries.models import Country
from tests.builders.people import make_agency, make_member, make_ministry

_numbers = itertools.count(1)
ASPECTS = ("excellence", "partner", "people", "plan", "priority")


@dataclass
class Stage:
    """A programme, its agencies and the officers who work for them."""

    programme: Programme
    ministry: Organisation
    home: Organisation
    partner: Organisation
    ministry1: User
    ministry2: User
    home1: User  # programme officer of the home agency
    home2: User  # approver of the home agency
    partner1: User  # programme officer of the partner agency
    partner2: User  # approver of the partner agency
    field: Field
    designation: Designation


def make_stage(*, appropriated: int = 2_000_000_000) -> Stage:
    number = next(_numbers)
    ministry, home, partner = (
        make_ministry(),
        make_agency(f"HOME{number}"),
        make_agency(f"PART{number}", "US"),
    )
    ministry1, ministry2 = (make_member(ministry, Role.MINISTRY_OFFICER) for _ in range(2))
    home1, home2 = make_member(home, Role.PROGRAMME_OFFICER), make_member(home, Role.APPROVER)
    partner1 = make_member(partner, Role.PROGRAMME_OFFICER, language="en")
    partner2 = make_member(partner, Role.APPROVER, language="en")
    with writing():
        Country.objects.get_or_create(
            code="US", defaults={"code3": "USA", "name_ja": "アメリカ合衆国", "name_en": "United States"}
        )
        Country.objects.get_or_create(
            code="GB", defaults={"code3": "GBR", "name_ja": "英国", "name_en": "United Kingdom"}
        )
        Country.objects.get_or_create(
            code="JP", defaults={"code3": "JPN", "name_ja": "日本", "name_en": "Japan"}
        )
        programme = Programme.objects.create(
            code=f"programme-{number}",
            title_ja="見本国際共同研究事業",
            title_en="Example joint research programme",
            ministry=ministry,
            first_year=2023,
            last_year=2032,
        )
        AgencyProfile.objects.create(agency=home, project_number_format=f"JPMJ{number:02}{{yy}}{{serial}}")
        AgencyProfile.objects.create(agency=partner, award_number_pattern=r"\d{7}", currency="USD")
        field = Field.objects.create(programme=programme, code="quantum", title_ja="量子", title_en="Quantum")
        designation = Designation.objects.create(
            programme=programme,
            field=field,
            country_id="US",
            state="decided",
            valid_from=dt.date(2023, 4, 1),
            proposed_by=ministry1,
            decided_by=ministry2,
            decided_at=now(),
        )
    stage = Stage(
        programme,
        ministry,
        home,
        partner,
        ministry1,
        ministry2,
        home1,
        home2,
        partner1,
        partner2,
        field,
        designation,
    )
    if appropriated:
        for agency in (home,):
            for year in programme.years:
                make_envelope(stage, year, appropriated, agency=agency)
    return stage


def make_envelope(
    stage: Stage, fiscal_year: int, amount: int, *, agency: Organisation | None = None
) -> Envelope:
    """An envelope with one appropriation; its sum is kept by the database's trigger."""
    with writing():
        envelope, _ = Envelope.objects.get_or_create(
            programme=stage.programme, agency=agency or stage.home, fiscal_year=fiscal_year
        )
        EnvelopeEntry.objects.create(envelope=envelope, kind="appropriation", amount=amount, reason="Test")
        envelope.refresh_from_db()
    return envelope


def make_call(stage: Stage, *, state: str = "open", signs_in: bool = True, **fields: Any) -> Call:
    """A call of the two agencies, with the default cap, five criteria and three sections; open and a month from its deadline unless told."""
    number = next(_numbers)
    moment = now()
    with writing():
        call = Call.objects.create(
            **{
                "programme": stage.programme,
                "lead_agency": stage.home,
                "code": f"call-{number}",
                "title_ja": f"見本公募{number}",
                "title_en": f"Example call {number}",
                "opens_at": moment - dt.timedelta(days=30),
                "deadline_at": moment + dt.timedelta(days=30),
                "first_year": 2026,
                "min_years": 3,
                "max_years": 5,
                "state": state,
                "needs_approval": False,
                **fields,
            }
        )
        for agency in (stage.home, stage.partner):
            CallAgency.objects.create(
                call=call,
                agency=agency,
                starts_on=dt.date(2023, 4, 1),
                signs_in=signs_in or agency == stage.home,
            )
        CallDesignation.objects.create(call=call, designation=stage.designation)
        CallCap.objects.create(
            call=call, amount=100_000_000, limit_yen=None if state == "draft" else 100_000_000
        )
        version = FormVersion.objects.create(call=call, frozen_at=None if state == "draft" else moment)
        for position, key in enumerate(("plan", "dispatch", "acceptance"), 1):
            FormSection.objects.create(
                version=version,
                key=key,
                position=position,
                title_ja={"plan": "共同研究計画", "dispatch": "派遣計画", "acceptance": "受入計画"}[key],
                title_en=f"{key.capitalize()} plan",
                limit=2000,
            )
        for position, aspect in enumerate(ASPECTS, 1):
            Criterion.objects.create(
                version=version,
                aspect=aspect,
                position=position,
                title_ja=f"観点{position}",
                title_en=f"Criterion {position}",
                weight=2 if aspect == "people" else 1,
                anchors={
                    "1": {"ja": "不十分", "en": "Poor"},
                    "5": {"ja": "極めて優れている", "en": "Outstanding"},
                },
            )
    return call


def make_support_type(
    call: Call, key: str = "top", *, yearly: int | None = None, **values: Any
) -> SupportType:
    """A support type of three to five years, with a cap a fiscal year (in yen, fixed as at the opening) where one is given."""
    with writing():
        made = SupportType.objects.create(
            **{
                "call": call,
                "key": key,
                "title_ja": {"top": "トップ", "next": "次世代"}.get(key, key),
                "title_en": {"top": "Top", "next": "Next generation"}.get(key, key),
                "min_years": 3,
                "max_years": 5,
                **values,
            }
        )
        if yearly is not None:
            limit = None if call.state == "draft" else yearly
            CallCap.objects.create(call=call, support_type=made, amount=yearly, limit_yen=limit)
    return made


def settle(call: Call) -> Call:
    """What the checks before an opening want of people: every agency has agreed to the call as it stands, and its form
    was tried."""
    with writing():
        version = call.form_versions.latest("number")
        version.trial_begun_at = version.tried_at = now()
        version.save()
        digest = call_digest(call)
        for part in call.call_agencies.all():
            CallAgreement.objects.update_or_create(
                part=part, defaults={"digest": digest, "by": call_officer(part)}
            )
    return call


def call_officer(part: CallAgency) -> User:
    """Somebody of the agency."""
    return User.objects.filter(person__memberships__organisation=part.agency).order_by("pk")[0]


OPTIONS = [
    {"key": "first", "ja": "設備備品", "en": "Equipment"},
    {"key": "second", "ja": "旅費交通", "en": "Journeys"},
]
KINDS = ("text", "number", "yen_table", "choice", "date", "file", "person", "organisation")


def make_field(section: FormSection, kind: str, *, key: str = "", **values: Any) -> FormField:
    """A field of a section, required and with bounds that its kind knows."""
    with writing():
        return FormField.objects.create(
            **{
                "section": section,
                "key": key or kind.replace("_", "-"),
                "kind": kind,
                "position": section.fields.count() + 1,
                "title_ja": f"項目{kind}",
                "title_en": f"Field {kind}",
                "limit": 50,
                "lowest": 0 if kind == "number" else None,
                "highest": 100 if kind == "number" else None,
                "options": OPTIONS if kind in ("choice", "yen_table") else [],
                **values,
            }
        )


def add_fields_section(call: Call) -> FormSection:
    """One more section of the call's newest form, with a field of each kind and no text of its own."""
    version = call.form_versions.latest("number")
    with writing():
        section = FormSection.objects.create(
            version=version,
            key="facts",
            kind="fields",
            position=version.sections.count() + 1,
            title_ja="基本情報",
            title_en="Facts",
            help_ja="すべて記入してください。",
            help_en="Fill in everything.",
        )
    for kind in KINDS:
        make_field(section, kind)
    return section
