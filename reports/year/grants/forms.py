"""What is typed or sent about the grant: a town's answer to an item, an officer's file of items."""

from django import forms
from django.core.exceptions import ValidationError

from indicators.entering.importing import Unreadable
from indicators.intake import book
from municipalities.forms import HouseForm, HouseModelForm
from reports.models import GrantAnswer
from reports.year.grants import items

MOST_BYTES = 1024 * 1024
MOST_PROBLEMS = 20


class GrantAnswerForm(HouseModelForm):
    class Meta(HouseModelForm.Meta):
        model = GrantAnswer
        fields = ("answer", "note")
        widgets = {"answer": forms.RadioSelect}
        help_texts = {
            "answer": "様式と原文を読んで、自分の自治体の判断を記録します。",
            "note": "例：第9期計画 52ページに記載。要綱は令和7年4月1日施行。根拠をコピーするとき、一緒に入ります。",
        }


class GrantItemsForm(HouseForm):
    """A file of items for one year. Cleans to the items."""

    file = forms.FileField(
        label="項目のファイル",
        help_text="Excel（.xlsx）かCSV。1MB、200項目まで。いまの項目のファイルを保存し、直して使えます。",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        allow_empty_file=True,
    )

    def __init__(self, *args, fiscal_year, **kwargs):
        super().__init__(*args, **kwargs)
        self.fiscal_year = fiscal_year

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError("ファイルが大きすぎます。1MBまでにしてください。")
        try:
            sheets = book.read(file.read(), file_name=file.name).sheets
        except Unreadable as error:
            raise ValidationError(str(error)) from error
        found, problems = items.parse(sheets[0].rows, fiscal_year=self.fiscal_year)
        if problems:
            shown = [str(one) for one in problems[:MOST_PROBLEMS]]
            if more := len(problems) - len(shown):
                shown.append(f"ほか{more}件を直してください。")
            raise ValidationError(shown)
        return found
