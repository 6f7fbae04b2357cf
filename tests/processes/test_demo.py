"""`manage.py demo` in real processes: it says where it is, and leaves nobody behind."""

import os
import signal
import time

from tests.processes.harness import family


def test_ctrl_c_stops_everything_within_twenty_seconds(demo):
    process, port, words = demo
    children = family(process)
    begun = time.monotonic()

    os.kill(process.pid, signal.SIGINT)

    assert process.wait(20) == 0
    assert time.monotonic() - begun < 20
    assert [child for child in children if child.is_running()] == []
    assert f"http://127.0.0.1:{port}/" in words.read_text()
    assert "mihon-editor" in words.read_text()
