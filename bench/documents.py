"""Assembling a municipality-year document: one statement per table, however many rows."""

import re
from collections import Counter
from collections.abc import Callable

from bench.clock import statements
from bench.table import Line
from bench.towns import FEW, MANY, Town
from municipalities.tenancy import within
from reports.choices import ReportStatus
from reports.document import assembly, snapshot

TABLE = re.compile(r'\bFROM "(\w+)"')


def lines() -> list[Line]:
    """The year alone, as API and exchange file hold it; and with what a report says of itself."""
    return [
        _line("assembling a document", _year),
        _line("the same for a report (figures, recipients)", _report),
    ]


def _line(what: str, read: Callable[[Town], list[str]]) -> Line:
    few, many = read(FEW), read(MANY)
    most = max(Counter(TABLE.search(text)[1] for text in many).values())
    return Line(
        what,
        "<= 1 SQL a table, 1 row = 100 rows",
        "itself",
        f"{len(few)} = {len(many)} SQL, {most} at most on one table"
        if len(few) == len(many)
        else f"{len(few)} and {len(many)} SQL, {most} at most on one table",
        len(few) == len(many) and most == 1,
    )


def _year(town: Town) -> list[str]:
    cycle = town.cycle()
    with within(cycle.municipality), statements() as sent:
        assembly.assemble(cycle)
    return sent.texts


def _report(town: Town) -> list[str]:
    report = town.report("final")
    with within(report.municipality_id), statements() as sent:
        snapshot.report_document(report, submitted_at=None, status=ReportStatus.DRAFT)
    return sent.texts
