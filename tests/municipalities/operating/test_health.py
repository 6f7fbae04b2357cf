"""/healthz says whether work is taken up, to anybody, without secrets."""

import pytest
from django.db import DatabaseError
from django.test import Client

from municipalities.kernel import bell, jobs
from municipalities.kernel.jobs import Job, JobState
from municipalities.operating import health


@pytest.fixture
def job(here, monkeypatch):
    """The only unfinished job, without a worker."""
    monkeypatch.setattr(bell, "ring", lambda pk, *, queue: True)
    Job.objects.update(state=JobState.DONE)
    return Job.objects.create(kind="x", municipality=here.municipality, actor=None)


def change(job, **values):
    Job.objects.filter(pk=job.pk).update(**values)


def test_anybody_may_ask_and_learns_no_secret(job):
    response = Client().get("/healthz")

    assert response.status_code == 200
    report = response.json()
    assert set(report) == {"status", "database", "oldest_due_seconds", "due", "running"}
    assert (report["status"], report["database"], report["due"]) == ("ok", "ok", 1)
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("seconds", "status"), [(-600, 200), (100, 200), (119, 200), (122, 503), (9000, 503)]
)
def test_a_due_job_that_waits_over_two_minutes_is_red(job, seconds, status):
    change(job, next_attempt_at=jobs.after(-seconds))

    response = Client().get("/healthz")

    assert response.status_code == status
    assert response.json()["oldest_due_seconds"] == pytest.approx(max(seconds, 0), abs=2)


@pytest.mark.parametrize(("seconds", "status"), [(-600, 200), (60, 200), (300, 503)])
def test_a_job_whose_worker_died_counts_from_the_end_of_its_lease(job, seconds, status):
    change(job, state=JobState.RUNNING, lease_until=jobs.after(-seconds))

    assert Client().get("/healthz").status_code == status


def test_finished_jobs_do_not_count(job):
    change(job, state=JobState.FAILED, next_attempt_at=jobs.after(-9000))

    assert Client().get("/healthz").json()["oldest_due_seconds"] == 0


def test_a_database_that_is_away_is_red_and_no_error(job, monkeypatch):
    def away():
        raise DatabaseError

    monkeypatch.setattr(health, "waiting", away)

    response = Client().get("/healthz")

    assert (response.status_code, response.json()["database"]) == (503, "down")


def test_asking_is_cheap(job, django_assert_num_queries):
    with django_assert_num_queries(2):
        Client().get("/healthz")
