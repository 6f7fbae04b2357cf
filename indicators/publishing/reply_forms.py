"""What a municipality says of a value that it has submitted."""

from indicators.models import ValueReply
from indicators.publishing import replying
from municipalities.forms import HouseModelForm


class ValueReplyForm(HouseModelForm):
    """One short explanation; it is published with the value when it is saved."""

    class Meta(HouseModelForm.Meta):
        model = ValueReply
        fields = ("text",)
        help_texts = {
            "text": "値と一緒に、都道府県の担当者に示す文です（500字まで）。個人が分かることや、"
            "伏せた人数は書かないでください。例：令和7年度（2025年度）に集計の方法を変えたため、前の年度と比べられません。"
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].required = True

    def carry(self, row, *, by):
        replying.publish(row)
