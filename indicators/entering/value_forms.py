"""The forms of one value: editing it, and entering the value of another year."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.forms import TextInput
from django.utils import timezone

from indicators.arithmetic import accumulating, periods
from indicators.arithmetic.printing import half_up, kept
from indicators.choices import Finality, ValueKind, ValueState
from indicators.models import Measurement
from municipalities.fields import JaDecimalField, JaFiscalYearField, JaTextField
from municipalities.forms import HouseModelForm
from municipalities.japanese import fiscal

# What is chosen where the officer says nothing: the year may be another than that of the page.
BY_YEAR = ("", "年度に合わせる")
OF_A_YEAR = "「年度に合わせる」のままなら、まだ終わっていない年度の値は速報、終わった年度の値は確定として保存します。"
OF_A_MOMENT = "「年度に合わせる」のままなら、確定として保存します（1年分を数える値ではないため）。"
ABSENT = "値がないときは、この欄を空けて、「値の状態」で理由を選んでください"
PARTS = ("numerator", "denominator")
# As many places as the column keeps.
STORED_PLACES = 4


def state_choices():
    """Return the states as a form asks for them: a value is there, or why it is not."""
    named = {ValueState.VALUE: "値がある"}
    return [(state.value, named.get(state, state.label)) for state in ValueState]


class MeasurementForm(HouseModelForm):
    """A value, or the reason why there is none; with its source. Its year is not to be changed.

    Of a share or rate both parts may be typed: then the value is computed.
    """

    class Meta(HouseModelForm.Meta):
        model = Measurement
        fields = (*PARTS, "value", "state", "as_of", "finality", "source", "note")
        field_classes = {"source": JaTextField}
        widgets = {"source": TextInput}
        help_texts = {
            "state": "値がないときは、その理由を選び、値の欄は空けてください。",
            "as_of": "いつ現在の値かが分かるときに入力します（例：令和2年10月1日）。",
            "source": "統計や資料の名前（例：令和2年国勢調査）。",
            "note": "数え方などの注意を書きます。値がないときは、その理由を書くと「不明（理由）」と表示します"
            "（例：広域連合が保険者のため、市町村別の値は不明）。",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.stored_value = self.instance.value
        definition = self.instance.defined_by
        self.fields["value"] = value_field(definition, **self.limits(definition))
        self.fields["state"].choices = state_choices()
        if definition.denominator:
            self.offer_parts(definition)
        else:
            for name in PARTS:
                del self.fields[name]

    def follow(self, row):
        """What was found about one value says nothing about another."""
        return () if row.value == self.stored_value else row.forget_check()

    def limits(self, definition):
        """Return what is refused outright; what is only strange is asked about on the page."""
        may_be_negative = definition.is_percentage or definition.value_kind == ValueKind.DIFFERENCE
        return {"min_value": None if may_be_negative else 0, "max_value": None}

    def offer_parts(self, definition):
        """Ask for numerator and denominator in the words of the definition."""
        for name, label in zip(PARTS, ("分子", "分母"), strict=True):
            words = getattr(definition, name)
            self.fields[name] = JaDecimalField(
                label=f"{label}：{words}" if words else label,
                decimal_places=STORED_PLACES,
                min_value=0,
                required=False,
            )
        self.fields["value"].help_text = "分子と分母を入力すると、値は自動で計算します。"
        if self.has_parts() and self.instance.value is not None:
            self.initial["value"] = self.printed(self.instance.value)

    def has_parts(self):
        return self.instance.numerator is not None and self.instance.denominator is not None

    def printed(self, value):
        """Return a value as it is printed: half-up, to the digits of the definition."""
        places = Decimal(1).scaleb(-self.instance.defined_by.decimals)
        return value.quantize(places, rounding=ROUND_HALF_UP)

    def clean(self):
        """A value and a reason for its absence exclude each other; a source gives one value a year."""
        cleaned = super().clean()
        for name in PARTS:
            # Of an indicator without parts what is stored stays.
            if name not in self.fields:
                cleaned[name] = getattr(self.instance, name)
        if not self.errors and cleaned["state"] == ValueState.VALUE:
            self.compute(cleaned)
        if not self.errors:
            self.refuse_contradiction(cleaned)
            self.refuse_duplicate(cleaned)
        return cleaned

    def compute(self, cleaned):
        """Fill the value from its parts, or refuse parts that do not give the value that was typed."""
        numerator, denominator = (cleaned[name] for name in PARTS)
        if PARTS[0] not in self.fields or numerator is denominator is None:
            return
        if numerator is None or denominator is None:
            missing = PARTS[1] if denominator is None else PARTS[0]
            self.add_error(missing, "分子と分母は、両方を入力するか、両方とも空けてください。")
        elif denominator == 0:
            self.add_error(
                "denominator",
                "分母が0のときは値を計算できません。分母を確かめるか、「値の状態」で理由を選んでください。",
            )
        else:
            times = self.instance.defined_by.multiplier
            self.agree(cleaned, Fraction(numerator) / Fraction(denominator) * times)

    def agree(self, cleaned, computed):
        """Keep more digits than are printed; a typed value must be the computed one as printed."""
        typed, stored = cleaned["value"], self.instance.value
        shown = half_up(computed, self.instance.defined_by.decimals)
        if typed is not None and self.printed(typed) != shown:
            unit = self.instance.defined_by.unit
            self.add_error(
                "value",
                f"分子と分母から計算すると{shown:,f}{unit}です。値を空けて計算に任せるか、分子と分母を直してください。",
            )
        elif stored is None or self.printed(stored) != shown:
            cleaned["value"] = kept(computed)
        else:
            cleaned["value"] = stored

    def refuse_contradiction(self, cleaned):
        has_value = cleaned["value"] is not None
        is_value = cleaned["state"] == ValueState.VALUE
        if is_value and not has_value:
            self.add_error("value", "値を入力するか、「値の状態」で値がない理由を選んでください。")
        if has_value and not is_value:
            self.add_error(
                "state", "値を入力したときは、「値の状態」で「値がある」を選んでください。"
            )

    def refuse_duplicate(self, cleaned):
        """A value that keeps its year and source is the one that is there."""
        if self.instance.pk and "source" not in self.changed_data:
            return
        year = cleaned.get("fiscal_year", self.instance.fiscal_year)
        if is_told_by(self.instance, year, cleaned["source"]):
            self.add_error("source", twice(year))


def is_told_by(value, year, source):
    """Say whether another value tells the same indicator's year from this source."""
    same = Measurement.objects.filter(code=value.code, fiscal_year=year, source=source)
    return same.exclude(pk=value.pk).exists()


