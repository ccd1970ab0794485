"""A pool: its table out and in, undone, its search, its balance, and who served before."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.documents.uploads import read_table
from kernel.files import store_upload
from kernel.jobs import run_job
from kernel.jobs.models import Job
from kernel.violations import NotAllowed, RuleBroken
from program.enums import ImportedRow
from program.models import Field
from proposals.models import ProposalAccess
from review.actions.pools import (
    IMPORT_JOB,
    UNDO_JOB,
    change_reviewer,
    import_pool,
    take_over,
    undo_import,
)
from review.models import PoolImport, Reviewer
from review.pool_table import compare
from review.profiles import profile_of
from review.service import balance_of, service_of
from tests.builders.people import make_person, make_user
from tests.builders.program import make_call
from tests.builders.proposals import make_proposal
from tests.builders.review import make_assignment, make_reviewer, make_scored_call
from tests.counting import asks

pytestmark = pytest.mark.django_db
TABLE = (
    "E-mail of the person,Family name (Latin letters),Given name (Latin letters),Institution,Country (two letters),"
    "Keywords,Languages (ISO 639-1),Proposals at most,Gender,Days away,Publications (DOI)\n"
    "Ann@Abroad.example,Sample,Ann,Sample College,us,optics; qubits,en; ja,5,female,2026-08-01/2026-08-15,"
    "https://doi.org/10.1234/ABC\n"
    "bob@abroad.example,Sample,Bob,,,,,,,,\n"
)


def codes(broken: pytest.ExceptionInfo[RuleBroken]) -> list[str]:
    return [violation.code for violation in broken.value.violations]


def scene() -> tuple[Any, Any]:
    stage, call, _proposals = make_scored_call(proposals=1, is_locked=False)
    return stage, call


def held(stage: Any, call: Any, text: str | bytes, by: Any = None) -> Any:
    content = text.encode() if isinstance(text, str) else text
    table = read_table(content, max_rows=100)
    return compare(call=call, agency=stage.home, table=table, by=by or stage.home1)


def stored(text: str | bytes, by: Any) -> Any:
    content = text.encode() if isinstance(text, str) else text
    upload = SimpleUploadedFile("pool.csv", content)
    return store_upload(upload=upload, by=by, allowed=(".csv", ".xlsx"))


def take(stage: Any, call: Any, text: str = TABLE) -> PoolImport:
    file = stored(text, stage.home1)
    return import_pool(
        call=call, agency=stage.home, stored=file, found=held(stage, call, text), by=stage.home1
    )


def problems(comparison: Any) -> list[tuple[str, str]]:
    return [(name, violation.code) for row in comparison.rows for name, violation in row.problems]


def test_a_table_fills_the_pool() -> None:
    stage, call = scene()
    take(stage, call)
    ann, bob = Reviewer.objects.order_by("pk")
    assert (ann.person.email, ann.country_code, ann.max_load, ann.gender, ann.state) == (
        "ann@abroad.example",
        "US",
        5,
        "female",
        "named",
    )
    assert (ann.keywords, ann.languages, ann.dois) == (["optics", "qubits"], ["en", "ja"], ["10.1234/abc"])
    assert [(a.from_day, a.to_day) for a in ann.absences.all()] == [
        (dt.date(2026, 8, 1), dt.date(2026, 8, 15))
    ]
    assert (bob.person.name_in("en"), bob.keywords, bob.max_load) == ("Bob Sample", [], None)
    entry = AuditEntry.objects.get(verb="imported")
    assert (entry.details["made"], entry.details["changed"]) == (2, 0)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_goes_out_comes_back_and_changes_nothing(client: Client, kind: str, language: str) -> None:
    stage, call = scene()
    take(stage, call)
    with writing():
        code = Field.objects.filter(programme=call.programme).first()
        assert code is not None
        Reviewer.objects.first().fields.add(code)  # type: ignore[union-attr]
        Reviewer.objects.update(expertise="=1+1; “quoted”, 量子")
    client.force_login(stage.home1)
    answer: Any = client.get(f"/{language}/review/calls/{call.public_id}/pool/table.{kind}")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert [row.state for row in held(stage, call, content).rows] == [ImportedRow.UNCHANGED] * 2


def test_a_column_left_out_changes_nothing_and_a_blank_cell_clears() -> None:
    stage, call = scene()
    take(stage, call)
    take(stage, call, "email,keywords,gender\nann@abroad.example,lasers,\n")
    ann = Reviewer.objects.order_by("pk").first()
    assert ann is not None
    assert (ann.keywords, ann.gender, ann.institution_name) == (["lasers"], "not_stated", "Sample College")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("email,keywords\n,optics\n", [("email", "pool_row_without_email")]),
        ("email\nno address\n", [("email", "cell_not_an_email")]),
        ("email,family_romaji\nx@a.example,X\nX@A.example,X\n", [("email", "pool_row_twice")]),
        ("email,orcid\nx@a.example,1234\n", [("orcid", "orcid_invalid"), ("family_romaji", "name_missing")]),
        ("email,family_romaji,country_code\nx@a.example,X,ZZ\n", [("country_code", "country_not_known")]),
        ("email,family_romaji,languages\nx@a.example,X,xx\n", [("languages", "language_not_known")]),
        ("email,family_romaji,max_load\nx@a.example,X,0\n", [("max_load", "load_out_of_range")]),
        ("email,family_romaji,max_load\nx@a.example,X,many\n", [("max_load", "cell_not_a_number")]),
        ("email,family_romaji,gender\nx@a.example,X,?\n", [("gender", "gender_not_known")]),
        ("email,family_romaji,fields\nx@a.example,X,nothing\n", [("fields", "field_not_of_programme")]),
        ("email,family_romaji,dois\nx@a.example,X,11.2/3\n", [("dois", "doi_not_read")]),
        ("email,family_romaji,absences\nx@a.example,X,August\n", [("absences", "absence_not_read")]),
        (
            "email,family_romaji,absences\nx@a.example,X,2026-02-30/2026-03-01\n",
            [("absences", "absence_not_read")],
        ),
        (
            "email,family_romaji,absences\nx@a.example,X,2026-03-02/2026-03-01\n",
            [("absences", "absence_backwards")],
        ),
        (
            "email,family_romaji,institution_ror_id\nx@a.example,X,abc\n",
            [("institution_ror_id", "ror_not_read")],
        ),
    ],
)
def test_a_wrong_row_says_what_and_nothing_is_imported(row: str, expected: list[tuple[str, str]]) -> None:
    stage, call = scene()
    found = held(stage, call, row)
    assert problems(found) == expected
    with pytest.raises(RuleBroken) as broken:
        import_pool(
            call=call, agency=stage.home, stored=stored(row, stage.home1), found=found, by=stage.home1
        )
    assert codes(broken) == ["pool_import_has_errors"]
    assert Reviewer.objects.count() == 0


def test_somebody_elses_e_mail_an_applicant_and_the_other_pool() -> None:
    stage, call, proposals = make_scored_call(proposals=1, is_locked=False)
    known = make_person(email="known@abroad.example", family_romaji="Known")
    other = make_reviewer(call, stage.partner)
    text = (
        "email,family_romaji\nknown@abroad.example,Another\n"
        f"{proposals[0].pi.email},\n{other.person.email},\n"
    )
    assert known.email == "known@abroad.example"
    assert problems(held(stage, call, text)) == [
        ("family_romaji", "pool_name_differs"),
        ("email", "reviewer_is_applicant"),
        ("email", "reviewer_in_pool_already"),
    ]


def test_an_applicant_whom_the_officer_must_not_know_is_no_error() -> None:
    stage, call, proposals = make_scored_call(proposals=1, is_locked=False)
    with writing():
        ProposalAccess.objects.create(
            proposal=proposals[0], person=stage.home1.person, kind="excluded", source="review"
        )
    assert problems(held(stage, call, f"email\n{proposals[0].pi.email}\n")) == []


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ("name\nX\n", "pool_without_email"),
        ("email,E-mail of the person\nx@a.example,y@a.example\n", "pool_column_twice"),
        ("email,name\n", "import_without_rows"),
    ],
)
def test_a_table_that_is_none(table: str, code: str) -> None:
    stage, call = scene()
    with pytest.raises(RuleBroken) as broken:
        held(stage, call, table)
    assert codes(broken) == [code]


def test_any_number_of_rows_takes_the_same_queries() -> None:
    stage, call = scene()
    counts = []
    held(stage, call, TABLE)  # what a process reads once is read
    for number in (1, 3):
        rows = "".join(f"p{n}@a.example,Person\n" for n in range(number))
        with CaptureQueriesContext(connection) as captured:
            held(stage, call, f"email,family_romaji\n{rows}")
        counts.append(sum(asks(query["sql"]) for query in captured))
    assert counts[0] == counts[1]


def test_an_import_is_undone_unless_something_rests_on_it() -> None:
    stage, call = scene()
    take(stage, call)
    second = take(
        stage, call, "email,family_romaji,keywords\nann@abroad.example,Sample,lasers\nc@abroad.example,C,x\n"
    )
    undo_import(run=second, by=stage.home1)
    ann, bob = Reviewer.objects.order_by("pk")
    assert ann.keywords == ["optics", "qubits"]
    with pytest.raises(RuleBroken) as broken:
        undo_import(run=second, by=stage.home1)
    assert codes(broken) == ["pool_import_undone"]
    make_assignment(make_proposal(call, state="eligible"), bob)
    with pytest.raises(RuleBroken) as broken:
        undo_import(run=PoolImport.objects.order_by("pk")[0], by=stage.home1)
    assert codes(broken) == ["pool_import_used"]
    assert Reviewer.objects.count() == 2


def test_who_imports_and_undoes() -> None:
    stage, call = scene()
    found, file = held(stage, call, TABLE), stored(TABLE, stage.home1)
    for user in (stage.home2, stage.partner1):
        with pytest.raises(NotAllowed):
            import_pool(call=call, agency=stage.home, stored=file, found=found, by=user)
    run = take(stage, call)
    with writing():
        ProposalAccess.objects.create(
            proposal=call.proposals.first(), person=stage.home1.person, kind="excluded", source="review"
        )
    with pytest.raises(NotAllowed):
        undo_import(run=run, by=stage.home1)


def test_the_page_shows_what_would_change_before_it_does(client: Client) -> None:
    stage, call = scene()
    client.force_login(stage.home1)
    at = reverse("review:pool_import", args=[call.public_id])
    sent = {"agency": stage.home.pk, "file": SimpleUploadedFile("pool.csv", TABLE.encode())}
    answer = client.post(at, sent)
    assert answer.status_code == 302
    check = answer["Location"]
    page: Any = client.get(check)
    assert "ann@abroad.example" in page.content.decode()
    assert Reviewer.objects.count() == 0
    assert client.post(check, {"seen": "something else"}).status_code == 200
    assert Reviewer.objects.count() == 0
    assert client.post(check, {"seen": page.context["seen"]}).status_code == 302
    assert Reviewer.objects.count() == 0
    assert run_job(Job.objects.get(name=IMPORT_JOB).pk) == "done"
    assert Reviewer.objects.count() == 2
    other = Client()
    other.force_login(stage.home2)
    assert other.get(check).status_code == 404
    run = PoolImport.objects.get()
    assert client.post(reverse("review:pool_undo", args=[run.public_id])).status_code == 302
    assert run_job(Job.objects.get(name=UNDO_JOB).pk) == "done"
    assert Reviewer.objects.count() == 0


def test_the_profile_is_changed_on_its_page(client: Client) -> None:
    stage, call = scene()
    reviewer = make_reviewer(call, stage.home)
    client.force_login(stage.home1)
    at = reverse("review:pool_profile", args=[reviewer.public_id])
    sent = {
        "institution_name": "Sample College",
        "country": "JP",
        "keywords": "量子\nqubits",
        "languages": "JA, en",
        "dois": "10.1234/abc",
        "absences": "2026-08-01/2026-08-15",
        "gender": "female",
        "max_load": "4",
    }
    assert client.post(at, {**sent, "dois": "nothing"}).status_code == 200
    assert client.post(at, sent).status_code == 302
    reviewer.refresh_from_db()
    profile = profile_of(reviewer)
    assert (profile["keywords"], profile["languages"]) == (["量子", "qubits"], ["ja", "en"])
    assert profile["absences"] == [["2026-08-01", "2026-08-15"]]
    with pytest.raises(NotAllowed):
        change_reviewer(reviewer=reviewer, by=stage.partner1, values=profile)
    with pytest.raises(RuleBroken) as broken:
        change_reviewer(reviewer=reviewer, by=stage.home1, values={**profile, "gender": "?", "fields": ["x"]})
    assert codes(broken) == ["gender_not_known", "field_not_of_programme"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["ann", "bob"]),
        ("q=OPTICS", ["ann"]),
        ("q=sample+ann", ["ann"]),
        ("q=Nobody", []),
        ("language=ja", ["ann"]),
        ("country=US", ["ann"]),
        ("state=named", ["ann", "bob"]),
        ("state=accepted", []),
        ("state=nonsense&country=%00&q=%00", ["ann", "bob"]),
    ],
)
def test_the_pool_is_searched(client: Client, query: str, found: list[str]) -> None:
    stage, call = scene()
    take(stage, call)
    client.force_login(stage.home1)
    page: Any = client.get(f"{reverse('review:pool', args=[call.public_id])}?{query}")
    emails = [row["reviewer"].person.email.partition("@")[0] for row in page.context["rows"]]
    assert emails == found


def test_the_balance_counts_who_takes_part() -> None:
    stage, call = scene()
    for gender, country, state in (
        ("female", "JP", "accepted"),
        ("male", "US", "named"),
        ("male", "US", "declined"),
        ("not_stated", "US", "invited"),
    ):
        make_reviewer(call, stage.home, gender=gender, country_code=country, state=state)
    shares = balance_of(list(Reviewer.objects.all()), {"JP": "Japan", "US": "United States"})
    assert [(s.words, s.n, s.percent) for s in shares["country"]] == [
        ("United States", 2, 67),
        ("Japan", 1, 33),
    ]
    assert [s.n for s in shares["gender"]] == [1, 1, 1]
    assert [(s.words, s.n, s.percent) for s in shares["agency"]] == [(stage.home.short_name, 3, 100)]


def submitted(proposal: Any, reviewer: Reviewer, given: dt.datetime, at: dt.datetime, due: dt.date) -> None:
    assignment = make_assignment(proposal, reviewer, state="submitted", due_on=due)
    with writing():
        type(assignment).objects.filter(pk=assignment.pk).update(assigned_at=given, submitted_at=at)


def test_punctuality_is_told_from_what_the_officer_may_see() -> None:
    stage, call, proposals = make_scored_call(proposals=3, is_locked=False)
    reviewer = make_reviewer(call, stage.home)
    given = dt.datetime(2026, 6, 1, 3, tzinfo=dt.UTC)
    due = dt.date(2026, 6, 10)
    # 23:30 on the due day in Tokyo, the day before in UTC; 0:30 of the day after it.
    for proposal, at in zip(
        proposals,
        (
            dt.datetime(2026, 6, 10, 14, 30, tzinfo=dt.UTC),
            dt.datetime(2026, 6, 10, 15, 30, tzinfo=dt.UTC),
            dt.datetime(2026, 6, 3, 3, tzinfo=dt.UTC),
        ),
        strict=True,
    ):
        submitted(proposal, reviewer, given, at, due)
    service = service_of(stage.home1, [reviewer.person_id])[reviewer.person_id]
    assert (service.given, service.on_time, service.late, service.median_days) == (3, 2, 1, 9)
    with writing():
        ProposalAccess.objects.create(
            proposal=proposals[0], person=stage.home1.person, kind="excluded", source="review"
        )
    service = service_of(stage.home1, [reviewer.person_id])[reviewer.person_id]
    assert (service.given, service.on_time, service.late) == (2, 1, 1)
    assert service_of(stage.partner1, [reviewer.person_id])[reviewer.person_id].given == 0


def test_who_served_before_is_offered_and_taken_over(client: Client) -> None:
    stage, call = scene()
    user = make_user(family_romaji="Former", given_romaji="Kim")
    former = make_reviewer(call, stage.home, user, keywords=["optics"], languages=["en"])
    new = make_call(stage, state="review")
    client.force_login(stage.home1)
    at = reverse("review:pool_former", args=[new.public_id])
    assert "Former" in client.get(at.replace("/ja/", "/en/")).content.decode()
    take_url = reverse("review:pool_take_over", args=[new.public_id, former.public_id])
    assert client.post(take_url).status_code == 302
    made = Reviewer.objects.get(call=new)
    assert (made.person, made.keywords, made.state) == (user.person, ["optics"], "named")
    assert client.get(at).context["rows"] == []
    with pytest.raises(RuleBroken) as broken:
        take_over(former=former, call=new, by=stage.home1)
    assert codes(broken) == ["reviewer_in_pool_already"]
    with pytest.raises(NotAllowed):
        take_over(former=former, call=new, by=stage.partner1)
