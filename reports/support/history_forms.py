"""What the list of past advice is cut to."""

from django import forms

from logicmodels.choices import SCENES_OF_A_PLAN
from municipalities.fields import JaTextField
from municipalities.forms import HouseForm
from reports.choices import AdviceResponse, CommentState
from reports.support.history import Wanted

ALL = ("", "すべて表示")


class HistoryFilterForm(HouseForm):
    """A value nobody knows cuts nothing."""

    year = forms.ChoiceField(label="年度", required=False)
    scene = forms.ChoiceField(
        label="場面",
        required=False,
        choices=[ALL, *((scene.value, scene.label) for scene in SCENES_OF_A_PLAN)],
    )
    response = forms.ChoiceField(
        label="対応",
        required=False,
        choices=[
            ALL,
            ("アドバイス", AdviceResponse.choices),
            ("報告書へのコメント", CommentState.choices),
        ],
    )
    q = JaTextField(label="言葉で探す", required=False, max_length=100)

    def __init__(self, *args, cycles, **kwargs):
        super().__init__(*args, **kwargs)
        years = [(str(cycle.fiscal_year), cycle.label) for cycle in cycles]
        self.fields["year"].choices = [ALL, *years]

    @property
    def chosen(self):
        """The filters that are set, by name."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def wanted(self):
        return Wanted(**self.chosen)
