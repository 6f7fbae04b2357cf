"""Forms of 年間予定: a date of one's own, on which days people are reminded, and who wants the morning letter."""

from django import forms
from django.core.exceptions import ValidationError

from logicmodels.goals.forms import PlanForm
from municipalities.fields import JaTextField
from municipalities.forms import HouseForm, HouseModelForm
from municipalities.japanese import fiscal
from reports.models import YearDate
from reports.year.calendar import reminding

OUTSIDE = "{year}の日を書いてください。ほかの年度の予定は、その年度の「年間予定」に加えます。"


class YearDateForm(PlanForm):
    class Meta(HouseModelForm.Meta):
        model = YearDate
        fields = ("text", "day", "note", "is_done", "audience")
        help_texts = {
            "text": "会議・打合せ・実施計画・節目は、それぞれの画面で入れたものがここに並びます。それ以外を書きます（例：予算要求の締切、起案の期限）。",
            "note": "だれが、どこまでに、など。",
        }

    def clean_day(self):
        """A date belongs to its fiscal year: elsewhere nobody would find it."""
        day, year = self.cleaned_data["day"], self.instance.cycle.fiscal_year
        if day and fiscal.fiscal_year_of(day) != year:
            raise ValidationError(OUTSIDE.format(year=fiscal.label(year)))
        return day


class ReminderDaysField(JaTextField):
    """Days before a date: 「14、7、1」."""

    def clean(self, value):
        try:
            return reminding.read(super().clean(value))
        except ValueError as error:
            raise ValidationError(str(error)) from error


class ReminderDaysForm(HouseForm):
    """On which days before a date people are reminded."""

    days = ReminderDaysField(label="何日前に知らせるか", max_length=60)

    def __init__(self, *args, hint, required=True, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["days"]
        field.required = required
        field.help_text = f"日数を、多いほうから読点で区切って書きます（例：{reminding.EXAMPLE}）。0は当日です。{hint}"
        field.error_messages["required"] = "何日前に知らせるかを書いてください"


class MorningLetterForm(HouseForm):
    """Whether one gets the letter."""

    wanted = forms.ChoiceField(
        label="毎朝のお知らせ",
        widget=forms.RadioSelect,
        choices=(("yes", "受け取る"), ("no", "受け取らない")),
        error_messages={"required": "受け取るかどうかを選んでください"},
    )

    @property
    def is_wanted(self):
        return self.cleaned_data["wanted"] == "yes"
