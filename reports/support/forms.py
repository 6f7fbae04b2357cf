"""Forms of the support: its round, who takes part, what is planned, and its steps."""

from django.core.exceptions import ValidationError

from municipalities.bodies.organization_choice import OrganizationChoice
from municipalities.choices import CARE_SCENES
from municipalities.fields import JaFuzzyDateField, JaTextField
from municipalities.forms import HouseModelForm
from reports.models import SupportMember, SupportRound, SupportStep, SupportTask

AUDIENCE_HINT = "「庁内」にすると、報告書には載りません。"


class SupportRoundForm(HouseModelForm):
    fieldsets = (
        ("", ("theme", "goal")),
        ("対象とする場面", tuple(scene.value for scene in CARE_SCENES)),
    )

    class Meta(HouseModelForm.Meta):
        model = SupportRound
        fields = ("theme", "goal", *(scene.value for scene in CARE_SCENES), "audience")
        field_classes = {"theme": JaTextField}
        help_texts = {
            "theme": "例：多職種連携に有効な協議体の設定",
            "goal": "支援が終わるときに、どうなっていたいかを書きます（例：協議体の構成と進め方が決まっている）。",
            CARE_SCENES[0].value: "選ばなければ、4つの場面すべてが対象です。",
            "audience": AUDIENCE_HINT,
        }


class SupportMemberForm(OrganizationChoice):
    class Meta(HouseModelForm.Meta):
        model = SupportMember
        fields = ("part", "organization", "title")
        field_classes = {"title": JaTextField}
        help_texts = {
            "organization": "団体・部署と「所属・職名」の、どちらか一方は必要です。",
            "title": "例：主査、地域包括ケア担当、アドバイザー（医療連携）。個人の名前は入力しないでください。",
        }

    def clean(self):
        cleaned = super().clean()
        named = (cleaned.get("organization"), cleaned.get("organization_new"), cleaned.get("title"))
        if not any(named) and not {"organization_new", "title"} & set(self.errors):
            raise ValidationError("団体・部署を選ぶか、所属・職名を入力してください。")
        return cleaned


class SupportTaskForm(HouseModelForm):
    class Meta(HouseModelForm.Meta):
        model = SupportTask
        fields = ("text", "who", "due", "state", "step", "audience")
        field_classes = {"who": JaTextField, "due": JaFuzzyDateField}
        help_texts = {
            "text": "例：4つの場面ごとに、既存の取組を整理する。",
            "who": "例：高齢福祉課、医師会",
            "due": "決まっているところまで書けます（例：令和6年度末、令和6年10月頃、令和6年10月1日）。",
            "step": "どの打合せ・報告会までに行うかを選びます。",
            "audience": AUDIENCE_HINT,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["step"].queryset = SupportStep.objects.filter(cycle=self.instance.cycle)
        self.fields["step"].empty_label = "（決めない）"


class SupportStepForm(HouseModelForm):
    class Meta(HouseModelForm.Meta):
        model = SupportStep
        fields: tuple[str, ...] = (
            "held_on",
            "style",
            "participants",
            "situation",
            "keywords",
            "audience",
        )
        help_texts = {
            "held_on": "例：令和5年11月6日",
            "participants": "団体・部署や職名で書きます。個人の名前は入力しないでください。",
            "situation": "一行に一件ずつ書きます。",
            "keywords": "一行に一つ書きます。『』を付けて表示します（例：顔の見える関係）。",
            "audience": AUDIENCE_HINT,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["situation"].label = self.instance.situation_label


class OtherStepForm(SupportStepForm):
    """A further meeting, which the form of the report does not name."""

    class Meta(SupportStepForm.Meta):
        fields = ("title", *SupportStepForm.Meta.fields)
        field_classes = {"title": JaTextField}
        help_texts = SupportStepForm.Meta.help_texts | {"title": "例：保健所との打合せ"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Of the five steps the kind is the name.
        self.fields["title"].required = True
