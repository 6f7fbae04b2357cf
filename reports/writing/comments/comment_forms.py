"""What the municipality writes under an adviser's comment."""

from django import forms

from municipalities.fields import JaLongTextField
from municipalities.forms import HouseForm
from reports.models.reviews import COMMENT_LENGTH

ANSWER, REPLY = "answer", "reply"


class ReplyForm(HouseForm):
    text = JaLongTextField(
        label="返事",
        max_length=COMMENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="直したところや、考えを書きます。アドバイザーが読みます。",
        error_messages={"required": "返事を書いてから押してください"},
    )
    deed = forms.ChoiceField(
        choices=((ANSWER, "返事をして対応済みにする"), (REPLY, "返事だけ書く")),
        error_messages={
            "required": "「返事をして対応済みにする」か「返事だけ書く」を押してください",
            "invalid_choice": "「返事をして対応済みにする」か「返事だけ書く」を押してください",
        },
    )
