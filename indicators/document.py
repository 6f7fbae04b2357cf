"""This app's part of the municipality-year document: what is followed, and the values; definitions lie beside."""

from decimal import Decimal
from typing import Literal

from django.core.exceptions import ValidationError
from pydantic import Field

from indicators.choices import CheckedAs, Finality, PartKind, Period, ValueState
from indicators.definitions.definition_document import DEFINITION_VERSIONS, OWN_DEFINITIONS
from indicators.models import (
    Definition,
    Indicator,
    IndicatorUse,
    IssueFigure,
    Measurement,
    MeasurementPart,
    OwnDefinition,
    Target,
)
from logicmodels.models import Issue, Outcome
from municipalities.choices import Audience
from municipalities.document import EnduringPart
from municipalities.models import Area
from municipalities.rows.rows import Day, Key, Position, RowSchema, RowsPart, written

# At most 15 digits (DESIGN 8), without exponent.
DECIMAL = r"^-?[0-9]{1,11}(\.[0-9]{1,4})?$"
STORED_DIGITS = Decimal("0.0001")
UNKNOWN_CODE = "この指標は登録されていません。コードを確かめてください。"


def stored_decimal(text):
    """Return a number as its column gives it back, so that sending what is stored is no change."""
    return None if text is None else (Decimal(text) + 0).quantize(STORED_DIGITS)


class TargetRow(RowSchema):
    """目標値。指標ごと、年度ごとに一行"""

    fiscal_year: int = Field(ge=1950, le=2099, title="目標の年度")
    value: str = Field(pattern=DECIMAL, title="目標値")
    note: str = written(Target, "note")


class IndicatorRow(RowSchema):
    """この年度に追う指標。値は measurements に書く"""

    indicator: Key = Field(title="指標", description="指標のコード、または独自の指標のキー")
    baseline_year: int | None = Field(default=None, ge=1950, le=2099, title="現状値の年度")
    note: str = written(Indicator, "note")
    is_to_check: bool = Field(default=False, title="あとで確かめる")
    takes_statistics: bool = Field(
        default=True,
        title="統計の値を自動で入れる",
        description="公表された値を、実績値のない年度に自動で入れるか",
    )
    position: Position = 0
    audience: Audience = Audience.ADVISER
    targets: list[TargetRow] = Field(default_factory=list)


class IndicatorUseRow(RowSchema):
    """指標の配置。どの指標を、どの成果に使うか。indicator は indicators のキー"""

    indicator: Key
    outcome: Key
    note: str = written(IndicatorUse, "note")
    position: Position = 0


class IssueFigureRow(RowSchema):
    """課題の現状を示す数字。indicator は indicators のキー"""

    issue: Key
    indicator: Key
    position: Position = 0


class MeasurementPartRow(RowSchema):
    """実績値の内訳。月・四半期・半期ごと、または圏域ごとに一行。報告書には載せない"""

    period: Period = Field(title="期間", description="04〜03（月）、q1〜q4、h1・h2、year")
    area: Key | None = Field(default=None, title="圏域", description="全域のときは書かない")
    value: str | None = Field(default=None, pattern=DECIMAL, title="値")
    numerator: str | None = Field(default=None, pattern=DECIMAL, title="分子")
    denominator: str | None = Field(default=None, pattern=DECIMAL, title="分母")
    state: ValueState = ValueState.VALUE
    as_of: Day | None = Field(default=None, title="時点")
    note: str = written(MeasurementPart, "note")


