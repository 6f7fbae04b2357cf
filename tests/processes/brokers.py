"""A Redis for the tests: a server of their own, or a database of the one that CELERY_BROKER_URL names."""

import contextlib
import os
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass

import pytest
import redis

from tests.processes.smtp import free_port
from tests.redis_indexes import own_index

# Beside the broker and the cache of the tests themselves, which stand at 1 and 2.
SPARE = 2


@dataclass
class RedisServer:
    """`process` is None when the server is not ours to stop."""

    url: str
    process: subprocess.Popen | None = None

    def flush(self):
        with contextlib.closing(redis.Redis.from_url(self.url)) as client:
            client.flushdb()


def _until_listening(port):
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    pytest.fail("redis-server did not start")


@contextlib.contextmanager
def own_server(folder, port=None):
    """Run redis-server, without keeping anything."""
    if shutil.which("redis-server") is None:
        pytest.skip("needs the program redis-server (Debian: apt-get install redis-server)")
    port = port or free_port()
    command = ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--save", ""]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    try:
        _until_listening(port)
        yield RedisServer(f"redis://127.0.0.1:{port}/0", process)
    finally:
        process.kill()
        process.wait(10)


@contextlib.contextmanager
def any_server(folder):
    """Use a server of our own if there is the program, else the one of CELERY_BROKER_URL."""
    named = os.environ.get("CELERY_BROKER_URL", "")
    if shutil.which("redis-server") or not named.startswith("redis"):
        with own_server(folder) as server:
            yield server
        return
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    server = RedisServer(own_index(named, worker, spare=SPARE))
    server.flush()
    yield server
    server.flush()
