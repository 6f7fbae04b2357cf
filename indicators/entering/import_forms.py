"""The form that takes a file of values."""

from django import forms
from django.core.exceptions import ValidationError

from indicators.entering import importing
from municipalities.forms import HouseForm


class MeasurementFileForm(HouseForm):
    """A CSV or an xlsx of the long format. Cleans to an importing.Table."""

    file = forms.FileField(
        label="ファイル",
        help_text="Excel（.xlsx）かCSV。5MB、20,000行まで。",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        allow_empty_file=True,
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > importing.LARGEST_FILE:
            raise ValidationError(importing.TOO_LARGE)
        try:
            return importing.read(file.read(), file_name=file.name)
        except importing.Unreadable as error:
            raise ValidationError(str(error)) from error
