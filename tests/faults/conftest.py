"""Fixtures of the fault tests: the installations of tests/processes, and the table of what was lost."""

from dataclasses import dataclass

import pytest

from tests.processes.conftest import broker, demo, django_db_setup, installed, template

__all__ = ["broker", "demo", "django_db_setup", "installed", "template"]

LEDGER = pytest.StashKey[list]()
HEAD = ("fault", "asked", "done", "lost", "doubled", "remark")


@dataclass(frozen=True, slots=True)
class Toll:
    """What one fault took: of so many things asked for, how many were done, and how many twice."""

    fault: str
    asked: int
    done: int
    doubled: int
    remark: str

    @property
    def lost(self):
        return self.asked - self.done


@pytest.fixture
def toll(request):
    """Return the function that writes one line of the table printed at the end."""
    lines = request.config.stash.setdefault(LEDGER, [])

    def note(fault, *, asked, done, doubled=0, remark=""):
        lines.append(Toll(fault, asked, done, doubled, remark))
        assert (asked - done, doubled) == (0, 0)

    return note


def pytest_terminal_summary(terminalreporter, config):
    lines = config.stash.get(LEDGER, [])
    if not lines:
        return
    rows = [HEAD] + [
        (one.fault, str(one.asked), str(one.done), str(one.lost), str(one.doubled), one.remark)
        for one in lines
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    terminalreporter.section("what was lost")
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        terminalreporter.write_line("  ".join(cells).rstrip())
    lost = sum(one.lost for one in lines)
    doubled = sum(one.doubled for one in lines)
    terminalreporter.write_line(f"in all: {lost} lost, {doubled} doubled")
