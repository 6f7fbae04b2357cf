"""Brokers and mail servers that are away: everything is saved, and done without a hand afterwards."""

import contextlib
import os
import shutil
import signal

import pytest

from tests.processes import brokers, smtp

LONGEST = 1.5


def start(here):
    here.start("worker")
    here.start("beat")


def save(here, count):
    """Save one job a request. Returns the longest request's seconds."""
    return max(here.ask("enqueue", tags=[f"{n}"])["seconds"] for n in range(count))


def assert_all_done_once(here, count):
    here.until_all_done(seconds=90)
    assert sorted(here.ask("marks"), key=int) == [str(number) for number in range(count)]


def test_fifty_deeds_while_redis_refuses_are_saved_and_done(installed, tmp_path):
    port = smtp.free_port()
    here = installed(broker=f"redis://127.0.0.1:{port}/0")

    slowest = save(here, 50)

    assert slowest < LONGEST
    with brokers.own_server(tmp_path, port=port):
        start(here)
        assert_all_done_once(here, 50)


def test_fifty_deeds_while_redis_hangs_are_saved_and_done(installed, tmp_path):
    with brokers.own_server(tmp_path) as redis:
        here = installed(broker=redis.url)
        start(here)
        os.kill(redis.process.pid, signal.SIGSTOP)
        try:
            slowest = save(here, 50)
        finally:
            os.kill(redis.process.pid, signal.SIGCONT)

        assert slowest < LONGEST
        assert_all_done_once(here, 50)


def test_redis_that_dies_and_comes_back_empty_loses_nothing(installed, tmp_path):
    port = smtp.free_port()
    with contextlib.ExitStack() as first:
        first.enter_context(brokers.own_server(tmp_path, port=port))
        here = installed(broker=f"redis://127.0.0.1:{port}/0")
        start(here)
        here.ask("enqueue", tags=["0"])
        here.until_all_done()
    save_after = here.ask("enqueue", tags=["1", "2"])
    assert save_after["seconds"] < LONGEST

    with brokers.own_server(tmp_path, port=port):
        assert_all_done_once(here, 3)


@pytest.mark.parametrize("wiped", ["filesystem", "redis"])
def test_a_wiped_queue_of_a_hundred_is_done(installed, tmp_path, wiped):
    with contextlib.ExitStack() as stack:
        redis = stack.enter_context(brokers.any_server(tmp_path)) if wiped == "redis" else None
        here = installed(broker=redis.url if redis else "filesystem://")
        save(here, 100)
        if redis:
            redis.flush()
        else:
            shutil.rmtree(here.folder / "queue")

        start(here)

        assert_all_done_once(here, 100)


def test_a_queue_folder_that_is_deleted_under_a_running_worker_is_no_harm(installed):
    here = installed()
    start(here)
    here.ask("enqueue", tags=["0"])
    here.until_all_done()
    shutil.rmtree(here.folder / "queue")

    here.ask("enqueue", tags=["1"])

    assert_all_done_once(here, 2)
    assert here.running["worker"].poll() is None


def test_mails_wait_for_a_mail_server_that_is_away_and_leave_when_it_is_back(installed):
    port = smtp.free_port()
    here = installed(EMAIL_URL=f"smtp://127.0.0.1:{port}", PROBE_QUICK_MAIL="1")
    start(here)
    here.ask("post_letters", references=list(range(10)))
    here.until(lambda: all(row["attempt"] >= 6 for row in here.ask("job_rows")), seconds=60)
    assert {row["state"] for row in here.ask("letters")} <= {"queued", "sending"}
    script = smtp.Script()

    with smtp.serving(script, port=port):
        here.until_all_done(seconds=30)

    assert len(script.received) == len(set(script.received)) == 10
    assert not any(row["maybe_twice"] for row in here.ask("letters"))
    assert all(row["crashes"] == 0 for row in here.ask("job_rows"))
