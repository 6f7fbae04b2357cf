"""A statistics file of 100,000 values, from its bytes to published values, beside a plain INSERT of the same rows."""

import csv
import hashlib
import io
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import transaction

from bench.clock import Rounds, cpu_seconds, interleaved, spent
from bench.reference import plain_insert
from bench.table import Line
from bench.towns import MANY
from indicators.choices import ColumnRole, UploadState
from indicators.intake.layouts import shipped
from indicators.intake.layouts.layout import Column, Layout
from indicators.intake.sheets import book
from indicators.intake.taking import staging, taking
from indicators.models import (
    Dataset,
    Definition,
    PublishedValue,
    StagedBlock,
    StatisticsLayout,
    StatisticsUpload,
)
from municipalities.codes import with_check_digit
from municipalities.models import Municipality, Prefecture, User

REACH, ROUNDS = 2, 3
# Towns of a prefecture of their own; indicators, each of so many years.
PREFECTURE, TOWNS, INDICATORS, YEARS = "96", 500, 10, range(2005, 2025)
TITLE = "県の統計"


def lines() -> list[Line]:
    """The same table as CSV and as xlsx."""
    towns = _towns()
    codes = _indicators()
    return [_line("CSV", _csv(towns, codes)), _line("xlsx", _xlsx(towns, codes))]


class Alone:
    """A job in nobody else's hands: its transactions without its lease."""

    @contextmanager
    def holding(self):
        with transaction.atomic():
            yield

    finishing = holding


@dataclass(slots=True)
class Parts:
    """CPU seconds of each part of the last round."""

    seconds: dict[str, float] = field(default_factory=dict)

    def timed(self, name: str, work: Callable[[], object]) -> None:
        begun = cpu_seconds()
        work()
        self.seconds[name] = cpu_seconds() - begun

    def __str__(self) -> str:
        return ", ".join(f"{name} {seconds:.1f}" for name, seconds in self.seconds.items())


def _line(kind: str, content: bytes) -> Line:
    parts = Parts()
    rows = _taken(kind, content, parts)
    dataset = Dataset.objects.create(code="bench-plain", title="INSERT")
    rounds = interleaved(
        lambda: _ours(kind, content, parts),
        lambda: _theirs(rows, dataset),
        rounds=ROUNDS,
    )
    parts.timed("reading it alone", lambda: book.read(content, file_name=f"f.{kind.lower()}"))
    dataset.delete()
    return Line(
        f"statistics file, {kind}, {len(rows):,} values, checked, all or nothing",
        f"<= {REACH} x CPU",
        f"executemany INSERT, same rows, same table: {rounds.reference:.2f} s",
        _told(rounds, parts),
        rounds.ratio <= REACH,
    )


def _told(rounds: Rounds, parts: Parts) -> str:
    return f"{rounds.ratio:.1f} ({rounds.spread}): {rounds.ours:.1f} s; {parts}"


def _taken(kind: str, content: bytes, parts: Parts) -> list[tuple]:
    """Take the file in once and return its rows, all of them; then they are gone again."""
    _take(_upload(kind, content), parts)
    stored = PublishedValue.objects.filter(dataset__title=TITLE)
    rows = list(stored.order_by("pk").values_list(*plain_insert.COLUMNS))
    _forget()
    if len(rows) < TOWNS * INDICATORS * len(YEARS):
        raise RuntimeError(f"only {len(rows)} values were taken in")
    return rows


def _ours(kind: str, content: bytes, parts: Parts) -> float:
    upload = _upload(kind, content)
    seconds = spent(lambda: _take(upload, parts))
    _forget()
    return seconds


def _theirs(rows: list[tuple], dataset: Dataset) -> float:
    seconds = spent(lambda: plain_insert.insert(rows, dataset.pk))
    PublishedValue.objects.filter(dataset=dataset).delete()
    return seconds


def _take(upload: StatisticsUpload, parts: Parts) -> None:
    """Read, compare and stage; then write. As the two jobs do it, without their queue."""
    parts.timed("reading and staging", lambda: staging.read(Alone(), upload))
    upload.refresh_from_db()
    if upload.refused_cells or upload.state != UploadState.CHECKING:
        raise RuntimeError(upload.message or upload.state)

    def write() -> None:
        with transaction.atomic():
            taking.take(upload)

    parts.timed("taking in", write)


def _forget() -> None:
    if StagedBlock.objects.filter(upload__prefecture__code=PREFECTURE).exists():
        raise RuntimeError("the file was not taken in")
    for dataset in Dataset.objects.filter(title=TITLE, prefecture__code=PREFECTURE):
        taking.remove(dataset, by=User.objects.get(username=MANY.officer))


def _upload(kind: str, content: bytes) -> StatisticsUpload:
    """Return the file with the layout that its officer has confirmed."""
    prefecture = Prefecture.objects.get(code=PREFECTURE)
    columns = [
        Column(number, heading, ColumnRole.VALUE, code, year)
        for number, (heading, code, year) in enumerate(_columns(_indicators()), start=2)
    ]
    layout = Layout(title=TITLE, columns=(Column(1, "団体コード"), *columns))
    code = f"bench-file-{StatisticsLayout.objects.count()}"
    row = StatisticsLayout.objects.create(
        **shipped.fields_of(layout) | {"code": code, "prefecture": prefecture}
    )
    shipped.write_columns(row, layout.columns)
    return StatisticsUpload.objects.create(
        prefecture=prefecture,
        uploaded_by=User.objects.get(username=MANY.officer),
        file_name=f"{TITLE}.{kind.lower()}",
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        layout=row,
    )


def _towns() -> list[str]:
    prefecture = Prefecture.objects.create(code=PREFECTURE, name="広い県", kana="けん")
    numbers = [with_check_digit(f"{PREFECTURE}{n:03}") for n in range(1, TOWNS + 1)]
    Municipality.objects.bulk_create(
        Municipality(code=code, name="村", kana="むら", kind="village", prefecture=prefecture)
        for code in numbers
    )
    return numbers


def _indicators() -> list[str]:
    """Return the first indicators whose values are plain counts."""
    counts = Definition.objects.filter(value_kind="count").order_by("position")
    return list(counts.values_list("code", flat=True)[:INDICATORS])


def _columns(codes: list[str]) -> list[tuple[str, str, int]]:
    return [(f"{code} {year}", code, year) for code in codes for year in YEARS]


def _table(towns: list[str], codes: list[str]) -> list[list[object]]:
    columns = _columns(codes)
    heads = ["団体コード", *(heading for heading, _, _ in columns)]
    return [
        heads,
        *(
            [town, *(1_000 + row * 7 + n for n in range(len(columns)))]
            for row, town in enumerate(towns)
        ),
    ]


def _csv(towns: list[str], codes: list[str]) -> bytes:
    into = io.StringIO()
    csv.writer(into).writerows(_table(towns, codes))
    return into.getvalue().encode()


def _xlsx(towns: list[str], codes: list[str]) -> bytes:
    from openpyxl import Workbook

    book_of = Workbook(write_only=True)
    sheet = book_of.create_sheet()
    for line in _table(towns, codes):
        sheet.append(line)
    into = io.BytesIO()
    book_of.save(into)
    return into.getvalue()
