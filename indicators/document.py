"""This app's part of the municipality-year document: measurements, by indicator and year."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from pydantic import Field

from indicators.choices import Finality, ValueState
from indicators.models import Definition, Measurement
from municipalities.document import Day, RowSchema, RowsPart, written
from municipalities.kernel import changes

# At most 15 digits (DESIGN 8), without exponent.
DECIMAL = r"^-?[0-9]{1,11}(\.[0-9]{1,4})?$"
STORED_DIGITS = Decimal("0.0001")


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
    state: ValueState = ValueState.VALUE
    finality: Finality = Finality.FINAL
    as_of: Day | None = Field(default=None, title="時点")
    source: str = written(Measurement, "source")
    note: str = written(Measurement, "note")


class MeasurementsPart(RowsPart):
    """Enduring rows: a document adds and corrects them, but never takes one away."""

    name = "measurements"
    model = Measurement
    schema = MeasurementRow
    fields = (
        "definition",
        "fiscal_year",
        "value",
        "state",
        "finality",
        "as_of",
        "source",
        "note",
    )
    order = ("indicator", "fiscal_year", "key")
    deletes = False

    def stored(self, cycle):
        return list(Measurement.objects.select_related("definition").order_by())

    def is_shown(self, row, cycle):
        return row.fiscal_year <= cycle.fiscal_year

    def dump_row(self, row):
        values = {name: changes.plain(getattr(row, name)) for name in self.fields[1:]}
        return {"key": row.key, "indicator": row.definition.code} | values

    def new_row(self, cycle, key):
        return Measurement(key=key)

    def lookups(self, cycle):
        """Return the document's year and the definitions by code."""
        definitions = {one.code: one for one in Definition.objects.order_by()}
        return cycle.fiscal_year, definitions

    def assign(self, row, values, lookups):
        last_year, definitions = lookups
        refuse_contradiction(row, values, last_year=last_year, known=definitions)
        number = values["value"]
        if number is not None:
            # As the column gives it back, so that sending what is stored is no change; and -0 is 0.
            number = (Decimal(number) + 0).quantize(STORED_DIGITS)
        definition = definitions[values["indicator"]]
        super().assign(row, values | {"value": number, "definition": definition}, lookups)


def refuse_contradiction(row, values, *, last_year, known):
    """Raise ValidationError for what no column alone can tell."""
    wrong = {}
    if values["indicator"] not in known:
        wrong["indicator"] = "この指標は登録されていません。コードを確かめてください。"
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


PARTS = (MeasurementsPart(),)
