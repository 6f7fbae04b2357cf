"""Forms of meetings, of their agenda, attendance and homework."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from councils.meetings.attending import IN_ORDER, label_of
from councils.meetings.moving import keep_under
from councils.models import AgendaItem, Council, Homework, Meeting
from municipalities.fields import JaFuzzyDateField, JaIntegerField, JaTextField
from municipalities.forms import HouseForm, HouseModelForm
from municipalities.japanese import fiscal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from councils.models import Attendance
    from municipalities.models import User

MOST_TIMES = 999
MOST_PEOPLE = 9_999


class MeetingForm(HouseModelForm):
    fieldsets = (
        ("どの会議か", ("council", "number", "title", "scene", "purpose")),
        (
            "いつ・どこで",
            ("held_on", "planned", "time", "place", "style", "is_public", "is_cancelled"),
        ),
        ("会議のあと", ("minutes", "next_time")),
        ("そのほか", ("audience",)),
    )
    number = JaIntegerField(
        label="回",
        unit="回目",
        min_value=1,
        max_value=MOST_TIMES,
        required=False,
        help_text="この年度の何回目かを入力します（例：1）。",
    )

    class Meta(HouseModelForm.Meta):
        model = Meeting
        fields = (
            "council",
            "number",
            "title",
            "scene",
            "purpose",
            "held_on",
            "planned",
            "time",
            "place",
            "style",
            "is_public",
            "is_cancelled",
            "minutes",
            "next_time",
            "audience",
        )
        field_classes = {
            "title": JaTextField,
            "planned": JaFuzzyDateField,
            "time": JaTextField,
            "place": JaTextField,
            "next_time": JaTextField,
        }
        widgets = {"purpose": forms.Textarea(attrs={"rows": 3})}
        labels = {"is_public": "公開の会議である", "is_cancelled": "この会議は中止した"}
        help_texts = {
            "title": "協議体の名称と違うときだけ入力します（例：看取りの勉強会）。",
            "held_on": "日が決まっていないときは、空欄のまま次の欄に書きます。",
            "planned": "日が決まる前の予定です（例：令和8年10月頃、令和8年度末）。",
            "time": "例：19時から20時30分まで",
            "minutes": "話し合ったことの要点を書きます。発言した人の名前は入力しないでください。",
            "next_time": "例：令和9年1月頃、市役所",
            "audience": "「庁内」にすると、報告書に載らず、共同で開く市区町村にも見えません。",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        councils: Any = self.fields["council"]
        councils.queryset = Council.objects.led()
        councils.empty_label = "選んでください"
        councils.label = "協議体"

    def clean_held_on(self) -> Any:
        """A meeting stands in the year of its day."""
        day, year = self.cleaned_data["held_on"], self.instance.fiscal_year
        if day and fiscal.fiscal_year_of(day) != year:
            raise forms.ValidationError(
                f"開催日は、{fiscal.label(year)}の日を入力してください。"
                "ほかの年度の会議は、その年度の画面で登録します。"
            )
        return day

    def carry(self, row: Any, *, by: User) -> None:
        """What stands under the meeting goes with it below another council: that is who may read it."""
        keep_under(row, by=by)


class AgendaForm(HouseModelForm):
    class Meta(HouseModelForm.Meta):
        model = AgendaItem
        fields = ("text", "discussion")
        field_classes = {"text": JaTextField}
        help_texts = {
            "text": "一つずつ追加します（例：看取りの場面の目指す姿（案）について）。",
            "discussion": "会議のあとで、出た意見を書きます。発言した人の名前は入力しないでください。",
        }


class HomeworkForm(HouseModelForm):
    class Meta(HouseModelForm.Meta):
        model = Homework
        fields = ("who", "text", "due", "is_done")
        field_classes = {"who": JaTextField, "due": JaFuzzyDateField}
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "who": "団体や部署の名称を書きます（例：医師会、高齢福祉課）。個人の名前は入力しないでください。",
            "text": "次の会議までにすることを書きます（例：退院前カンファレンスの様式の案を持ち寄る）。",
            "due": "例：令和8年9月末、2026/9/30",
        }


class AttendanceForm(HouseForm):
    """A number for every profession; blank or 0 is nobody. `rows` is what is stored."""

    def __init__(self, *args: Any, rows: Iterable[Attendance], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stored = {row.profession: row.people for row in rows}
        for profession in IN_ORDER:
            self.fields[profession.value] = JaIntegerField(
                label=label_of(profession),
                unit="人",
                min_value=0,
                max_value=MOST_PEOPLE,
                required=False,
                initial=stored.get(profession.value),
            )

    @property
    def people(self) -> dict[str, int]:
        """The professions of which somebody was there."""
        return {name: number for name, number in self.cleaned_data.items() if number}

    def show_beside(self, rows: Iterable[Attendance]) -> None:
        """Say beside each number that differs what others have saved meanwhile."""
        stored = {row.profession: row.people for row in rows}
        for name in self.fields:
            if (self.cleaned_data.get(name) or 0) != stored.get(name, 0):
                number = f"{stored[name]}人" if name in stored else "空欄"
                # The bound field: by now it has copied the words of its field.
                self[name].help_text = f"いま保存されている人数：{number}"
