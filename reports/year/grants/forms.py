"""What is typed or sent about the grant and the survey: a town's answer to an item, an officer's file of items."""

from django import forms
from django.core.exceptions import ValidationError

from indicators.entering.importing import Unreadable
from indicators.intake.sheets import book
from municipalities.forms import HouseForm, HouseModelForm
from reports.choices import GrantAnswerKind
from reports.models import GrantAnswer
from reports.year.grants import items

MOST_BYTES = 1024 * 1024
MOST_PROBLEMS = 20


class GrantAnswerForm(HouseModelForm):
    class Meta(HouseModelForm.Meta):
        model = GrantAnswer
        fields = ("answer", "note")
        widgets = {"answer": forms.RadioSelect}
        labels = {"answer": "該当の別"}
        help_texts = {
            "answer": "様式と原文を読んで、自分の自治体の判断を記録します。",
            "note": "例：第9期計画 52ページに記載。要綱は令和7年4月1日施行。根拠をコピーするとき、一緒に入ります。",
        }

    # What the form asks of its paper.
    answers = (GrantAnswerKind.UNSURE, GrantAnswerKind.APPLIES, GrantAnswerKind.APPLIES_NOT)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = [(one.value, one.label) for one in self.answers]


class SurveyAnswerForm(GrantAnswerForm):
    """What is answered in the state's survey: most questions have no yes or no."""

    class Meta(GrantAnswerForm.Meta):
        labels = {"answer": "回答の状況", "note": "調査票に書く回答"}
        help_texts = {
            "answer": "調査票が届いたら、設問を読んで記録します。",
            "note": "選ぶ番号や、書く文です（例：問5は「3」。中間評価は毎年10月）。"
            "根拠をコピーするとき、一緒に入ります。",
        }

    answers = (GrantAnswerKind.UNSURE, GrantAnswerKind.READY, GrantAnswerKind.APPLIES_NOT)


class GrantItemsForm(HouseForm):
    """A file of items for one year. Cleans to the items."""

    file = forms.FileField(
        label="項目のファイル",
        help_text="Excel（.xlsx）かCSV。1MB、200項目まで。いまの項目のファイルを保存し、直して使えます。",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        allow_empty_file=True,
    )

    def __init__(self, *args, fiscal_year, sheet, **kwargs):
        super().__init__(*args, **kwargs)
        self.fiscal_year = fiscal_year
        self.sheet = sheet

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError("ファイルが大きすぎます。1MBまでにしてください。")
        try:
            sheets = book.read(file.read(), file_name=file.name).sheets
        except Unreadable as error:
            raise ValidationError(str(error)) from error
        found, problems = items.parse(
            sheets[0].rows, fiscal_year=self.fiscal_year, sheet=self.sheet
        )
        if problems:
            shown = [str(one) for one in problems[:MOST_PROBLEMS]]
            if more := len(problems) - len(shown):
                shown.append(f"ほか{more}件を直してください。")
            raise ValidationError(shown)
        return found
