"""The form of how a municipality's reports are sent."""

from django import forms

from municipalities.forms import HouseForm

ATTACHED, LINKED = "attached", "linked"


class MailSettingsForm(HouseForm):
    """Attachment or link."""

    way = forms.ChoiceField(
        label="報告書の送り方",
        widget=forms.RadioSelect,
        choices=(
            (ATTACHED, "PDFをメールに添付する"),
            (LINKED, "添付せず、ログインして読む画面のリンクだけを送る"),
        ),
        error_messages={"required": "どちらの送り方にするかを選んでください"},
    )

    @property
    def attaches(self):
        return self.cleaned_data["way"] == ATTACHED
