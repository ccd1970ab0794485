"""Real files of awards, sent by an officer through the pages; the counts are taken again here, without the importer's help."""

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from kernel import jobs
from kernel.jobs.models import Job
from registries.models import ImportRun, RegisteredAward
from tests.builders.people import make_agency, make_member

SHIPPED = Path(settings.BASE_DIR) / "registries/data/awards/nsf"
SHARED = Path(settings.BASE_DIR).parent / "shared/data/awards"

pytestmark = pytest.mark.django_db
needs_collection = pytest.mark.skipif(
    not SHARED.is_dir(), reason="needs the collection of real files beside the checkout"
)


@pytest.fixture
def officer() -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=make_member(make_agency(), Role.PROGRAMME_OFFICER).pk))
    return client


def sent(client: Client, path: Path, content: bytes | None = None) -> str:
    """The page of a file that was sent and read: what it would change, or why it cannot."""
    upload = SimpleUploadedFile(path.name, path.read_bytes() if content is None else content)
    answer = client.post("/en/registries/import/", {"kind": "awards", "file": upload})
    assert answer.status_code == 302, answer.context["form"].errors
    job = Job.objects.latest("pk")
    assert jobs.run_job(job.pk) == "done"
    return str(answer["Location"])


def page(client: Client, address: str) -> str:
    return re.sub(r"\s+", " ", client.get(address, follow=True).content.decode())


def taken(client: Client, path: Path, content: bytes | None = None) -> ImportRun:
    """The run of a file that was seen and then taken in."""
    client.post(sent(client, path, content))
    assert jobs.run_job(Job.objects.latest("pk").pk) == "done"
    return ImportRun.objects.latest("pk")


def counts(run: ImportRun) -> tuple[int, int, int]:
    return run.read, run.created, run.refused


def zipped(folder: Path) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, path.name)
    return out.getvalue()


def told_in(folder: Path) -> tuple[int, set[str]]:
    """How many <Award> the files of a folder hold, and the numbers of those that can be used, by their text alone."""
    texts = {path.name: path.read_text(errors="replace") for path in folder.iterdir()}
    awards = sum(len(re.findall("<Award>", text)) for text in texts.values())
    sound = [text for name, text in texts.items() if name != "badXMLfile.xml"]
    return awards, {number for text in sound for number in re.findall("<AwardID>([^<]+)<", text)}


@pytest.mark.parametrize("folder", [SHIPPED, pytest.param(SHARED / "nsf_xml", marks=needs_collection)])
def test_the_awards_of_nsf_are_all_taken_but_two_that_are_named(officer: Client, folder: Path) -> None:
    awards, usable = told_in(folder)
    run = taken(officer, Path("nsf.zip"), zipped(folder))
    assert counts(run) == (awards, awards - 2, 2)
    assert set(RegisteredAward.objects.values_list("number", flat=True)) == usable
    refused = [(p["file_name"], p["code"], p["key"]) for p in run.problems if p["severity"] == "error"]
    assert refused == [
        ("badXMLfile.xml", "xml_invalid", "69W3547"),
        (
            "noID.xml",
            "award_without_number",
            "Task Order For Partial Support of the Committee on Geography",
        ),
    ]
    shown = page(officer, f"/en/registries/imports/{run.public_id}/")
    assert all(key in shown for _file, _code, key in refused)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("badXMLfile.xml", ("69W3547", "line 4", "the XML breaks off or is broken")),
        ("noID.xml", ("Task Order For Partial Support", "the award has no number")),
    ],
)
def test_a_broken_file_alone_names_its_award_and_changes_nothing(
    officer: Client, name: str, said: tuple[str, ...]
) -> None:
    shown = page(officer, sent(officer, SHIPPED / name))
    assert "This file cannot be imported" in shown
    assert [words for words in said if words not in shown] == []
    assert RegisteredAward.objects.count() == 0


def test_a_broken_file_takes_nothing_from_what_is_there(officer: Client) -> None:
    taken(officer, SHIPPED / "69W3546.xml")
    before = list(RegisteredAward.objects.values())
    for name in ("badXMLfile.xml", "noID.xml"):
        sent(officer, SHIPPED / name)
    assert list(RegisteredAward.objects.values()) == before


@needs_collection
def test_the_awards_of_nih_are_a_thousand_with_their_sum(officer: Client) -> None:
    path = SHARED / "nih_sbir_results.csv"
    with path.open(newline="") as file:
        lines = list(csv.DictReader(file))
    run = taken(officer, path)
    assert counts(run) == (len(lines), len({line["award_id"] for line in lines}), 0)
    assert len(lines) == 1000
    total = sum(round(float(line["award_amount"]) * 100) for line in lines)
    assert sum(RegisteredAward.objects.values_list("amount", flat=True)) == total


@needs_collection
def test_the_calls_of_the_union_are_told_from_awards_and_counted(officer: Client) -> None:
    (path,) = SHARED.glob("eu_calls*")
    text, decoder, calls, at = path.read_text("utf-8-sig"), json.JSONDecoder(), 0, 0
    while at < len(text.rstrip()):
        _call, at = decoder.raw_decode(text, at)
        calls += 1
    assert calls == 80
    assert f"this is a list of {calls} calls for proposals" in page(officer, sent(officer, path))
    assert RegisteredAward.objects.count() == 0


@needs_collection
def test_the_statistics_of_snsf_are_told_from_awards_line_by_line(officer: Client) -> None:
    (path,) = (SHARED / "snsf").iterdir()
    shown = page(officer, sent(officer, path))
    assert "holds no record that could be used" in shown
    assert "the award has no number" in shown
    assert RegisteredAward.objects.count() == 0
