"""Brokers and mail servers that are away: everything is saved, and done without a hand afterwards."""

import contextlib
import os
import shutil
import signal
import time

import pytest

from tests.processes import brokers, smtp

LONGEST = 1.5
MAILS, AWAY, FASTER = 50, 30 * 60, 30


def start(here):
    here.start("worker")
    here.start("beat")


def save(here, count):
    """Save one job a request. Returns the longest request's seconds."""
    return max(here.ask("enqueue", tags=[f"{n}"])["seconds"] for n in range(count))


def assert_all_done_once(here, count, *, fault, toll, remark=""):
    here.until_all_done(seconds=90)
    marks = here.ask("marks")
    toll(
        fault,
        asked=count,
        done=len(set(marks)),
        doubled=len(marks) - len(set(marks)),
        remark=remark,
    )


def test_fifty_deeds_while_redis_refuses_are_saved_and_done(installed, tmp_path, toll):
    port = smtp.free_port()
    here = installed(broker=f"redis://127.0.0.1:{port}/0")

    slowest = save(here, 50)

    assert slowest < LONGEST
    with brokers.own_server(tmp_path, port=port):
        start(here)
        assert_all_done_once(
            here,
            50,
            fault="Redis refuses",
            toll=toll,
            remark=f"the slowest request took {slowest:.1f} s",
        )


def test_fifty_deeds_while_redis_hangs_are_saved_and_done(installed, tmp_path, toll):
    with brokers.own_server(tmp_path) as redis:
        here = installed(broker=redis.url)
        start(here)
        os.kill(redis.process.pid, signal.SIGSTOP)
        try:
            slowest = save(here, 50)
        finally:
            os.kill(redis.process.pid, signal.SIGCONT)

        assert slowest < LONGEST
        assert_all_done_once(
            here,
            50,
            fault="Redis hangs",
            toll=toll,
            remark=f"the slowest request took {slowest:.1f} s",
        )


def test_redis_that_dies_and_comes_back_empty_loses_nothing(installed, tmp_path, toll):
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
        assert_all_done_once(here, 3, fault="Redis dies and comes back empty", toll=toll)


@pytest.mark.parametrize("wiped", ["filesystem", "redis"])
def test_a_wiped_queue_of_a_hundred_is_done(installed, tmp_path, wiped, toll):
    with contextlib.ExitStack() as stack:
        redis = stack.enter_context(brokers.any_server(tmp_path)) if wiped == "redis" else None
        here = installed(broker=redis.url if redis else "filesystem://")
        save(here, 100)
        if redis:
            redis.flush()
        else:
            shutil.rmtree(here.folder / "queue")

        start(here)

        assert_all_done_once(here, 100, fault=f"a queue of 100 is wiped, {wiped}", toll=toll)


def test_a_queue_folder_that_is_deleted_under_a_running_worker_is_no_harm(installed, toll):
    here = installed()
    start(here)
    here.ask("enqueue", tags=["0"])
    here.until_all_done()
    shutil.rmtree(here.folder / "queue")

    here.ask("enqueue", tags=["1"])

    assert_all_done_once(here, 2, fault="the queue folder is deleted under a worker", toll=toll)
    assert here.running["worker"].poll() is None


def test_mails_wait_for_a_mail_server_that_is_away_and_leave_when_it_is_back(installed, toll):
    """Thirty minutes, all waits shortened alike."""
    port = smtp.free_port()
    here = installed(EMAIL_URL=f"smtp://127.0.0.1:{port}", PROBE_MAIL_FASTER=str(FASTER))
    start(here)
    here.ask("post_letters", references=list(range(MAILS)))
    time.sleep(AWAY / FASTER)
    assert {row["state"] for row in here.ask("letters")} <= {"queued", "sending"}
    script = smtp.Script()

    begun = time.monotonic()
    with smtp.serving(script, port=port):
        here.until_all_done(seconds=90)
    seconds = time.monotonic() - begun

    assert not any(row["maybe_twice"] for row in here.ask("letters"))
    assert all(row["crashes"] == 0 for row in here.ask("job_rows"))
    toll(
        f"the mail server is away for {AWAY / 60:.0f} minutes, {FASTER} times faster",
        asked=MAILS,
        done=len(set(script.received)),
        doubled=len(script.received) - len(set(script.received)),
        remark=f"all gone {seconds:.0f} real seconds after its return",
    )
