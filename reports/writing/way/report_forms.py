"""Forms of a report's way: its step, the superiors, what they decide, why it is reopened, what was wrong."""

from django import forms

from municipalities.fields import JaLongTextField
from municipalities.forms import HouseForm, HouseModelForm
from reports.models import Erratum

COMMENT_LENGTH = 1000
REASON_LENGTH = 500
APPROVE, RETURN = "approve", "return"


class StepForm(HouseForm):
    """Which meeting of the support the report is of."""

    step = forms.ChoiceField(
        label="段階",
        widget=forms.RadioSelect,
        required=False,
        help_text="選んだ段階までの経過が報告書に載ります。「段階なし」では、すべての段階が載ります。",
        error_messages={"invalid_choice": "段階を一覧から選んでください"},
    )

    def __init__(self, *args, steps, **kwargs):
        super().__init__(*args, **kwargs)
        self.by_key = {str(step.pk): step for step in steps}
        named = [(key, str(step)) for key, step in self.by_key.items()]
        self.fields["step"].choices = [*named, ("", "段階なし（年度のまとめなど）")]

    def clean_step(self):
        return self.by_key.get(self.cleaned_data["step"])


class AskForm(HouseForm):
    """The superiors in the order in which they look at the report."""

    def __init__(self, *args, superiors, most, **kwargs):
        super().__init__(*args, **kwargs)
        self.by_key = {str(user.pk): user for user in superiors}
        people = [("", "（なし）"), *((key, str(user)) for key, user in self.by_key.items())]
        for position in range(1, min(most, len(superiors)) + 1):
            self.fields[f"superior_{position}"] = forms.ChoiceField(
                label=f"{position}番目に確認する上長",
                choices=people,
                required=position == 1,
                error_messages={
                    "required": "最初に確認する上長を選んでください",
                    "invalid_choice": "上長を一覧から選んでください",
                },
            )

    @property
    def approvers(self):
        """Return the chosen accounts in their order; places left open are passed over."""
        return [self.by_key[key] for key in self.cleaned_data.values() if key]


class DecisionForm(HouseForm):
    """Approval or return, of exactly the content that was on the screen."""

    decision = forms.ChoiceField(
        choices=((APPROVE, "承認する"), (RETURN, "差し戻す")),
        error_messages={
            "required": "「承認する」か「差し戻す」を押してください",
            "invalid_choice": "「承認する」か「差し戻す」を押してください",
        },
    )
    seen = forms.CharField(required=False, max_length=64)
    comment = JaLongTextField(
        label="意見",
        max_length=COMMENT_LENGTH,
        required=False,
        help_text="差し戻すときは、直してほしいところを書いてください。",
    )

    def clean(self):
        cleaned = super().clean()
        is_silent = "comment" not in self.errors and not cleaned.get("comment")
        if cleaned.get("decision") == RETURN and is_silent:
            self.add_error("comment", "差し戻すときは、直してほしいところを書いてください")
        return cleaned


class ReopenForm(HouseForm):
    """Why a submitted report is to be submitted anew."""

    reason = JaLongTextField(
        label="出し直す理由",
        max_length=REASON_LENGTH,
        help_text="例：指標の現状値に誤りが見つかったため。版の一覧に残り、アドバイザーにも示します。",
    )


class ErratumForm(HouseModelForm):
    class Meta(HouseModelForm.Meta):
        model = Erratum
        fields = ("place", "wrong", "right", "reason")
        help_texts = {
            "place": "例：3ページ　指標「訪問診療を実施している診療所数」の現状値",
            "wrong": "提出した報告書に書かれているとおりに書きます。",
            "right": "正しい内容を書きます。",
            "reason": "例：集計の対象に閉院した診療所が含まれていたため",
        }
