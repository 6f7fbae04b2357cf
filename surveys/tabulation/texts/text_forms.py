"""Forms of 自由記述: the card that a text becomes."""

from django import forms

from municipalities.fields import JaTextField
from municipalities.forms import HouseModelForm
from surveys.answers import personal
from surveys.hearings.hearing_forms import NO_NAMES
from surveys.models import HearingTopic, HearingVoice

NO_TOPIC = "話題を選ぶか、新しい話題を入力してください。"
NAMES_SOMEBODY = (
    "{}が書かれているようです。消してください。人を指していないときは、下の欄に印を付けてください。"
)
TWO_TOPICS = "話題を選んだときは、新しい話題を空けてください。"


class CardForm(HouseModelForm):
    topic = forms.ModelChoiceField(
        label="話題",
        queryset=HearingTopic.objects.none(),
        required=False,
        empty_label="（新しい話題にする）",
        help_text="「ヒアリングの話題」に、立場ごとの意見として並べます。",
    )
    title = JaTextField(
        label="新しい話題",
        max_length=200,
        required=False,
        help_text="例：退院カンファレンスの日程調整",
    )
    # Asked only where something looks like a name, a number or an address: the card stays when the answers go.
    is_sure = forms.BooleanField(
        label="個人が分かることは書かれていないことを、確かめました", required=False
    )
    field_order = ("topic", "title", "side", "text", "is_sure")

    class Meta(HouseModelForm.Meta):
        model = HearingVoice
        fields = ("side", "text")
        field_classes = {"side": JaTextField}
        help_texts = {
            "side": "例：病院、ケアマネジャー。" + NO_NAMES,
            "text": "1,000字までに直せます。だれの回答か分かる書き方や、人の名前は消してください。",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topic"].queryset = HearingTopic.objects.filter(cycle=self.instance.cycle)
        written = self.data.get(self.add_prefix("text"), "") if self.is_bound else ""
        self.signs = personal.signs_of(written)
        if not self.signs:
            del self.fields["is_sure"]

    def clean(self):
        cleaned = super().clean()
        if self.signs and not cleaned.get("is_sure"):
            self.add_error("text", NAMES_SOMEBODY.format("、".join(self.signs)))
        topic, title = cleaned.get("topic"), cleaned.get("title")
        if not topic and not title and "topic" not in self.errors:
            self.add_error("topic", NO_TOPIC)
        if topic and title:
            self.add_error("title", TWO_TOPICS)
        return cleaned
