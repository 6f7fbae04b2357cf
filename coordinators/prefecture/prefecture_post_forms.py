"""The form of a post that the prefecture keeps."""

from coordinators.choices import PostLevel
from coordinators.models import PrefecturePost
from municipalities.fields import JaIntegerField, JaTextField
from municipalities.forms import HouseModelForm
from municipalities.places import medical_areas
from municipalities.places.town_fields import TownsField

LEVELS = (PostLevel.PREFECTURE_LEAD, PostLevel.PREFECTURE_FIELD, PostLevel.UNSTATED)
MOST_PEOPLE = 9_999


class PrefecturePostForm(HouseModelForm):
    fieldsets = (
        ("配置", ("name", "level", "area", "towns")),
        ("人数と働き方", ("people", "employment", "duty", "qualifications")),
        ("業務", ("work", "source")),
    )

    class Meta(HouseModelForm.Meta):
        model = PrefecturePost
        fields = (
            "name",
            "level",
            "area",
            "towns",
            "people",
            "employment",
            "duty",
            "qualifications",
            "work",
            "source",
        )
        field_classes = {
            **dict.fromkeys(("name", "qualifications", "source"), JaTextField),
            "towns": TownsField,
        }
        help_texts = {
            "name": "団体や部署の名称です（例：○○県医師会在宅医療推進センター、○○保健所）。"
            "個人の名前は入力しないでください。",
            "area": "都道府県の全域を受け持つときは、選びません。",
            "towns": "郡市医師会の区域のように、いくつかの市町村だけを受け持つときに選びます。二次医療圏を選んだときは、選びません。",
            "qualifications": "例：看護師、介護支援専門員",
            "work": "例：市町村のコーディネーターからの相談に応じ、連絡会を年4回開く。",
            "source": "資料の名前と年度です。",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"] = JaIntegerField(
            label="人数",
            unit="人",
            min_value=0,
            max_value=MOST_PEOPLE,
            required=False,
            help_text="分からないときは空欄のままにします。",
        )
        self.fields["level"].choices = [(level.value, level.label) for level in LEVELS]
        prefecture = self.instance.prefecture
        medical_areas.offer(self.fields["area"], prefecture.pk)
        self.fields["towns"].offer(prefecture.municipalities.without_wards().order_by("code"))
