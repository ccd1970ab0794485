"""A call of each mode, by its people in a browser: prepared, agreed, tried, opened, filled in, its form changed, and an
earlier draft that opens unchanged."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import time_machine

from program.models import Call
from proposals.models import Proposal
from tests.browser.actor import Stagehand
from tests.builders.people import make_institution, verify_email
from tests.builders.program import make_stage
from tests.builders.proposals import make_pi
from tests.proposals.test_answers import one_page

MODES = [("joint_call", "3", "ja"), ("lead_agency", "3", "en"), ("partner_funded", "2", "ja")]
FIELDS: dict[str, dict[str, Any]] = {
    "text": {"limit": "40", "unit": "words"},
    "number": {"lowest": "0", "highest": "100", "measure_ja": "人", "measure_en": "people"},
    "yen_table": {"options": "goods | 物品費 | Goods\ntravel | 旅費 | Travel"},
    "choice": {"options": "yes | あり | Yes\nno | なし | No"},
    "date": {},
    "file": {},
    "person": {},
    "organisation": {},
}


class Season:
    """One call from its preparation to a change of its form."""

    def __init__(self, walk: Any, mode: str, tier: str, language: str, folder: Path) -> None:
        self.stage = make_stage()
        for person in (self.stage.home1, self.stage.partner1):
            verify_email(person)
        self.pi = verify_email(make_pi(make_institution("UNIV")))
        self.hand = Stagehand(walk, language)
        self.mode, self.tier = mode, tier
        self.paper = folder / "letter.pdf"
        self.paper.write_bytes(one_page())
        self.call: Call

    def prepare(self) -> None:
        hand, stage = self.hand, self.stage
        hand.enter(stage.home1)
        hand.fill_in(
            "program:call_prepare",
            programme=stage.programme.pk,
            lead_agency=stage.home.pk,
            code=f"2027-{self.mode.replace('_', '-')}",
            title_ja="2027年度 量子 共同公募",
            title_en="Quantum, 2027",
            mode=self.mode,
            tier=self.tier,
            opens_at="2026-11-20T10:00",
            deadline_at="2026-12-18T17:00",
            first_year="2027",
            min_years="3",
            max_years="5",
        )
        self.call = call = Call.objects.get()
        key = call.public_id
        hand.fill_in("program:call_designations", key, designation=stage.designation.pk)
        hand.fill_in("program:call_agencies", key, agency=stage.partner.pk, starts_on="2026-11-01")
        hand.fill_in("program:call_milestones", key, kind="panel", starts_on="2027-02-11", at="17:00")
        hand.fill_in(
            "program:call_section_add",
            key,
            key="facts",
            title_ja="基本情報",
            title_en="Facts",
            kind="fields",
        )
        for kind, values in FIELDS.items():
            hand.fill_in(
                "program:call_field_add",
                key,
                "facts",
                kind,
                key=kind.replace("_", "-"),
                title_ja=f"項目 {kind}",
                title_en=f"Field {kind}",
                **values,
            )
        hand.go("program:call_form", key)
        hand.press("/form/sections/facts/move/up/")

    def settle(self) -> None:
        """Both agencies agree, and the officer tries the form."""
        hand, call = self.hand, self.call
        hand.go("proposals:trial", call.public_id)
        hand.send("main form[method=post] button[type=submit]")
        trial = Proposal.objects.get(is_test=True)
        self.fill_sections(trial)
        hand.go("proposals:tasks", trial.public_id)
        hand.press("/trial/")
        for officer, agency in (
            (self.stage.home1, self.stage.home),
            (self.stage.partner1, self.stage.partner),
        ):
            hand.enter(officer)
            hand.go("program:call", call.public_id)
            part = call.call_agencies.get(agency=agency)
            hand.go("program:call_agreement", part.public_id)
            hand.send("main form[method=post] button[type=submit]")

    def open(self) -> None:
        hand, call = self.hand, self.call
        hand.enter(self.stage.home1)
        hand.go("program:call_preparation", call.public_id)
        hand.press("/open/")
        call.refresh_from_db()
        assert call.state == "open", hand.text()

    def fill_sections(self, proposal: Proposal) -> None:
        """Every section of the version on which the proposal stands."""
        hand = self.hand
        for section in proposal.form_version.sections.all():
            hand.go("proposals:section", proposal.public_id, section.key)
            if section.has_text:
                hand.fill(text="本研究は…")
            if section.key == "facts":
                hand.fill(
                    field_text="Two words",
                    field_number="１２",
                    **{"field_yen-table__goods__2027": "1,000,000"},
                    field_choice="yes",
                    field_date="2027-04-01",
                    field_file=str(self.paper),
                    field_person__name="見本 花子",
                    field_organisation__name="Example State University",
                )
            hand.fill(is_complete=True)
            hand.send("main form[data-guard] button[type=submit]")

    def apply(self) -> Proposal:
        hand = self.hand
        hand.enter(self.pi)
        hand.fill_in("proposals:start", self.call.public_id)
        proposal = Proposal.objects.get(pi=self.pi.person)
        self.fill_sections(proposal)
        return proposal

    def change(self) -> None:
        """The officer adds a section, looks at the comparison and issues the new version."""
        hand, call = self.hand, self.call
        hand.enter(self.stage.home1)
        hand.fill_in(
            "program:call_section_add", call.public_id, key="ethics", title_ja="研究倫理", title_en="Ethics"
        )
        hand.go("proposals:form_versions", call.public_id)
        assert {"ja": "研究倫理", "en": "Ethics"}[hand.language] in hand.text()
        hand.fill(reason_ja="倫理の欄を追加しました。", reason_en="A section on ethics was added.")
        hand.send()


@pytest.mark.parametrize(("mode", "tier", "language"), MODES)
def test_a_call_of_each_mode_is_opened_filled_in_and_its_form_changed(
    walk: Any, transactional_db: Any, mode: str, tier: str, language: str, tmp_path: Path
) -> None:
    with time_machine.travel(dt.datetime(2026, 11, 25, 3, tzinfo=dt.UTC)):
        season = Season(walk, mode, tier, language, tmp_path)
        season.prepare()
        season.settle()
        season.open()
        draft = season.apply()
        before = {entry.section.key: (entry.text, entry.answers) for entry in draft.sections.all()}
        assert set(before["facts"][1]) == {kind.replace("_", "-") for kind in FIELDS}
        number = draft.form_version.number
        season.change()
        hand = season.hand
        hand.enter(season.pi)
        hand.go("proposals:tasks", draft.public_id)
        assert {"ja": "倫理の欄を追加しました。", "en": "A section on ethics was added."}[
            language
        ] in hand.text()
        hand.go("proposals:section", draft.public_id, "facts")
        assert hand.page.input_value("[name=field_number]") == "12"
        assert hand.page.input_value("[name='field_yen-table__goods__2027']") == "1,000,000"
        draft = Proposal.objects.get(pk=draft.pk)
        assert draft.form_version.number == number
        assert not draft.form_version.sections.filter(key="ethics").exists()
        assert {entry.section.key: (entry.text, entry.answers) for entry in draft.sections.all()} == before
        hand.go("proposals:form_changes", draft.public_id)
        assert season.call.form_versions.latest("number").number == number + 1
