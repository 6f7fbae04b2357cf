"""The warm render server: one single-threaded process that forks a limited child for each document.

A Celery prefork worker may not use `multiprocessing`, so the client starts this module by Popen.
"""

import contextlib
import ctypes
import gc
import logging
import math
import os
import resource
import select
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from reports.paper.rendering.painting import ROOT, Painter
from reports.paper.rendering.protocol import ANSWER, MAX_HTML, MAX_PDF, REQUEST, Outcome

MEMORY = 1536 * 1024 * 1024
FONTS = (
    "BIZUDPGothic-Regular",
    "BIZUDPGothic-Bold",
    "BIZUDGothic-Regular",
    "BIZUDGothic-Bold",
    "NotoSansJP-Regular",
)
# One line in each face loads all of them before the first fork.
WARM_UP = """<!doctype html><html lang="ja"><head><title>準備</title><link rel="stylesheet" href="own:css/paper.css"></head>
<body><h1>準備𠮷</h1><p>準備<b>準備</b> <span class="n">10</span> <b class="n">10</b></p>
<table><tr><th scope="row">準備</th><td>準備</td></tr></table></body></html>"""
TICK = 2.0

PR_SET_PDEATHSIG = 1
CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000

# Exit codes of the child. A traceback ends with MALFORMED, as a document that WeasyPrint cannot draw is.
CODES = {int(Outcome.DONE): Outcome.DONE, int(Outcome.MEMORY): Outcome.MEMORY}
# SIGKILL that was not ours is the kernel's; native code aborts or traps when it gets no memory.
SIGNALS = {
    signal.SIGXCPU: Outcome.TIME,
    signal.SIGKILL: Outcome.MEMORY,
    signal.SIGABRT: Outcome.MEMORY,
    signal.SIGTRAP: Outcome.MEMORY,
}
libc = ctypes.CDLL(None, use_errno=True)


class ClientGoneError(Exception):
    """The process that started this one closed the pipe or died."""


class Desk:
    """The server's end of the two pipes, and its knowledge of whether anybody is still there.

    It asks instead of using PR_SET_PDEATHSIG, which would end the server with the *thread* that
    started it: any thread of a web process, long before the process.
    """

    def __init__(self, requests: int, answers: int) -> None:
        self.requests = requests
        self.answers = answers
        self._client = os.getppid()

    def check(self) -> None:
        """Raise ClientGoneError when the client died, even if a sibling still holds a copy of its pipe."""
        if os.getppid() != self._client:
            raise ClientGoneError

    def read(self, count: int) -> bytes:
        """Exactly count bytes of request."""
        data = bytearray()
        while len(data) < count:
            ready, _, _ = select.select([self.requests], [], [], TICK)
            self.check()
            if not ready:
                continue
            piece = os.read(self.requests, count - len(data))
            if not piece:
                raise ClientGoneError
            data += piece
        return bytes(data)

    def write(self, outcome: Outcome, pages: int = 0, pdf: bytes = b"") -> None:
        """One answer."""
        rest = memoryview(ANSWER.pack(outcome, pages, len(pdf)) + pdf)
        while rest:
            rest = rest[os.write(self.answers, rest) :]

    def requests_to_come(self) -> Iterator[tuple[float, str]]:
        """Seconds and HTML of each request until the client is gone."""
        while True:
            seconds, length = REQUEST.unpack(self.read(REQUEST.size))
            if length > MAX_HTML:
                raise ClientGoneError
            yield seconds, self.read(length).decode()


def limit(kind: int, most: int) -> None:
    """Lower a resource limit of this process for good."""
    _, hard = resource.getrlimit(kind)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (most, most))


def leave_network() -> None:
    """Move into an empty network namespace where the kernel lets us; the fetcher holds elsewhere."""
    if libc.unshare(CLONE_NEWNET) != 0:
        libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)


