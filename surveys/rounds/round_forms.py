"""Forms of 調査の実施: a round with its period and numbers."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from municipalities.fields import JaDateField, JaTextField
from municipalities.forms import HouseForm, HouseModelForm
from municipalities.japanese import dates
from surveys.choices import SurveyTarget
from surveys.models import Questionnaire, SurveyRound
from surveys.results.forms import AUDIENCE_HINT, people_field
from surveys.rounds.excluding import Window

NUMBERS, CHECKED = ("targeted", "distributed", "returned"), "numbers_checked"
OF_PEOPLE = (SurveyTarget.RESIDENTS, SurveyTarget.USERS)
LOOK_AGAIN = (
    "直すか、正しいときは下の「確かめました」にチェックを付けて、もう一度保存してください。"
)
# How many fiscal years the answers are kept after their own, unless the town says otherwise.
KEPT_YEARS = 3


def kept_until(fiscal_year):
    """Return the last day of the third fiscal year after this one."""
    return dt.date(fiscal_year + 1 + KEPT_YEARS, 3, 31)


class RoundForm(HouseModelForm):
    fieldsets: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("調査", ("title", "target_text", "contact", "opens_on", "closes_on")),
        ("配布と回収", ("return_to", "targeted", "distributed", "returned")),
        ("そのほか", ("before_key", "keep_until", "audience")),
    )
    targeted = people_field("対象数", "調査の対象になる人や事業所の数です。")
    distributed = people_field(
        "配布数", "配った調査票や、送った案内の数です。回収率の計算に使います。"
    )
    returned = people_field(
        "回収数",
        "白紙などを含めて戻ってきた数です。空けておくと、届いた回答の数を回収数とします。",
    )

    class Meta(HouseModelForm.Meta):
        model = SurveyRound
        fields: tuple[str, ...] = (
            "title",
            "target_text",
            "contact",
            "opens_on",
            "closes_on",
            "return_to",
            "targeted",
            "distributed",
            "returned",
            "before_key",
            "keep_until",
            "audience",
        )
        field_classes = dict.fromkeys(("title", "target_text", "contact", "return_to"), JaTextField)
        help_texts = {
            "title": "回答する人にも示します（例：在宅医療に関するアンケート）。",
            "target_text": "例：市内の居宅介護支援事業所のケアマネジャー",
            "contact": "受付を始めるときに必要です。回答する人に示します（例：見本市高齢福祉課　電話 00-0000-0000）。",
            "opens_on": "空けておくと、受付を始めた日になります。",
            "closes_on": "受付を始めるときに必要です。この日の終わりまで回答を受け付けます。",
            "return_to": "紙の調査票に載せます（例：〒000-0000　見本市中央1-1　見本市役所高齢福祉課）。空けておくと、問い合わせ先に返してもらいます。",
            "keep_until": "この日を過ぎると、回答と依頼先のメールアドレスを自動で消します。集計表と、登録した結果は残ります。",
            "audience": AUDIENCE_HINT,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        row = self.instance
        self.fields["keep_until"].required = True
        for name in NUMBERS:
            self.fields[name].unit = unit_of(row)
        if not self.initial.get("keep_until"):
            self.initial["keep_until"] = kept_until(row.cycle.fiscal_year)
        others = SurveyRound.objects.filter(cycle=row.cycle).exclude(pk=row.pk)
        self.fields["before_key"] = forms.ChoiceField(
            label="前に行った調査",
            choices=[("", "（ない）"), *((one.key, one.title) for one in others)],
            required=False,
            help_text="勉強会の前と後のように、同じ人に2回聞くときに選びます。",
        )

    def clean(self):
        cleaned = super().clean()
        opens, closes = cleaned.get("opens_on"), cleaned.get("closes_on")
        if opens and closes and opens > closes:
            self.add_error("closes_on", "締切日は、開始日と同じ日か、後の日にしてください。")
        kept = cleaned.get("keep_until")
        if kept and closes and kept <= closes:
            self.add_error("keep_until", "回答データの保存期限は、締切日より後の日にしてください。")
        self.ask_again(cleaned)
        return cleaned

    def ask_again(self, cleaned):
        """Numbers that contradict each other are asked about once, and saved where their owner has looked."""
        doubts = contradictions(*(cleaned.get(name) for name in NUMBERS))
        is_checked = bool(self.data.get(self.add_prefix(CHECKED)))
        if doubts and (self.errors or not is_checked):
            self.fields[CHECKED] = forms.BooleanField(
                label="対象数・配布数・回収数を確かめました。このまま保存します", required=False
            )
        if not is_checked:
            for name, sentence in doubts:
                self.add_error(name, sentence)


def unit_of(row):
    """Return what is counted: people where people are asked, sheets where offices may be."""
    is_of_people = row.questionnaire_id and row.questionnaire.target in OF_PEOPLE
    return "人" if is_of_people else "件"


def contradictions(targeted, distributed, returned):
    """Return what does not fit, as (field, sentence)."""
    handed_out = distributed if distributed is not None else targeted
    found = []
    if targeted is not None and distributed is not None and distributed > targeted:
        found.append(("distributed", f"配布数が対象数より多くなっています。{LOOK_AGAIN}"))
    if returned is not None and handed_out is not None and returned > handed_out:
        than = "対象数" if distributed is None else "配布数"
        found.append(("returned", f"回収数が{than}より多くなっています。{LOOK_AGAIN}"))
    return found


class NewRoundForm(RoundForm):
    """A round is of one questionnaire, for good: another one is another round."""

    fieldsets = (("調査票", ("questionnaire",)), *RoundForm.fieldsets)

    class Meta(RoundForm.Meta):
        fields = ("questionnaire", *RoundForm.Meta.fields)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["questionnaire"].queryset = Questionnaire.objects.order_by("position", "pk")
        self.fields["questionnaire"].empty_label = "選んでください"


class ReopeningForm(HouseForm):
    """Until when answers are taken again: the day on which it was closed is over tonight."""

    closes_on = JaDateField(label="新しい締切日")

    def __init__(self, *args, row, planned, **kwargs):
        super().__init__(*args, **kwargs)
        self.row = row
        field = self.fields["closes_on"]
        field.help_text = (
            "この日の終わりまで回答を受け付けます（例：令和8年12月20日、2026/12/20）。"
        )
        if planned and planned >= timezone.localdate():
            # What was planned is likely what is meant, after closing too early.
            self.initial["closes_on"] = planned

    def clean_closes_on(self):
        day, kept = self.cleaned_data["closes_on"], self.row.keep_until
        if day < timezone.localdate():
            raise ValidationError("新しい締切日は、今日か、後の日にしてください。")
        if kept and day >= kept:
            told = dates.in_wareki(kept)
            raise ValidationError(
                f"新しい締切日は、回答データの保存期限（{told}）より前の日にしてください。"
            )
        return day


class ExclusionForm(HouseForm):
    """Why an answer does not count."""

    why = JaTextField(label="除く理由", max_length=200, help_text="例：同じ人が2回送ったと申し出た")


class ExclusionsForm(HouseForm):
    """Which hours of the public page are left out, and why. Cleans to `window` too."""

    since = forms.ChoiceField(label="いつから")
    until = forms.ChoiceField(label="いつまで")
    only_remarked = forms.BooleanField(
        label="「確認したほうがよい点」がある回答だけを除く", required=False
    )
    # Room for what is added where answers were left out together.
    why = JaTextField(label="除く理由", max_length=150, help_text="例：短い時間に大量に送られた")

    def __init__(self, *args, hours, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(one.at.isoformat(), words_of(one)) for one in hours]
        self.fields["since"].choices = choices
        self.fields["until"].choices = choices

    def clean(self):
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until:
            self.window = Window(
                dt.datetime.fromisoformat(since),
                dt.datetime.fromisoformat(until),
                only_remarked=cleaned["only_remarked"],
            )
            if self.window.since > self.window.until:
                self.add_error("until", "「いつから」と同じか、後の時間を選んでください。")
        return cleaned


def words_of(hour):
    """Return 「令和8年11月27日 14時台（1,234件、うち確認したほうがよい回答 1,200件）」."""
    at = timezone.localtime(hour.at)
    tail = f"、うち確認したほうがよい回答{hour.remarked:,}件" if hour.remarked else ""
    return f"{dates.in_wareki(at.date())} {at.hour}時台（{hour.count:,}件{tail}）"


class EmptyingForm(HouseForm):
    """The owner says in words that the answers are to go."""

    is_sure = forms.BooleanField(
        label="回答を消すと、元に戻せないことを確かめました",
    )
