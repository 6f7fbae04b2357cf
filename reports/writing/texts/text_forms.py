"""The forms of the texts that only people can write: a box of a report, the questions to the council."""

from django import forms

from logicmodels.goals.forms import PlanForm
from municipalities.fields import JaBoxField
from municipalities.forms import HouseModelForm
from reports.document.boxes import PRINTED_BOXES
from reports.models import CouncilQuestion, ReportText
from reports.models.rounds import TEXT_LENGTH
from reports.submission.contents import marking
from reports.submission.contents.sections import digest_of

YES, LATER = "yes", "later"


class ReportTextForm(PlanForm):
    """The text, whether the box stays empty for good, and whether the section is finished."""

    fieldsets = (
        ("本文", ("text", "is_left_empty")),
        ("この節について", ("finished", "audience")),
    )
    finished = forms.ChoiceField(
        label="この節は終わりましたか",
        choices=((YES, "はい"), (LATER, "後で続ける")),
        widget=forms.RadioSelect,
        required=False,
    )

    class Meta(HouseModelForm.Meta):
        model = ReportText
        fields = ("text", "is_left_empty", "audience")

    def __init__(self, *args, report, definition, **kwargs):
        super().__init__(*args, **kwargs)
        self.report, self.definition = report, definition
        self.fields["text"] = JaBoxField(
            box=PRINTED_BOXES[definition.box],
            max_length=TEXT_LENGTH,
            label=definition.label,
            required=False,
            help_text="一行に一件ずつ書くと、箇条書きで印刷します。",
        )
        self.fields["is_left_empty"].label = "この欄は記載しない"

    def clean(self):
        data = super().clean()
        if data.get("text") and data.get("is_left_empty"):
            self.add_error(
                "is_left_empty",
                "文が書かれています。記載しないときは文を消し、記載するときはチェックを外してください。",
            )
        return data

    def settle(self, *, by):
        """Keep the answer to 「この節は終わりましたか」; no answer leaves it as it was."""
        super().settle(by=by)
        answer, code = self.cleaned_data["finished"], self.definition.code
        if answer == YES:
            digest = digest_of(self.cleaned_data["text"])
            marking.mark(self.report, code, digest=digest, by=by)
        elif answer == LATER:
            marking.put_off(self.report, code, by=by)


class CouncilQuestionForm(PlanForm):
    class Meta(HouseModelForm.Meta):
        model = CouncilQuestion
        fields = ("text", "audience")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = "一行に一件ずつ書きます。三件までが話し合いやすい数です。"
