"""Forms of a council and of what stands under it."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError

from councils.models import Council, CouncilFunction, CouncilPartner, Outreach, Seat
from councils.register import structure
from municipalities.bodies.body_forms import NamedBodyForm
from municipalities.choices import Scene
from municipalities.fields import JaFuzzyDateField, JaIntegerField, JaTextField
from municipalities.forms import HouseModelForm
from municipalities.people.partner_forms import PartnerForm

SCENES = [(scene.value, scene.label) for scene in (Scene.ALL, *list(Scene)[:-1])]
MOST_TIMES, MOST_BODIES, MOST_PEOPLE = 366, 999, 9_999
NOT_PEOPLE = "個人の名前は入力しないでください。"


def times(label: str, **kwargs) -> JaIntegerField:
    return JaIntegerField(
        label=label, unit="回", min_value=0, max_value=MOST_TIMES, required=False, **kwargs
    )


class CouncilForm(HouseModelForm):
    """A council; what only a working group has to say stands in a fieldset of its own."""

    fieldsets = (
        (
            "会議体",
            ("name", "kind", "programme", "parent", "scene", "area", "number_of_bodies"),
        ),
        ("状態", ("status", "planned", "established", "ended")),
        ("目的と開き方", ("purpose", "frequency", "times_min", "times_max", "secretariat")),
        (
            "ワーキンググループ（WG）のテーマと目標",
            ("theme", "goal_long", "goal_short", "bodies_wanted"),
        ),
        ("そのほか", ("note", "audience")),
    )
    times_min = times("年間の回数（最少）")
    times_max = times(
        "年間の回数（最多）", help_text="「年2～4回」のときは、最少に2、最多に4と入力します。"
    )
    number_of_bodies = JaIntegerField(
        label="会議体の数（複数ある場合）",
        unit="か所",
        min_value=1,
        max_value=MOST_BODIES,
        required=False,
        help_text="同じ会議体が圏域ごとにあるときなど、まとめて1件で登録できます（例：9つの圏域で開く会議）。",
    )

    class Meta(HouseModelForm.Meta):
        model = Council
        fields = (
            "name",
            "kind",
            "programme",
            "parent",
            "scene",
            "area",
            "number_of_bodies",
            "status",
            "planned",
            "established",
            "ended",
            "purpose",
            "frequency",
            "times_min",
            "times_max",
            "secretariat",
            "theme",
            "goal_long",
            "goal_short",
            "bodies_wanted",
            "note",
            "audience",
        )
        field_classes = {
            **dict.fromkeys(("name", "frequency", "secretariat", "theme"), JaTextField),
            **dict.fromkeys(("planned", "established", "ended"), JaFuzzyDateField),
        }
        help_texts = {
            "name": "例：在宅医療・介護連携推進協議会、専門職向け研修会WG",
            "programme": "地域ケア会議のように、ほかの事業の会議でも、つながりを示すために登録できます。",
            "parent": "この会議体の上にある会議体を選びます（例：WGの上位は全体会）。",
            "planned": "「準備中」のとき、決まっているところまで書けます（例：令和6年度末）。",
            "established": "例：平成28年4月",
            "purpose": "一行に一つずつ書きます（例：課題に対する取組を実践するWGの在り方を検討する）。",
            "frequency": "例：年2～4回程度、必要に応じて随時",
            "secretariat": "例：高齢福祉課、医師会在宅医療・介護連携支援センター",
            "theme": "WGでないときは、この見出しの4つの欄は空欄で構いません（例：ルール・ツールの作成）。",
            "bodies_wanted": "一行に一つずつ書きます。",
            "audience": "「庁内」にすると、報告書には載りません。共同で開く市区町村は、どれを選んでも読めます。",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["scene"].choices = SCENES
        self.fields["area"].empty_label = "（市区町村の全域）"
        ours = Council.objects.led()
        self.fields["parent"].queryset = ours
        self.parents = {row.pk: row.parent_id for row in ours}
        asked = self.data.get("parent", "")
        offered = [
            (row.pk, row.name) for row in ours if not self.is_circle(row) or str(row.pk) == asked
        ]
        self.fields["parent"].choices = [("", "（上位の会議体はない）"), *offered]

    def is_circle(self, upper: Council) -> bool:
        """Say whether a council is this one, or stands below it."""
        return self.instance.pk is not None and (
            upper.pk == self.instance.pk
            or self.instance.pk in structure.above(upper.pk, self.parents)
        )

    def clean_parent(self):
        upper = self.cleaned_data["parent"]
        if upper is None or not self.is_circle(upper):
            return upper
        if upper.pk == self.instance.pk:
            message = "自分自身を上位の会議体にはできません。ほかの会議体を選んでください。"
        else:
            message = (
                f"「{upper}」はこの会議体の下にあるため、上位の会議体にはできません。"
                "ほかの会議体を選んでください。"
            )
        raise ValidationError(message)


class FunctionForm(HouseModelForm):
    class Meta(HouseModelForm.Meta):
        model = CouncilFunction
        fields = ("text", "is_detail")
        help_texts = {
            "text": "番号は自動で付きます（例：4つの場面の目指す姿に対する現状・課題の整理）。",
            "is_detail": "チェックを入れると、すぐ上の機能の内訳①、②…になります。",
        }


class SeatForm(NamedBodyForm):
    people = JaIntegerField(
        label="人数", unit="人", min_value=0, max_value=MOST_PEOPLE, required=False
    )

    class Meta(HouseModelForm.Meta):
        model = Seat
        fields = (
            "organization",
            "name",
            "role",
            "profession",
            "people",
            "consent",
            "is_named_later",
            "note",
        )
        field_classes = dict.fromkeys(("name", "note"), JaTextField)
        help_texts = {
            "profession": "職種を決めて依頼するときに選びます。",
            "consent": "参加の依頼と合意がどこまで進んでいるかを選びます。",
            "is_named_later": "区分だけを決めておき、どの団体かは後で決めるときにチェックを入れます。",
            "note": f"例：会長、後方支援の役割。{NOT_PEOPLE}",
        }


class OutreachForm(NamedBodyForm):
    class Meta(HouseModelForm.Meta):
        model = Outreach
        fields = ("organization", "name", "when", "way", "text", "result")
        field_classes = {
            **dict.fromkeys(("name", "way"), JaTextField),
            "when": JaFuzzyDateField,
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "when": "決まっているところまで書けます（例：令和6年5月頃）。",
            "way": "例：訪問、電話、定例会での説明",
            "text": f"何を説明し、何をお願いしたかを書きます。{NOT_PEOPLE}",
            "result": "例：役員会で検討するとの返事。",
        }


class CouncilPartnerForm(PartnerForm):
    head = "council"

    class Meta(HouseModelForm.Meta):
        model = CouncilPartner
        fields = ("partner",)
