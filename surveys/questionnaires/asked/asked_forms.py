"""Forms of one question of a questionnaire, by the way it is answered; its options and rows one a line."""

from functools import cache

from django import forms
from django.core.exceptions import ValidationError

from municipalities.fields import JaIntegerField, JaLongTextField
from municipalities.forms import HouseForm, HouseModelForm
from surveys.choices import QuestionType, Scale
from surveys.models import Question
from surveys.questionnaires.making import form_fixing
from surveys.questionnaires.shape import furigana, option_lines
from surveys.questionnaires.shape.form_shape import END, LEADING, WITH_OPTIONS

MARKS = (
    "1行に1つ書きます。Excelや文書から貼り付けられます。行の終わりに印を付けられます："
    "「その他【記入】」は内容を書く欄が付き、「特にない【ほかと選べない】」はほかと一緒に選べず、"
    "「よく知っている【4点】」は平均を計算するときの点数になります。"
)
MATRIX_MARKS = (
    "表の列を1行に1つ書きます。項目ごとに一つ選んでもらいます。段階とは別に✓をつけてもらう列には、"
    "行の終わりに「【別に✓】」と付けます（例：これから連携したい【別に✓】）。"
)
BESIDE_GONE = "並べて見せる設問に選んだ設問は、いまはありません。選び直してください。"
PLACE_GONE = "置く場所に選んだ設問は、いまはありません。選び直してください。"
COLUMN_MARK = "列「{}」の印を消してください。表の列には「記入」と「ほかと選べない」を使えません。"
OPTION_MARK = "選択肢「{}」の印を消してください。「別に✓」は、表の列だけに使えます。"
READINGS = "読みがなは「在宅《ざいたく》」のように、漢字のすぐ後に書きます。"
COMMON = ("text", "help", "is_required", "scene")
OF_KIND = {
    QuestionType.SECTION: ("text", "help"),
    QuestionType.SINGLE: (*COMMON, "scale", "beside_key"),
    QuestionType.MULTIPLE: (*COMMON, "most", "beside_key"),
    QuestionType.SCALE: (*COMMON, "scale", "beside_key"),
    QuestionType.MATRIX: (*COMMON, "scale"),
    QuestionType.NUMBER: (*COMMON, "unit", "smallest", "largest"),
    QuestionType.SHORT_TEXT: COMMON,
    QuestionType.LONG_TEXT: COMMON,
    QuestionType.PROFESSION: ("text", "help", "is_required"),
    QuestionType.OWN_CODE: ("text", "help", "is_required"),
}
# Ways of answering that a stored question may change among: what stands in it keeps its meaning.
ALIKE = (
    (QuestionType.SINGLE, QuestionType.MULTIPLE, QuestionType.SCALE),
    (QuestionType.SHORT_TEXT, QuestionType.LONG_TEXT),
)
TEXTS = {
    QuestionType.PROFESSION: "あなたの職種を選んでください。",
    QuestionType.OWN_CODE: "ご自分で決めた番号を書いてください。",
}
NEEDED_LATER = "空けたまま保存できますが、受付を始めるまでに必要です。"
LAST = "last"


def alike(kind):
    """Return the ways of answering that a question of this kind may change to, itself among them."""
    return next((group for group in ALIKE if kind in group), (kind,))


