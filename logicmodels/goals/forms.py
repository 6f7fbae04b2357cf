"""Forms of desired states and issues."""

from django import forms

from logicmodels.choices import SCENES_OF_A_PLAN
from logicmodels.models import DesiredState, Issue
from municipalities.forms import HouseModelForm


class PlanForm(HouseModelForm):
    """A form whose choices in `kept` stay as they are where a request says nothing of them."""

    kept: tuple[str, ...] = ("audience",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.is_bound:
            self.data = self.data.copy()
            for name in self.kept:
                self.data.setdefault(name, getattr(self.instance, name))


class DesiredStateForm(PlanForm):
    class Meta(HouseModelForm.Meta):
        model = DesiredState
        fields = ("text", "audience")
        help_texts = {
            "text": "住民を主語にして、実現したい姿を書きます"
            "（例：市民が、最期まで本人の望む場所で、安心して過ごせる）。"
        }


class IssueForm(PlanForm):
    kept = ("priority", "audience")
    fieldsets = (
        ("課題", ("scene", "text")),
        ("現状と差", ("current_state", "gap", "cause")),
        ("優先順位", ("priority", "audience")),
    )

    class Meta(HouseModelForm.Meta):
        model = Issue
        fields = ("scene", "text", "current_state", "gap", "cause", "priority", "audience")
        # A sentence or two each; the boxes grow by hand.
        widgets = {
            name: forms.Textarea(attrs={"rows": 3})
            for name in ("text", "current_state", "gap", "cause")
        }
        help_texts = {
            "text": "目指す姿と現状との差を、一つずつ書きます。",
            "current_state": "いま、どうなっているかを書きます。数は、おおよそのままで構いません"
            "（例：入退院件数は730人程度/月）。年度と出典のある数字は、保存したあと"
            "「数字を選ぶ」で指標から選べます。",
            "gap": "目指す姿と比べて、何が足りないかを書きます。",
            "cause": "そうなっている理由や背景が分かっていれば書きます。",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["scene"].choices = [(scene.value, scene.label) for scene in SCENES_OF_A_PLAN]
