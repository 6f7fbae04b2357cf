"""This app's part of the municipality-year document: own definitions, what is followed, and the values."""

from decimal import Decimal
from typing import Literal

from django.core.exceptions import ValidationError
from pydantic import Field

from indicators import accumulating
from indicators.choices import (
    Accumulation,
    CheckedAs,
    Direction,
    Finality,
    PartKind,
    Period,
    ValueKind,
    ValueState,
)
from indicators.models import (
    Definition,
    Indicator,
    IndicatorUse,
    IssueFigure,
    Measurement,
    MeasurementPart,
    OwnDefinition,
    OwnDefinitionVersion,
    Target,
)
from indicators.models.definitions import OWN_PREFIX, PREFECTURE_PREFIX
from logicmodels.models import Issue, Outcome
from municipalities.choices import Audience
from municipalities.document import EnduringPart
from municipalities.models import Area
from municipalities.rows import Day, Key, Position, RowSchema, RowsPart, written

# At most 15 digits (DESIGN 8), without exponent.
DECIMAL = r"^-?[0-9]{1,11}(\.[0-9]{1,4})?$"
STORED_DIGITS = Decimal("0.0001")
OWN_KEY = (
    rf"^({OWN_PREFIX}[-a-zA-Z0-9_]{{1,76}}|{PREFECTURE_PREFIX}[0-9]{{2}}-[-a-zA-Z0-9_]{{1,72}})$"
)
FOREIGN_PREFECTURE = "ほかの都道府県の指標です。この都道府県の指標だけを使えます。"
NOT_ALLOWED = "このまとめ方は、この種類の値には使えません。割合は分子と分母をそれぞれ合計し、差・段階・得点は最後の時点の値を使います。"
UNKNOWN_CODE = "この指標は登録されていません。コードを確かめてください。"


def stored_decimal(text):
    """Return a number as its column gives it back, so that sending what is stored is no change."""
    return None if text is None else (Decimal(text) + 0).quantize(STORED_DIGITS)


class DefinitionVersionRow(RowSchema):
    """定義の版。どの年度から、何が変わったか。最初の版は書かない"""

    fiscal_year: int = Field(ge=1950, le=2099, title="適用を始めた年度")
    what_changed: str = written(OwnDefinitionVersion, "what_changed")
    is_break: bool = Field(
        default=True, title="前の値と比べられない", description="比べられないとき true"
    )


class OwnDefinitionRow(RowSchema):
    """独自の指標の定義。キーは own- で始める。県の指標を使うものは pref- で始まる。年度をまたいで使う"""

    key: str = Field(
        pattern=OWN_KEY,
        title="キー",
        description=f"{OWN_PREFIX} か {PREFECTURE_PREFIX}都道府県コード- に続けて、半角の英数字と - _ を76文字まで",
    )
    name: str = Field(min_length=1, max_length=120, title="名称")
    unit: str = Field(min_length=1, max_length=20, title="単位")
    decimals: int = Field(default=0, ge=0, le=4, title="小数の桁数")
    direction: Direction = Direction.NEUTRAL
    value_kind: ValueKind = ValueKind.COUNT
    numerator: str = written(OwnDefinition, "numerator")
    denominator: str = written(OwnDefinition, "denominator")
    multiplier: int = Field(default=1, ge=1, le=1_000_000, title="掛ける数")
    data_source: str = written(OwnDefinition, "data_source")
    accumulation: Accumulation | Literal[""] = Field(
        default="",
        title="月や四半期の値のまとめ方",
        description="省くと、値の種類と単位から決める",
    )
    frequency: str = written(OwnDefinition, "frequency")
    period_basis: str = written(OwnDefinition, "period_basis")
    caution: str = written(OwnDefinition, "caution")
    definition_versions: list[DefinitionVersionRow] = Field(default_factory=list)


class OwnDefinitionsPart(EnduringPart):
    name = "own_definitions"
    model = OwnDefinition
    schema = OwnDefinitionRow
    fields = (
        "name",
        "unit",
        "decimals",
        "direction",
        "value_kind",
        "numerator",
        "denominator",
        "multiplier",
        "data_source",
        "accumulation",
        "frequency",
        "period_basis",
        "caution",
    )

    def lookups(self, cycle):
        """Return how the keys of those begin that the town may take over from its prefecture."""
        return f"{PREFECTURE_PREFIX}{cycle.municipality.code[:2]}-"

    def assign(self, row, values, lookups):
        if row.origin and not row.key.startswith(lookups):
            raise ValidationError({"key": FOREIGN_PREFECTURE})
        kind = ValueKind(values["value_kind"])
        rule = values["accumulation"] or accumulating.usual(kind, values["unit"]).value
        if rule not in accumulating.allowed(kind):
            raise ValidationError({"accumulation": NOT_ALLOWED})
        super().assign(row, values | {"accumulation": rule}, lookups)


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
        title="公式の値",
        description="同じ年度に出典の違う値があるとき、市区町村が公式とする値。年度に一つ",
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
    fields = (*FollowingPart.which, "baseline_year", "note", "is_to_check", "position", "audience")
    working = ("is_to_check",)
    order = ("position", "key")


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


OWN_DEFINITIONS = OwnDefinitionsPart()


class DefinitionVersionsPart(EnduringPart):
    """What has changed in own definitions; it endures as they do."""

    name = "definition_versions"
    model = OwnDefinitionVersion
    schema = DefinitionVersionRow
    inside, owner = OWN_DEFINITIONS, "own_definition"
    fields = ("own_definition", "fiscal_year", "what_changed", "is_break")
    references = {"own_definition": OwnDefinition}
    order = ("fiscal_year", "key")


DEFINITION_VERSIONS = DefinitionVersionsPart()
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
