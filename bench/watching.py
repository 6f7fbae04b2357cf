"""Making and posting the queued reports of one town while watching the memory of all who take part."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from municipalities.kernel import jobs
from municipalities.kernel.queue import Job
from reports.document.year_review import YearReview
from reports.paper.rendering.client import studio
from reports.paper.report.sheet import make_pdf
from reports.submission.submitting.submit import MAKE_PDF

TICK = 0.01
RESIDENT = re.compile(r"^VmRSS:\s+(\d+) kB", re.MULTILINE)
MOST_RESIDENT = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE)


def megabytes(pid: int | str, line: re.Pattern[str]) -> float:
    """Return a process's memory by its status in /proc; 0 when it has ended."""
    try:
        found = line.search(Path(f"/proc/{pid}/status").read_text())
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return int(found[1]) / 1024 if found else 0.0


@dataclass(slots=True)
class Most:
    """The most that any child of the render server held."""

    megabytes: float = 0.0


@contextmanager
def watched_children(most: Most) -> Iterator[None]:
    """Look at the render server's children every hundredth of a second while the block runs."""
    stop = threading.Event()
    thread = threading.Thread(target=watch, args=(most, stop), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def watch(most: Most, stop: threading.Event) -> None:
    """Keep the highest mark of the children until told to stop."""
    while not stop.wait(TICK):
        if server := studio.server:
            children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
            marks = [megabytes(child, MOST_RESIDENT) for child in children]
            most.megabytes = max(most.megabytes, *marks, 0.0)


def make_reports(code: str) -> None:
    """Run the town's jobs in their order, each report's mails after its paper.

    Writes for each report three numbers in megabytes: this process's resident memory, the render
    server's, and the most that the child held which drew it.
    """
    waiting = Job.objects.claimable().filter(municipality__code=code).order_by("pk")
    for job in waiting.filter(kind=MAKE_PDF):
        most = Most()
        with watched_children(most):
            jobs.run(job.pk)
        for mail in waiting.exclude(kind=MAKE_PDF):
            jobs.run(mail.pk)
        _tell(most)


def draw_papers(review: YearReview, *, times: int = 50) -> None:
    """Make one paper so many times; write the same three numbers after each."""
    for _ in range(times):
        most = Most()
        with watched_children(most):
            make_pdf(review)
        _tell(most)


def _tell(most: Most) -> None:
    own, server = megabytes("self", RESIDENT), megabytes(studio.server.pid, RESIDENT)
    print(own, server, most.megabytes, flush=True)
