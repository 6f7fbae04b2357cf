"""The forms of a 拠点 and of what it does for one of the four functions."""

from coordinators.bases import base_publishing
from coordinators.models import Base, BaseFunction
from municipalities.bodies.body_forms import NamedBodyForm
from municipalities.fields import JaFuzzyDateField, JaTextField
from municipalities.forms import HouseModelForm
from municipalities.places import medical_areas


class BaseForm(NamedBodyForm):
    """Everything about a 拠点 but its functions."""

    fieldsets = (
        ("拠点となる団体", ("organization", "name", "host_kind", "number_text")),
        ("位置づけ", ("state", "since")),
        ("受け持つ圏域", ("medical_area", "covers")),
        (
            "在宅医療・介護連携推進事業との関係",
            ("funding", "is_for_all_ages", "is_contractor"),
        ),
        ("そのほか", ("note", "audience")),
    )

    class Meta(HouseModelForm.Meta):
        model = Base
        fields = (
            "organization",
            "name",
            "host_kind",
            "number_text",
            "state",
            "since",
            "medical_area",
            "covers",
            "funding",
            "is_for_all_ages",
            "is_contractor",
            "note",
            "audience",
        )
        field_classes = {
            "name": JaTextField,
            "number_text": JaTextField,
            "since": JaFuzzyDateField,
            "covers": JaTextField,
        }
        labels = {
            "since": "推薦した・位置づけられた時期",
            "is_for_all_ages": "高齢者に限らず受け持つ",
            "is_contractor": "推進事業の委託先と同じ団体",
        }
        help_texts = {
            "number_text": "同じ種類の拠点がいくつもあるときに書きます（例：30都市医師会33か所）。",
            "since": "決まっているところまで書けます（例：令和6年度末、令和6年10月頃）。",
            "covers": "二次医療圏と違うとき、または一部だけのときに書きます（例：市全域、○○医師会の区域）。",
            "funding": "基金と交付金は、併用できます。",
            "is_for_all_ages": "障害のある人や小児も含めて受け持つときは「はい」を選びます。",
            "note": "例：選定を受ける意向のある医療機関を都道府県へ推薦した。",
            "audience": "「庁内」にすると、報告書には載りません。共有した拠点は、共有したときより狭くすると、"
            "共有が取りやめになります。",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        medical_areas.offer(self.fields["medical_area"], self.instance.municipality.prefecture_id)

    def carry(self, row, *, by):
        """Where fewer may read than before, the copy that the prefecture reads goes."""
        base_publishing.keep_within(row, row.audience, by=by)


class BaseFunctionForm(HouseModelForm):
    class Meta(HouseModelForm.Meta):
        model = BaseFunction
        fields = ("text",)
        help_texts = {
            "text": "この機能のために拠点が行っていることを書きます"
            "（例：在宅療養者の急変に備え、入院できる病床を当番で確保する）。"
            "内容がまだ分からないときは、空欄のまま保存できます。",
        }
