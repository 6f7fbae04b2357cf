"""Forms of activities, of their parts, and of the filter above their list."""

from django import forms
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from logicmodels.activities.register import folded
from logicmodels.choices import SCENES_OF_A_PLAN, WorkItem, work_item_with_letter
from logicmodels.models import Activity, ActivityPartner, ActivityResult, Milestone
from municipalities.bodies.organization_choice import NEW, OrganizationChoice
from municipalities.fields import JaIntegerField, JaTextField
from municipalities.forms import HouseForm, HouseModelForm

SCENE_CHOICES = [(scene.value, scene.label) for scene in SCENES_OF_A_PLAN]
ITEM_CHOICES = [(item.value, work_item_with_letter(item)) for item in WorkItem]
MOST_TIMES = 366
MOST_YEN = 2_147_483_647


def chosen_or(label):
    """Return the empty choice of a list in words."""
    return [("", label)]


class ActivityFilterForm(HouseForm):
    """What the list is cut to. A value nobody knows cuts nothing."""

    scene = forms.ChoiceField(
        label="場面", required=False, choices=[*chosen_or("すべて表示"), *SCENE_CHOICES]
    )
    item = forms.ChoiceField(
        label="事業項目", required=False, choices=[*chosen_or("すべて表示"), *ITEM_CHOICES]
    )
    q = JaTextField(label="言葉で探す", required=False, max_length=100)

    @property
    def chosen(self):
        """The filters that are set, by name."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class ActivityForm(OrganizationChoice):
    """Everything about an activity but its parts."""

    fieldsets = (
        (
            "取組",
            ("name", "scene", "work_item", "description", "target_group", "area", "status"),
        ),
        ("実施する人", ("execution", "executor", "executor" + NEW)),
        ("時期・回数", ("period", "frequency", "times_min", "times_max")),
        ("お金", ("budget", "settled", "funding")),
        ("そのほか", ("audience",)),
    )
    organization_fields = ("executor",)
    times_min = JaIntegerField(
        label="年間の回数（最少）", unit="回", min_value=0, max_value=MOST_TIMES, required=False
    )
    times_max = JaIntegerField(
        label="年間の回数（最多）",
        unit="回",
        min_value=0,
        max_value=MOST_TIMES,
        required=False,
        help_text="「年2～4回」のような予定は、最少に2、最多に4と入力します。",
    )
    budget = JaIntegerField(
        label="予算額", unit="円", min_value=0, max_value=MOST_YEN, required=False
    )
    settled = JaIntegerField(
        label="決算額", unit="円", min_value=0, max_value=MOST_YEN, required=False
    )

    class Meta(HouseModelForm.Meta):
        model = Activity
        fields = (
            "name",
            "scene",
            "work_item",
            "description",
            "target_group",
            "area",
            "status",
            "execution",
            "executor",
            "period",
            "frequency",
            "times_min",
            "times_max",
            "budget",
            "settled",
            "funding",
            "audience",
        )
        field_classes = dict.fromkeys(("name", "target_group", "period", "frequency"), JaTextField)
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "name": "同じ取組をいくつかの成果に使うときも、登録は1回です"
            "（例：退院前カンファレンスへの在宅支援者参画の推進）。",
            "scene": "どの場面の目指す姿に向けた取組かを選びます。",
            "work_item": "ア～クは、平成27年度（2015年度）の事業項目の記号です。",
            "target_group": "例：市内の居宅介護支援事業所の介護支援専門員",
            "executor": "協力する団体は、保存したあとの画面で追加します。",
            "period": "決まった日がなくても構いません（例：令和8年10月から、令和8年度末まで）。",
            "frequency": "例：月1回、年4回程度",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["scene"].choices = SCENE_CHOICES
        self.fields["work_item"].choices = ITEM_CHOICES
        self.fields["area"].empty_label = "（選ばない）"


class NewActivityForm(ActivityForm):
    """An activity to be added. A name that is there already is asked about once, never refused."""

    same_name = forms.BooleanField(
        label="同じ名称のまま、別の取組として追加する",
        error_messages={
            "required": "同じ名称の取組があります。別の取組であれば、"
            "「同じ名称のまま、別の取組として追加する」にチェックを入れてください。"
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        twins = self.twins()
        if not twins:
            del self.fields["same_name"]
            return
        self.fields["same_name"].help_text = with_links(self.instance.cycle, twins)
        self.fieldsets = (("同じ名称の取組", ("same_name",)), *self.fieldsets)

    def twins(self):
        """Return the year's activities that are called what was typed, whatever the width of its letters."""
        name = folded(self.data.get("name", "")) if self.is_bound else ""
        if not name:
            return []
        rows = Activity.objects.filter(cycle=self.instance.cycle)
        return [row for row in rows if folded(row.name) == name]


def with_links(cycle, activities):
    """Return 「同じ名称の取組があります：…」 with the way to each."""
    place = [cycle.municipality.code, cycle.fiscal_year]
    links = format_html_join(
        "、",
        '<a href="{}">{}（{}）</a>',
        (
            (reverse("logicmodels:activity", args=[*place, one.key]), one, one.get_scene_display())
            for one in activities
        ),
    )
    return format_html("同じ名称の取組があります：{}", links)


class PartnerForm(OrganizationChoice):
    class Meta(HouseModelForm.Meta):
        model = ActivityPartner
        fields = ("organization", "role")
        field_classes = {"role": JaTextField}
        help_texts = {
            "role": "例：講師の派遣、会場の提供、病院への働きかけ",
        }

    def clean(self):
        """A body takes part in an activity once."""
        cleaned = super().clean()
        body, partner = cleaned.get("organization"), self.instance
        same = ActivityPartner.objects.filter(activity=partner.activity, organization=body)
        if body and same.exclude(pk=partner.pk).exists():
            message = f"{body}は、すでにこの取組の協力団体に入っています。"
            self.add_error("organization", message)
        return cleaned


class MilestoneForm(HouseModelForm):
    fieldsets = (("節目", ("text", "due", "due_on")), ("状況", ("is_reached",)))

    class Meta(HouseModelForm.Meta):
        model = Milestone
        fields = ("text", "due", "due_on", "is_reached")
        field_classes = {"text": JaTextField, "due": JaTextField}
        help_texts = {
            "text": "いつまでに何ができていればよいかを、一つずつ書きます"
            "（例：協議体を設置する）。",
            "due": "日が決まっていなくても構いません（例：令和6年度末、秋ごろ）。",
            "due_on": "日が決まっているときだけ入力します。",
        }


class ResultForm(HouseModelForm):
    class Meta(HouseModelForm.Meta):
        model = ActivityResult
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
        fields = ("held_on", "when", "text", "participants")
        field_classes = {"when": JaTextField}
        help_texts = {
            "held_on": "1回ごとの実績は、実施した日を入力します。",
            "when": "日が一つに決まらないときに書きます（例：令和8年7月～9月）。",
            "text": "実施したことを書きます（例：病院とケアマネジャーの意見交換会）。",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["participants"] = JaIntegerField(
            label="参加者数",
            unit="人",
            min_value=0,
            max_value=MOST_YEN,
            required=False,
            help_text="分からないときは空欄のままにします。個人の名前は書きません。",
        )
