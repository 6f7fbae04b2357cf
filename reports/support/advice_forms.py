"""Forms of advice: written down line by line after a meeting, corrected one by one, and answered."""

from django import forms
from django.utils import timezone

from logicmodels.choices import SCENES_OF_A_PLAN
from logicmodels.models import Activity, Issue, Outcome
from municipalities.fields import JaLongTextField
from municipalities.forms import HouseModelForm
from reports.choices import AdviceResponse
from reports.models import AdviceItem
from reports.support import advice, lines
from reports.support.forms import AUDIENCE_HINT

SCENES = [(scene.value, scene.label) for scene in SCENES_OF_A_PLAN]
MOST_LINES = 50
CONFIRMED_HINT = "アドバイザーが確認済みの文です。直すと、確認済みの印が外れます。"


class AdviceLinesForm(HouseModelForm):
    """Several pieces of advice at once, one a line; the marks below them hold for all."""

    texts = JaLongTextField(
        label="アドバイス等（一行に一件）",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": "8"}),
        help_text="打合せの記録から、まとめて貼り付けられます。行の初めの「・」は取り除きます。"
        "どの課題・取組についてかは、追加したあとで一件ずつ選べます。",
    )
    field_order: tuple[str, ...] = ("texts", "scene", "audience")

    class Meta(HouseModelForm.Meta):
        model = AdviceItem
        fields = ("scene", "audience")
        help_texts = {"audience": AUDIENCE_HINT}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["scene"].choices = SCENES

    def clean_texts(self):
        """Return the texts without their bullets."""
        texts = lines.items(self.cleaned_data["texts"])
        if not texts:
            raise forms.ValidationError("アドバイスの内容を、一行に一件ずつ入力してください。")
        if len(texts) > MOST_LINES:
            message = f"一度に追加できるのは{MOST_LINES}件までです（いま{len(texts)}件）。何回かに分けて追加してください。"
            raise forms.ValidationError(message)
        longest = AdviceItem._meta.get_field("text").max_length
        for number, text in enumerate(texts, 1):
            if len(text) > longest:
                message = f"{number}件目が長すぎます。{longest:,}字以内に縮めてください（いま{len(text):,}字）。"
                raise forms.ValidationError(message)
        return texts


class ObjectsForm(HouseModelForm):
    """What a piece of advice is about."""

    class Meta(HouseModelForm.Meta):
        model = AdviceItem
        fields: tuple[str, ...] = ("scene", "issue", "activity", "outcome", "audience")
        labels = {
            "issue": "どの課題についてか",
            "activity": "どの取組についてか",
            "outcome": "どの成果についてか",
        }
        help_texts = {"audience": AUDIENCE_HINT}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["scene"].choices = SCENES
        for name, model in (("issue", Issue), ("activity", Activity), ("outcome", Outcome)):
            field = self.fields[name]
            field.queryset = model.objects.filter(cycle=self.instance.cycle)
            field.label_from_instance = advice.in_short
            field.empty_label = "（指定しない）"


class AdviceForm(ObjectsForm):
    """A piece of advice that staff wrote down."""

    class Meta(ObjectsForm.Meta):
        fields = ("text", *ObjectsForm.Meta.fields)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.confirmed_on:
            self.fields["text"].help_text = CONFIRMED_HINT

    def follow(self, row):
        """Another text is not what the adviser confirmed."""
        if not advice.loses_confirmation(row):
            return ()
        row.confirmed_on = row.confirmed_by = None
        return advice.CONFIRMATION


class AnswerForm(HouseModelForm):
    """What the municipality makes of a piece of advice."""

    class Meta(HouseModelForm.Meta):
        model = AdviceItem
        fields = ("response", "responded_on", "response_note")
        help_texts = {
            "responded_on": "例：令和5年11月6日。まだ決めていないときは、空けてください。",
            "response_note": "何をするか、または見送る理由を書きます。",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.response == AdviceResponse.NONE:
            self.initial["responded_on"] = timezone.localdate()

    def clean(self):
        """A day on which nothing was decided would mislead."""
        cleaned = super().clean()
        if cleaned.get("response") == AdviceResponse.NONE and cleaned.get("responded_on"):
            message = "「未回答」のときは、対応を決めた日を消してください。答えたときは、「採用」「検討中」「見送り」から選んでください。"
            self.add_error("response", message)
        return cleaned
