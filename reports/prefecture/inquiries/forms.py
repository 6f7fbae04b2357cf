"""The officer's forms of a 照会: itself, its questions, what may change once it is sent, and files that came back."""

from collections import Counter

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from municipalities.fields import JaLongTextField, JaTextField
from municipalities.forms import HouseForm, HouseModelForm
from municipalities.japanese import dates
from municipalities.places.town_fields import TownsField
from reports.choices import QuestionKind
from reports.inquiry.questions import folded
from reports.inquiry.taking_in import LARGEST
from reports.models import Inquiry, InquiryQuestion

MOST_CHOICES, LONGEST_CHOICE, FEWEST_CHOICES = 20, 60, 2
MOST_FILES = 200
PAST = "回答の期限は、今日か、それより後の日を入力してください"
SOONER = (
    "いまの期限（{}）より早い日です。書き誤りを直すときは、下の欄にチェックを入れてください。"
    "そうでないときは、いまの期限か、それより後の日を入力してください"
)
TWICE = "同じ選択肢が2つ以上あります（{}）。一つにするか、言葉を変えてください"


class InquiryForm(HouseModelForm):
    fieldsets = (
        ("照会", ("title", "purpose", "basis", "contact")),
        ("期限と相手", ("due_on", "towns")),
    )

    class Meta(HouseModelForm.Meta):
        model = Inquiry
        fields = ("title", "purpose", "basis", "contact", "due_on", "towns")
        field_classes = {
            "title": JaTextField,
            "purpose": JaLongTextField,
            "basis": JaTextField,
            "contact": JaTextField,
            "towns": TownsField,
        }
        help_texts = {
            "title": "例：在宅医療・介護連携推進事業の実施状況について",
            "purpose": "なぜ尋ねるか、回答を何に使うかを書きます（例：来年度の研修の内容を決めるため、次のことを教えてください）。",
            "basis": "例：介護保険法第115条の45の10、令和8年10月1日付け地医第123号",
            "contact": "例：地域医療課 在宅医療係（内線1234）。個人の名前は入力しないでください。",
            "due_on": "例：令和8年11月30日、2026/11/30",
            "towns": "一つも選ばないときは、管内のすべての市町村に照会します。",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["towns"].required = False
        self.fields["towns"].offer(self.instance.prefecture.municipalities.without_wards())

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if day < timezone.localdate():
            raise ValidationError(PAST)
        return day


class SentInquiryForm(HouseModelForm):
    """What may still change: the due date, and a notice beside the text."""

    is_earlier = forms.BooleanField(
        label="期限の書き誤りを直すため、いまの期限より早める",
        help_text="期限を延ばすときは、チェックは要りません。",
        required=False,
    )
    fieldsets = (("", ("due_on", "is_earlier", "notice")),)

    class Meta(HouseModelForm.Meta):
        model = Inquiry
        fields = ("due_on", "notice")
        field_classes = {"notice": JaLongTextField}
        help_texts = {
            "due_on": "変更した期限は、照会したすべての市町村にメールで知らせます。",
            "notice": "問い合わせが多かった点の補足などを書きます（例：問3の人数には、兼務の人も含めてください）。",
        }

    def clean(self):
        """A date is brought forward only by somebody who says that it was a slip of the pen."""
        cleaned = super().clean()
        day, stood = cleaned.get("due_on"), self.initial["due_on"]
        if day and day < stood and not cleaned["is_earlier"]:
            self.add_error("due_on", SOONER.format(dates.in_both(stood)))
        elif day and day < stood and day < timezone.localdate():
            self.add_error("due_on", PAST)
        return cleaned


class ReopenInquiryForm(HouseModelForm):
    """Until when answers are taken again."""

    class Meta(SentInquiryForm.Meta):
        help_texts = SentInquiryForm.Meta.help_texts | {
            "due_on": "いつまで受け付けるかを入力します。照会したすべての市町村にメールで知らせます。",
        }

    def clean_due_on(self):
        if self.cleaned_data["due_on"] < timezone.localdate():
            raise ValidationError(PAST)
        return self.cleaned_data["due_on"]


class WithdrawInquiryForm(HouseModelForm):
    """Why nobody needs to answer any more."""

    class Meta(HouseModelForm.Meta):
        model = Inquiry
        fields = ("withdrawn_reason",)
        field_classes = {"withdrawn_reason": JaLongTextField}
        help_texts = {
            "withdrawn_reason": "市町村へのメールと画面にそのまま表示します（例：質問の内容に誤りがあったため。改めて照会します）。",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["withdrawn_reason"].required = True


class QuestionForm(HouseModelForm):
    fieldsets = (
        ("質問", ("text", "kind", "is_required")),
        ("回答の書き方", ("choices", "unit", "example")),
    )

    class Meta(HouseModelForm.Meta):
        model = InquiryQuestion
        fields = ("text", "kind", "is_required", "choices", "unit", "example")
        field_classes = {
            "text": JaLongTextField,
            "choices": JaLongTextField,
            "unit": JaTextField,
            "example": JaTextField,
        }
        help_texts = {
            "text": "例：在宅医療・介護連携に関する相談窓口の相談員は何人ですか。",
            "choices": "「一つ選ぶ」のときに、1行に一つずつ書きます。",
            "unit": "「数」のときに書きます（例：人、か所、％）。",
            "example": "例：3",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offered = [("", "選んでください"), *QuestionKind.choices]
        self.fields["kind"].choices = offered

    def clean_choices(self):
        """Name what stands there twice: in a 回答票 nobody could tell the two apart."""
        lines = (line.strip(" 　") for line in self.cleaned_data["choices"].splitlines())
        kept = list(filter(None, lines))
        numbers = Counter(map(folded, kept))
        if doubled := dict.fromkeys(one for one in kept if numbers[folded(one)] > 1):
            raise ValidationError(TWICE.format("、".join(f"「{one}」" for one in doubled)))
        return "\n".join(kept)

    def clean(self):
        cleaned = super().clean()
        kind = cleaned.get("kind")
        options = (cleaned.get("choices") or "").splitlines()
        is_read = "choices" not in self.errors
        if is_read and kind == QuestionKind.CHOICE and len(options) < FEWEST_CHOICES:
            self.add_error("choices", "選択肢を、1行に一つずつ、2つ以上書いてください")
        if len(options) > MOST_CHOICES:
            self.add_error("choices", f"選択肢は{MOST_CHOICES}個までにしてください")
        if any(len(one) > LONGEST_CHOICE for one in options):
            self.add_error("choices", f"選択肢は、一つ{LONGEST_CHOICE}字以内で書いてください")
        if kind != QuestionKind.CHOICE:
            cleaned["choices"] = ""
        if kind != QuestionKind.NUMBER:
            cleaned["unit"] = ""
        return cleaned


class ManyFilesInput(forms.FileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files at once. Cleans to a list of (name, bytes), each read no further than it may be long."""

    widget = ManyFilesInput

    def clean(self, data, initial=None):
        files = [super(ManyFilesField, self).clean(one, initial) for one in data or [None]]
        if len(files) > MOST_FILES:
            raise ValidationError(f"一度に選べるのは{MOST_FILES}件までです。分けて選んでください")
        return [(one.name, one.read(LARGEST + 1)) for one in files]


class ReplyFilesForm(HouseForm):
    files = ManyFilesField(  # type: ignore[assignment]
        label="回答票",
        help_text="市町村から届いた回答票（Excelブック、1件2MBまで）。まとめて選べます。",
        widget=ManyFilesInput(attrs={"accept": ".xlsx"}),
        allow_empty_file=True,
    )
