"""The forms with which a municipality answers a 照会: on the page, or by its workbook."""

from django import forms

from municipalities.forms import HouseForm
from reports.inquiry.questions import Asked, field_of, kept, typed
from reports.models import InquiryAnswer

SEEN = "seen-"


class AnswersForm(HouseForm):
    """One field for each question. Cleans to texts as they are stored, by the key of the question.

    `word`: what the prefecture calls itself, 都, 道, 府 or 県.
    """

    def __init__(self, *args, asked: tuple[Asked, ...], word: str = "県", **kwargs):
        self.asked = asked
        super().__init__(*args, **kwargs)
        for one in asked:
            field = field_of(
                one.row,
                label=f"{one.name}　{one.row.text}",
                help_text="　".join(self.hints(one, word)),
            )
            field.error_messages["invalid_choice"] = "表示されている中から選んでください"
            self.fields[self.name_of(one)] = field

    @staticmethod
    def name_of(one: Asked) -> str:
        return f"q{one.number}"

    @staticmethod
    def hints(one, word):
        if one.row.is_required:
            yield f"{word}に回答するときに必要です（下書きでは空欄でも保存できます）。"
        if one.row.example:
            yield f"例：{one.row.example}"

    @classmethod
    def of(cls, sheet, texts, data=None, *, word="県"):
        """Return the form over these texts, as stored."""
        initial = {cls.name_of(one): typed(one.row, texts.get(one.key, "")) for one in sheet.asked}
        return cls(data, asked=sheet.asked, word=word, initial=initial)

    @property
    def texts(self) -> dict[str, str]:
        return {one.key: kept(self.cleaned_data[self.name_of(one)]) for one in self.asked}

    def contest(self, theirs: dict[str, str], shown) -> None:
        """Say at each question what somebody else has written meanwhile."""
        for one in self.asked:
            if one.key in theirs:
                told = shown(one.row, theirs[one.key]) or "（空欄）"
                self.add_error(self.name_of(one), f"ほかの人が保存した内容：{told}")


def versions_of(rows: dict[str, InquiryAnswer]) -> dict[str, int]:
    return {key: row.version for key, row in rows.items()}


class ReplyFileForm(HouseForm):
    """One 回答票."""

    file = forms.FileField(
        label="回答票",
        help_text="入力した回答票（Excelブック、2MBまで）。",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        allow_empty_file=True,
    )
