"""This app's part of the municipality-year document: measurements, by indicator and year."""

import datetime as dt
from decimal import Decimal

from django.core.exceptions import ValidationError
from pydantic import Field

from indicators.choices import Finality, ValueState
from indicators.models import Definition, Measurement
from municipalities.document import RowSchema, RowsPart, json_value

# At most 15 digits (DESIGN 8), without exponent.
DECIMAL = r"^-?[0-9]{1,11}(\.[0-9]{1,4})?$"


class MeasurementRow(RowSchema):
    """実績値。数値は文字列（例："270685"、"26.2"）"""

    indicator: str
    fiscal_year: int = Field(ge=1950, le=2099)
    value: str | None = Field(default=None, pattern=DECIMAL)
    state: ValueState = ValueState.VALUE
    finality: Finality = Finality.FINAL
    as_of: str | None = Field(default=None, pattern=r"^\d{4}-\d{2}-\d{2}$")
    source: str
    note: str = ""


class MeasurementsPart(RowsPart):
    """Enduring rows: a document adds and corrects them, but never takes one away."""

    name = "measurements"
    model = Measurement
    schema = MeasurementRow
    fields = ("fiscal_year", "value", "state", "finality", "as_of", "source", "note")
    deletes = False

    def rows(self, cycle):
        return Measurement.objects.filter(fiscal_year__lte=cycle.fiscal_year).select_related(
            "definition"
        )

    def dump_row(self, row):
        values = {name: json_value(getattr(row, name)) for name in self.fields}
        return {"key": row.key, "indicator": row.definition.code, **values}

    def new_row(self, cycle, key):
        return Measurement.objects.filter(key=key).first() or Measurement(key=key)

    def assign(self, row, values):
        definition = Definition.objects.filter(code=values["indicator"]).first()
        if definition is None:
            raise ValidationError(
                {"indicator": "この指標は登録されていません。コードを確かめてください。"}
            )
        row.definition = definition
        value, as_of = values.get("value"), values.get("as_of")
        try:
            day = None if as_of is None else dt.date.fromisoformat(as_of)
        except ValueError:
            raise ValidationError({"as_of": "実在する日付を入力してください。"}) from None
        number = None if value is None else Decimal(value)
        super().assign(row, values | {"value": number, "as_of": day})


PARTS = (MeasurementsPart(),)
