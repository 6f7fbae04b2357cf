"""Forms of the intake: the file, how it is laid out, and what each of its columns holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from indicators.arithmetic.warnings import is_ahead
from indicators.choices import ColumnRole, Finality, TableForm
from indicators.intake.layouts.layout import ONE, Column
from indicators.intake.layouts.plan import MEASURED, NOT_HERE
from indicators.models import StatisticsLayout
from municipalities.fields import (
    JaDateField,
    JaDecimalField,
    JaFiscalYearField,
    JaIntegerField,
    JaTextField,
)
from municipalities.forms import HouseForm, HouseModelForm
from municipalities.japanese import fiscal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

MEGABYTE = 1024 * 1024
LARGEST_FILE = 11 * MEGABYTE
MOST_ROW, MOST_COLUMN = 1000, 400
YEAR = JaFiscalYearField(label="年度", required=False)
FACTOR = JaDecimalField(label="倍率", max_digits=12, decimal_places=4, required=False)
AHEAD = "まだ来ていない日です。年月日を確かめるか、確定の別を「見込」にしてください。"
# A column of such a role says nothing without its indicator.
OF_INDICATOR = set(MEASURED)


class StatisticsFileForm(HouseForm):
    """An xlsx or a CSV of a statistic."""

    file = forms.FileField(
        label="ファイル",
        help_text="Excel（.xlsx）かCSV。11MB、10万行まで。統計のサイトから受け取ったままのファイルを選べます。",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
        allow_empty_file=True,
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise ValidationError("ファイルが大きすぎます。11MBまでのファイルに分けてください。")
        if not file.size:
            raise ValidationError("ファイルが空です。値の入ったファイルを選んでください。")
        return file


# The two answers to whether a table is public.
IS_PUBLIC, NOT_PUBLIC = "1", "0"


class PublicForm(HouseForm):
    """Whether the source of a table lets everybody read it as it is, and where."""

    is_public = forms.ChoiceField(
        label="この表は公表されていますか",
        choices=(
            (
                NOT_PUBLIC,
                "公表されていない（少ない人数の値は、ほかの市町村や県の比較では秘匿にする）",
            ),
            (IS_PUBLIC, "公表されている（公表者が、この数をそのまま公表している）"),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": "公表されているか、いないかを選んでください。"},
    )
    public_source = JaTextField(
        label="公表されている場所",
        max_length=300,
        required=False,
        help_text="資料の名称と、ホームページのアドレスなど、ほかの人が確かめられる場所を書いてください"
        "（例：厚生労働省「在宅医療にかかる地域別データ集」、○○県ホームページ「保健統計年報」）。"
        "公表されていない表では、空欄のままにします。",
    )

    def clean(self):
        cleaned = super().clean()
        answer, where = cleaned.get("is_public"), cleaned.get("public_source")
        if answer == IS_PUBLIC and not where and "public_source" not in self.errors:
            self.add_error(
                "public_source",
                "公表されている場所を書いてください。分からないときは「公表されていない」を選んでください。",
            )
        if where and answer == NOT_PUBLIC:
            self.add_error(
                "is_public",
                "公表されている場所が書かれています。「公表されている」を選ぶか、場所を消してください。",
            )
        return cleaned

    @property
    def where(self):
        """Where everybody may read the table; empty for nowhere."""
        is_public = self.cleaned_data["is_public"] == IS_PUBLIC
        return self.cleaned_data["public_source"] if is_public else ""


def said_of(where):
    """Return what the form says of a table that is public there; of none where that is empty."""
    return {"is_public": IS_PUBLIC if where else NOT_PUBLIC, "public_source": where}


def place(label, *, lowest=1, most=MOST_COLUMN, **kwargs):
    return JaIntegerField(label=label, min_value=lowest, max_value=most, **kwargs)


class LayoutForm(HouseModelForm):
    """Where the places, the headings and the numbers stand."""

    fieldsets = (
        ("統計", ("title", "publisher", "fiscal_year", "finality", "as_of")),
        ("表の場所", ("sheet", "form", "heading_from", "heading_to", "first_row")),
        ("地域", ("code_form", "place_column", "prefecture_column")),
        ("数字の代わりの記号", ("dash", "dots", "middle_dot", "star")),
        ("次のファイル", ("is_kept",)),
    )
    title = JaTextField(
        label="統計の名称",
        max_length=200,
        help_text="出典として表示します（例：在宅医療にかかる地域別データ集（令和6年度（2024年度）））。"
        "年度ごとに別の統計にするときは、名称の年度を直してください。",
    )
    fiscal_year = JaFiscalYearField(
        label="年度（列で決まらないとき）",
        required=False,
        help_text="見出しから年度が分からない列に使います（例：令和6年度（2024年度））。",
    )
    finality = forms.ChoiceField(
        label="確定の別（列で決まらないとき）",
        required=False,
        choices=[
            ("", "書かれていない（名称に「速報」「概数」とあれば速報、なければ確定）"),
            *Finality.choices,
        ],
        help_text="表の全部の値に付けます。確定の別の列に書かれている値では、その列のとおりにします。",
    )
    as_of = JaDateField(
        label="いつ現在か（列で決まらないとき）",
        required=False,
        help_text="表の値に付けます（例：令和7年12月末）。時点の列に書かれている値では、その列のとおりにします。"
        "何年度分もある表では、その日の年度の値だけに付けます。次のファイルには引き継ぎません。",
    )
    heading_from = place(
        "見出しの最初の行",
        lowest=0,
        most=MOST_ROW,
        help_text="見出しのない表のときは、最後の行とともに0です。",
    )
    heading_to = place("見出しの最後の行", lowest=0, most=MOST_ROW)
    first_row = place("データの最初の行", most=MOST_ROW)
    place_column = place("地域のコードか名称の列", help_text="A列が1、B列が2です。")
    prefecture_column = place(
        "都道府県名の列",
        lowest=0,
        help_text="地域を名称で見分けるときに使います。ないときは0です。",
    )
    is_kept = forms.BooleanField(
        label="この設定を覚えて、次に同じ様式のファイルを選んだときにも使う",
        required=False,
        help_text="取り込むと覚えます。「統計の取り込み」の「覚えている様式」で、いつでも忘れさせることができます。",
    )

    class Meta(HouseModelForm.Meta):
        model = StatisticsLayout
        fields = (
            "title",
            "publisher",
            "fiscal_year",
            "finality",
            "as_of",
            "sheet",
            "form",
            "heading_from",
            "heading_to",
            "first_row",
            "code_form",
            "place_column",
            "prefecture_column",
            "dash",
            "dots",
            "middle_dot",
            "star",
            "is_kept",
        )
        field_classes = dict.fromkeys(("publisher", "sheet"), JaTextField)
        help_texts = {
            "sheet": "シートの名称の始まり。ほかのシートを読むときは、その名称を書きます。空欄のときは、最初のシートを読みます。",
        }

    def clean(self):
        cleaned = super().clean()
        day = cleaned.get("as_of")
        is_told = cleaned.get("finality") != Finality.FORECAST
        if day and is_told and is_ahead(day, timezone.localdate()):
            self.add_error("as_of", AHEAD)
        first, last = cleaned.get("heading_from"), cleaned.get("heading_to")
        data = cleaned.get("first_row")
        if first is not None and last is not None and last < first:
            self.add_error("heading_to", "見出しの最後の行は、最初の行より下にしてください。")
        elif last is not None and data and data <= last:
            self.add_error("first_row", "データの最初の行は、見出しより下にしてください。")
        return cleaned


@dataclass(slots=True)
class TypedColumn:
    """A column as it was typed, with what is wrong with it."""

    number: int
    heading: str
    role: str
    indicator: str
    year: str
    factor: str
    errors: list[str] = field(default_factory=list)

    @property
    def is_used(self) -> bool:
        """Whether it is to be looked at: it is taken, or something is wrong with it."""
        return self.role != ColumnRole.SKIPPED or bool(self.errors)


def typed_columns(rows: Iterable[Any], data: Mapping[str, str] | None = None) -> list[TypedColumn]:
    """Return the columns of a layout as stored, or as they were typed over it."""
    return [as_typed(row, data) if data else as_stored(row) for row in rows]


def as_stored(row: Any) -> TypedColumn:
    return TypedColumn(
        number=row.number,
        heading=row.heading,
        role=row.role,
        indicator=row.definition.label if row.definition else "",
        year=fiscal.era_year(row.fiscal_year) if row.fiscal_year else "",
        factor="" if row.factor == ONE else f"{row.factor.normalize():f}",
    )


def as_typed(row: Any, data: Mapping[str, str]) -> TypedColumn:
    stored = as_stored(row)
    texts = {
        name: data.get(f"{name}-{row.number}", getattr(stored, name))
        for name in ("role", "indicator", "year", "factor")
    }
    if texts["role"] not in ColumnRole.values:
        texts["role"] = stored.role
    return TypedColumn(row.number, row.heading, **texts)


def columns_of(
    typed: Sequence[TypedColumn], definitions: Mapping[str, Any], form: str
) -> list[Column]:
    """Return what was typed as columns; what cannot be taken is told at its column.

    `definitions`: by code and by name; `form`: which way the table is written.
    """
    of_row = form == TableForm.LONG and any(one.role == ColumnRole.INDICATOR for one in typed)
    return [column_of(one, definitions, tells_indicator=not of_row) for one in typed]


def column_of(one: TypedColumn, definitions: Mapping[str, Any], *, tells_indicator: bool) -> Column:
    """Return a column; where its rows tell the indicator, it has none of its own."""
    wanted = definitions.get(one.indicator.strip())
    if one.indicator.strip() and wanted is None:
        one.errors.append(f"指標の一覧にない名称です。候補から選んでください。{NOT_HERE}")
    elif tells_indicator and one.role in OF_INDICATOR and wanted is None:
        one.errors.append("指標を選んでください。取り込まない列は「取り込まない」にしてください。")
    return Column(
        number=one.number,
        heading=one.heading,
        role=one.role,
        indicator=wanted.code if wanted and tells_indicator and one.role in OF_INDICATOR else "",
        fiscal_year=cleaned(YEAR, one.year, one),
        factor=cleaned(FACTOR, one.factor, one) or Decimal(1),
    )


def cleaned(parser: Any, text: str, one: TypedColumn) -> Any:
    try:
        return parser.clean(text)
    except ValidationError as error:
        one.errors += [f"{parser.label}：{message}" for message in error.messages]
        return None
