"""Brokers that hang, stumble or forget: a request waits little and nothing is lost."""

import os
import signal

from tests.processes import brokers

LONGEST = 1.5


def test_while_redis_hangs_a_deed_is_saved_quickly_and_done_afterwards(installed, tmp_path):
    with brokers.own_server(tmp_path) as redis:
        here = installed(broker=redis.url)
        here.start("worker")
        here.start("beat")
        here.ask("enqueue", tags=["before"])
        here.until_all_done()

        os.kill(redis.process.pid, signal.SIGSTOP)
        saved = here.ask("enqueue", tags=["a", "b", "c"])
        assert saved["seconds"] < LONGEST
        assert [row["state"] for row in here.ask("job_rows")] == ["done", *["queued"] * 3]
        os.kill(redis.process.pid, signal.SIGCONT)

        here.until_all_done()
        assert sorted(here.ask("marks")) == ["a", "b", "before", "c"]


def test_a_torn_message_in_the_queue_folder_does_not_end_the_worker(installed):
    here = installed()
    messages = here.folder / "queue" / "messages"
    messages.mkdir(parents=True, exist_ok=True)
    for number, torn in enumerate(("", '{"bo', "null", "7", "{}", "\x00")):
        (messages / f"{number}_torn.default.msg").write_text(torn)
    here.start("worker")

    here.ask("enqueue", tags=["a"])

    here.until_all_done()
    assert here.running["worker"].poll() is None
    assert list(messages.iterdir()) == []
