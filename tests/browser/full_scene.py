"""The scene of a full proposal: a call that asks for everything, and the people who write, sign, approve and receive."""

import datetime as dt
from dataclasses import dataclass

from accounts.enums import Role
from accounts.models import Organisation, User
from kernel.actions import writing
from kernel.clock import now
from program.models import Call, FormSection
from tests.browser.portal import with_password
from tests.builders.approval import make_approving_call
from tests.builders.people import give_role, make_institution, make_user, verify_email
from tests.builders.program import Stage, add_fields_section, make_stage
from tests.builders.registries import make_rate, make_registered_award

NSF = "021nxhr62"  # ROR id of the agency in whose register the second award is found
PARTNER_EMAIL = "casey.sample@partner.example"
LIMIT = 3_500  # characters of the plan


@dataclass
class Scene:
    """Who and what is there before the first page is opened."""

    language: str
    stage: Stage
    call: Call
    university: Organisation
    laboratory: Organisation
    pi: User
    colleague: User
    officer: User  # of the applicant's institution

    @property
    def year(self) -> int:
        """The first fiscal year of the call."""
        return self.call.first_year


def make_scene(language: str) -> Scene:
    """Everything relative to today: the portal that runs keeps the real time."""
    today = now().date()
    stage = make_stage()
    year = stage.programme.calendar.year_of(today) + 1
    university = make_institution(
        "𠮷野大", name_ja="𠮷野髙原大学（見本）", name_en="Yoshino Example University"
    )
    laboratory = make_institution(
        "葛城研", name_ja="葛󠄀城研究所（見本）", name_en="Katsuragi Example Laboratory"
    )
    with writing():
        stage.programme.last_year = year + 6
        stage.programme.save()
        stage.partner.ror_id = NSF
        stage.partner.save()
    call = make_approving_call(
        stage, first_year=year, exchange_target_percent=70, sufficient_yearly_yen=10_000_000
    )
    with writing():
        FormSection.objects.filter(version__call=call, key="plan").update(limit=LIMIT)
    add_fields_section(call)
    make_rate(on=today - dt.timedelta(days=2), yen_per_unit="150")
    make_registered_award(
        agency_ror_id=NSF,
        number="2499001",
        title="Collaborative Example of Logical Qubits",
        pi_name="Casey Sample",
        amount=120_000_000,
        starts_on=dt.date(year - 1, 9, 1),
        ends_on=dt.date(year + 5, 8, 31),
    )
    people = [
        make_user(
            "pi@applicant.example",
            language,
            family_kanji="𠮷髙",
            given_kanji="葛󠄀子",
            family_romaji="Yoshitaka",
            given_romaji="Katsuko",
        ),
        make_user(
            "colleague@applicant.example",
            language,
            family_kanji="﨑本",
            given_kanji="一郎",
            family_romaji="Sakimoto",
            given_romaji="Ichiro",
        ),
        make_user("office@applicant.example", language),
    ]
    for user, place, role in zip(
        people,
        (university, laboratory, university),
        (Role.RESEARCHER, Role.RESEARCHER, Role.INSTITUTION_OFFICER),
        strict=True,
    ):
        verify_email(give_role(user, place, role))
    with writing():
        User.objects.filter(pk=stage.home1.pk).update(language=language)
    verify_email(stage.home1)
    with_password(*people, stage.home1)
    return Scene(language, stage, call, university, laboratory, *people)
