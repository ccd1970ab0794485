"""Files of papers by the million: sent by an officer, taken in in the background, whole or not at all."""

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from accounts.models import User
from kernel import jobs
from kernel.files.models import StoredFile
from kernel.jobs.models import Job
from kernel.violations import NotAllowed
from registries.actions.paper_files import request_paper_file
from registries.columnar import TABLE as COLUMNS
from registries.columnar import columnar
from registries.messages import problem_words
from registries.models import PaperFile
from tests.builders.evidence import TABLE, make_paper_file
from tests.builders.program import Stage, make_stage
from tests.counting import asks

pytestmark = pytest.mark.django_db
ADD = "/en/registries/paper-files/add/"
VALUES = {"source": "OpenAlex", "dated": "2026-11-01", "licence": "CC0 1.0"}
WORK = {
    "id": "https://openalex.org/W1",
    "title": "Quantum dots",
    "publication_year": 2021,
    "type": "article",
    "authorships": [{"countries": ["JP"]}, {"countries": ["US"]}],
}


@pytest.fixture
def stage() -> Stage:
    return make_stage()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def works(*changes: dict[str, Any]) -> bytes:
    return "\n".join(json.dumps(WORK | {"id": f"W{n}"} | change) for n, change in enumerate(changes)).encode()


def send(client: Client, content: bytes, name: str) -> str:
    """Send a file and do the work; returns the address at which it was followed."""
    sent = client.post(ADD, VALUES | {"file": SimpleUploadedFile(name, content)})
    assert sent.status_code == 302, text_of(sent)
    assert jobs.run_job(Job.objects.latest("pk").pk) == "done"
    return str(sent["Location"])


def as_parquet(tmp_path: Path, rows: str) -> bytes:
    target = tmp_path / "p.parquet"
    with columnar() as engine:
        engine.write(f"SELECT * FROM (VALUES {rows}) AS t({', '.join(COLUMNS)})", (), target)
    return target.read_bytes()


def test_a_file_is_taken_in_and_listed_with_its_figures(stage: Stage) -> None:
    client = signed_in(stage.ministry1)
    address = send(
        client, works({}, {"publication_year": 2019}, {"id": "W0"}, {"publication_year": None}), "w.ndjson"
    )
    page = client.get(address, follow=True)
    file = PaperFile.objects.get()
    assert (file.read, file.kept, file.refused, file.repeated) == (4, 2, 1, 1)
    assert (file.first_year, file.last_year, file.licence, file.by) == (
        2019,
        2021,
        "CC0 1.0",
        stage.ministry1,
    )
    assert [(row["year"], row["papers"]) for row in page.context["years"]] == [("2021", 1), ("2019", 1)]
    with translation.override("en"):
        assert [problem_words(problem) for problem in file.problems] == [
            "w.ndjson, line 4: the work has no date."
        ]
    assert "w.ndjson, line 4: the work has no date." in text_of(page)
    listed = text_of(client.get("/en/registries/paper-files/"))
    assert all(
        words in listed for words in ("w.ndjson", "OpenAlex", "CC0 1.0", "2019–2021", file.sha256[:10])
    )


@pytest.mark.parametrize("name", ["w.csv", "w.parquet", "w.gz", "w.jsonl"])
def test_every_layout_is_read_whatever_its_name_in_the_storage(
    stage: Stage, name: str, tmp_path: Path
) -> None:
    content = {
        "w.csv": TABLE.encode("utf-8-sig"),
        "w.parquet": as_parquet(
            tmp_path,
            "('P1','',2024,'article','A','','','JP;US',0,1), ('P2','',2025,'article','B','','','JP',0,NULL), ('','',2025,'article','C','','','JP',0,NULL)",
        ),
        "w.gz": gzip.compress(works({}, {}, {})),
        "w.jsonl": works({}, {}, {}),
    }[name]
    client = signed_in(stage.ministry1)
    send(client, content, name)
    file = PaperFile.objects.get()
    assert file.kept == (2 if name == "w.parquet" else 3)
    if name == "w.parquet":
        assert [(one["record"], one["code"]) for one in file.problems] == [(3, "field_missing")]


