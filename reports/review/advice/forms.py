"""What an adviser writes: own advice, and the two boxes of lessons."""

from django import forms

from municipalities.forms import HouseModelForm
from municipalities.templatetags.era import western
from reports.choices import LESSONS
from reports.models import AdviceItem, ReportText
from reports.review.advice import items as reading
from reports.support.advice import in_short
from reports.support.advice_forms import SCENES, AdviceLinesForm

EXAMPLES = {
    LESSONS[0]: "一行に一件ずつ書きます（例：他自治体の好事例を把握し、分析する。）。",
    LESSONS[1]: "一行に一件ずつ書きます（例：PDCAを回すための手法の研修。）。",
}


class OwnAdviceForm(AdviceLinesForm):
    """Advice in an adviser's own words, one a line; `desk` says about which meetings and which rows of the plan."""

    about = forms.ChoiceField(
        label="何についてか",
        required=False,
        help_text="一つの課題・取組・成果についての助言なら、それを選びます。",
    )
    field_order = ("step", "scene", "about", "texts")

    class Meta(AdviceLinesForm.Meta):
        fields = ("step", "scene")
        labels = {"step": "どの打合せ・報告会についてか"}
        help_texts = {"scene": "4つの場面のどれかだけについての助言なら、その場面を選びます。"}

    def __init__(self, *args, desk, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["step"].queryset = reading.steps_at(desk)
        self.fields["step"].label_from_instance = in_a_list
        self.fields["step"].empty_label = "選んでください"
        self.fields["texts"].help_text = "一行に一件ずつ、市区町村の担当者に伝わるように書きます。"
        self.fields["texts"].widget.attrs["rows"] = "4"
        if kwargs.get("initial"):
            # Who types on has chosen already: the next words follow at once.
            self.fields["texts"].widget.attrs["autofocus"] = True
        self.objects = dict(reading.objects(desk.cycle))
        self.fields["about"].choices = [("", "（指定しない）"), *map(group, self.objects.items())]

    def clean_about(self):
        """Return the column and the row that were chosen; nothing where none was."""
        name, _, key = self.cleaned_data["about"].partition(":")
        return {name: self.objects[name].get(key=key)} if key else {}


def in_a_list(step):
    """Tell a meeting with its day, by which people know it."""
    return f"{step}（{western(step.held_on)}）" if step.held_on else str(step)


def group(named):
    """Return the rows of one kind as choices under its name."""
    name, rows = named
    label = str(AdviceItem._meta.get_field(name).verbose_name)
    return label, [(f"{name}:{row.key}", f"{label}：{in_short(row)}") for row in rows]


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