class MeasurementRow(RowSchema):
    """実績値。文書の年度までの値が入る。指標・年度・出典の組に一行"""

    indicator: str = Field(title="指標", description="指標のコード（例：population_total）")
    fiscal_year: int = Field(ge=1950, le=2099, title="年度")
    value: str | None = Field(
        default=None,
        pattern=DECIMAL,
        title="値",
        description='文字列で書く数値（例："270685"、"26.2"）。state が value のときだけ書く',
    )
    numerator: str | None = Field(default=None, pattern=DECIMAL, title="分子")
    denominator: str | None = Field(default=None, pattern=DECIMAL, title="分母")
    state: ValueState = ValueState.VALUE
    finality: Finality = Finality.FINAL
    as_of: Day | None = Field(default=None, title="時点")
    source: str = written(Measurement, "source")
    is_official: bool = Field(
        default=False,
        title="採用した値",
        description="同じ年度に出典の違う値があるとき、市区町村が採用する値。年度に一つ",
    )
    note: str = written(Measurement, "note")
    checked_as: CheckedAs | Literal[""] = Field(
        default="", title="確かめた結果", description="いつもと違う値を確かめた結果"
    )
    checked_note: str = written(Measurement, "checked_note")
    composed_of: PartKind | Literal[""] = Field(
        default="", title="内訳からの計算", description="値を計算する内訳。直接入力した値は空"
    )
    parts: list[MeasurementPartRow] = Field(default_factory=list, title="内訳")


class FollowingPart(RowsPart):
    """Rows that follow a definition: in the document `indicator` is its code, national or own."""

    # The columns that say which definition; all three are told by the code.
    which = ("code", "definition", "own_definition")

    def dump_row(self, row):
        values = {
            name: self.dump_value(row, name) for name in self.fields if name not in self.which
        }
        return {"key": row.key, "indicator": row.code} | values

    def assign(self, row, values, lookups):
        for name in self.fields:
            if name not in self.which:
                setattr(row, name, values[name])

    def refer(self, row, values, known):
        """Follow the definition that the code names; an own one may stand in the same document."""
        definition = known[OwnDefinition].get(values["indicator"]) or self.national(known).get(
            values["indicator"]
        )
        if definition is None:
            raise ValidationError({"indicator": UNKNOWN_CODE})
        row.follow(definition)

    def national(self, known):
        """Return the national definitions by code, read once for a document."""
        if Definition not in known:
            known[Definition] = {one.code: one for one in Definition.objects.order_by()}
        return known[Definition]

    def refer_again(self, row):
        row.own_definition = row.own_definition


class IndicatorsPart(FollowingPart):
    name = "indicators"
    model = Indicator
    schema = IndicatorRow
    fields = (
        *FollowingPart.which,
        "baseline_year",
        "note",
        "is_to_check",
        "takes_statistics",
        "position",
        "audience",
    )
    working = ("is_to_check", "takes_statistics")
    order = ("position", "key")
    # What reads a year knows its definitions with its indicators: small papers and rules read them nowhere else.
    read_with = ("definition", "own_definition")


INDICATORS = IndicatorsPart()


# What an indicator is called stands in its definition.
NAMED_WITH = ("indicator__definition", "indicator__own_definition")


class TargetsPart(RowsPart):
    name = "targets"
    model = Target
    schema = TargetRow
    inside, owner = INDICATORS, "indicator"
    fields = ("indicator", "fiscal_year", "value", "note")
    references = {"indicator": Indicator}
    named_with = NAMED_WITH
    order = ("fiscal_year", "key")

    def assign(self, row, values, lookups):
        super().assign(row, values | {"value": stored_decimal(values["value"])}, lookups)


class IndicatorUsesPart(RowsPart):
    name = "indicator_uses"
    model = IndicatorUse
    schema = IndicatorUseRow
    fields = ("indicator", "outcome", "note", "position")
    references = {"indicator": Indicator, "outcome": Outcome}
    named_with = NAMED_WITH
    order = ("outcome", "position", "key")


class IssueFiguresPart(RowsPart):
    name = "issue_figures"
    model = IssueFigure
    schema = IssueFigureRow
    fields = ("issue", "indicator", "position")
    references = {"issue": Issue, "indicator": Indicator}
    named_with = NAMED_WITH
    order = ("issue", "position", "key")


