"""The forms of the exchange: to whom a file is made, an answer handed in, a file to look over."""

from django import forms
from django.core.exceptions import ValidationError

from municipalities.forms import HouseForm
from reports.delivery.exchange import answers, examining

# What a request may hold; a larger file is looked over at the console.
LARGEST_UPLOAD = 10 * examining.MEGABYTE
TOO_LARGE = (
    "この画面で確かめられるのは10MBまでです。それより大きいファイルは、"
    "運営管理者に「manage.py verify_exchange」で確かめてもらってください。"
)


class AdviserForm(HouseForm):
    """For which of these advisers a file is made. Cleans to the account."""

    adviser = forms.ChoiceField(label="アドバイザー", widget=forms.RadioSelect)

    def __init__(self, *args, advisers, **kwargs):
        super().__init__(*args, **kwargs)
        self.advisers = {str(user.pk): user for user in advisers}
        self.fields["adviser"].choices = [(key, str(user)) for key, user in self.advisers.items()]
        self.fields["adviser"].error_messages["invalid_choice"] = (
            "アドバイザーを、もう一度選んでください"
        )
        if len(self.advisers) == 1:
            self.fields["adviser"].initial = next(iter(self.advisers))

    def clean_adviser(self):
        return self.advisers[self.cleaned_data["adviser"]]


class AnswerFileForm(HouseForm):
    """Cleans to an answers.Answer."""

    file = forms.FileField(
        label="回答ファイル",
        help_text="アドバイザーから受け取った、名前の末尾が「-answer.json」のファイル（1MBまで）",
        widget=forms.FileInput(attrs={"accept": ".json"}),
        allow_empty_file=True,
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > answers.LARGEST_FILE:
            raise ValidationError(answers.TOO_LARGE)
        return answers.read(file.read())


class ExchangeFileForm(HouseForm):
    """Cleans to an examining.Examined."""

    file = forms.FileField(
        label="確かめるファイル",
        help_text="アドバイザー用ファイル（.zip、10MBまで）を、展開せずに選びます。",
        widget=forms.FileInput(attrs={"accept": ".zip"}),
        allow_empty_file=True,
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST_UPLOAD:
            raise ValidationError(TOO_LARGE)
        try:
            return examining.examine(file.read())
        except examining.Unreadable as error:
            raise ValidationError(str(error)) from error
