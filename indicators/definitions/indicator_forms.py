"""Forms of what is followed: an indicator of the year, its targets, and a definition of one's own."""

from django.db import models
from django.forms import TextInput

from indicators.arithmetic import accumulating
from indicators.choices import Accumulation, ValueKind
from indicators.models import Indicator, OwnDefinition, Target
from indicators.models.definitions import PERCENT
from municipalities.fields import JaDecimalField, JaFiscalYearField, JaTextField
from municipalities.forms import HouseModelForm
from municipalities.japanese import fiscal

SHARES = frozenset({ValueKind.RATIO, ValueKind.RATE, ValueKind.SURVEY_RATIO})
HUNDRED = 100
# As many places as the columns of values keep.
STORED_PLACES = 4


class IndicatorForm(HouseModelForm):
    """What a year says of an indicator. Its values are measurements."""

    baseline_year = JaFiscalYearField(
        label="現状値の年度",
        help_text="「現状値」とする年度です。その年度の値を、目標と並べて示します。例：令和5年度（2023年度）",
        required=False,
    )

    class Meta(HouseModelForm.Meta):
        model = Indicator
        fields = ("baseline_year", "note", "audience")
        help_texts = {"note": "この指標を選んだ理由や、目標を立てない理由など。"}


class TargetForm(HouseModelForm):
    """A target value of one year, in the unit of its indicator."""

    fiscal_year = JaFiscalYearField(
        label="目標の年度", help_text="計画期間の最後の年度など。例：令和11年度（2029年度）"
    )

    class Meta(HouseModelForm.Meta):
        model = Target
        fields = ("fiscal_year", "value", "note")
        help_texts = {"note": "どう考えてこの値にしたか（例：全国の平均を目指す）。"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        definition = self.instance.indicator.defined_by
        negative = definition.value_kind == ValueKind.DIFFERENCE
        self.fields["value"] = JaDecimalField(
            label=f"目標値（{definition.unit}）",
            unit=definition.unit,
            decimal_places=definition.decimals,
            min_value=None if negative else 0,
            max_value=HUNDRED if definition.is_percentage and not negative else None,
        )
        message = self.fields["value"].error_messages
        message["required"] = "目標値を入力してください"

    def clean_fiscal_year(self):
        """One target a year."""
        year = self.cleaned_data["fiscal_year"]
        same = Target.objects.filter(indicator=self.instance.indicator, fiscal_year=year)
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error(
                "fiscal_year",
                f"{fiscal.label(year)}の目標値は、すでにあります。一覧からその目標値を編集してください。",
            )
        return year


class OwnDefinitionForm(HouseModelForm):
    """A number that the municipality defines for itself."""

    fieldsets: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("何を測るか", ("name", "unit", "decimals", "direction", "value_kind")),
        ("どう計算するか", ("numerator", "denominator", "multiplier", "accumulation")),
        ("どこから得るか", ("data_source", "frequency", "period_basis", "caution")),
    )

    class Meta(HouseModelForm.Meta):
        model: type[models.Model] = OwnDefinition
        fields: tuple[str, ...] = OwnDefinition.FIELDS
        field_classes = {"frequency": JaTextField, "period_basis": JaTextField}
        widgets = {"frequency": TextInput, "period_basis": TextInput}
        help_texts = {
            "name": "例：退院前カンファレンスへのケアマネジャー参加率",
            "unit": "例：％、人、件、回。延べと実のどちらかも分かるようにします（例：人（延べ））。",
            "decimals": "小数点以下を何桁まで示すか（0〜4）。",
            "numerator": "例：ケアマネジャーが参加した退院前カンファレンスの数",
            "denominator": "割合・率のときに書きます（例：退院前カンファレンスの数）。",
            "multiplier": "％は100、人口10万人あたりは100000、割合・率でないときは1。",
            "accumulation": "月ごとや四半期ごとに入力したとき、年度の値をどう計算するか。空けておくと、値の種類と単位から決めます。",
            "data_source": "例：市内病院への調査",
            "frequency": "例：毎年",
            "period_basis": "例：4月から翌年3月まで",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["accumulation"]
        field.required = False
        field.choices = [("", "（値の種類と単位から決める）"), *Accumulation.choices]
        if self.instance.pk is None:
            self.initial["accumulation"] = ""

    def clean_unit(self):
        """％ is written one way, so that shares are known as such."""
        unit = self.cleaned_data["unit"]
        return PERCENT if unit == "%" else unit

    def clean_decimals(self):
        decimals = self.cleaned_data["decimals"]
        if decimals is not None and decimals > STORED_PLACES:
            self.add_error("decimals", f"小数の桁数は、{STORED_PLACES}桁までにしてください。")
        return decimals

    def clean(self):
        """A share needs its denominator, and a percentage is counted by the hundred."""
        cleaned = super().clean()
        if self.errors:
            return cleaned
        self.choose_rule(cleaned)
        if cleaned["value_kind"] in SHARES and not cleaned["denominator"]:
            self.add_error("denominator", "割合・率のときは、分母に何を使うかを書いてください。")
        elif not cleaned["multiplier"]:
            self.add_error("multiplier", "倍率は、1以上にしてください。")
        elif (
            cleaned["unit"] == PERCENT
            and cleaned["denominator"]
            and cleaned["multiplier"] != HUNDRED
        ):
            self.add_error("multiplier", "単位が％のときは、倍率を100にしてください。")
        return cleaned

    def choose_rule(self, cleaned):
        """Take the usual rule where none is chosen; refuse one that makes no sense for the kind of number."""
        kind = cleaned["value_kind"]
        rule = cleaned["accumulation"] or accumulating.usual(kind, cleaned["unit"])
        cleaned["accumulation"] = Accumulation(rule).value
        if rule not in accumulating.allowed(kind):
            fitting = "」「".join(str(one.label) for one in accumulating.allowed(kind))
            self.add_error(
                "accumulation", f"この種類の値では、「{fitting}」のどれかを選んでください。"
            )
