"""Own definitions in the municipality-year document, with the versions of each."""

from typing import Literal

from django.core.exceptions import ValidationError
from pydantic import Field

from indicators.arithmetic import accumulating
from indicators.choices import Accumulation, Direction, ValueKind
from indicators.models import OwnDefinition, OwnDefinitionVersion
from indicators.models.definitions import OWN_PREFIX, PREFECTURE_PREFIX
from municipalities.document import EnduringPart
from municipalities.rows.rows import RowSchema, written

OWN_KEY = (
    rf"^({OWN_PREFIX}[-a-zA-Z0-9_]{{1,76}}|{PREFECTURE_PREFIX}[0-9]{{2}}-[-a-zA-Z0-9_]{{1,72}})$"
)
FOREIGN_PREFECTURE = "ほかの都道府県の指標です。この都道府県の指標だけを使えます。"
NOT_ALLOWED = "このまとめ方は、この種類の値には使えません。割合は分子と分母をそれぞれ合計し、差・段階・得点は最後の時点の値を使います。"


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
    multiplier: int = Field(default=1, ge=1, le=1_000_000, title="倍率")
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
    fields = OwnDefinition.FIELDS

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
