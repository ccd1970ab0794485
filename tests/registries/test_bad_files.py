"""Files that are not what they should be, as people send them: what is told, by row, and what is kept."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import translation

from accounts.enums import Role
from accounts.models import User
from kernel.violations import RuleBroken, sentence
from registries.actions.imports import import_file
from registries.enums import RegistryKind
from registries.messages import problem_words
from registries.models import Country, ExchangeRate, Holiday, ImportRun
from tests.builders.people import make_agency, make_member
from tests.builders.registry_files import extract
from tests.registries.test_pages import send, text_of, worked_on

COUNTRIES = sorted((Path(settings.BASE_DIR) / "registries/data/countries").glob("*.json"))

pytestmark = pytest.mark.django_db


def told(run: ImportRun, language: str = "en") -> list[str]:
    with translation.override(language):
        return [problem_words(problem) for problem in run.problems if problem["severity"] != "info"]


def taken(kind: RegistryKind, name: str, content: bytes) -> ImportRun:
    run: ImportRun = import_file(kind=kind, name=name, content=content, by=None)
    return run


def test_holidays_with_unpadded_dates_are_taken_and_other_spellings_are_told_by_line() -> None:
    lines = [
        "国民の祝日・休日月日,国民の祝日・休日名称",
        "2030/1/1,元日",
        "2030/01/14,成人の日",
        "2030-2-11,建国記念の日",
    ]
    lines += [
        "2030/13/1,誤り",
        "20300320,春分の日",
        "2030/2/29,ない日",
        "令和12年4月29日,昭和の日",
        "2030/5/3,",
        "2030/1/1,元日",
    ]
    run = taken(RegistryKind.HOLIDAYS, "h.csv", "\r\n".join(lines).encode("cp932"))
    assert list(Holiday.objects.order_by("on").values_list("on", flat=True)) == [
        *(
            Holiday.objects.model._meta.get_field("on").to_python(day)
            for day in ("2030-01-01", "2030-01-14", "2030-02-11")
        )
    ]
    assert (run.read, run.created, run.refused) == (9, 3, 6)
    assert told(run, "ja") == [
        "h.csv 4件目（5行目）：「2030/13/1」は日付ではありません。",
        "h.csv 5件目（6行目）：「20300320」は日付ではありません。",
        "h.csv 6件目（7行目）：「2030/2/29」は日付ではありません。",
        "h.csv 7件目（8行目）：「令和12年4月29日」は日付ではありません。",
        "h.csv 8件目（9行目）：「国民の祝日・休日名称」がありません。",
        "h.csv 9件目（10行目）：「2030/1/1」がファイルに重複しています。2件目を除きました。",
    ]


def test_a_day_without_the_yen_is_told_and_its_other_rates_are_left_out() -> None:
    content = b"Date,USD,JPY,BGN,\n2026-10-30,1.15,N/A,1.9558,\n2026-10-29,N/A,176.1,N/A,\n"
    run = taken(RegistryKind.RATES, "ecb.csv", content)
    assert list(ExchangeRate.objects.values_list("currency", "on__day")) == [("EUR", 29)]
    assert (run.created, run.refused) == (1, 1)
    assert told(run)[0].startswith("ecb.csv: the yen is not quoted for 2026-10-30")


@pytest.mark.parametrize(
    ("value", "words"),
    [("N/A", "“N/A” is no rate."), ("", "“Value” is missing."), ("-1", "“-1” is no rate.")],
)
def test_a_yearly_rate_that_is_none_is_told_by_its_line(value: str, words: str) -> None:
    content = f"Date,Country,Value\n2023-01-01,Japan,140\n2023-01-01,Canada,{value}\n2023-01-01,Norway,10.5\n"
    run = taken(RegistryKind.RATES, "fred.csv", content.encode())
    assert sorted(ExchangeRate.objects.values_list("currency", flat=True)) == ["NOK", "USD"]
    assert told(run) == [f"fred.csv, record 2 (line 3): {words}"]


def test_the_files_of_countries_say_nothing_one_by_one_and_everything_together() -> None:
    for path in COUNTRIES:
        with pytest.raises(RuleBroken) as refused:
            taken(RegistryKind.COUNTRIES, path.name, path.read_bytes())
        with translation.override("en"):
            assert "choose all of these files together" in sentence(refused.value.violations[0])
    assert (Country.objects.count(), ImportRun.objects.count()) == (0, 0)
    call_command("import_registry", "countries", *map(str, COUNTRIES))
    first = list(Country.objects.order_by("code").values())
    assert len(first) == 250 + 9  # and those that no longer exist
    for path in COUNTRIES:  # ISO's names do not take the place of CLDR's
        assert taken(RegistryKind.COUNTRIES, path.name, path.read_bytes()).updated == 0
    assert list(Country.objects.order_by("code").values()) == first


def test_a_country_of_which_a_name_is_missing_is_told() -> None:
    call_command("import_registry", "countries", *map(str, COUNTRIES))
    run = taken(RegistryKind.COUNTRIES, "codes.json", b'[["JP", "JPN", "392"], ["QX", "QXX", "999"]]')
    assert told(run) == ["codes.json: “QX” has no name in Japanese or none in English."]


def client() -> Client:
    found = Client()
    user = make_member(make_agency(), Role.PROGRAMME_OFFICER)
    found.force_login(User.objects.get(pk=user.pk))
    return found


def test_the_files_of_countries_are_chosen_together_on_the_page() -> None:
    officer = client()
    files: Any = [SimpleUploadedFile(path.name, path.read_bytes()) for path in COUNTRIES]
    sent = send(officer, "countries", files)
    assert worked_on() == 1
    page = text_of(officer.get(sent))
    assert "この内容で取り込む" in page or 'type="submit"' in page
    officer.post(sent)
    assert worked_on() == 1
    assert Country.objects.count() == 250 + 9


def test_several_files_of_another_kind_are_refused_with_words() -> None:
    files = [SimpleUploadedFile(name, extract("calendar/syukujitsu.csv")) for name in ("a.csv", "b.csv")]
    answer = client().post("/en/registries/import/", {"kind": "holidays", "file": files})
    assert "Send one file after the other" in text_of(answer)
