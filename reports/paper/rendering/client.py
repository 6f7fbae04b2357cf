"""The worker's side of the render server: one per process, started at first use and after a death."""

import atexit
import contextlib
import os
import select
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self, cast

from reports.paper.rendering.protocol import ANSWER, MAX_HTML, REQUEST, Outcome

ROOT = Path(__file__).resolve().parents[3]
# What a start (imports, fonts) and the way there and back may take beyond the document's own time.
GRACE = 30.0
# The server draws and needs nothing else of us: no secret key, no database address.
ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "HOME", "XDG_CACHE_HOME", "TMPDIR", "LANG", "LC_ALL")

REASONS = {
    Outcome.TIME: "PDFの作成に時間がかかりすぎたため、中止しました。文章がとても長い欄がないか確かめてください。",
    Outcome.MEMORY: "PDFが大きくなりすぎたため、作成を中止しました。文章や表を減らしてから、もう一度作成してください。",
    Outcome.MALFORMED: "PDFにできない内容が含まれているため、作成できませんでした。運営管理者に連絡してください。",
}
UNAVAILABLE = (
    "PDFを作成する仕組みが応答しませんでした。しばらくしてから、もう一度作成してください。"
)


class RenderFailed(Exception):
    """No PDF. `reason` is a sentence for the officer; `outcome` is None if a later try may help."""

    def __init__(self, reason: str, outcome: Outcome | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.outcome = outcome

    @classmethod
    def of(cls, outcome: Outcome) -> Self:
        """The failure that lies in the document itself."""
        return cls(REASONS[outcome], outcome)

    @property
    def is_final(self) -> bool:
        """Whether the same document will fail again."""
        return self.outcome is not None


class ServerGoneError(Exception):
    """The server died or does not answer."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A PDF and the number of its pages."""

    pdf: bytes
    pages: int


class Server:
    """One running render server."""

    def __init__(self) -> None:
        environment = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
        self._process = subprocess.Popen(
            [sys.executable, "-W", "ignore::UserWarning", "-m", "reports.paper.rendering.server"],
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env=environment
            | {"PYTHONPATH": str(ROOT), "FONTCONFIG_FILE": str(ROOT / "reports/paper/fonts.conf")},
            start_new_session=True,
        )
        self.pid = self._process.pid
        self._requests = cast("IO[bytes]", self._process.stdin)
        self._answers = cast("IO[bytes]", self._process.stdout)
        os.set_blocking(self._requests.fileno(), False)
        os.set_blocking(self._answers.fileno(), False)

    @property
    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    def exchange(self, request: bytes, *, deadline: float) -> tuple[Outcome, int, bytes]:
        """Send one request and return outcome, pages and PDF.

        Raise ServerGoneError if no answer comes before the deadline (on the monotonic clock).
        """
        try:
            self._send(request, deadline)
            outcome, pages, length = ANSWER.unpack(self._receive(ANSWER.size, deadline))
            return Outcome(outcome), pages, self._receive(length, deadline)
        except BrokenPipeError as error:
            raise ServerGoneError from error

    def stop(self) -> None:
        """End the process and wait for it."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        self._process.wait()
        self._close_pipes()

    def disown(self) -> None:
        """In a forked process: let go of the server, which lives on and serves the parent."""
        self._close_pipes()
        # Not our child: Popen must neither wait for it nor warn that it still runs.
        self._process.returncode = 0

    def _close_pipes(self) -> None:
        self._requests.close()
        self._answers.close()

    def _send(self, data: bytes, deadline: float) -> None:
        pipe = self._requests.fileno()
        rest = memoryview(data)
        while rest:
            self._wait_for(pipe, select.POLLOUT, deadline)
            rest = rest[os.write(pipe, rest) :]

    def _receive(self, count: int, deadline: float) -> bytes:
        pipe = self._answers.fileno()
        data = bytearray()
        while len(data) < count:
            self._wait_for(pipe, select.POLLIN, deadline)
            piece = os.read(pipe, count - len(data))
            if not piece:
                raise ServerGoneError
            data += piece
        return bytes(data)

    @staticmethod
    def _wait_for(pipe: int, event: int, deadline: float) -> None:
        poll = select.poll()
        poll.register(pipe, event)
        if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
            raise ServerGoneError


class Studio:
    """This process's one server, and the lock that lets one thread at a time speak to it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.server: Server | None = None

    def exchange(self, request: bytes, *, deadline: float) -> tuple[Outcome, int, bytes]:
        """Ask the living server, started now if there is none. Raise ServerGoneError.

        A server that was interrupted is stopped: the next caller must not get this one's answer.
        """
        try:
            return self._running().exchange(request, deadline=deadline)
        except BaseException:
            self.close()
            raise

    def _running(self) -> Server:
        if self.server is not None and not self.server.is_alive:
            self.close()
        if self.server is None:
            self.server = Server()
        return self.server

    def close(self) -> None:
        """Stop the server if there is one."""
        if self.server is not None:
            self.server.stop()
            self.server = None

    def forget(self) -> None:
        """After a fork, in the child: no server, and a lock that no thread of the parent holds."""
        if self.server is not None:
            self.server.disown()
        self.lock = threading.Lock()
        self.server = None


studio = Studio()
os.register_at_fork(after_in_child=studio.forget)
atexit.register(studio.close)


def draw(html: str, *, seconds: float = 60) -> Drawing:
    """Draw HTML in the render server within the given seconds and 1.5 GiB of memory.

    Safe in threads and after a fork. Raise RenderFailed with a Japanese reason: too long, too
    large, cannot be drawn, or the server does not answer.
    """
    request = _request(html, seconds)
    if not studio.lock.acquire(timeout=seconds + GRACE):
        raise RenderFailed(UNAVAILABLE)
    try:
        outcome, pages, pdf = _answer(request, deadline=time.monotonic() + seconds + GRACE)
    except ServerGoneError as error:
        raise RenderFailed(UNAVAILABLE) from error
    finally:
        studio.lock.release()
    if outcome is not Outcome.DONE:
        raise RenderFailed.of(outcome)
    return Drawing(pdf, pages)


def render_pdf(html: str, *, seconds: float = 60) -> bytes:
    """The PDF alone of `draw`."""
    return draw(html, seconds=seconds).pdf


def _answer(request: bytes, *, deadline: float) -> tuple[Outcome, int, bytes]:
    try:
        return studio.exchange(request, deadline=deadline)
    except ServerGoneError:
        if time.monotonic() >= deadline:
            raise
    # It died since the last call or during this one; a new one gets the document once more.
    return studio.exchange(request, deadline=deadline)


def _request(html: str, seconds: float) -> bytes:
    try:
        body = html.encode()
    except UnicodeEncodeError as error:
        raise RenderFailed.of(Outcome.MALFORMED) from error
    if len(body) > MAX_HTML:
        raise RenderFailed.of(Outcome.MEMORY)
    return REQUEST.pack(seconds, len(body)) + body
