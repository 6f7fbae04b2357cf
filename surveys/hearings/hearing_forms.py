"""Forms of ヒアリング: who was heard, topics, and what each side said."""

from municipalities.bodies.body_forms import NamedBodyForm
from municipalities.fields import JaFuzzyDateField, JaIntegerField, JaTextField
from municipalities.forms import HouseModelForm
from surveys.models import Hearing, HearingTopic, HearingVoice
from surveys.results.forms import AUDIENCE_HINT

NO_NAMES = "個人の名前や、個人が分かることは書かないでください。"
MOST_PEOPLE = 32_767


class HearingForm(NamedBodyForm):
    fieldsets = (
        ("聞いた相手", ("organization", "name", "profession", "people")),
        ("聞いたとき", ("held_on", "when", "way")),
        ("聞いたこと", ("items", "gist")),
        ("そのほか", ("audience",)),
    )
    people = JaIntegerField(
        label="人数",
        unit="人",
        min_value=0,
        max_value=MOST_PEOPLE,
        required=False,
        help_text="人数だけを入力します。" + NO_NAMES,
    )

    class Meta(HouseModelForm.Meta):
        model = Hearing
        fields = (
            "organization",
            "name",
            "profession",
            "people",
            "held_on",
            "when",
            "way",
            "items",
            "gist",
            "audience",
        )
        field_classes = {"name": JaTextField, "when": JaFuzzyDateField, "way": JaTextField}
        labels = {"organization": "団体・部署", "when": "時期（日が分からないとき）"}
        help_texts = {
            "when": "例：令和6年10月頃",
            "way": "例：訪問して聞き取り、オンライン、書面",
            "items": "1行に1つずつ書きます（例：退院カンファレンスの日程の決め方）。",
            "gist": "聞いたことの要点です。"
            + NO_NAMES
            + "患者や利用者のことも書かないでください。",
            "audience": AUDIENCE_HINT,
        }


class TopicForm(HouseModelForm):
    class Meta(HouseModelForm.Meta):
        model = HearingTopic
        fields = ("title", "scene", "conclusion", "audience")
        field_classes = {"title": JaTextField}
        help_texts = {
            "title": "例：退院カンファレンスの日程調整",
            "conclusion": "双方の話から分かったことと、これからどうするかを書きます。",
            "audience": AUDIENCE_HINT,
        }


class VoiceForm(HouseModelForm):
    class Meta(HouseModelForm.Meta):
        model = HearingVoice
        fields = ("side", "text", "hearing")
        field_classes = {"side": JaTextField}
        help_texts = {
            "side": "例：病院、ケアマネジャー。同じ立場の意見は、一つの欄にまとめて並べます。"
            + NO_NAMES,
            "text": "聞いたことを一文で書きます。" + NO_NAMES,
            "hearing": "どのヒアリングで聞いたかを選びます。",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["hearing"].queryset = Hearing.objects.filter(cycle=self.instance.cycle)
        self.fields["hearing"].empty_label = "（指定しない）"