class MeasurementsPart(FollowingPart):
    """Enduring rows: a document adds and corrects them, but never takes one away."""

    name = "measurements"
    model = Measurement
    schema = MeasurementRow
    numbers = ("value", "numerator", "denominator")
    fields = (
        *FollowingPart.which,
        "fiscal_year",
        *numbers,
        "state",
        "finality",
        "as_of",
        "source",
        "is_official",
        "note",
        "checked_as",
        "checked_note",
        "composed_of",
    )
    working = ("checked_as", "checked_note", "composed_of")
    order = ("indicator", "fiscal_year", "key")
    deletes = False

    def stored(self, cycle):
        return list(Measurement.objects.order_by())

    def is_shown(self, row, cycle):
        return row.fiscal_year <= cycle.fiscal_year

    def new_row(self, cycle, key):
        return Measurement(key=key)

    def lookups(self, cycle):
        """Return the document's year."""
        return cycle.fiscal_year

    def assign(self, row, values, lookups):
        refuse_contradiction(row, values, last_year=lookups)
        numbers = {name: stored_decimal(values[name]) for name in self.numbers}
        super().assign(row, values | numbers, lookups)


def refuse_contradiction(row, values, *, last_year):
    """Raise ValidationError for what no column alone can tell."""
    wrong = {}
    if row.pk and row.fiscal_year > last_year:
        wrong["key"] = (
            f"このキーは{row.fiscal_year}年度の値で使われています。別のキーにしてください。"
        )
    if values["fiscal_year"] > last_year:
        wrong["fiscal_year"] = (
            f"この文書に書けるのは{last_year}年度までの値です。後の値は、その年度の文書に書いてください。"
        )
    if (values["state"] == ValueState.VALUE) != (values["value"] is not None):
        wrong["value"] = (
            "値を書くときは state を value に、値がないときは state でその理由を示してください。"
        )
    if wrong:
        raise ValidationError(wrong)


MEASUREMENTS = MeasurementsPart()


class MeasurementPartsPart(EnduringPart):
    """Months, quarters and areas stay in the house: neither report nor copy has them."""

    name = "parts"
    model = MeasurementPart
    schema = MeasurementPartRow
    inside, owner = MEASUREMENTS, "measurement"
    in_report = False
    numbers = ("value", "numerator", "denominator")
    fields = ("measurement", "period", "area", *numbers, "state", "as_of", "note")
    references = {"measurement": Measurement, "area": Area}
    follows = ("area_key",)
    named_with = ("measurement__definition", "measurement__own_definition")
    order = ("period", "key")

    def is_shown(self, row, cycle):
        return row.measurement.fiscal_year <= cycle.fiscal_year

    def assign(self, row, values, lookups):
        refuse_hollow(values)
        numbers = {name: stored_decimal(values[name]) for name in self.numbers}
        super().assign(row, values | numbers, lookups)

    def refer(self, row, values, known):
        super().refer(row, values, known)
        row.area_key = row.area.key if row.area else ""


def refuse_hollow(values):
    """A piece that has a value tells it, or what it is the share of; one that has none tells why."""
    told = values["value"] is not None
    shares = [values[name] is not None for name in ("numerator", "denominator")]
    is_whole = told or all(shares)
    if any(shares) != all(shares) or (values["state"] == ValueState.VALUE) != is_whole:
        message = "値、または分子と分母の両方を書いてください。値がないときは state で理由を示してください。"
        raise ValidationError({"value": message})


TARGETS = TargetsPart()
INDICATOR_USES = IndicatorUsesPart()
ISSUE_FIGURES = IssueFiguresPart()
MEASUREMENT_PARTS = MeasurementPartsPart()
PARTS = (
    OWN_DEFINITIONS,
    DEFINITION_VERSIONS,
    INDICATORS,
    TARGETS,
    INDICATOR_USES,
    ISSUE_FIGURES,
    MEASUREMENTS,
    MEASUREMENT_PARTS,
)
