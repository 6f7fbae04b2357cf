"""kill -9 and stopped processes: the work is done once, by the attempt that owns the job."""

import signal
import time


def start(here):
    here.start("worker")
    here.start("beat")


def test_a_job_whose_worker_is_killed_is_done_once_by_the_second_attempt(installed, broker):
    here = installed(broker=broker)
    start(here)
    here.ask("enqueue", tags=["a"], milliseconds=1000)
    here.until_running()

    here.kill("worker")
    here.start("worker")

    here.until_all_done()
    assert (here.job()["attempt"], here.job()["crashes"]) == (2, 1)
    assert here.ask("marks") == ["a"]


def test_without_the_sweeper_a_killed_job_stays_where_it_is(installed):
    here = installed()
    here.start("worker")
    here.ask("enqueue", tags=["a"], milliseconds=1000)
    here.until_running()
    here.kill("worker")
    here.start("worker")
    here.ask("enqueue", tags=["later"])
    here.until(lambda: here.ask("marks") == ["later"])

    time.sleep(3)

    assert [row["state"] for row in here.ask("job_rows")] == ["running", "done"]
    assert here.ask("marks") == ["later"]


def stop_and_let_another_take_over(here, **environment):
    """Freeze a worker in mid-job until another has done its job, then let it go on."""
    here.start("first", program="worker", **environment)
    here.ask("enqueue", tags=["a"], milliseconds=1500)
    here.until_running()
    here.send("first", signal.SIGSTOP)
    here.start("second", program="worker", **environment)
    here.start("beat")
    here.until_all_done()
    here.send("first", signal.SIGCONT)
    time.sleep(2.5)


def test_a_worker_that_wakes_up_after_losing_its_lease_keeps_nothing(installed):
    here = installed()

    stop_and_let_another_take_over(here)

    assert here.job()["attempt"] == 2
    assert here.ask("marks") == ["a"]


def test_without_the_fencing_token_the_result_is_doubled(installed):
    here = installed()

    stop_and_let_another_take_over(here, PROBE_WITHOUT_FENCING="1")

    assert here.ask("marks") == ["a", "a"]
