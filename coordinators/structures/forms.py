"""Forms of structures of coordinators and of their parts."""

from django import forms

from coordinators.cases import publishing
from coordinators.choices import Affiliation, Coverage, HeadingKind
from coordinators.models import (
    CooperationStage,
    Heading,
    HeadingItem,
    Post,
    Staffing,
    Structure,
    StructurePartner,
)
from municipalities.bodies.body_forms import NamedBodyForm
from municipalities.fields import JaDecimalField, JaIntegerField, JaTextField
from municipalities.forms import HouseModelForm
from municipalities.people.partner_forms import PartnerForm

MOST = 32_767
NOT_PEOPLE = "個人の名前は書きません。"
# The three patterns of the report's collection of cases, each in a sentence.
AFFILIATIONS = (
    (
        Affiliation.BODIES.value,
        "① 関係団体等に所属（医師会などの団体にコーディネーターがいて、自治体と連携します）",
    ),
    (
        Affiliation.MUNICIPALITY.value,
        "② 自治体に所属（市区町村の職員がコーディネーターを務め、関係団体等と連携します）",
    ),
    (
        Affiliation.UNIVERSITY.value,
        "③ 大学・NPO法人等に所属（大学やNPO法人等にコーディネーターがいて、自治体や関係団体等と連携します）",
    ),
    (
        Affiliation.UNSTATED.value,
        "記載なし（まだ決めていないとき、資料からは分からないとき）",
    ),
)
COVERAGES = (
    (Coverage.ONE.value, "① 一つの自治体を対象として担当します"),
    (Coverage.SEVERAL.value, "② 複数の自治体を対象として担当します"),
    (Coverage.UNSTATED.value, "記載なし"),
)


def count_field(label, unit, help_text=""):
    return JaIntegerField(
        label=label,
        unit=unit,
        min_value=0,
        max_value=MOST,
        required=False,
        help_text=help_text,
    )


