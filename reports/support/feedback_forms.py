"""The form of the three closing questions."""

from django import forms

from municipalities.choices import Audience
from municipalities.forms import HouseModelForm
from reports.choices import HelpRating
from reports.models import SupportFeedback
from reports.support.feedback import QUESTIONS

UNANSWERED = (HelpRating.UNANSWERED.value, HelpRating.UNANSWERED.label)
# The friendliest answer does not stand first, and none is proposed.
RATINGS = [*((one.value, one.label) for one in HelpRating if one), UNANSWERED]
WHO_READS = (
    "「アドバイザーまで」では、担当のアドバイザーが評価と記述を読みます。"
    "「県まで」「公表」では、そのほかに都道府県へ評価だけが伝わり、記述は伝わりません。"
    "「庁内」では、だれにも伝わりません。"
)


class SupportFeedbackForm(HouseModelForm):
    """Three ratings, each with room for words; every one may stay unanswered."""

    fieldsets = tuple(
        (f"質問{number}", (name, f"{name}_note")) for number, name in enumerate(QUESTIONS, 1)
    )

    class Meta(HouseModelForm.Meta):
        model = SupportFeedback
        fields = (*(part for name in QUESTIONS for part in (name, f"{name}_note")), "audience")
        help_texts = {"audience": WHO_READS}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in QUESTIONS:
            self.fields[name] = forms.TypedChoiceField(
                label=self._meta.model._meta.get_field(name).verbose_name,
                choices=RATINGS,
                coerce=int,
                empty_value=HelpRating.UNANSWERED.value,
                required=False,
                widget=forms.RadioSelect,
            )
            if self.instance.pk is None:
                self.initial[name] = None
        self.fields["audience"].choices = Audience.choices
