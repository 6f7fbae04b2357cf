"""Reading a file in the background: its layout is proposed, its cells are compared with what is stored.

Nothing is published here. What would be written is staged in short transactions, so that a large
file keeps nobody else from writing; a cancelled or changed file stops at the next of them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db import transaction

from indicators import derivation
from indicators.choices import StagedDeed, UploadState, ValueState
from indicators.importing import Unreadable
from indicators.intake import book, bulk, detecting, receiving, shipped
from indicators.intake.bulk import Staged
from indicators.intake.extracting import Cell, extract
from indicators.intake.places import places_for
from indicators.models import (
    Dataset,
    Definition,
    PublishedValue,
    RefusedCell,
    StagedValue,
    StatisticsLayout,
    StatisticsUpload,
)
from indicators.statistics import rules_of_the_country

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from indicators.intake.extracting import Extracted
    from indicators.intake.layout import Layout
    from municipalities.kernel.jobs import Running

BATCH = 2000
MOST_REFUSED = 2000
NOTHING = "この様式の読み方では、{place}の値が見つかりません。シート・見出しの行・地域の列を確かめてください。"
NO_COLUMN = "どの列も指標に結び付いていません。下の表で、取り込む列の指標を選んでください。"
MORE_REFUSED = f"取り込めない欄が{MOST_REFUSED:,}を超えたため、残りは表示していません。"
NEW, CHANGED, SAME = (one.value for one in (StagedDeed.NEW, StagedDeed.CHANGED, StagedDeed.SAME))
Key = tuple[int, str, str, int]


class Overtaken(Exception):
    """The file was cancelled, or its layout changed: what was read of it does not count any more."""


@dataclass(slots=True)
class Found:
    """What the whole file would do."""

    staged: list[Staged] = field(default_factory=list)
    refused: list[RefusedCell] = field(default_factory=list)
    elsewhere: int = 0
    message: str = ""


def handle(running: Running) -> None:
    """The job: read the file of its arguments. A file that cannot be read ends with a sentence."""
    pk, version = running.arguments["upload"], running.arguments["version"]
    upload = (
        StatisticsUpload.objects.held(pk, version=version, state=UploadState.READING)
        .select_related("prefecture", "layout")
        .first()
    )
    if upload is None:
        with running.finishing():
            return
    receiving.refuse_without_right(running, upload)
    try:
        read(running, upload)
    except Unreadable as error:
        with running.finishing():
            hold(upload, state=UploadState.FAILED, message=str(error), content=None)
    except Overtaken:
        with running.finishing():
            pass


def read(running: Running, upload: StatisticsUpload) -> None:
    """Read, compare and stage. Raises Unreadable, Overtaken."""
    whole = book.read(bytes(upload.content or b""), file_name=upload.file_name)
    definitions = {one.code: one for one in Definition.objects.order_by("position")}
    layout = layout_of(upload, whole, definitions)
    sheet = detecting.sheet_of(whole, layout)
    with running.holding():
        hold(upload, described=whole.described, rows_all=len(sheet.rows), rows_done=0)
    taken = extract(sheet.rows, layout, places_for(upload.prefecture), definitions)
    found = examined(upload, layout, taken)
    write(running, upload, found)


def layout_of(
    upload: StatisticsUpload, whole: book.Book, definitions: Mapping[str, Definition]
) -> Layout:
    """Return the layout of the file; while it has none, propose one and keep it with the file."""
    if upload.layout is not None:
        return shipped.layout_of(upload.layout)
    known = [
        shipped.layout_of(one) for one in StatisticsLayout.objects.offered_to(upload.prefecture)
    ]
    layout = detecting.propose(whole, upload.file_name, known, definitions)
    keep_layout(upload, layout, definitions)
    return layout


def keep_layout(
    upload: StatisticsUpload, layout: Layout, definitions: Mapping[str, Definition]
) -> None:
    """Give the file a layout of its own, which its people may correct."""
    known = StatisticsLayout.objects.filter(code=layout.code).first() if layout.code else None
    own = {
        "code": receiving.layout_code(upload),
        "prefecture": upload.prefecture,
        "verified_with": known.verified_with if known else "",
    }
    with transaction.atomic():
        row = StatisticsLayout.objects.create(**shipped.fields_of(layout) | own)
        shipped.write_columns(row, layout.columns)
        hold(upload, layout=row)


def examined(upload: StatisticsUpload, layout: Layout, taken: Extracted) -> Found:
    """Compare the cells with what this owner has stored of the statistic."""
    found = Found(elsewhere=taken.elsewhere)
    if not any(column.indicator or column.role == "indicator" for column in layout.columns):
        found.message = NO_COLUMN
    elif not taken.values and not taken.refused:
        place = upload.prefecture.name if upload.prefecture else "全国の市区町村"
        found.message = NOTHING.format(place=place)
    elif len(taken.refused) > MOST_REFUSED:
        found.message = MORE_REFUSED
    found.refused = [
        RefusedCell(
            upload=upload,
            row=one.row,
            column=one.column,
            text=one.text[:100],
            message=one.message[:300],
        )
        for one in taken.refused
    ]
    definitions = dict(Definition.objects.values_list("code", "pk"))
    stored = stored_values(dataset_of(upload, layout), {cell.fiscal_year for cell in taken.values})
    found.staged = [
        staged_of(upload.pk, cell, key, stored.get(key))
        for cell in completed(taken.values)
        if (key := (definitions[cell.indicator], cell.kind, cell.code, cell.fiscal_year))
    ]
    return found


def dataset_of(upload: StatisticsUpload, layout: Layout) -> Dataset | None:
    """Return the statistic that this owner has brought in under this title before, or None."""
    title = layout.title or upload.file_name
    owned = Dataset.objects.filter(prefecture=upload.prefecture, fingerprint="")
    return owned.filter(title=title).first()


def stored_values(dataset: Dataset | None, years: Iterable[int]) -> dict[Key, Any]:
    if dataset is None:
        return {}
    rows = PublishedValue.objects.filter(dataset=dataset, fiscal_year__in=set(years)).order_by()
    columns = ("definition_id", "place_kind", "place_code", "fiscal_year", "value", "state")
    return {tuple(key): (value, state) for *key, value, state in rows.values_list(*columns)}


def completed(cells: list[Cell]) -> Iterator[Cell]:
    """Yield the cells, then the sums of counts and their rates for places whose members are all there."""
    yield from cells
    table: derivation.Table = {}
    for cell in cells:
        row = table.setdefault((cell.kind, cell.code), {})
        row[cell.indicator, cell.fiscal_year] = (
            ValueState(cell.state) if cell.value is None else cell.value
        )
    full = derivation.complete(table, rules_of_the_country())
    for (kind, code), row in full.items():
        for (indicator, year), value in row.items():
            if (indicator, year) not in table.get((kind, code), {}):
                yield computed(kind, code, indicator, year, value)


def computed(kind: str, code: str, indicator: str, year: int, value: Any) -> Cell:
    """Return what stands in no cell of the file: row and column 0."""
    is_state = isinstance(value, ValueState)
    return Cell(
        kind=kind,
        code=code,
        indicator=indicator,
        fiscal_year=year,
        value=None if is_state else value,
        state=value if is_state else ValueState.VALUE,
        row=0,
        column=0,
    )


def staged_of(upload: int, cell: Cell, key: Key, old: Any) -> Staged:
    """Return the row of a cell beside what was found, by position: there are a hundred thousand of them."""
    value, state = old or (None, "")
    deed = SAME if old == (cell.value, cell.state) else CHANGED if old else NEW
    return Staged(
        upload, *key, cell.value, str(cell.state), deed, value, state, cell.row, cell.column
    )


def write(running: Running, upload: StatisticsUpload, found: Found) -> None:
    """Stage everything in short transactions; the last one says that people may look at it."""
    with running.holding():
        hold(upload)
        RefusedCell.objects.filter(upload=upload).delete()
        StagedValue.objects.filter(upload=upload).delete()
        RefusedCell.objects.bulk_create(found.refused[:MOST_REFUSED])
    for done, part in batches(found.staged):
        with running.holding():
            bulk.stage(part)
            hold(upload, rows_done=upload.rows_all * done // len(found.staged))
    deeds = Counter(one.deed for one in found.staged)
    with running.finishing():
        hold(
            upload,
            state=UploadState.CHECKING,
            new=deeds[StagedDeed.NEW],
            changed=deeds[StagedDeed.CHANGED],
            same=deeds[StagedDeed.SAME],
            refused_cells=len(found.refused),
            rows_elsewhere=found.elsewhere,
            message=found.message or upload.message,
        )


def batches(rows: list[Staged]) -> Iterator[tuple[int, list[Staged]]]:
    """Yield how many there are with each part, and the part."""
    left, done = iter(rows), 0
    while part := list(islice(left, BATCH)):
        done += len(part)
        yield done, part


def hold(upload: StatisticsUpload, **values: Any) -> None:
    """Write onto the file while it is as it was read. Raises Overtaken."""
    held = StatisticsUpload.objects.held(
        upload.pk, version=upload.version, state=UploadState.READING
    )
    if not held.update(**(values or {"version": upload.version})):
        raise Overtaken
    for name, value in values.items():
        setattr(upload, name, value)
