"""The demo's processes die or are killed: nobody is left behind."""

import psutil

from tests.processes.harness import family


def test_a_process_that_dies_stops_the_demo_with_an_error(demo):
    process, _, words = demo
    children = family(process)
    beat = next(child for child in children if "beat" in child.cmdline())

    beat.kill()

    assert process.wait(20) == 1
    assert [child for child in children if child.is_running()] == []
    assert "beat が終了しました" in words.read_text()


def test_nobody_outlives_a_killed_demo(demo):
    process, _, _ = demo
    children = family(process)

    process.kill()
    process.wait(5)

    _, left = psutil.wait_procs(children, timeout=20)
    assert left == []
