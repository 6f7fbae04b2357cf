"""Jobs: claim, lease, fencing, back-off, and what is counted against a job."""

import datetime as dt
import errno

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from municipalities.access import Permission
from municipalities.kernel import bell, jobs
from municipalities.kernel.drafts import Draft
from municipalities.kernel.jobs import Job, JobState
from municipalities.models import Membership

KIND = "test_kind"


@pytest.fixture
def rung(monkeypatch):
    """The numbers that were rung for, instead of a broker."""
    numbers = []
    monkeypatch.setattr(bell, "ring", lambda pk, *, queue: numbers.append((pk, queue)) or True)
    return numbers


@pytest.fixture
def calls():
    return []


@pytest.fixture
def kind(calls):
    """Register a kind for one test; a test may name what its handler does."""

    def register(handler=None, **options):
        def finish(running):
            calls.append(running.attempt)
            with running.finishing():
                pass

        jobs.register(KIND, handler or finish, **options)

    register()
    yield register
    del jobs._kinds[KIND]


@pytest.fixture
def job(kind, here, people, rung):
    return jobs.enqueue(KIND, municipality=here.municipality, actor=people["editor"], colour="red")


def stored(job):
    return Job.objects.get(pk=job.pk)


def make_due(job):
    Job.objects.filter(pk=job.pk).update(next_attempt_at=jobs.after(-1))


def let_lease_lapse(job):
    Job.objects.filter(pk=job.pk).update(lease_until=jobs.after(-1))


def raiser(error):
    def handler(running):
        raise error

    return handler


