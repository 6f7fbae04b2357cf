"""The towns of a prefecture as boxes to tick; cleaned to the column of `town_codes`."""

from django import forms

from municipalities import town_codes


class TownsField(forms.MultipleChoiceField):
    """`offer` says which towns there are, by code."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {
        "invalid_choice": "「%(value).12s」は、この都道府県の市町村のコードではありません。この都道府県の市町村から選んでください",
    }

    def __init__(self, *, max_length=None, **kwargs):
        super().__init__(**kwargs)
        self.names = {}

    def offer(self, towns):
        """Offer these municipalities; one that is stored and gone since keeps its code as its name."""
        self.names = {town.code: town.name for town in towns}
        self.choices = list(self.names.items())

    def prepare_value(self, value):
        return list(town_codes.read(value)) if isinstance(value, str) else value

    def has_changed(self, initial, data):
        return town_codes.write(data or ()) != (initial or "")

    def clean(self, value):
        return town_codes.write(super().clean(value))

    def in_words(self, column):
        """Return a stored column as people read it: 「見本市、見本町」."""
        return "、".join(self.names.get(code, code) for code in town_codes.read(column))
