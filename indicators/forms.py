"""The forms of one value: editing it, and entering the value of another year; and which numbers an issue shows."""

from django import forms

from indicators.choices import ValueState
from indicators.models import Measurement
from municipalities import fiscal
from municipalities.fields import JaDecimalField, JaFiscalYearField, JaTextField
from municipalities.forms import HouseForm, HouseModelForm

PERCENT = "％"
ABSENT = "値がないときは、この欄を空けて、「値の状態」で理由を選んでください"


class MeasurementForm(HouseModelForm):
    """A value, or the reason why there is none; with its source. Its year is not to be changed."""

    class Meta(HouseModelForm.Meta):
        model = Measurement
        fields = ("value", "state", "as_of", "finality", "source", "note")
        field_classes = {"source": JaTextField}
        help_texts = {
            "state": "値がないときは、その理由を選び、値の欄は空けてください。",
            "as_of": "いつ現在の値かが分かるときに入力します（例：令和2年10月1日）。",
            "source": "統計や資料の名前（例：令和2年国勢調査）。",
            "note": "数え方などの注意を書きます。値がないときは、その理由を書くと「不明（理由）」と表示します"
            "（例：広域連合が保険者のため、市町村別の値は不明）。",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        definition = self.instance.defined_by
        value = JaDecimalField(
            label=f"値（{definition.unit}）",
            unit=definition.unit,
            decimal_places=definition.decimals,
            min_value=0,
            max_value=100 if definition.unit == PERCENT else None,
            required=False,
        )
        value.absent = ABSENT
        self.fields["value"] = value
        self.fields["state"].choices = [(state.value, state.label) for state in ValueState]

    def clean(self):
        """A value and a reason for its absence exclude each other; a source gives one value a year."""
        cleaned = super().clean()
        if not self.errors:
            self.refuse_contradiction(cleaned)
            self.refuse_duplicate(cleaned)
        return cleaned

    def refuse_contradiction(self, cleaned):
        has_value = cleaned["value"] is not None
        is_value = cleaned["state"] == ValueState.VALUE
        if is_value and not has_value:
            self.add_error("value", "値を入力するか、「値の状態」で値がない理由を選んでください。")
        if has_value and not is_value:
            self.add_error("state", "値を入力したときは、「値の状態」で「値」を選んでください。")

    def refuse_duplicate(self, cleaned):
        """A value that keeps its year and source is the one that is there."""
        if self.instance.pk and "source" not in self.changed_data:
            return
        year = cleaned.get("fiscal_year", self.instance.fiscal_year)
        same = Measurement.objects.filter(
            code=self.instance.code, fiscal_year=year, source=cleaned["source"]
        ).exclude(pk=self.instance.pk)
        if same.exists():
            message = f"{fiscal.label(year)}の値は、同じ出典ですでに入力されています。"
            self.add_error("source", message)


class NewMeasurementForm(MeasurementForm):
    """The value of a year that has none yet, not later than the year of the page."""

    fiscal_year = JaFiscalYearField(label="値の年度")

    class Meta(MeasurementForm.Meta):
        fields = ("fiscal_year", *MeasurementForm.Meta.fields)  # type: ignore[assignment]

    def __init__(self, *args, latest, **kwargs):
        super().__init__(*args, **kwargs)
        self.latest = latest
        self.fields["fiscal_year"].help_text = f"{fiscal.label(latest)}までの年度を入力します。"

    def clean_fiscal_year(self):
        year = self.cleaned_data["fiscal_year"]
        if year > self.latest:
            self.add_error(
                "fiscal_year", f"{fiscal.label(self.latest)}までの年度を入力してください。"
            )
        return year


class IssueFiguresForm(HouseForm):
    """Ticks at this year's indicators. `offered`: (indicator, its latest figure)."""

    indicators = forms.MultipleChoiceField(
        label="現状の数字", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, offered, **kwargs):
        super().__init__(*args, **kwargs)
        self.offered = [indicator for indicator, _ in offered]
        self.fields["indicators"].choices = [
            (indicator.key, in_words(figure)) for indicator, figure in offered
        ]

    @property
    def chosen(self):
        """The ticked indicators in the order of the year."""
        keys = set(self.cleaned_data["indicators"])
        return [indicator for indicator in self.offered if indicator.key in keys]


def in_words(figure):
    """Return 「訪問診療を受けた患者数：120人、令和7年度（2025年度）」."""
    value = "、".join(filter(None, (figure.text, figure.period)))
    return f"{figure.definition.name}：{value}"
