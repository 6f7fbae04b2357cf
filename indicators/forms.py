"""The form of one value."""

from indicators.choices import ValueState
from indicators.models import Measurement
from municipalities.fields import JaFiscalYearField
from municipalities.forms import HouseModelForm


class MeasurementForm(HouseModelForm):
    """A value, or the reason why there is none; with its year and its source."""

    fiscal_year = JaFiscalYearField(label="何年度の値ですか")

    class Meta(HouseModelForm.Meta):
        model = Measurement
        fields = ("value", "state", "fiscal_year", "as_of", "finality", "source", "note")
        help_texts = {
            "state": "値がないときは、その理由を選び、値の欄は空けてください。",
            "as_of": "いつ現在の値かが分かるときに入力します（例：令和2年10月1日）。",
            "source": "統計や資料の名前（例：令和2年国勢調査）。",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        definition = self.instance.definition
        value = self.fields["value"]
        value.unit = definition.unit
        value.label = f"値（{definition.unit}）"
        states = [(state.value, state.label) for state in ValueState]
        self.fields["state"].choices = states

    def clean(self):
        """A value and a reason for its absence exclude each other."""
        cleaned = super().clean()
        has_value = cleaned.get("value") is not None
        is_value = cleaned.get("state") == ValueState.VALUE
        if "value" in self.errors or "state" in self.errors:
            return cleaned
        if is_value and not has_value:
            self.add_error("value", "値を入力するか、「値の状態」で値がない理由を選んでください。")
        if has_value and not is_value:
            self.add_error("state", "値を入力したときは、「値」を選んでください。")
        return cleaned
