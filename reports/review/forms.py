"""What an adviser writes: own advice, and the two boxes of lessons."""

from municipalities.forms import HouseModelForm
from reports.choices import LESSONS
from reports.models import AdviceItem, ReportText
from reports.support.advice_forms import SCENES, AdviceLinesForm

EXAMPLES = {
    LESSONS[0]: "一行に一件ずつ書きます（例：他自治体の好事例を把握し、分析する。）。",
    LESSONS[1]: "一行に一件ずつ書きます（例：PDCAを回すための手法の研修。）。",
}


class OwnAdviceForm(AdviceLinesForm):
    """Advice in an adviser's own words, one a line; `steps` are those up to the report."""

    field_order = ("step", "texts", "scene")

    class Meta(AdviceLinesForm.Meta):
        fields = ("step", "scene")
        labels = {"step": "どの打合せ・報告会についてか"}
        help_texts = {"scene": "4つの場面のどれかだけについての助言なら、その場面を選びます。"}

    def __init__(self, *args, steps, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["step"].queryset = steps
        self.fields["step"].empty_label = "選んでください"
        self.fields["texts"].help_text = "一行に一件ずつ、市区町村の担当者に伝わるように書きます。"


class OwnAdviceEditForm(HouseModelForm):
    class Meta(HouseModelForm.Meta):
        model = AdviceItem
        fields = ("text", "scene")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["scene"].choices = SCENES


class LessonForm(HouseModelForm):
    class Meta(HouseModelForm.Meta):
        model = ReportText
        fields = ("text",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = EXAMPLES[self.instance.section]
