"""The values of a municipality in the long format: read them, and enter many at once."""

from typing import Annotated, Literal

from ninja import P as Parameter
from ninja import QueryEx, Router, Schema
from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema

from indicators import long_format
from indicators.entering import entering, exporting, importing
from municipalities.access import Permission
from municipalities.rows.rows import Problem
from reports.api.addresses import Code, FiscalYear
from reports.api.errors import READING, WRITING, Refused
from reports.api.permission import needs
from reports.document.shape import pointer_of

router = Router(tags=["実績値"])


def number_as_text(value):
    """Programs write numbers as numbers or as texts; a truth value is neither."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if is_number else value


Text = str | None
NUMBER_OR_TEXT = {"type": ["string", "number", "null"]}
Number = Annotated[str | None, BeforeValidator(number_as_text), WithJsonSchema(NUMBER_OR_TEXT)]
Year = Annotated[
    str, BeforeValidator(number_as_text), WithJsonSchema({"type": ["string", "integer"]})
]


class MeasurementIn(Schema):
    """実績値の一行。指標・年度・出典の組で、どの値かを見分ける"""

    model_config = ConfigDict(extra="forbid", strict=True)

    municipality_code: Text = Field(
        None, description="全国地方公共団体コード（6桁）。書かないときはアドレスの自治体"
    )
    indicator: str = Field(description="指標のコード、または独自の指標のキー")
    fiscal_year: Year = Field(description="年度（例：2025、R7）")
    value: Number = Field(None, description="値。分子と分母があれば省ける")
    numerator: Number = Field(None, description="分子")
    denominator: Number = Field(None, description="分母")
    state: Text = Field(None, description="値がないときの理由")
    finality: Text = Field(None, description="確定の別。新しい値で書かないときは final")
    as_of: Text = Field(None, description="時点（例：2025-10-01）")
    source: Text = Field(None, description="出典")
    note: Text = Field(None, description="注記")


class MeasurementsIn(Schema):
    """実績値の行"""

    model_config = ConfigDict(extra="forbid")

    items: list[MeasurementIn] = Field(
        max_length=importing.MOST_ROWS,
        description="一度に送れるのは20,000行、書き込めるのは2,000行まで",
    )


class MeasurementOut(Schema):
    """実績値の一行"""

    municipality_code: str
    indicator: str
    fiscal_year: int
    value: str | None
    numerator: str | None
    denominator: str | None
    state: str
    finality: str
    as_of: str | None
    source: str
    note: str


class MeasurementList(Schema):
    """実績値の一覧"""

    items: list[MeasurementOut]


class EnteredOut(Schema):
    """一行でしたこと（dry_run のときは、すること）"""

    pointer: str
    result: Literal["new", "changed", "same"]
    before: dict[str, str | None]
    after: dict[str, str | None]


class DoubtOut(Schema):
    """確かめてほしいこと。書き込みは妨げない"""

    pointer: str
    message: str


class EnteringOut(Schema):
    """書き込みの結果"""

    dry_run: bool
    new: int
    changed: int
    same: int
    untouched: int
    items: list[EnteredOut]
    warnings: list[DoubtOut]


DryRun = QueryEx[bool, Parameter(description="1 のときは、確かめるだけで書き込まない")]


@router.get(
    "measurements",
    auth=needs(Permission.VIEW_PLAN),
    response={200: MeasurementList, **READING},
    summary="実績値を読む",
)
def measurements(request, municipality: Code, fiscal_year: FiscalYear):
    """その年度までの実績値を、指標・年度・出典の順に返します。数値は文字列です。"""
    return {"items": [dict(exporting.plain_row(row)) for row in exporting.rows_of(request.cycle)]}


@router.post(
    "measurements",
    auth=needs(Permission.EDIT_PLAN),
    response={200: EnteringOut, **WRITING},
    summary="実績値をまとめて入力する",
)
def enter_measurements(
    request,
    municipality: Code,
    fiscal_year: FiscalYear,
    sent: MeasurementsIn,
    dry_run: DryRun = False,  # noqa: FBT002 -- ninja's declaration of a query parameter
):
    """問題が一つでもあれば、何も書き込みません。書かない finality・as_of・note は、いまの内容を残します。

    値も分子・分母も state もない行には、何もしません（untouched に数えます）。
    """
    rows = [row_of(number, one, request.cycle) for number, one in enumerate(sent.items)]
    report = entering.enter(request.cycle, rows, by=request.user, dry_run=dry_run)
    if report.refused:
        problems = (Problem(pointer_to(one), one.message) for one in report.refused)
        raise Refused(422, *problems)
    return shown(report, dry_run=dry_run)


def row_of(number, sent, cycle):
    """Return one item as a row of texts; a town that is not written is that of the address."""
    cells = {name: as_text(value) for name, value in sent.dict().items()}
    if sent.municipality_code is None:
        cells["municipality_code"] = cycle.municipality.code
    return long_format.Row(number, cells)


def as_text(value):
    return "" if value is None else str(value)


def pointer_to(remark):
    place = (one for one in (remark.number, remark.column) if one not in {None, ""})
    return pointer_of(("items", *place))


def shown(report, *, dry_run):
    kinds = {"new": report.new, "changed": report.changed, "same": report.same}
    items = [
        {
            "pointer": pointer_of(("items", one.number)),
            "result": kind,
            "before": one.before,
            "after": one.after,
        }
        for kind, entries in kinds.items()
        for one in entries
    ]
    return {
        "dry_run": dry_run,
        **{kind: len(entries) for kind, entries in kinds.items()},
        "untouched": report.untouched,
        "items": items,
        "warnings": [{"pointer": pointer_to(one), "message": one.message} for one in report.doubts],
    }
