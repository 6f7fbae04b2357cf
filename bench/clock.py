"""CPU seconds and SQL statements of a piece of work, and rounds in which two pieces take turns."""

import re
import resource
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import psutil
from django.db import connection
from django.test.utils import CaptureQueriesContext

OF_A_TRANSACTION = re.compile(r"\s*(?:BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)\b", re.IGNORECASE)


def cpu_seconds(*servers: int) -> float:
    """CPU seconds so far of this process, its ended children, and the servers with theirs.

    A server's own number has the kernel's tick (10 ms), so a work must take many of them. PostgreSQL is
    one of the servers: the process of our connection, which stays open.
    """
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    own = time.process_time() + children.ru_utime + children.ru_stime
    return own + sum(_server_seconds(server) for server in (*servers, *_database()))


def _server_seconds(server: int) -> float:
    times = psutil.Process(server).cpu_times()
    return times.user + times.system + times.children_user + times.children_system


def _database() -> list[int]:
    raw = connection.connection if connection.vendor == "postgresql" else None
    return [raw.info.backend_pid] if raw else []


def spent(work: Callable[[], object], *, times: int = 1, server: int | None = None) -> float:
    """Return the CPU seconds of one run of `work`, averaged over `times` runs."""
    servers = () if server is None else (server,)
    begun = cpu_seconds(*servers)
    for _ in range(times):
        work()
    return (cpu_seconds(*servers) - begun) / times


@dataclass(frozen=True, slots=True)
class Rounds:
    """CPU seconds of ours and of the reference, one pair for each round."""

    pairs: tuple[tuple[float, float], ...]

    @property
    def ratios(self) -> list[float]:
        return sorted(ours / reference for ours, reference in self.pairs)

    @property
    def ratio(self) -> float:
        return statistics.median(self.ratios)

    @property
    def ours(self) -> float:
        return statistics.median(ours for ours, _ in self.pairs)

    @property
    def reference(self) -> float:
        return statistics.median(reference for _, reference in self.pairs)

    @property
    def spread(self) -> str:
        return f"{self.ratios[0]:.2f}..{self.ratios[-1]:.2f}"


def interleaved(
    ours: Callable[[], float], reference: Callable[[], float], *, rounds: int
) -> Rounds:
    """Let two works take turns, the first to go changing; each returns its own CPU seconds."""
    pairs = []
    for number in range(rounds):
        if number % 2:
            second = reference()
            pairs.append((ours(), second))
        else:
            first = ours()
            pairs.append((first, reference()))
    return Rounds(tuple(pairs))


@dataclass(slots=True)
class Statements:
    """The SQL of a piece of work, as the database got it."""

    texts: list[str] = field(default_factory=list)

    @property
    def of_rows(self) -> list[str]:
        """The statements but BEGIN, COMMIT and savepoints."""
        return [text for text in self.texts if not OF_A_TRANSACTION.match(text)]

    def __len__(self) -> int:
        return len(self.texts)


@contextmanager
def statements() -> Iterator[Statements]:
    """Collect the SQL of the block."""
    found = Statements()
    with CaptureQueriesContext(connection) as captured:
        yield found
    found.texts.extend(query["sql"] for query in captured.captured_queries)
