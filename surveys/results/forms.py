"""Forms of 結果だけの登録: a survey, its questions with their answers, and what they are evidence of."""

from django import forms
from django.core.exceptions import ValidationError

from municipalities.fields import JaDecimalField, JaIntegerField, JaLongTextField, JaTextField
from municipalities.forms import HouseForm, HouseModelForm
from surveys.models import PublishedAnswer, PublishedQuestion, PublishedSurvey
from surveys.results import answer_lines, beside, earlier, percentages, share_value

MOST_COUNT = answer_lines.MOST_COUNT
AUDIENCE_HINT = "「庁内」にすると、報告書には載りません。"
BESIDE_HINT = (
    "同じ選択肢で聞いた、この調査の別の設問です（例：「連携したことがある」と「連携してみたい」）。"
    "「設問が異なります」と示して、割合を横に並べます。"
)
TABLE_HINT = (
    "選択肢・回答数・割合を1行に1件ずつ書きます。Excelの表をそのまま貼り付けられます。"
    "手で入力するときは、列の間を空白2つ以上で区切ります（例：自宅で生活したい　　160　　71.4%）。"
    "割合だけのときは「51.0%」、順位だけのときは「1位」と書きます。回答数が分かる行の割合は計算するので、なくてもかまいません。"
)


def people_field(label, help_text=""):
    """Return the field of a number of answers or people, which may be unknown."""
    return JaIntegerField(
        label=label,
        unit="人",
        min_value=0,
        max_value=MOST_COUNT,
        required=False,
        help_text=help_text,
    )


class SurveyForm(HouseModelForm):
    fieldsets = (
        ("調査", ("title", "target", "target_text", "when", "way")),
        ("回答", ("distributed", "respondents")),
        ("そのほか", ("source", "note", "audience")),
    )
    distributed = people_field("配布数")
    respondents = people_field(
        "有効回答数",
        "公表された資料に書かれていないときは、空けておきます（「記載なし」と表示します）。",
    )

    class Meta(HouseModelForm.Meta):
        model = PublishedSurvey
        fields = (
            "title",
            "target",
            "target_text",
            "when",
            "way",
            "distributed",
            "respondents",
            "source",
            "note",
            "audience",
        )
        field_classes = dict.fromkeys(
            ("title", "target_text", "when", "way", "source"), JaTextField
        )
        help_texts = {
            "title": "例：介護認定の更新対象者に対するアンケート",
            "target_text": "例：要介護認定の更新を申請した人",
            "when": "例：令和5年度（2023年度）、令和4年11月～12月",
            "way": "例：郵送で配布し、郵送で回収",
            "source": "資料の名前と年度です（例：令和5年度（2023年度）集計結果）。",
            "audience": AUDIENCE_HINT,
        }


class QuestionForm(HouseModelForm):
    """A question without its answers: they have a table of their own."""

    respondents = people_field(
        "この問の回答数", "調査全体の有効回答数と違うときだけ入力します。割合の計算に使います。"
    )

    class Meta(HouseModelForm.Meta):
        model = PublishedQuestion
        fields = ("number", "text", "kind", "scene", "respondents", "scale", "beside_key", "note")
        field_classes = {"number": JaTextField}
        help_texts = {
            "number": "例：問11",
            "text": "例：今後、どこで生活していきたいですか。",
            "kind": "「一つだけ選ぶ」のときは、回答数の合計が有効回答数と合うかを確かめます。",
            "scene": "どの場面にも関わるときは、そのままにします。",
            "scale": "段階を選ぶと、よい方を右、よくない方を左に分けた横棒で示します。",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        others = beside.choices_of(self.instance)
        self.fields["beside_key"] = forms.ChoiceField(
            label="並べて見せる設問",
            choices=[("", "並べない"), *others],
            required=False,
            help_text=BESIDE_HINT,
        )


class TableText:
    """What forms with a table of answers share: the text cleans to `lines`, errors name the line."""

    cleaned_data: dict
    lines: list

    def clean_answers(self):
        text = self.cleaned_data["answers"]
        self.lines, errors = answer_lines.read(text)
        if errors:
            raise ValidationError(errors)
        return text


def table_field():
    return JaLongTextField(label="回答の表", required=False, help_text=TABLE_HINT)


class NewQuestionForm(TableText, QuestionForm):
    """A question and its answers on one page."""

    answers = table_field()
    field_order = (*QuestionForm.Meta.fields, "answers")


class AnswerTableForm(TableText, HouseForm):
    """All answers of a question; `mark` says which state of the table was opened."""

    answers = table_field()
    mark = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)