def twice(year):
    return f"{fiscal.label(year)}の値は、同じ出典ですでに入力されています。"


class ComposedForm(HouseModelForm):
    """Of a value that is computed from its months, quarters or areas: what stands beside the number."""

    class Meta(HouseModelForm.Meta):
        model = Measurement
        fields = ("source", "note")
        field_classes = {"source": JaTextField}
        widgets = {"source": TextInput}

    def clean_source(self):
        source, year = self.cleaned_data["source"], self.instance.fiscal_year
        if is_told_by(self.instance, year, source):
            self.add_error("source", twice(year))
        return source


def form_of(value, form_class):
    """Return the form in which a value is corrected: one that is computed is not typed over."""
    return ComposedForm if value.composed_of else form_class


def value_field(definition, *, min_value, max_value):
    """Return the field of a value with the unit and digits of its definition."""
    field = JaDecimalField(
        label=f"値（{definition.unit}）",
        unit=definition.unit,
        decimal_places=accumulating.most_digits(definition),
        min_value=min_value,
        max_value=max_value,
        required=False,
    )
    field.absent = ABSENT
    return field


class AnotherYear(HouseModelForm):
    """The value of a year that has none yet, not later than the year of the page."""

    fiscal_year = JaFiscalYearField(label="値の年度")

    def __init__(self, *args, latest, **kwargs):
        super().__init__(*args, **kwargs)
        self.latest = latest
        self.fields["fiscal_year"].help_text = f"{fiscal.label(latest)}までの年度を入力します。"
        self.leave_finality_to_the_year()

    def leave_finality_to_the_year(self):
        """Preset nothing: what is right for the year of the page would stay when another year is typed."""
        field = self.fields["finality"]
        field.choices = [BY_YEAR, *Finality.choices]
        field.required = False
        is_of_a_year = periods.end_of(self.instance.defined_by, self.latest) is not None
        field.help_text = OF_A_YEAR if is_of_a_year else OF_A_MOMENT
        self.initial["finality"] = BY_YEAR[0]

    def clean(self):
        """Where nothing was chosen, the year that was typed decides, as it does in the grid."""
        cleaned = super().clean()
        if "fiscal_year" in cleaned and cleaned.get("finality") == BY_YEAR[0]:
            cleaned["finality"] = periods.usual_finality(
                self.instance.defined_by, cleaned["fiscal_year"], timezone.localdate()
            )
        return cleaned

    def clean_fiscal_year(self):
        year = self.cleaned_data["fiscal_year"]
        if year > self.latest:
            self.add_error(
                "fiscal_year", f"{fiscal.label(self.latest)}までの年度を入力してください。"
            )
        return year


class NewMeasurementForm(AnotherYear, MeasurementForm):
    class Meta(MeasurementForm.Meta):
        fields = ("fiscal_year", *MeasurementForm.Meta.fields)  # type: ignore[assignment]


class FigureForm(MeasurementForm):
    """A number of 自治体概要: people are never fewer than none, a share of them lies within 0 and 100."""

    def limits(self, definition):
        return {"min_value": 0, "max_value": 100 if definition.is_percentage else None}


class NewFigureForm(AnotherYear, FigureForm):
    class Meta(FigureForm.Meta):
        fields = ("fiscal_year", *FigureForm.Meta.fields)  # type: ignore[assignment]
