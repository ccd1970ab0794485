"""A table of reviewers taken in, and taken back, in the background; also for an agency that does not sign in."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.clock import today
from kernel.documents.uploads import read_table
from kernel.files import store_bytes
from kernel.jobs import run_job
from kernel.jobs.models import Job
from kernel.violations import NotAllowed, RuleBroken
from review.actions.assignments import assign_reviewer
from review.actions.pools import IMPORT_JOB, request_import, request_undo
from review.actions.reviewers import confirm_reviewers, discard_reviewers
from review.models import PoolImport, Reviewer
from review.pool_table import compare
from tests.builders.review import DUE, make_assignment, make_scored_call
from tests.proposals.test_answers import one_page
from tests.review.test_pools import TABLE, codes, held, stored
from tests.review.test_reviewer_pages import LANGUAGES, page, signed_in

pytestmark = pytest.mark.django_db


def asked(text: str = TABLE, **call: Any) -> tuple[Any, Any, Job]:
    stage, made, _proposals = make_scored_call(proposals=1, is_locked=False, **call)
    file = stored(text, stage.home1)
    seen = held(stage, made, text).digest
    return (
        stage,
        made,
        request_import(call=made, agency=stage.home, stored=file, seen=seen, by=stage.home1),
    )


def job_page(user: Any, job: Job, language: str = "en") -> str:
    return page(signed_in(user), f"/{language}/review/pool-jobs/{job.public_id}/")


@LANGUAGES
def test_page_shows_how_far_it_is_and_what_came_of_it(language: str) -> None:
    stage, _call, job = asked()
    assert "data-progress" in job_page(stage.home1, job, language)
    assert Reviewer.objects.count() == 0
    assert run_job(job.pk) == "done"
    job.refresh_from_db()
    assert (job.result["made"], job.result["changed"]) == (2, 0)
    text = job_page(stage.home1, job, language)
    assert "data-progress" not in text
    assert "pool.csv" in text
    assert signed_in(stage.home2).get(f"/ja/review/pool-jobs/{job.public_id}/").status_code == 404


def test_pool_that_changed_meanwhile_is_left_alone_and_the_page_says_so() -> None:
    stage, call, job = asked()
    other = stored("email,family_romaji\nann@abroad.example,Sample\n", stage.home1)
    seen = held(stage, call, "email,family_romaji\nann@abroad.example,Sample\n").digest
    first = request_import(call=call, agency=stage.home, stored=other, seen=seen, by=stage.home1)
    assert run_job(first.pk) == "done"
    assert run_job(job.pk) == "done"
    job.refresh_from_db()
    assert [one["code"] for one in job.result["refusals"]] == ["pool_import_stale"]
    assert Reviewer.objects.count() == 1
    assert "The pool was changed meanwhile" in job_page(stage.home1, job)


def test_officer_who_keeps_the_pool_no_more_changes_nothing() -> None:
    stage, _call, job = asked()
    with writing():
        stage.home1.person.memberships.all().delete()
    assert run_job(job.pk) == "done"
    job.refresh_from_db()
    assert [one["code"] for one in job.result["refusals"]] == ["pool_not_kept"]
    assert Reviewer.objects.count() == 0


def test_undo_is_a_job_too_and_says_what_rests_on_the_import() -> None:
    stage, call, job = asked()
    run_job(job.pk)
    taken = PoolImport.objects.get()
    make_assignment(call.proposals.get(), Reviewer.objects.order_by("pk")[0])
    undo = request_undo(run=taken, by=stage.home1)
    assert run_job(undo.pk) == "done"
    undo.refresh_from_db()
    assert [one["code"] for one in undo.result["refusals"]] == ["pool_import_used"]
    assert "Ann Sample" in job_page(stage.home1, undo)
    with writing():
        Reviewer.objects.get(pk=Reviewer.objects.order_by("pk")[0].pk).assignments.all().delete()
    assert run_job(request_undo(run=taken, by=stage.home1).pk) == "done"
    assert Reviewer.objects.count() == 0
    with pytest.raises(RuleBroken) as broken:
        request_undo(run=PoolImport.objects.get(), by=stage.home1)
    assert codes(broken) == ["pool_import_undone"]


def test_who_asks() -> None:
    stage, call, _job = asked()
    for user in (stage.home2, stage.partner1):
        with pytest.raises(NotAllowed):
            request_import(call=call, agency=stage.home, stored=stored(TABLE, user), seen="", by=user)
    with pytest.raises(NotAllowed):  # the file is another's
        request_import(
            call=call, agency=stage.home, stored=stored(TABLE, stage.home2), seen="", by=stage.home1
        )


# an agency that does not sign in


def on_behalf(**letter: Any) -> tuple[Any, Any, Any]:
    stage, call, _proposals = make_scored_call(proposals=1, is_locked=False, signs_in=False)
    seen = held_for(stage, call).digest
    values = {"call": call, "agency": stage.partner, "stored": stored(TABLE, stage.home1), "seen": seen}
    return stage, call, request_import(**values, by=stage.home1, **letter)


def held_for(stage: Any, call: Any) -> Any:
    table = read_table(TABLE.encode(), max_rows=100)
    return compare(call=call, agency=stage.partner, table=table, by=stage.home1)


def a_letter() -> dict[str, Any]:
    return {"letter": store_bytes(name="names.pdf", content=b"%PDF-1.7 names"), "letter_dated": today()}


def test_pool_of_an_agency_that_does_not_sign_in_rests_on_its_letter() -> None:
    with pytest.raises(RuleBroken) as broken:
        on_behalf()
    assert codes(broken) == ["letter_missing", "letter_date_missing"]
    with pytest.raises(RuleBroken) as broken:
        on_behalf(**{**a_letter(), "letter_dated": today() + dt.timedelta(days=1)})
    assert codes(broken) == ["letter_dated_ahead"]


def test_whoever_it_names_waits_for_a_second_officer() -> None:
    stage, call, job = on_behalf(**a_letter())
    assert run_job(job.pk) == "done"
    one, two = Reviewer.objects.order_by("pk")
    assert (one.agency, one.on_behalf, one.counts, one.letter) == (stage.partner, True, False, two.letter)
    entry = AuditEntry.objects.get(verb="imported")
    assert (entry.acting_for, entry.details["letter_sha256"]) == (stage.partner.public_id, one.letter.sha256)
    given = {"proposal": call.proposals.get(), "reviewer": one, "by": stage.home1, "due_on": DUE}
    with pytest.raises(RuleBroken) as broken:
        assign_reviewer(**given)
    assert codes(broken) == ["reviewer_not_confirmed"]
    with pytest.raises(NotAllowed):
        confirm_reviewers(reviewer=one, by=stage.home1)
    assert confirm_reviewers(reviewer=one, by=stage.home2) == [one, two]
    assert assign_reviewer(**given).state == "assigned"


def test_letter_that_names_others_takes_all_of_the_table_out_again() -> None:
    stage, _call, job = on_behalf(**a_letter())
    run_job(job.pk)
    discard_reviewers(reviewer=Reviewer.objects.order_by("pk")[0], by=stage.home2)
    assert Reviewer.objects.count() == 0


@LANGUAGES
def test_pages_ask_for_the_letter_and_carry_it_to_the_import(language: str) -> None:
    stage, call, _proposals = make_scored_call(proposals=1, is_locked=False, signs_in=False)
    client = signed_in(stage.home1)
    at = f"/{language}/review/calls/{call.public_id}/pool/import/"
    sent: dict[str, Any] = {
        "agency": stage.partner.pk,
        "file": SimpleUploadedFile("pool.csv", TABLE.encode()),
    }
    answer = client.post(at, sent)
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {"letter", "letter_dated"}
    sent = {
        "agency": stage.partner.pk,
        "file": SimpleUploadedFile("pool.csv", TABLE.encode()),
        "letter": SimpleUploadedFile("names.pdf", one_page()),
        "letter_dated": today().isoformat(),
    }
    check = client.post(at, sent)["Location"]
    seen = client.get(check).context["seen"]
    assert client.post(check, {"seen": seen}).status_code == 302
    assert run_job(Job.objects.get(name=IMPORT_JOB).pk) == "done"
    assert [one.counts for one in Reviewer.objects.all()] == [False, False]


def test_letter_of_somebody_else_is_no_letter() -> None:
    stage, call, _proposals = make_scored_call(proposals=1, is_locked=False, signs_in=False)
    file = stored(TABLE, stage.home1)
    check = reverse("review:pool_check", args=[call.public_id, stage.partner.public_id, file.public_id])
    client = Client()
    client.force_login(stage.home1)
    seen = client.get(check).context["seen"]
    strange = store_bytes(name="x.pdf", content=b"%PDF-1.7 x", by=stage.partner1)
    answer = client.post(f"{check}?letter={strange.public_id}&dated=2026-01-01", {"seen": seen})
    assert answer.status_code == 404
    assert not Job.objects.exists()
