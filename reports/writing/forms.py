"""Forms of a report: to whom it goes."""

from django import forms

from municipalities.forms import HouseForm


class RecipientsForm(HouseForm):
    """Which of the municipality's advisers receive the report."""

    users = forms.MultipleChoiceField(
        label="提出先",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "提出先を一人以上選んでください"},
    )

    def __init__(self, *args, advisers, **kwargs):
        super().__init__(*args, **kwargs)
        self.by_key = {str(user.pk): user for user in advisers}
        self.fields["users"].choices = [(key, str(user)) for key, user in self.by_key.items()]

    def clean_users(self):
        return [self.by_key[key] for key in self.cleaned_data["users"]]
