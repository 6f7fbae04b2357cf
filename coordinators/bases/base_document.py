"""拠点, as the municipality-year document writes them."""

from typing import Literal

from django.core.exceptions import ValidationError
from pydantic import Field

from coordinators.bases import base_publishing
from coordinators.choices import (
    BaseState,
    HostKind,
    YesNo,
)
from coordinators.models import (
    Base,
    BaseFunction,
)
from logicmodels.choices import Funding
from municipalities.choices import Audience
from municipalities.document import EnduringPart
from municipalities.models import MedicalArea, Organization
from municipalities.rows.rows import Position, RowSchema, written
from municipalities.rows.shared_rows import (
    NamedPart,
    NamedRow,
)


class BaseFunctionRow(RowSchema):
    """拠点の機能"""

    scene: Literal["daily_care", "discharge", "emergency", "end_of_life"]
    text: str = written(BaseFunction, "text")


class BaseRow(NamedRow):
    """在宅医療に必要な連携を担う拠点。medical_area は「区分/圏域コード」。年度をまたいで使う"""

    host_kind: HostKind = HostKind.UNSTATED
    state: BaseState = BaseState.UNSTATED
    since: str = written(Base, "since")
    medical_area: str = Field(default="", max_length=40, title="二次医療圏")
    covers: str = written(Base, "covers")
    number_text: str = written(Base, "number_text")
    funding: Funding = Funding.UNSTATED
    is_for_all_ages: YesNo = YesNo.UNSTATED
    is_contractor: YesNo = YesNo.UNSTATED
    note: str = written(Base, "note")
    position: Position = 0
    audience: Audience = Audience.ADVISER
    base_functions: list[BaseFunctionRow] = Field(default_factory=list)


class BasesPart(NamedPart, EnduringPart):
    name = "bases"
    model = Base
    schema = BaseRow
    fields = (
        "organization",
        "name",
        "host_kind",
        "state",
        "since",
        "medical_area",
        "covers",
        "number_text",
        "funding",
        "is_for_all_ages",
        "is_contractor",
        "note",
        "position",
        "audience",
    )
    references = {"organization": Organization}
    order = ("position", "key")

    def stored(self, cycle):
        rows = Base.objects.select_related("organization", "medical_area")
        return list(rows.order_by())

    def dump_value(self, row, name):
        if name == "medical_area":
            area = row.medical_area
            return f"{area.scheme}/{area.code}" if area else ""
        return super().dump_value(row, name)

    def assign(self, row, values, lookups):
        super().assign(
            row, values | {"medical_area": medical_area(values["medical_area"])}, lookups
        )

    def leave(self, row, *, by):
        base_publishing.withdraw(row, by=by)

    def save(self, plan, *, by):
        yield from super().save(plan, by=by)
        for entry in plan.changed:
            if entry.before["audience"] != entry.row.audience:
                base_publishing.keep_within(entry.row, entry.row.audience, by=by)


BASES = BasesPart()


class BaseFunctionsPart(EnduringPart):
    name = "base_functions"
    model = BaseFunction
    schema = BaseFunctionRow
    inside, owner = BASES, "base"
    fields = ("base", "scene", "text")
    references = {"base": Base}


def medical_area(text):
    """Return the area of 「区分/圏域コード」, None of an empty text. Raises ValidationError."""
    if not text:
        return None
    scheme, _, code = text.partition("/")
    found = MedicalArea.objects.filter(scheme=scheme, code=code).first()
    if found is None:
        message = "この医療圏域は登録されていません。「区分/圏域コード」を確かめてください。"
        raise ValidationError({"medical_area": message})
    return found


BASE_FUNCTIONS = BaseFunctionsPart()
PARTS = (BASES, BASE_FUNCTIONS)
