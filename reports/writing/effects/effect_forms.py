"""Forms of what the support changed: the issues before, the changes, what comes next."""

from django import forms

from logicmodels.goals.forms import PlanForm
from municipalities.fields import JaFuzzyDateField
from municipalities.forms import HouseForm, HouseModelForm, house_formfield
from reports.models import SupportEffect, SupportIssue, SupportOutlook


def text_box(rows):
    return forms.Textarea(attrs={"rows": rows})


class SupportIssueForm(PlanForm):
    class Meta(HouseModelForm.Meta):
        model = SupportIssue
        fields = ("text", "audience")
        widgets = {"text": text_box(3)}
        help_texts = {"text": "支援を受ける前に困っていたことを、一件ずつ書きます。"}


class SupportEffectForm(PlanForm):
    class Meta(HouseModelForm.Meta):
        model = SupportEffect
        fields = ("text", "conclusion", "answers", "audience")
        widgets = {"text": text_box(3), "conclusion": text_box(2)}
        help_texts = {
            "text": "支援を受けて変わったことを、一件ずつ書きます。",
            "conclusion": "変化をひとことでまとめるときに書きます。「⇒」のあとに印刷します。",
            "answers": "どの課題についての変化かが分かるときに選びます。",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["answers"]
        field.queryset = SupportIssue.objects.filter(cycle=self.instance.cycle)
        field.empty_label = "選ばない"


def with_fuzzy_due(db_field, **kwargs):
    if db_field.name == "due":
        return db_field.formfield(form_class=JaFuzzyDateField, **kwargs)
    return house_formfield(db_field, **kwargs)


class SupportOutlookForm(PlanForm):
    class Meta(HouseModelForm.Meta):
        model = SupportOutlook
        formfield_callback = with_fuzzy_due
        fields = ("text", "due", "audience")
        widgets = {"text": text_box(3)}
        help_texts = {
            "text": "これからの予定や方向性を、一件ずつ書きます。",
            "due": "分かる範囲で書きます（例：令和6年度末、令和6年10月頃）。",
        }


class TakingOverForm(HouseForm):
    """Which issues of the plan are where the support began."""

    issues = forms.MultipleChoiceField(
        label="課題整理表の課題",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "取り込む課題を一つ以上選んでください"},
    )

    def __init__(self, *args, offered, **kwargs):
        super().__init__(*args, **kwargs)
        self.by_key = {issue.key: issue for issue in offered}
        self.fields["issues"].choices = [
            (issue.key, f"{issue.get_scene_display()}：{issue.text}") for issue in offered
        ]

    @property
    def chosen(self):
        return [self.by_key[key] for key in self.cleaned_data["issues"]]
