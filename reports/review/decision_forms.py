"""What an adviser says at the end of a reading."""

from django import forms

from municipalities.fields import JaDateField, JaLongTextField
from municipalities.forms import HouseForm
from reports.choices import DecisionKind
from reports.models.reviews import COMMENT_LENGTH

READ_ANOTHER = (
    "画面を開いた後で、新しい版が提出されました。新しい版を読んでから、もう一度送ってください。"
)


class ReadingDecisionForm(HouseForm):
    """助言済み or もう一度見たい, of the version that was `seen` on the screen."""

    fieldsets = (("", ("kind", "wanted_on", "text")), ("直せる節", ("opens_all",)))

    kind = forms.ChoiceField(
        label="判断",
        choices=DecisionKind,
        widget=forms.RadioSelect,
        help_text="「助言済み」は、この版への助言が終わったことを伝えます。「もう一度見たい」は、コメントした節を市区町村が直せるようにします。",
        error_messages={
            "required": "「助言済み」か「もう一度見たい」を選んでください",
            "invalid_choice": "「助言済み」か「もう一度見たい」を選んでください",
        },
    )
    wanted_on = JaDateField(
        label="見たい日",
        required=False,
        help_text="「もう一度見たい」のとき、いつまでに見たいかを書きます。例：令和8年12月10日、2026/12/10",
    )
    text = JaLongTextField(
        label="総評",
        max_length=COMMENT_LENGTH,
        required=False,
        help_text="報告書の全体について、市区町村の担当者に伝わるように書きます。",
    )
    opens_all = forms.BooleanField(
        label="すべての節を直せるようにする",
        required=False,
        help_text="「もう一度見たい」のとき、選ばなければ、コメントした節だけを直せます。",
    )

    def __init__(self, *args, version, seen=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_of_another = seen != str(version)

    def clean(self):
        if self.is_of_another:
            self.add_error(None, READ_ANOTHER)
        return super().clean()
