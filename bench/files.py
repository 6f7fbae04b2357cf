"""Files that come in: the reference data that ships with the product, a workbook of the long format, a statistic."""

import io
from collections import Counter
from collections.abc import Callable

from django.core.management import call_command
from django.db import connection

from bench import statistics_files
from bench.clock import spent
from bench.table import Line
from bench.towns import MANY
from indicators.entering import entering, importing
from indicators.long_format import COLUMNS
from municipalities.models import User
from municipalities.tenancy import within

ROWS = 2_000


def lines() -> list[Line]:
    """Reference data twice; a workbook: read, checked, taken in, checked again; a statistics file in two forms."""
    return [*_reference(), *_workbook(), *statistics_files.lines()]


def _told(what: str, work: Callable[[], object]) -> Line:
    sent = Counter[str]()

    def count(execute, sql, params, many, context):
        sent["SQL"] += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        seconds = spent(work)
    return Line(what, "-", "-", f"{seconds:.1f} s CPU, {sent['SQL']:,} SQL")


def _reference() -> list[Line]:
    return [_told(f"load_reference, {which} run", _load) for which in ("first", "second")]


def _load() -> None:
    call_command("load_reference", stdout=io.StringIO())


def _workbook() -> list[Line]:
    content, cycle = a_workbook(), MANY.cycle()
    writer = User.objects.get(username=MANY.editor)
    what = f"xlsx import, {ROWS:,} rows"

    def enter(*, dry_run: bool) -> None:
        with within(cycle.municipality):
            report = entering.enter(cycle, rows, by=writer, dry_run=dry_run)
        if report.refused:
            raise RuntimeError(report.refused[0])

    rows = importing.read(content).rows
    return [
        _told(f"{what}: reading", lambda: importing.read(content)),
        _told(f"{what}: checking", lambda: enter(dry_run=True)),
        _told(f"{what}: taking in", lambda: enter(dry_run=False)),
        _told(f"{what}: checking again, nothing new", lambda: enter(dry_run=True)),
    ]


def a_workbook() -> bytes:
    """Return values of twenty years of each of the town's indicators, as a workbook of the long format."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(COLUMNS)
    for n in range(ROWS):
        told = {
            "municipality_code": MANY.code,
            "indicator": f"own-{n % 100 + 1}",
            "fiscal_year": MANY.fiscal_year - n // 100,
            "value": n / 100,
            "source": "取り込みの測定",
        }
        sheet.append([told.get(column) for column in COLUMNS])
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()