def test_the_same_file_of_the_same_day_is_kept_once(stage: Stage) -> None:
    client = signed_in(stage.ministry1)
    for _time in range(2):
        send(client, works({}, {}), "w.ndjson")
    assert PaperFile.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("w.ndjson", works({}, {})[:-20], "line 2: the JSON breaks off"),
        ("w.ndjson", works({}, {"publication_year": "soon"}, {}), "line 2: “soon” is no year"),
        ("w.ndjson", works({"publication_year": None}), "line 1: the work has no date"),
        ("w.csv", b"a,b\n1,2\n", "line 1: the first line is not the expected heading"),
        ("w.csv", TABLE.encode() + b"P4,2025\n", "line 5: 2 cells where 10 were expected"),
        ("w.parquet", b"PAR1nonsense", "cannot be read as what it is said to be"),
        ("w.gz", gzip.compress(works({}, {}))[:-12], "cannot be read as what it is said to be"),
    ],
)
def test_a_file_that_cannot_be_used_keeps_nothing_and_names_its_lines(
    stage: Stage, name: str, content: bytes, words: str
) -> None:
    client = signed_in(stage.ministry1)
    page = client.get(send(client, content, name))
    assert words in text_of(page)
    assert "Nothing was changed" in text_of(page)
    # Neither the place where the file lies nor the engine's own words beside the line that is named.
    assert ("/files/" in text_of(page), "CSV Error" in text_of(page)) == (False, False)
    assert ("line " in words) == (
        "lines that cannot be read" in text_of(page) or "no paper with" in text_of(page)
    )
    assert not PaperFile.objects.exists()
    assert not StoredFile.objects.filter(made_here=True).exists()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("w.exe", b"MZ", "W"),
        ("w.gz", b"no gzip", "w.gz"),
        ("w.csv", b"%PDF-1.7\n%\xe2\xe3\n" + b"\x00" * 10, "w.csv"),
        ("w.parquet", b"key,doi", "w.parquet"),
    ],
)
def test_what_is_no_such_file_is_refused_beside_its_field(
    stage: Stage, name: str, content: bytes, words: str
) -> None:
    answer = signed_in(stage.ministry1).post(ADD, VALUES | {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    assert words.lower() in text_of(answer).lower()
    assert not Job.objects.filter(name="registries.papers").exists()


def test_a_file_above_the_limit_is_refused(stage: Stage, settings: Any) -> None:
    settings.PAPER_UPLOAD_LIMIT_BYTES = 10
    answer = signed_in(stage.ministry1).post(
        ADD, VALUES | {"file": SimpleUploadedFile("w.ndjson", works({}))}
    )
    assert answer.context["form"].errors["file"]


def test_a_packed_file_that_unpacks_to_too_much_is_refused(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("registries.actions.paper_files.MOST_UNPACKED", 1_000)
    client = signed_in(stage.ministry1)
    page = client.get(send(client, gzip.compress(b" " * 5_000), "w.gz"))
    assert "would unpack to more than" in text_of(page)


def test_a_day_that_has_not_come_is_no_state_of_a_database(stage: Stage) -> None:
    values = VALUES | {"dated": "2099-01-01", "file": SimpleUploadedFile("w.ndjson", works({}))}
    assert signed_in(stage.ministry1).post(ADD, values).context["form"].errors["dated"]


def test_only_officers_of_the_ministry_and_staff_send_a_file(stage: Stage) -> None:
    import datetime as dt

    for user in (stage.home1, stage.partner1):
        assert signed_in(user).get(ADD).status_code == 404
        with pytest.raises(NotAllowed):
            request_paper_file(
                upload=SimpleUploadedFile("w.ndjson", works({})),
                source="OpenAlex",
                dated=dt.date(2026, 11, 1),
                by=user,
            )


def test_a_file_on_its_way_is_followed_by_its_sender_alone(stage: Stage) -> None:
    client = signed_in(stage.ministry1)
    sent = client.post(ADD, VALUES | {"file": SimpleUploadedFile("w.ndjson", works({}))})
    address = sent["Location"]
    assert client.get(address).status_code == 200
    assert client.get(address, headers={"HX-Request": "true"}).status_code == 200
    assert signed_in(stage.ministry2).get(address).status_code == 404
    assert jobs.run_job(Job.objects.get(name="registries.papers").pk) == "done"
    assert client.get(address, headers={"HX-Request": "true"}).status_code == 286


def test_the_list_asks_as_often_for_three_files_as_for_one(stage: Stage) -> None:
    client = signed_in(stage.ministry1)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/en/registries/paper-files/").status_code == 200
        return sum(asks(query["sql"]) for query in queries)

    make_paper_file(by=stage.ministry1)
    asked()
    one = asked()
    for number in (4, 5):
        make_paper_file(by=stage.ministry1, content=TABLE + f"P{number},,2025,article,X,,,JP,0,\n")
    assert asked() == one
