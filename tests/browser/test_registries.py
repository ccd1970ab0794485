"""The registries by their people in a browser: an institution named in a form, two records merged and parted again, files taken in."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from accounts.enums import Role
from accounts.models import Organisation
from kernel import jobs
from kernel.jobs.models import Job
from registries.actions.imports import import_file
from registries.enums import RegistryKind
from registries.models import Country, ExchangeRate, Holiday, Institution
from tests.browser.actor import Stagehand
from tests.builders.people import (
    give_role,
    make_agency,
    make_institution,
    make_member,
    make_user,
    verify_email,
)
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_pi, make_proposal
from tests.builders.registries import make_country
from tests.builders.registry_files import extract

DATA = Path(settings.BASE_DIR) / "registries/data"
COUNTRIES = [str(path) for path in sorted((DATA / "countries").glob("*.json"))]
OPTIONS = "main .combobox__list:not([hidden]) [role=option]"


def institutions() -> None:
    import_file(
        kind=RegistryKind.INSTITUTIONS,
        name="ror.json",
        content=extract("institutions/ror_v2_japan.json"),
        by=None,
    )


def worked_on() -> None:
    """Do what waits for a worker."""
    for pk in list(Job.objects.filter(state="queued").values_list("pk", flat=True)):
        assert jobs.run_job(pk) == "done"


# ---- an institution named in a form
@pytest.fixture
def draft(live_server: Any) -> Any:
    institutions()
    make_country()
    return make_proposal(make_call(make_stage()), pi=verify_email(make_pi()))


def team_form(walk: Any, draft: Any, language: str, **how: Any) -> Any:
    walker = walk(language=language, **how)
    walker.become(draft.pi.user)
    with translation.override(language):
        assert walker.open(reverse("proposals:team_add", args=[draft.public_id])) == 200
    return walker


@pytest.mark.parametrize(
    ("language", "typed", "name"), [("ja", "東北大", "東北大学"), ("en", "tohoku uni", "Tohoku University")]
)
def test_an_institution_is_found_while_typing_and_chosen_by_the_keyboard(
    walk: Any, draft: Any, language: str, typed: str, name: str
) -> None:
    walker = team_form(walk, draft, language)
    page, box = walker.page, walker.page.locator("main input[name=institution_name]")
    box.press_sequentially(typed)
    page.wait_for_selector(OPTIONS)
    assert box.get_attribute("aria-expanded") == "true"
    assert page.locator(OPTIONS).first.inner_text().startswith(name)
    assert walker.look() == []
    # Escape leaves what was typed; the arrow opens nothing that is not marked
    box.press("Escape")
    assert page.locator(OPTIONS).count() == 0
    assert box.input_value() == typed
    box.press("End")
    box.press_sequentially("v" if language == "en" else "学")
    page.wait_for_selector(OPTIONS)
    box.press("ArrowDown")
    marked = page.locator(f"#{box.get_attribute('aria-activedescendant')}")
    assert marked.get_attribute("aria-selected") == "true"
    box.press("Enter")
    assert box.input_value() == name
    assert page.input_value("main input[name=institution_ror_id]") == "01dq60k83"
    assert page.input_value("main select[name=country_code]") == "JP"
    # another letter, and it is no longer the one that was chosen
    box.press_sequentially("x")
    assert page.input_value("main input[name=institution_ror_id]") == ""


@pytest.mark.parametrize(("language", "typed"), [("ja", "東北大学"), ("en", "https://ror.org/01dq60k83")])
def test_an_institution_is_resolved_without_a_script(
    walk: Any, draft: Any, language: str, typed: str
) -> None:
    walker = team_form(walk, draft, language, javascript=False)
    page = walker.page
    for field, value in (
        ("family_kanji", "見本"),
        ("given_kanji", "花子"),
        ("family_romaji", "Mihon"),
        ("given_romaji", "Hanako"),
        ("institution_name", typed),
        ("effort_percent", "10"),
    ):
        page.fill(f"main input[name={field}]", value)
    page.select_option("main select[name=role]", "co_investigator")
    page.select_option("main select[name=country_code]", "JP")
    walker.press("main form:has([name=institution_name]) button[type=submit]")
    member = draft.team.get(person__family_romaji="Mihon")
    assert member.institution_ror_id == "01dq60k83"
    # of an id the name that it belongs to; a name stays as it was typed
    assert member.institution_name == {"ja": "東北大学", "en": "Tohoku University"}[language]


# ---- two records of one institution
@pytest.mark.parametrize("language", ["ja", "en"])
def test_two_records_are_merged_and_parted_again(walk: Any, live_server: Any, language: str) -> None:
    officer = verify_email(make_member(make_agency(), Role.PROGRAMME_OFFICER))
    kept = make_institution("KEPT", name_ja="東北大学", name_en="", ror_id=None)
    merged = make_institution("TWIN", name_ja="東北大学", name_en="Tohoku University", ror_id="01dq60k83")
    give_role(make_user(), merged, Role.RESEARCHER)
    hand = Stagehand(walk, language)
    hand.enter(officer)
    hand.go("registries:organisation", kept.public_id)
    hand.walker.press(f"main a[href*='/merge/{merged.public_id}/']")
    assert "01dq60k83" in hand.text()
    hand.fill(reason="同一機関")
    hand.send()
    kept.refresh_from_db()
    assert (kept.ror_id, kept.memberships.count()) == ("01dq60k83", 1)
    hand.go("registries:organisation", kept.public_id)
    hand.press("/undo/")
    kept.refresh_from_db()
    merged.refresh_from_db()
    assert (kept.ror_id, merged.ror_id, merged.merged_into) == (None, "01dq60k83", None)
    assert (kept.memberships.count(), merged.memberships.count()) == (0, 1)
    assert Organisation.objects.filter(merged_into=None, name_ja="東北大学").count() == 2


# ---- files
class Sender:
    """An officer who sends files, sees what they would change, and has them taken in."""

    def __init__(self, walk: Any, language: str) -> None:
        self.hand = Stagehand(walk, language)
        self.hand.enter(verify_email(make_member(make_agency(), Role.PROGRAMME_OFFICER)))

    def see(self, kind: str, file: Any) -> str:
        """Send a file and wait for its preview."""
        self.hand.fill_in("registries:import", kind=kind, file=file)
        worked_on()
        self.hand.page.reload()
        return self.hand.text()

    def take(self, kind: str, file: Any) -> str:
        """The same, and have it taken in; returns what the page of the run says."""
        self.see(kind, file)
        self.hand.send("main form[method=post] button[type=submit]")
        worked_on()
        self.hand.page.reload()
        assert "/registries/imports/" in self.hand.walker.path
        return self.hand.text()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_files_of_the_world_are_seen_and_taken_in(walk: Any, live_server: Any, language: str) -> None:
    sender = Sender(walk, language)
    for kind, file, model, count in (
        ("countries", COUNTRIES, Country, 259),
        ("institutions", str(DATA / "institutions/ror_v2_japan.json"), Institution, 69),
        ("holidays", str(DATA / "calendar/syukujitsu.csv"), Holiday, 1_067),
        ("rates", str(DATA / "rates/fred_yearly.csv"), ExchangeRate, 962),
    ):
        before = model.objects.count()
        preview = sender.see(kind, file)
        assert f"{count:,}" in preview
        assert model.objects.count() == before == 0
        assert f"{count:,}" in sender.take(kind, file)
        assert model.objects.count() == count
        assert sender.hand.walker.look() == []


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_is_wrong_with_a_file_is_told_by_its_line(
    walk: Any, live_server: Any, language: str, tmp_path: Path
) -> None:
    whole = extract("institutions/ror_v2_japan.json")
    cut, holidays, rates = (tmp_path / name for name in ("cut.json", "holidays.csv", "rates.csv"))
    cut.write_bytes(whole[: len(whole) // 2])
    lines = [
        "国民の祝日・休日月日,国民の祝日・休日名称",
        "2030/1/1,元日",
        "2030/13/1,誤り",
        "2030/2/11,建国記念の日",
    ]
    holidays.write_bytes("\r\n".join(lines).encode("cp932"))
    rates.write_text("Date,Country,Value\n2023-01-01,Japan,140\n2023-01-01,Canada,N/A\n")
    sender = Sender(walk, language)
    places = {"ja": ("行目", "3行目", "3行目"), "en": ("line ", "line 3", "line 3")}[language]
    refused = sender.see("institutions", str(cut))
    assert "cut.json" in refused
    assert places[0] in refused
    assert Institution.objects.count() == 0
    assert sender.hand.page.locator("main form[method=post]").count() == 0
    told = sender.take("holidays", str(holidays))
    assert "2030/13/1" in told
    assert places[1] in told
    assert Holiday.objects.count() == 2
    told = sender.take("rates", str(rates))
    assert "N/A" in told
    assert places[2] in told
    assert ExchangeRate.objects.count() == 1
    assert sender.hand.walker.look() == []


def test_a_file_can_be_sent_again_without_a_change(walk: Any, live_server: Any, tmp_path: Path) -> None:
    sender = Sender(walk, "ja")
    records = tmp_path / "ror.json"
    records.write_text(json.dumps(json.loads(extract("institutions/ror_v2_japan.json"))[:3]))
    sender.take("institutions", str(records))
    preview = sender.see("institutions", str(records))
    assert "このファイルの内容は全て登録済みです。取り込んでも変更は生じません。" in preview
    sender.hand.send("main form[method=post] button[type=submit]")
    worked_on()
    assert Institution.objects.count() == 3


# ---- codes
def test_codes_are_ticked_and_taken(walk: Any, live_server: Any) -> None:
    institutions()
    import_file(
        kind=RegistryKind.ERAD_CODES,
        name="codes.csv",
        content=b"erad_code,ror_id\n0000000012,01dq60k83\n",
        by=None,
    )
    place = make_institution("東北大", name_ja="東北大学", ror_id="01dq60k83")
    hand = Stagehand(walk, "ja")
    hand.enter(verify_email(make_member(make_agency(), Role.PROGRAMME_OFFICER)))
    hand.go("registries:participant_codes")
    assert hand.walker.look() == []
    box = hand.page.locator("main input[name=take]")
    assert not box.is_checked()
    box.check()
    hand.send("main form:has([name=take]) button[type=submit]")
    place.refresh_from_db()
    assert place.erad_code == "0000000012"
