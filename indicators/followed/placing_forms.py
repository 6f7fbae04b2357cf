"""Forms of indicators at an outcome."""

from django import forms

from indicators.models import IndicatorUse
from municipalities.forms import HouseForm, HouseModelForm


class PlacingForm(HouseForm):
    """Which indicators of the year stand at an outcome."""

    indicators = forms.MultipleChoiceField(
        label="この成果で見る指標", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["indicators"].choices = choices


class UseForm(HouseModelForm):
    class Meta(HouseModelForm.Meta):
        model = IndicatorUse
        fields = ("note",)
        help_texts = {"note": "この成果での見方など、短い注記です（例：登録者数）。"}