def test_the_bell_rings_only_when_the_business_transaction_commits(
    kind, here, rung, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        job = jobs.enqueue(KIND, municipality=here.municipality, actor=None)
        assert rung == []

    assert rung == [(job.pk, "default")]


def test_a_business_transaction_that_fails_leaves_no_job(kind, here, rung):
    def deed():
        with transaction.atomic():
            jobs.enqueue(KIND, municipality=here.municipality, actor=None)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        deed()

    assert not Job.objects.filter(kind=KIND).exists()


def test_a_job_is_claimed_once(job):
    first, second = jobs.claim(job.pk), jobs.claim(job.pk)

    assert (first.attempt, first.arguments, second) == (1, {"colour": "red"}, None)


def test_a_job_that_is_not_due_is_left_alone(job):
    Job.objects.filter(pk=job.pk).update(next_attempt_at=jobs.after(60))

    assert jobs.claim(job.pk) is None


def test_a_lapsed_lease_is_taken_over_and_counted_as_a_crash(job):
    jobs.claim(job.pk)
    let_lease_lapse(job)

    second = jobs.claim(job.pk)

    assert (second.attempt, second.crashes) == (2, 1)


def test_an_attempt_that_lost_its_lease_can_write_nothing(job, people):
    first = jobs.claim(job.pk)
    let_lease_lapse(job)
    second = jobs.claim(job.pk)

    with pytest.raises(jobs.LostLease), first.finishing():
        Draft.objects.create(author=people["editor"], form_key="from-the-dead")
    with pytest.raises(jobs.LostLease), first.holding():
        Draft.objects.create(author=people["editor"], form_key="from-the-dead")

    assert not first.extend()
    assert not first.release("x", seconds=1)
    assert not Draft.objects.filter(form_key="from-the-dead").exists()
    assert second.extend()


def test_rows_and_the_end_of_the_job_are_kept_together_or_not_at_all(job, people):
    running = jobs.claim(job.pk)

    def finish():
        with running.finishing():
            Draft.objects.create(author=people["editor"], form_key="half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        finish()

    assert stored(job).state == JobState.RUNNING
    assert not Draft.objects.filter(form_key="half").exists()


def test_a_job_runs_within_its_municipality_and_is_done(job, calls):
    jobs.run(job.pk)
    jobs.run(job.pk)

    assert (stored(job).state, stored(job).finished_at is None, calls) == ("done", False, [1])


def test_an_unforeseen_error_is_tried_again_later_and_five_times_in_all(kind, job):
    kind(raiser(ZeroDivisionError("inner words")))

    for attempt in range(1, 5):
        jobs.run(job.pk)
        waiting = stored(job)
        assert (waiting.state, waiting.attempt, waiting.crashes) == ("queued", attempt, attempt)
        assert (waiting.state_label, waiting.error) == ("再試行待ち", jobs.TROUBLE)
        wait = waiting.next_attempt_at - waiting.created_at
        assert wait > dt.timedelta(seconds=jobs.BACK_OFF[attempt - 1] - 1)
        make_due(job)
    jobs.run(job.pk)

    assert (stored(job).state, stored(job).error) == ("failed", jobs.TROUBLE_STAYED)


def test_a_job_that_kills_its_worker_is_parked_after_five_tries(job, calls):
    for _ in range(5):
        assert jobs.claim(job.pk)
        let_lease_lapse(job)
    jobs.run(job.pk)

    assert (stored(job).state, stored(job).error, calls) == ("failed", jobs.TROUBLE_STAYED, [])


def test_postponing_does_not_use_up_the_crash_budget(kind, job):
    kind(raiser(jobs.Postpone("混んでいます。", seconds=-1)))

    for _ in range(20):
        jobs.run(job.pk)

    waiting = stored(job)
    assert (waiting.state, waiting.attempt) == ("queued", 20)
    assert (waiting.crashes, waiting.postponements, waiting.error) == (0, 20, "混んでいます。")


def test_postponing_ends_at_its_own_limit(kind, job):
    kind(raiser(jobs.Postpone("混んでいます。", seconds=-1)), max_postponements=2)

    for _ in range(3):
        jobs.run(job.pk)

    assert (stored(job).state, stored(job).error) == ("failed", jobs.WAITED_TOO_LONG)


def test_a_full_disk_is_waited_for_without_using_up_the_crash_budget(kind, job):
    kind(raiser(OSError(errno.ENOSPC, "No space left on device")))

    jobs.run(job.pk)

    assert (stored(job).crashes, stored(job).error) == (0, jobs.DISK_FULL)


def test_giving_up_fails_at_once_with_the_reason(kind, job):
    kind(raiser(jobs.GiveUp("表が大きすぎます。")))

    jobs.run(job.pk)

    assert (stored(job).state, stored(job).error) == ("failed", "表が大きすぎます。")


def test_whoever_registered_is_told_of_the_failure_in_its_transaction(kind, job, people):
    def note(running, reason):
        Draft.objects.create(author=people["editor"], form_key=reason)

    kind(raiser(jobs.GiveUp("told")), failed=note)

    jobs.run(job.pk)

    assert Draft.objects.filter(form_key="told").exists()


def test_a_teller_that_breaks_does_not_keep_the_job_alive(kind, job):
    kind(raiser(jobs.GiveUp("理由")), failed=lambda running, reason: 1 / 0)

    jobs.run(job.pk)

    assert (stored(job).state, stored(job).error) == ("failed", "理由")


def test_the_right_is_asked_again_when_the_job_runs(kind, job, calls, people):
    kind(permission=Permission.SUBMIT_REPORT)
    Membership.objects.filter(user=people["editor"]).delete()

    jobs.run(job.pk)

    assert (stored(job).state, stored(job).error, calls) == ("failed", jobs.RIGHT_ENDED, [])


def test_a_right_that_is_still_held_lets_the_job_run(kind, job, calls):
    kind(permission=Permission.SUBMIT_REPORT)

    jobs.run(job.pk)

    assert calls == [1]


def test_an_attempt_number_is_never_used_twice_even_after_an_operators_retry(job):
    zombie = jobs.claim(job.pk)
    jobs.claim(job.pk)
    zombie.settle(state=JobState.FAILED)

    assert jobs.retry(stored(job))
    fresh = jobs.claim(job.pk)

    assert fresh.attempt == 2
    assert not zombie.extend()


def test_retrying_what_did_not_fail_does_nothing(job):
    assert not jobs.retry(job)


def test_a_kind_that_this_release_does_not_know_waits_for_one_that_does(job):
    Job.objects.filter(pk=job.pk).update(kind="from_next_year")

    jobs.run(job.pk)

    assert (stored(job).state, stored(job).crashes) == ("queued", 0)


def test_the_sweeper_rings_for_what_is_due_or_left_behind_and_for_nothing_else(kind, here, rung):
    def make(**values):
        job = jobs.enqueue(KIND, municipality=here.municipality, actor=None)
        Job.objects.filter(pk=job.pk).update(**values)
        return job.pk

    Job.objects.exclude(kind=KIND).update(state=JobState.DONE)
    due = make(next_attempt_at=jobs.after(-1))
    left = make(state=JobState.RUNNING, lease_until=jobs.after(-1))
    make(next_attempt_at=jobs.after(60))
    make(state=JobState.RUNNING, lease_until=jobs.after(60))
    make(state=JobState.DONE)
    make(state=JobState.FAILED)

    assert jobs.sweep() == 2
    assert sorted(pk for pk, _ in rung) == [due, left]


def test_the_sweeper_does_not_flood_a_broker_whose_workers_are_away(job, rung):
    Job.objects.exclude(pk=job.pk).update(state=JobState.DONE)
    make_due(job)

    assert [jobs.sweep() for _ in range(4)] == [1, 0, 0, 0]

    Job.objects.filter(pk=job.pk).update(rung_at=jobs.after(-3600))
    assert jobs.sweep() == 1


def test_a_sweeper_whose_broker_is_away_tries_again_at_the_next_sweep(job, monkeypatch, rung):
    Job.objects.exclude(pk=job.pk).update(state=JobState.DONE)
    make_due(job)
    with monkeypatch.context() as patch:
        patch.setattr(bell, "ring", lambda pk, *, queue: False)
        assert jobs.sweep() == 0

    assert jobs.sweep() == 1


@pytest.mark.parametrize("minutes", [-10, 10])
def test_a_machine_whose_clock_is_wrong_neither_hurries_nor_delays_a_job(job, rung, minutes):
    Job.objects.exclude(pk=job.pk).update(state=JobState.DONE)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=minutes)):
        running = jobs.claim(job.pk)

        assert running
        assert jobs.claim(job.pk) is None
        running.release("later", seconds=60)
        assert jobs.claim(job.pk) is None
        assert jobs.sweep() == 0
