import datetime as dt

import pytest
import time_machine
from django.test import override_settings

from kernel import jobs
from kernel.jobs.models import Job
from kernel.jobs.queue import handlers
from kernel.jobs.run import Superseded

pytestmark = pytest.mark.django_db


@pytest.fixture
def noting(monkeypatch):
    """A handler that notes what it was given and ends well."""
    noted: list[dict] = []

    def note(run: jobs.JobRun) -> None:
        run.progress(1, 2, "half")
        with run.commit({"n": run.payload["n"]}):
            noted.append(run.payload)

    monkeypatch.setitem(handlers, "note", note)
    return noted


def test_a_job_runs_once_however_many_messages_arrive(noting):
    job = jobs.enqueue("note", {"n": 7})
    assert [jobs.run_job(job.pk), jobs.run_job(job.pk)] == ["done", "not mine"]
    job.refresh_from_db()
    assert (noting, job.state, job.result, job.percent) == ([{"n": 7}], "done", {"n": 7}, 100)


def test_the_same_key_asks_for_one_job():
    assert jobs.enqueue("note", {"n": 1}, key="k").pk == jobs.enqueue("note", {"n": 1}, key="k").pk


def test_a_job_that_lost_its_worker_is_given_to_another_and_the_first_can_commit_nothing(monkeypatch):
    attempts = []

    def work(run: jobs.JobRun) -> None:
        attempts.append(run.attempt)
        if len(attempts) == 1:
            with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)):
                assert jobs.return_lost_jobs() == 1
                assert jobs.run_job(run.job.pk) == "done"
        with run.commit({"attempt": run.attempt}):
            pass

    monkeypatch.setitem(handlers, "work", work)
    job = jobs.enqueue("work", {})
    assert jobs.run_job(job.pk) == "superseded"
    job.refresh_from_db()
    assert (attempts, job.result) == ([1, 2], {"attempt": 2})


def test_a_job_whose_message_was_lost_is_sent_again():
    job = jobs.enqueue("note", {"n": 1})
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=2)):
        assert [jobs.return_lost_jobs(), jobs.return_lost_jobs()] == [1, 0]
    assert Job.objects.get(pk=job.pk).state == "queued"


def test_a_cancelled_job_commits_nothing(monkeypatch):
    def work(run: jobs.JobRun) -> None:
        jobs.cancel(job=run.job)
        with pytest.raises(Superseded):
            run.progress(1, 2)
        with run.commit():
            raise AssertionError("must not be reached")

    monkeypatch.setitem(handlers, "work", work)
    job = jobs.enqueue("work", {})
    assert jobs.run_job(job.pk) == "superseded"
    assert Job.objects.get(pk=job.pk).state == "cancelled"


def test_a_handler_that_fails_leaves_its_reason(monkeypatch):
    def work(run: jobs.JobRun) -> None:
        raise ValueError("no such year")

    monkeypatch.setitem(handlers, "work", work)
    job = jobs.enqueue("work", {})
    assert jobs.run_job(job.pk) == "failed"
    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", "ValueError: no such year")


@override_settings(JOB_LEASE_SECONDS=30)
def test_a_job_that_kills_every_worker_is_given_up(noting):
    job = jobs.enqueue("note", {"n": 1})
    from kernel.actions import writing

    with writing():
        Job.objects.filter(pk=job.pk).update(
            state="running", attempt=25, lease_until=dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
        )
    assert jobs.return_lost_jobs() == 0
    assert Job.objects.get(pk=job.pk).state == "failed"