class AnswerForm(HouseModelForm):
    count = people_field("回答数")
    percent = JaDecimalField(
        label="割合（%）",
        unit="%",
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        required=False,
        help_text="資料に書かれている割合です。回答数と有効回答数が分かるときは、計算した割合を表示します。",
    )
    rank = JaIntegerField(
        label="順位",
        unit="位",
        min_value=1,
        max_value=answer_lines.MOST_RANK,
        required=False,
        help_text="資料に順位だけが書かれているときに入力します。",
    )

    class Meta(HouseModelForm.Meta):
        model = PublishedAnswer
        fields = ("label", "count", "percent", "rank")
        field_classes = {"label": JaTextField}
        help_texts = {"label": "例：自宅で生活したい"}


class EarlierForm(HouseModelForm):
    """Which earlier question this one asks again, and what has changed since."""

    earlier = forms.ChoiceField(label="前回の設問", required=False, widget=forms.RadioSelect)
    field_order = ("earlier", "earlier_change")

    class Meta(HouseModelForm.Meta):
        model = PublishedQuestion
        fields = ("earlier_change",)
        help_texts = {
            "earlier_change": "設問の文や選択肢、聞いた相手を変えたときに書きます。書くと、増減は判断せず、割合だけを並べます。"
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offered = earlier.offered(self.instance)
        self.offered = {one.value: one.question for one in offered}
        self.fields["earlier"].choices = [
            ("", "つなげない（前回の設問はない）"),
            *((one.value, one.label) for one in offered),
        ]
        self.initial.setdefault("earlier", earlier.value_of(self.instance))

    def clean(self):
        """Take the chosen question over onto the row."""
        cleaned = super().clean()
        chosen = self.offered.get(cleaned.get("earlier", ""))
        self.instance.earlier_year = chosen.cycle.fiscal_year if chosen else None
        self.instance.earlier_key = chosen.key if chosen else ""
        return cleaned

    def follow(self, row):
        row.earlier_year, row.earlier_key = self.instance.earlier_year, self.instance.earlier_key
        return ("earlier_year", "earlier_key")


class ShareForm(HouseForm):
    """Which answers of a question become the value of which indicator; cleans to `row`."""

    answers = forms.MultipleChoiceField(
        label="値にする選択肢",
        widget=forms.CheckboxSelectMultiple,
        help_text="一つだけ選ぶ設問では、いくつか選ぶと合わせた割合になります（例：「よく知っている」と「知っている」）。",
        error_messages={"required": share_value.NONE_CHOSEN},
    )
    indicator = forms.ChoiceField(
        label="指標", help_text="この年度の指標のうち、種類が「調査の割合」のものです。"
    )

    def __init__(self, *args, sheet, offered, **kwargs):
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        # Who left the question out is no share that says anything.
        self.lines = {
            answer.key: line for answer, line in sheet.rows if line.label != percentages.NO_ANSWER
        }
        self.fields["answers"].choices = [
            (key, f"{line.label}{told(line)}") for key, line in self.lines.items()
        ]
        self.offered = offered
        self.fields["indicator"].choices = [
            ("", "選んでください"),
            *((one.code, str(one)) for one in offered),
        ]

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        question, respondents = self.sheet.question, self.sheet.respondents
        chosen = [self.lines[key] for key in self.lines if key in cleaned["answers"]]
        try:
            found = share_value.share(chosen, respondents=respondents, kind=question.kind)
        except share_value.ShareError as error:
            raise ValidationError({"answers": str(error)}) from error
        self.row = share_value.row_of(
            question, cleaned["indicator"], found, respondents=respondents
        )
        return cleaned


def told(line):
    """Return 「（160件、71.4%）」, whatever of it is known."""
    parts = (
        "" if line.count is None else f"{line.count:,}件",
        f"{line.percent_text}%" if line.percent_text else "",
    )
    return f"（{'、'.join(filter(None, parts))}）" if any(parts) else ""


class EvidenceForm(HouseForm):
    """Ticks at the year's issues."""

    issues = forms.MultipleChoiceField(
        label="根拠になる課題", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, offered, **kwargs):
        super().__init__(*args, **kwargs)
        self.offered = offered
        self.fields["issues"].choices = [
            (issue.key, f"{issue.text}（{issue.get_scene_display()}）") for issue in offered
        ]

    @property
    def chosen(self):
        """The ticked issues in the order of the plan."""
        keys = set(self.cleaned_data["issues"])
        return [issue for issue in self.offered if issue.key in keys]