def draw_and_exit(
    html: str, painter: Painter, *, seconds: float, pipe: int, server: int
) -> NoReturn:
    """The child's whole life: take the limits, draw, write pages and PDF into the pipe."""
    code = Outcome.MALFORMED
    try:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != server:
            os._exit(Outcome.MALFORMED)
        gc.disable()
        limit(resource.RLIMIT_AS, MEMORY)
        limit(resource.RLIMIT_CPU, math.ceil(seconds) + 1)
        painting = painter.paint(html)
        with os.fdopen(pipe, "wb") as stream:
            stream.write(painting.pages.to_bytes(4, "big") + painting.pdf)
        code = Outcome.DONE
    except MemoryError:
        code = Outcome.MEMORY
    finally:
        if code is Outcome.MALFORMED:
            with contextlib.suppress(OSError):
                traceback.print_exc(limit=-4)
        os._exit(code)


def collect(pipe: int, desk: Desk, *, seconds: float) -> tuple[Outcome, bytes]:
    """What the child writes into its pipe; TIME or MEMORY if it takes too long or gives too much."""
    deadline = time.monotonic() + seconds
    poll = select.poll()
    poll.register(pipe, select.POLLIN)
    poll.register(desk.requests, 0)
    data = bytearray()
    while (left := deadline - time.monotonic()) > 0:
        events = dict(poll.poll(min(left, TICK) * 1000))
        desk.check()
        if desk.requests in events:
            raise ClientGoneError
        if pipe not in events:
            continue
        piece = os.read(pipe, 1 << 20)
        if not piece:
            return Outcome.DONE, bytes(data)
        data += piece
        if len(data) > MAX_PDF:
            return Outcome.MEMORY, b""
    return Outcome.TIME, b""


def verdict(status: int, *, most_memory: int) -> Outcome:
    """The outcome of a child by its wait status and the most bytes of memory it ever held."""
    if os.WIFSIGNALED(status):
        return SIGNALS.get(signal.Signals(os.WTERMSIG(status)), Outcome.MALFORMED)
    outcome = CODES.get(os.WEXITSTATUS(status), Outcome.MALFORMED)
    # A library that gets no memory says so in many ways; MemoryError is only one of them.
    is_full = most_memory > MEMORY * 3 // 4
    return Outcome.MEMORY if outcome is Outcome.MALFORMED and is_full else outcome


def draw(html: str, painter: Painter, desk: Desk, *, seconds: float) -> tuple[Outcome, int, bytes]:
    """Outcome, pages and PDF of one document, drawn in a child that does not outlive this call."""
    server = os.getpid()
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        os.close(desk.answers)
        draw_and_exit(html, painter, seconds=seconds, pipe=theirs, server=server)
    os.close(theirs)
    outcome, data = Outcome.TIME, b""
    try:
        outcome, data = collect(ours, desk, seconds=seconds)
    finally:
        os.close(ours)
        # A child that closed its pipe is leaving by itself, and its exit code is wanted.
        if outcome is not Outcome.DONE:
            os.kill(child, signal.SIGKILL)
        _, status, usage = os.wait4(child, 0)
    if outcome is Outcome.DONE:
        outcome = verdict(status, most_memory=usage.ru_maxrss * 1024)
    if outcome is not Outcome.DONE:
        return outcome, 0, b""
    return outcome, int.from_bytes(data[:4], "big"), data[4:]


def warm() -> Painter:
    """Load every font once; what is alive now is shared by all children and never collected."""
    missing = [
        name
        for name in FONTS
        if not Path(ROOT, "static", "vendor", "fonts", f"{name}.ttf").exists()
    ]
    if missing:
        sys.exit(f"fonts are missing in static/vendor/fonts: {', '.join(missing)} (make setup)")
    painter = Painter()
    painter.paint(WARM_UP)
    gc.collect()
    gc.freeze()
    return painter


def main() -> None:
    """Serve until the client is gone."""
    # The terminal's Ctrl-C is the client's to handle: it may want to finish the document first.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    desk = Desk(os.dup(0), os.dup(1))
    # Whatever a library prints must not be taken for an answer.
    os.dup2(2, 1)
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    leave_network()
    with contextlib.suppress(ClientGoneError, BrokenPipeError):
        painter = warm()
        for seconds, html in desk.requests_to_come():
            desk.write(*draw(html, painter, desk, seconds=seconds))


if __name__ == "__main__":
    main()
