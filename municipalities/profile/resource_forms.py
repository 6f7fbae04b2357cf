"""The form of 地域資源."""

from municipalities.fields import JaIntegerField, JaTextField
from municipalities.forms import HouseModelForm
from municipalities.models import Resource

MOST = 2_147_483_647


class ResourceForm(HouseModelForm):
    fieldsets = (
        ("地域資源", ("kind", "name", "area")),
        ("数", ("count", "unit", "count_text")),
        ("そのほか", ("as_of", "source", "note", "audience")),
    )
    count = JaIntegerField(
        label="数",
        min_value=0,
        max_value=MOST,
        required=False,
        help_text="数が一つに決まるときに入力します（例：57）。",
    )

    class Meta(HouseModelForm.Meta):
        model = Resource
        fields = (
            "kind",
            "name",
            "area",
            "count",
            "unit",
            "count_text",
            "as_of",
            "source",
            "note",
            "audience",
        )
        field_classes = dict.fromkeys(
            ("name", "unit", "count_text", "as_of", "source"), JaTextField
        )
        help_texts = {
            "name": "施設やサービスの名称、または種類を書きます（例：一般診療所、通いの場、見本市立病院）。個人の名前は入力しないでください。",
            "unit": "例：か所、床、人",
            "count_text": "おおよその数や幅のある数は、資料のとおりに書きます（例：730人程度/月）。「数」とは、どちらか一方にします。",
            "as_of": "例：令和5年4月1日現在",
            "source": "資料の名前と年度です。",
            "audience": "「庁内」にすると、報告書には載りません。",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"].empty_label = "（指定しない）"
