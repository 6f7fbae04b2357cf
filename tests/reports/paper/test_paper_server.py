"""The render server under poison, death, forks and threads."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import psutil
import pytest

from reports.paper.rendering import client
from reports.paper.rendering.client import RenderFailed, Server, render_pdf, studio
from reports.paper.rendering.protocol import MAX_HTML, Outcome

ROOT = Path(client.__file__).resolve().parents[3]
POISON = "<p>" + "あ" * 1_000_000


def page(title: str) -> str:
    return f'<!doctype html><html lang="ja"><head><title>{title}</title></head><body><p>{title}'


def run(script: str, *, expected: int = 0) -> str:
    """What a fresh Python process prints that runs the script in the project's root."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == expected, done.stderr
    return done.stdout


def eventually(condition) -> bool:
    """Whether the condition comes true within a generous time."""
    deadline = time.monotonic() + 30
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    return condition()


@pytest.fixture(autouse=True)
def _no_server_is_left():
    yield
    studio.close()


def test_a_document_becomes_a_pdf():
    assert render_pdf(page("本文")).startswith(b"%PDF-1.7")


def test_the_same_document_has_the_same_bytes_from_any_server():
    first = render_pdf(page("本文"))
    render_pdf(page("別の文書"))
    again = render_pdf(page("本文"))
    studio.close()
    restarted = render_pdf(page("本文"))

    assert first == again == restarted


def test_a_poison_document_is_stopped_in_its_time_and_the_next_is_drawn():
    render_pdf(page("準備"))
    started = time.monotonic()

    with pytest.raises(RenderFailed, match="時間がかかりすぎた") as failure:
        render_pdf(POISON, seconds=2)

    assert time.monotonic() - started < 2 + client.GRACE
    assert (failure.value.outcome, failure.value.is_final) == (Outcome.TIME, True)
    assert render_pdf(page("次"))


@pytest.mark.parametrize(
    "hungry",
    [
        '<p style="white-space:pre;tab-size:2000000000">at once\tin one piece',
        '<table><tr><td colspan="100000000">little by little</table>',
    ],
)
def test_a_document_that_eats_memory_is_stopped_and_the_next_is_drawn(hungry):
    with pytest.raises(RenderFailed, match="大きくなりすぎた") as failure:
        render_pdf(hungry)

    assert failure.value.outcome is Outcome.MEMORY
    assert render_pdf(page("次"))


def test_a_document_that_cannot_be_drawn_is_refused_and_the_next_is_drawn():
    with pytest.raises(RenderFailed, match="PDFにできない内容") as failure:
        render_pdf('<p style="font-size:1e8px">a')

    assert failure.value.outcome is Outcome.MALFORMED
    assert render_pdf(page("次"))


def test_half_a_character_is_refused_before_it_is_sent():
    with pytest.raises(RenderFailed, match="PDFにできない内容"):
        render_pdf("\ud842")


def test_a_document_over_the_size_of_a_request_is_refused_before_it_is_sent():
    with pytest.raises(RenderFailed, match="大きくなりすぎた"):
        render_pdf("a" * (MAX_HTML + 1))


def test_a_killed_server_is_replaced_at_the_next_document():
    render_pdf(page("前"))
    os.kill(studio.server.pid, signal.SIGKILL)

    assert render_pdf(page("後"))


def test_a_server_killed_in_the_middle_of_a_document_is_replaced_and_the_document_drawn():
    render_pdf(page("前"))
    stopped = studio.server.pid
    os.kill(stopped, signal.SIGSTOP)
    threading.Timer(0.5, os.kill, (stopped, signal.SIGKILL)).start()

    assert render_pdf(page("後"))
    assert studio.server.pid != stopped


def test_a_server_that_hangs_is_given_up_and_replaced(monkeypatch):
    render_pdf(page("前"))
    monkeypatch.setattr(client, "GRACE", 0.5)
    os.kill(studio.server.pid, signal.SIGSTOP)

    with pytest.raises(RenderFailed, match="応答しませんでした") as failure:
        render_pdf(page("待"), seconds=0.5)

    assert not failure.value.is_final
    monkeypatch.undo()
    assert render_pdf(page("後"))


class InterruptedCallError(Exception):
    """What a worker's soft time limit throws into the middle of a call."""


