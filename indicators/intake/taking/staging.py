"""Reading a file in the background: its layout is proposed, its cells are compared with what is stored.

Nothing is published here. What would be written is staged in short transactions, so that a large
file keeps nobody else from writing; a cancelled or changed file stops at the next of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from indicators.arithmetic.printing import in_full
from indicators.choices import UploadState, ValueState
from indicators.definitions import definition_copies
from indicators.entering.importing import Unreadable
from indicators.intake.comparing import comparing, doubting, stored
from indicators.intake.comparing.comparing import CHANGED, NEW, SAME, Compared
from indicators.intake.comparing.doubting import Doubtful, Doubts
from indicators.intake.detecting import detecting
from indicators.intake.extracting import ahead, blocks, uneven
from indicators.intake.extracting.extracting import extract
from indicators.intake.layouts import beside, shipped
from indicators.intake.layouts.places import places_for
from indicators.intake.sheets import book
from indicators.intake.taking import receiving
from indicators.intake.withholding import foreseen
from indicators.models import (
    DoubtfulCell,
    FileDoubt,
    RefusedCell,
    StagedBlock,
    StagedValue,
    StatisticsLayout,
    StatisticsUpload,
)
from indicators.statistics import rules_of_the_country
from municipalities.japanese import dates, fiscal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from indicators.intake.extracting.extracted import Extracted
    from indicators.intake.layouts.layout import Layout
    from indicators.intake.withholding.foreseen import Foreseen
    from indicators.models import Definition
    from municipalities.kernel.jobs import Running

MOST_REFUSED = 2000
NOTHING = "この様式の設定では、{place}の値が見つかりません。シート・見出しの行・地域の列を確かめてください。"
NONE_OF_OURS = (
    "{place}の行がありません（ほかの都道府県の行が{rows}行ありました）。"
    "ほかの都道府県のファイルでないかを確かめてください。"
)
NO_COLUMN = "どの列も指標に結び付いていません。下の表で、取り込む列の指標を選んでください。"
NO_YEAR_OF_DAY = "「いつ現在か」の{day}は、この表のどの年度にも入りません。値には付けないので、年月日を確かめてください。"
PASSED_OVER = "{kind}の行は取り込みません：{names}。"
NAMES_TOLD = 10
MORE_REFUSED = f"取り込めない箇所が{MOST_REFUSED:,}を超えたため、残りは表示していません。"


class Overtaken(Exception):
    """The file was cancelled, or its layout changed: what was read of it does not count any more."""


@dataclass(slots=True)
class Found:
    """What the whole file would do."""

    compared: Compared = field(default_factory=Compared)
    refused: list[RefusedCell] = field(default_factory=list)
    elsewhere: int = 0
    message: str = ""
    doubts: Doubts = field(default_factory=Doubts)
    hidden: Foreseen | None = None


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
    definitions = definition_copies.of_files_of(upload.prefecture)
    layout = layout_of(upload, whole, definitions)
    sheet = detecting.sheet_of(whole, layout)
    with running.holding():
        hold(upload, described=whole.described_with(sheet), rows_all=len(sheet.rows), rows_done=0)
    taken = extract(sheet.rows, layout, places_for(upload.prefecture), definitions)
    if whole.is_csv:
        taken.refused.extend(uneven.refused(sheet.rows, layout))
    found = examined(upload, layout, taken, definitions)
    write(running, upload, found, definitions)


def layout_of(
    upload: StatisticsUpload, whole: book.Book, definitions: Mapping[str, Definition]
) -> Layout:
    """Return the layout of the file; while it has none, propose one and keep it with the file."""
    if upload.layout is not None:
        return corrected(upload.layout, whole, definitions)
    known = [
        shipped.layout_of(one) for one in StatisticsLayout.objects.offered_to(upload.prefecture)
    ]
    layout = detecting.propose(whole, upload.file_name, known, definitions)
    keep_layout(upload, layout, definitions)
    return layout


def corrected(
    row: StatisticsLayout, whole: book.Book, definitions: Mapping[str, Definition]
) -> Layout:
    """Return the layout as its people have corrected it; its columns are headed by the rows that are headings now."""
    layout = shipped.layout_of(row)
    now = detecting.headed_anew(layout, detecting.sheet_of(whole, layout), definitions)
    if now is not layout:
        with transaction.atomic():
            StatisticsLayout.objects.filter(pk=row.pk).update(marks=now.marks)
            shipped.write_columns(row, now.columns)
    return now


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


def examined(
    upload: StatisticsUpload,
    layout: Layout,
    taken: Extracted,
    definitions: Mapping[str, Definition],
) -> Found:
    """Compare the cells with what this owner has stored of the statistic."""
    found = Found(elsewhere=taken.elsewhere, message=passed_over(taken) + day_left_out(taken))
    today = timezone.localdate()
    newest = fiscal.fiscal_year_of(today)
    refused = [*ahead.refused(taken, definitions, newest=newest), *taken.refused]
    if not any(column.indicator or column.role == "indicator" for column in layout.columns):
        found.message = NO_COLUMN
    elif taken.is_empty and not refused:
        place = upload.prefecture.name if upload.prefecture else "全国の市区町村"
        told = NONE_OF_OURS if taken.elsewhere else NOTHING
        found.message = told.format(place=place, rows=f"{taken.elsewhere:,}")
    elif len(refused) > MOST_REFUSED:
        found.message = MORE_REFUSED
    found.refused = [
        RefusedCell(
            upload=upload,
            row=one.row,
            column=one.column,
            text=one.text[:100],
            message=one.message[:300],
        )
        for one in refused
    ]
    dataset = stored.dataset_of(upload, layout)
    title = layout.title or upload.file_name
    published = stored.published_beside(taken, dataset, definitions, title)
    published.stored = stored.values(dataset, taken.years)
    found.doubts = doubting.doubts(taken, published, definitions, today=today)
    found.compared = comparing.compare(
        taken,
        published.stored,
        rules=rules_of_the_country(),
        definitions={one.code: one.pk for one in definitions.values()},
    )
    found.hidden = foreseen.of(found.compared.lines, dataset)
    return found


def day_left_out(taken: Extracted) -> str:
    """Say that the day of a table belongs to none of its years, nothing where it does."""
    day = taken.of_all.as_of
    if day is None or not taken.years or beside.years_of_day(day, taken.years):
        return ""
    return NO_YEAR_OF_DAY.format(day=dates.in_wareki(day))


def passed_over(taken: Extracted) -> str:
    """Say which rows are left out for what they are, nothing where there are none."""
    told = []
    for kind, names in taken.passed_over.items():
        listed = "、".join(list(names)[:NAMES_TOLD])
        more = f"ほか{len(names) - NAMES_TOLD}" if len(names) > NAMES_TOLD else ""
        told.append(PASSED_OVER.format(kind=kind, names=f"{listed}{more}"))
    return "".join(told)


def write(
    running: Running,
    upload: StatisticsUpload,
    found: Found,
    definitions: Mapping[str, Definition],
) -> None:
    """Stage everything in short transactions; the last one says that people may look at it."""
    compared = found.compared
    with running.holding():
        hold(upload)
        receiving.clear(upload)
        RefusedCell.objects.bulk_create(found.refused[:MOST_REFUSED])
        StagedValue.objects.bulk_create(shown(upload, compared, definitions))
        write_doubts(upload, found.doubts, definitions)
        if found.hidden is not None:
            foreseen.keep(upload, found.hidden)
    done, of_all = 0, compared.deeds.total()
    for number, (size, content) in enumerate(blocks.packed(compared.lines)):
        with running.holding():
            StagedBlock.objects.create(upload=upload, number=number, content=content)
            done += size
            hold(upload, rows_done=upload.rows_all * done // of_all)
    with running.finishing():
        hold(
            upload,
            state=UploadState.CHECKING,
            new=compared.deeds[NEW],
            changed=compared.deeds[CHANGED],
            same=compared.deeds[SAME],
            refused_cells=len(found.refused),
            rows_elsewhere=found.elsewhere,
            message=found.message or upload.message,
        )


def write_doubts(
    upload: StatisticsUpload, doubts: Doubts, definitions: Mapping[str, Definition]
) -> None:
    """Keep how many values each kind of doubt is about, and the first of them for people to look at."""
    for code, count in doubts.counts.items():
        doubt = FileDoubt.objects.create(upload=upload, code=code, count=count)
        DoubtfulCell.objects.bulk_create(
            DoubtfulCell(
                doubt=doubt,
                definition=definitions[one.indicator],
                place_kind=one.place[0],
                place_code=one.place[1],
                fiscal_year=one.fiscal_year,
                row=one.row,
                column=one.column,
                text=text_of(one, definitions[one.indicator]),
                message=one.message[:300],
            )
            for one in doubts.first[code]
        )


def text_of(one: Doubtful, definition: Definition) -> str:
    """Return a value that is asked about as the tables of new and of changed values show it."""
    if one.value is None:
        return ""
    unit, decimals = definition.unit, definition.decimals
    return in_full(one.value, state=ValueState.VALUE, unit=unit, decimals=decimals)[:100]


def shown(
    upload: StatisticsUpload, compared: Compared, definitions: Mapping[str, Definition]
) -> Iterator[StagedValue]:
    """Yield the values that people look at one by one."""
    for deed, first in compared.shown.items():
        for one in first.of():
            kind, code = one.place
            found: Any = one.found or (None, "")
            found_value, found_state = found[: beside.LENGTH]
            yield StagedValue(
                upload=upload,
                definition=definitions[one.indicator],
                place_kind=kind,
                place_code=code,
                fiscal_year=one.fiscal_year,
                value=one.said[0],
                state=one.said[1],
                **beside.beside_of(one.said)._asdict(),
                deed=deed,
                found_value=found_value,
                found_state=found_state,
                row=one.row,
                column=one.column,
            )


def hold(upload: StatisticsUpload, **values: Any) -> None:
    """Write onto the file while it is as it was read. Raises Overtaken."""
    held = StatisticsUpload.objects.held(
        upload.pk, version=upload.version, state=UploadState.READING
    )
    if not held.update(**(values or {"version": upload.version})):
        raise Overtaken
    for name, value in values.items():
        setattr(upload, name, value)
