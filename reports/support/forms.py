"""Forms of the support."""

from municipalities.forms import HouseModelForm
from reports.models import SupportStep


class SupportStepForm(HouseModelForm):
    class Meta(HouseModelForm.Meta):
        model = SupportStep
        fields = ("held_on", "situation")
        help_texts = {
            "held_on": "例：令和5年11月6日",
            "situation": "一行に一件ずつ書きます。",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["situation"].label = self.instance.situation_label
