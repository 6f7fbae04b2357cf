"""The bell costs a request little, whatever the broker does."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from municipalities.kernel import bell
from tests.processes.smtp import free_port

LONGEST = 1.5


@pytest.fixture(autouse=True)
def fresh_silence():
    bell.silence.until = 0
    yield
    bell.silence.until = 0


@pytest.fixture
def redis_server(tmp_path, settings):
    """A Redis of the test's own, on a port of its own."""
    if shutil.which("redis-server") is None:
        pytest.skip("needs the program redis-server (Debian: apt-get install redis-server)")
    port = free_port()
    command = ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--save", ""]
    process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL)
    settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{port}/0"
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {}
    try:
        wait_until_it_answers()
        yield process
    finally:
        process.kill()
        process.wait()


def wait_until_it_answers():
    deadline = time.monotonic() + 10
    while not bell.ring(0, queue="default"):
        assert time.monotonic() < deadline
        bell.silence.until = 0
        time.sleep(0.05)


def timed_ring():
    begun = time.perf_counter()
    rang = bell.ring(1, queue="default")
    return rang, time.perf_counter() - begun


def test_a_broker_that_answers_takes_the_number(redis_server):
    rang, seconds = timed_ring()

    assert rang
    assert seconds < LONGEST


def test_a_refusing_broker_costs_little(settings):
    settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{free_port()}/0"
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {}

    rang, seconds = timed_ring()

    assert not rang
    assert seconds < LONGEST


def test_a_hanging_broker_costs_little_and_a_deed_with_many_jobs_waits_once(redis_server):
    os.kill(redis_server.pid, signal.SIGSTOP)
    try:
        begun = time.perf_counter()
        rang = [bell.ring(number, queue="default") for number in range(20)]
        seconds = time.perf_counter() - begun
    finally:
        os.kill(redis_server.pid, signal.SIGCONT)

    assert not any(rang)
    assert seconds < LONGEST
    bell.silence.until = 0
    assert timed_ring()[0]


def test_without_its_timeouts_a_hanging_broker_would_hold_the_request(redis_server, monkeypatch):
    monkeypatch.setattr(bell, "REDIS", {"socket_timeout": 3, "socket_connect_timeout": 3})
    os.kill(redis_server.pid, signal.SIGSTOP)
    try:
        _, seconds = timed_ring()
    finally:
        os.kill(redis_server.pid, signal.SIGCONT)

    assert seconds > LONGEST


def test_a_queue_folder_that_was_deleted_is_made_again(settings, tmp_path):
    folder = tmp_path / "gone" / "messages"
    settings.CELERY_BROKER_URL = "filesystem://"
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(folder),
        "data_folder_out": str(folder),
    }

    assert bell.ring(5, queue="mail")
    shutil.rmtree(folder)
    assert bell.ring(6, queue="mail")

    assert [path.name.split(".", 1)[1] for path in folder.iterdir()] == ["mail.msg"]
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_queue_folder_that_cannot_be_written_is_no_error_of_the_request(settings, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    settings.CELERY_BROKER_URL = "filesystem://"
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_in": str(blocked / "messages")}

    assert not timed_ring()[0]
    assert Path(blocked).read_text() == "not a folder"
