"""Forms of the 引継書: a note, what is known of an indicator, and to whom a desk is passed on."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from municipalities.fields import JaDateField, JaTextField
from municipalities.forms import HouseForm, HouseModelForm
from reports.models import HandoverNote, IndicatorHandover

NO_NAMES = "個人の名前や電話番号は書かず、部署・団体と内線で書きます。"
NOBODY = ("", "選んでください")
NO_CHANGE = ("", "書き換えない")


class HandoverNoteForm(HouseModelForm):
    class Meta(HouseModelForm.Meta):
        model = HandoverNote
        fields = ("text",)
        help_texts = {
            "text": f"例：医師会との日程は5月中に決める。議事録の様式は共有フォルダの「協議体」にある。{NO_NAMES}"
        }


class IndicatorHandoverForm(HouseModelForm):
    class Meta(HouseModelForm.Meta):
        model = IndicatorHandover
        fields = ("reason", "keeper", "contact")
        field_classes = {"keeper": JaTextField, "contact": JaTextField}
        help_texts = {
            "reason": "例：在宅で最期まで過ごせる人を増やすことが目指す姿で、全国と比べられる数字がこれだけだったため。",
            "keeper": f"例：高齢者支援課 在宅医療担当、医師会 相談窓口。{NO_NAMES}",
            "contact": "例：市民課 統計の担当（内線 2345）、都道府県の医療政策課",
        }


class PassOnForm(HouseForm):
    """From whom, to whom, which word for 「担当」 becomes which, and until when the predecessor may enter."""

    words = {
        "predecessor": ("引き継ぐ人（前任者）", "前任者の承認待ちを、後任者に移します"),
        "successor": ("引き継がれる人（後任者）", "この自治体に登録されている人から選びます"),
        "old_keeper": (
            "担当の欄の、いまの書き方",
            "実施計画・会議の持ち帰り・指標で、まだ終わっていない行の担当を書き換えます",
        ),
        "new_keeper": ("担当の欄の、新しい書き方", "部署・団体で書きます（例：高齢者支援課）"),
        "last_day": (
            "前任者の最後の日",
            "この日の終わりまで使えます（例：令和8年3月31日）。空欄なら変えません",
        ),
    }

    predecessor = forms.ChoiceField()
    successor = forms.ChoiceField()
    old_keeper = forms.ChoiceField(required=False)
    new_keeper = JaTextField(required=False, max_length=100)
    last_day = JaDateField(required=False)

    def __init__(self, *args, leavers, comers, keepers, may_end, **kwargs):
        """`leavers`, `comers`: accounts by key as text; `keepers`: what stands as 担当."""
        super().__init__(*args, **kwargs)
        self.leavers, self.comers = leavers, comers
        self.fields["predecessor"].choices = [NOBODY, *_named(leavers)]
        self.fields["successor"].choices = [NOBODY, *_named(comers)]
        self.fields["old_keeper"].choices = [NO_CHANGE, *((one, one) for one in keepers)]
        if not may_end:
            del self.fields["last_day"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("predecessor") and cleaned["predecessor"] == cleaned.get("successor"):
            self.add_error("successor", "前任者と別の人を選んでください。")
        old, new = cleaned.get("old_keeper"), cleaned.get("new_keeper")
        if old and not new and "new_keeper" not in self.errors:
            self.add_error("new_keeper", "新しい書き方を入力してください（例：高齢者支援課）。")
        if new and not old:
            self.add_error("old_keeper", "書き換える、いまの書き方を選んでください。")
        return cleaned

    def clean_last_day(self):
        day = self.cleaned_data["last_day"]
        if day and day < timezone.localdate():
            raise ValidationError(
                "今日より前の日にはできません。今日か、それより後の日を入力してください。"
            )
        return day


def _named(users):
    return [(key, str(user)) for key, user in users.items()]