class AskedForm(HouseModelForm):
    """What every kind of question has; `asked_form` makes the form of each."""

    class Meta(HouseModelForm.Meta):
        model = Question
        fields = COMMON
        help_texts = {
            "text": f"例：今後、どこで生活していきたいですか。{READINGS}",
            "help": "設問の下に小さく示します。",
            "is_required": "付けないと、答えずに先へ進めます。どうしても要る設問だけに付けます。",
            "scene": "どの場面にも関わるときは、そのままにします。",
            "most": "例：3。空けておくと、いくつでも選べます。",
            "scale": "段階を選ぶと、結果を、よい方を右、よくない方を左に分けた横棒で示します。",
            "earlier_change": "例：選択肢に「わからない」を加えた。年度を比べる画面に示します。",
            "unit": "例：人、件、回",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "beside_key" in self.fields:
            self.fields["beside_key"] = beside_field(self.instance)
        if self.instance.kind == QuestionType.SECTION:
            self.fields["text"].label = "見出し"
            self.fields["text"].help_text = "例：連携のようす。ここで画面の区切りを入れます。"
            self.fields["text"].error_messages["required"] = "見出しを入力してください"

    def clean(self):
        cleaned = super().clean()
        smallest, largest = cleaned.get("smallest"), cleaned.get("largest")
        if smallest is not None and largest is not None and smallest > largest:
            raise ValidationError({"largest": "最大の値は、最小の値以上にしてください"})
        return cleaned

    def carry(self, row, *, by):
        form_fixing.hold(row.questionnaire)


def beside_field(question):
    others = Question.objects.filter(
        questionnaire=question.questionnaire_id, kind__in=LEADING
    ).exclude(pk=question.pk)
    return forms.ChoiceField(
        label="並べて見せる設問",
        choices=[("", "並べない"), *((one.key, furigana.plain(one.text)[:60]) for one in others)],
        required=False,
        error_messages={"invalid_choice": BESIDE_GONE},
        help_text="同じ選択肢で聞いた別の設問です（例：「連携したことがある」と「連携してみたい」）。"
        "結果に「設問が異なります」と示して、割合を横に並べます。",
    )


def place_field(questionnaire):
    """Return the field of where a new question goes: behind which other."""
    stored, number = [], 0
    for one in questionnaire.questions.all():
        is_heading = one.kind == QuestionType.SECTION
        number += not is_heading
        name = "見出し" if is_heading else f"問{number}"
        stored.append((one.key, f"{name}「{furigana.plain(one.text)[:40]}」の次"))
    return forms.ChoiceField(
        label="置く場所",
        choices=[(LAST, "最後"), *stored],
        initial=LAST,
        error_messages={"invalid_choice": PLACE_GONE},
    )


def lines_field(label, help_text):
    """Return a box of lines: a question is saved without them, and not asked."""
    help_text = f"{help_text}{NEEDED_LATER}"
    return JaLongTextField(label=label, required=False, help_text=help_text)


class Lists(forms.Form):
    """What forms with options and rows share: `options` and `rows` clean to lists of lines."""

    cleaned_data: dict

    def offer(self, kind):
        """Add the boxes that a question of this kind has."""
        if kind in WITH_OPTIONS:
            is_matrix = kind == QuestionType.MATRIX
            label, marks = ("表の列", MATRIX_MARKS) if is_matrix else ("選択肢", MARKS)
            if is_matrix:
                hint = "表の行を1行に1つ書きます（例：病院、診療所、薬局）。"
                self.fields["rows"] = lines_field("表の項目", hint)
            self.fields["options"] = lines_field(label, marks)

    def clean_options(self):
        lines = cleaned_lines(self.cleaned_data["options"], self.fields["options"].label)
        is_matrix = "rows" in self.fields
        sentence = COLUMN_MARK if is_matrix else OPTION_MARK
        for one in lines:
            if (one.takes_text or one.is_exclusive) if is_matrix else one.is_extra:
                raise ValidationError(sentence.format(one.label))
        return lines

    def clean_rows(self):
        lines = cleaned_lines(self.cleaned_data["rows"], self.fields["rows"].label)
        if marked := [one.label for one in lines if one != option_lines.OptionLine(one.label)]:
            raise ValidationError(
                f"項目「{marked[0]}」の印を消してください。印は、項目（行）には付けられません。"
            )
        return lines


def cleaned_lines(text, name):
    """Return the lines of a box. Raises ValidationError with the name of the box in each sentence."""
    lines, errors = option_lines.read(text)
    if errors:
        raise ValidationError([f"{name}：{one}" for one in errors])
    return lines


class NewAskedForm(Lists, AskedForm):
    """A question with its options and rows, and where it goes."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("text", TEXTS.get(self.instance.kind, ""))
        if self.instance.kind == QuestionType.SCALE:
            self.initial["scale"] = Scale.GOOD_FIRST
        self.offer(self.instance.kind)
        self.fields["after"] = place_field(self.instance.questionnaire)


class ListsForm(Lists, HouseForm):
    """The options and rows of a stored question; `mark` says which state of them was opened."""

    mark = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer(kind)


class SkipsForm(HouseForm):
    """Where each option leads to: further down only."""

    mark = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(self, *args, options, offered, **kwargs):
        super().__init__(*args, **kwargs)
        self.options = options
        choices = [("", "次の設問へ"), *offered, (END, "終わりへ（残りの設問には答えない）")]
        for number, option in enumerate(options, 1):
            self.fields[f"to{number}"] = forms.ChoiceField(
                label=f"「{furigana.plain(option.label)}」を選んだ人",
                choices=choices,
                required=False,
                initial=option.skip_to,
                error_messages={
                    "invalid_choice": "この設問より後の設問から選んでください。前には戻れません。"
                },
            )

    @property
    def chosen(self):
        """Where each option leads to, in their order."""
        return [self.cleaned_data[f"to{number}"] for number in range(1, len(self.options) + 1)]


@cache
def asked_form(kind, *, is_new=False, is_followed=False):
    """Return the form class of a kind of question, new or stored; `is_followed`: it asks an earlier one again."""
    base = NewAskedForm if is_new else AskedForm
    kinds = () if is_new or len(alike(kind)) == 1 else ("kind",)
    changed = ("earlier_change",) if is_followed else ()
    meta = type("Meta", (AskedForm.Meta,), {"fields": (*kinds, *OF_KIND[kind], *changed)})
    members = {"Meta": meta}
    if kinds:
        choices = [(one.value, one.label) for one in alike(kind)]
        members["kind"] = forms.ChoiceField(label="答え方", choices=choices)
    if kind == QuestionType.MULTIPLE:
        members["most"] = JaIntegerField(
            label="選べる数の上限",
            min_value=1,
            max_value=option_lines.MOST_LINES,
            required=False,
            help_text=AskedForm.Meta.help_texts["most"],
        )
    return type("AskedFormOfAKind", (base,), members)