def test_an_interrupted_call_leaves_no_answer_behind_for_the_next_one():
    def interrupt(_signal, _frame):
        raise InterruptedCallError

    expected = render_pdf(page("次"))
    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.5)
    try:
        with pytest.raises(InterruptedCallError):
            render_pdf(POISON, seconds=2)
    finally:
        signal.signal(signal.SIGALRM, before)

    assert render_pdf(page("次")) == expected


def test_threads_get_their_own_documents():
    titles = ["一", "二", "三", "四"]
    expected = {title: render_pdf(page(title)) for title in titles}
    drawn = {}

    def work(title):
        drawn[title] = render_pdf(page(title))

    threads = [threading.Thread(target=work, args=(title,)) for title in titles]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert drawn == expected


def test_the_server_outlives_the_thread_that_started_it():
    thread = threading.Thread(target=render_pdf, args=(page("前"),))
    thread.start()
    thread.join()
    started = studio.server.pid

    assert render_pdf(page("後"))
    assert studio.server.pid == started


def test_a_forked_process_uses_a_server_of_its_own_and_the_parent_keeps_its_own():
    render_pdf(page("親"))
    parents = studio.server.pid

    child = os.fork()
    if child == 0:
        code = 1
        try:
            drawn = render_pdf(page("子"))
            code = 0 if drawn and studio.server.pid != parents else 2
            studio.close()
        finally:
            os._exit(code)

    assert os.waitpid(child, 0)[1] == 0
    assert render_pdf(page("親"))
    assert studio.server.pid == parents


def test_a_daemonic_pool_process_may_draw_where_multiprocessing_refuses():
    printed = run("""
        import multiprocessing
        from reports.paper.rendering.client import render_pdf

        def work():
            try:
                multiprocessing.Process(target=print).start()
            except AssertionError:
                print("refused")
            print(render_pdf("<p>a")[:4])

        worker = multiprocessing.get_context("fork").Process(target=work, daemon=True)
        worker.start()
        worker.join()
    """)

    assert printed == "refused\nb'%PDF'\n"


def test_server_and_document_die_with_a_worker_that_is_killed():
    printed = run(
        """
        import os, signal, threading, time
        import psutil
        from reports.paper.rendering.client import render_pdf, studio

        render_pdf("<p>a")
        poison = "<p>" + "あ" * 1_000_000
        threading.Thread(target=render_pdf, args=(poison,), kwargs={"seconds": 200}, daemon=True).start()
        server = psutil.Process(studio.server.pid)
        while not server.children():
            time.sleep(0.01)
        print(server.pid, server.children()[0].pid, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
        """,
        expected=-signal.SIGKILL,
    )

    assert eventually(lambda: not any(is_running(int(pid)) for pid in printed.split()))


def is_running(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def test_a_document_dies_with_its_server():
    thread = threading.Thread(target=pytest.raises, args=(RenderFailed, render_pdf, POISON))
    render_pdf(page("準備"))
    server = psutil.Process(studio.server.pid)
    thread.start()
    assert eventually(server.children)
    drawing = server.children()[0].pid
    os.kill(server.pid, signal.SIGKILL)

    assert eventually(lambda: not is_running(drawing))
    # The thread's document went to a second server; killing that one ends the wait.
    assert eventually(lambda: studio.server is not None and studio.server.pid != server.pid)
    os.kill(studio.server.pid, signal.SIGKILL)
    thread.join()


def environment_of(pid):
    """Return the variables of the server; until it has begun the kernel shows none, or its parent's."""
    names = {}
    for _ in range(200):
        names = psutil.Process(pid).environ()
        if "FONTCONFIG_FILE" in names:
            break
        time.sleep(0.02)
    return names


def test_the_server_knows_no_secret_of_ours(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "only-the-web-process-knows")
    server = Server()

    names = environment_of(server.pid)
    server.stop()

    assert "SECRET_KEY" not in names
    assert "FONTCONFIG_FILE" in names


def test_web_and_worker_load_no_weasyprint_and_the_server_no_django():
    loaded = "import sys, reports.paper.rendering.{}; print(*('weasyprint' in sys.modules, 'django' in sys.modules))"

    assert run(loaded.format("client")) == "False False\n"
    assert run(loaded.format("server")) == "True False\n"