class StructureForm(HouseModelForm):
    fieldsets = (
        ("体制", ("name", "affiliation", "coverage", "axes_note")),
        ("担当と背景", ("responsible", "background")),
        ("そのほか", ("note", "source", "audience")),
    )

    class Meta(HouseModelForm.Meta):
        model = Structure
        fields = (
            "name",
            "affiliation",
            "coverage",
            "axes_note",
            "responsible",
            "background",
            "note",
            "source",
            "audience",
        )
        field_classes = dict.fromkeys(("name", "responsible", "source"), JaTextField)
        widgets = {"affiliation": forms.RadioSelect, "coverage": forms.RadioSelect}
        help_texts = {
            "name": "例：在宅医療・介護連携相談窓口の体制",
            "axes_note": "資料の書き方では決めきれないとき、資料に何と書いてあるかを書きます。",
            "responsible": "自治体の担当部署です（例：高齢福祉課）。",
            "background": "この体制になるまでの経緯を書きます。",
            "source": "ほかの資料から写したときは、資料の名前と年度を書きます。",
            "audience": "事例として公開した体制は、公開したときより狭くすると、公開が取りやめになります。",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["affiliation"].choices = AFFILIATIONS
        self.fields["coverage"].choices = COVERAGES

    def settle(self, *, by):
        """Where fewer may read than before, the copy that others read goes."""
        if self.instance.pk:
            publishing.keep_within(self.instance, self.cleaned_data["audience"], by=by)


class PostForm(NamedBodyForm):
    """A post; the one above it is of the same structure and never below this one."""

    fieldsets = (
        ("配置", ("organization", "name", "desk", "places")),
        ("区分", ("level", "role", "upper")),
        ("人数・資格等", ("people", "qualifications", "fte")),
        ("そのほか", ("note",)),
    )
    people = count_field(
        "人数",
        "人",
        "内訳（常勤・非常勤、専従・兼務）は、保存したあとの画面で追加します。",
    )
    fte = JaDecimalField(
        label="常勤換算",
        unit="人",
        min_value=0,
        max_digits=6,
        decimal_places=2,
        required=False,
        help_text="資料に書いてあるときだけ入力します（例：2.5）。",
    )

    class Meta(HouseModelForm.Meta):
        model = Post
        fields = (
            "organization",
            "name",
            "desk",
            "level",
            "role",
            "people",
            "places",
            "qualifications",
            "fte",
            "upper",
            "note",
        )
        field_classes = dict.fromkeys(("desk", "places", "qualifications"), JaTextField)
        labels = {"organization": "配置先（団体・部署）", "name": "配置先の名称（一覧にない場合）"}
        help_texts = {
            "desk": "例：在宅医療相談窓口、連携ステーション",
            "level": "基幹的・現場的に分けていないときは「記載なし」のままで構いません。"
            "都道府県が登録した配置は、ここに書かなくても表示されます。",
            "places": "一つの人数を何か所かで分けるときに書きます（例：8区11病院）。",
            "qualifications": f"例：保健師、看護師、医療ソーシャルワーカー。{NOT_PEOPLE}",
            "upper": "図の線でつなぐ、一つ上の配置です。",
            "note": NOT_PEOPLE,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        upper = self.fields["upper"]
        upper.queryset = Post.objects.filter(pk__in=self.may_be_above())
        upper.empty_label = "（つながない）"
        upper.error_messages["invalid_choice"] = (
            "つながる上位の配置は、同じ体制の配置から選んでください。この配置の下にある配置は選べません。"
        )

    def may_be_above(self):
        """Return the posts of the structure that do not stand below this one."""
        uppers = dict(
            Post.objects.filter(structure=self.instance.structure).values_list("pk", "upper_id")
        )
        return [pk for pk in uppers if self.instance.pk not in chain_up(pk, uppers)]


def chain_up(pk, uppers):
    """Return a post with all that stand above it, by their keys; a circle ends the walk."""
    found = []
    while pk is not None and pk not in found:
        found.append(pk)
        pk = uppers.get(pk)
    return found


class StaffingForm(HouseModelForm):
    people = JaIntegerField(label="人数", unit="人", min_value=0, max_value=MOST)

    class Meta(HouseModelForm.Meta):
        model = Staffing
        fields = ("employment", "duty", "people", "qualifications")
        field_classes = {"qualifications": JaTextField}
        help_texts = {
            "employment": "資料に書いていないときは「記載なし」のままにします。",
            "qualifications": f"この内訳だけの資格等があるときに書きます。{NOT_PEOPLE}",
        }


class HeadingForm(HouseModelForm):
    class Meta(HouseModelForm.Meta):
        model = Heading
        fields = ("kind", "text", "applies_to")
        field_classes = {"text": JaTextField, "applies_to": JaTextField}
        help_texts = {
            "text": "例：多職種の連携づくり",
            "applies_to": "一部の団体や地域だけのことであれば書きます（例：歯科医師会、南区）。",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # One of them is proposed already.
        self.fields["kind"].choices = HeadingKind.choices


class ItemForm(HouseModelForm):
    held = count_field(
        "実施した回数", "回", "年度の途中でも入力できます。画面からいつでも書き換えられます。"
    )

    class Meta(HouseModelForm.Meta):
        model = HeadingItem
        fields = ("text", "is_detail", "planned", "held")
        field_classes = {"planned": JaTextField}
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "text": "例：多職種連携会議の開催",
            "is_detail": "前の項目を細かく書いたものであれば、チェックを入れます。",
            "planned": "決まった回数があるときに書きます（例：2回/年、年6回程度）。",
        }


class HeldForm(HouseModelForm):
    """How often something planned was held this year, and nothing else."""

    held = count_field("実施した回数", "回", "まだ数えていないときは、空欄のままにします。")

    class Meta(HouseModelForm.Meta):
        model = HeadingItem
        fields = ("held",)


class StageForm(HouseModelForm):
    class Meta(HouseModelForm.Meta):
        model = CooperationStage
        fields = ("name", "text")
        field_classes = {"name": JaTextField}
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "name": "例：一次連携",
            "text": "だれと、何をする段階かを書きます（例：コーディネーターと一職種で課題を共有する）。",
        }


class StructurePartnerForm(PartnerForm):
    head = "structure"

    class Meta(HouseModelForm.Meta):
        model = StructurePartner
        fields = ("partner", "responsible")
        field_classes = {"responsible": JaTextField}
        help_texts = {"responsible": "その市区町村の担当部署です（例：健康長寿課）。"}


class ResponsibleForm(HouseModelForm):
    """The section of a partner that is there already; who it is never changes."""

    class Meta(HouseModelForm.Meta):
        model = StructurePartner
        fields = ("responsible",)
        field_classes = {"responsible": JaTextField}
