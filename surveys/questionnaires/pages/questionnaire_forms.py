"""Forms of a questionnaire: begun from a template or blank, its head, and questions taken from the library."""

from django import forms

from municipalities.fields import JaTextField
from municipalities.forms import HouseModelForm
from surveys.models import Question, Questionnaire
from surveys.questionnaires.asked.asked_forms import READINGS, place_field
from surveys.questionnaires.making import form_fixing, form_templates


class NewFormForm(HouseModelForm):
    """A new questionnaire: which template, under which name."""

    template = forms.ChoiceField(
        label="もとにするもの",
        widget=forms.RadioSelect,
        required=False,
        help_text="ひな形の設問は、あとで自由に直せます。",
    )

    class Meta(HouseModelForm.Meta):
        model = Questionnaire
        fields = ("title",)
        field_classes = {"title": JaTextField}
        help_texts = {
            "title": "例：在宅医療・介護連携に関するアンケート。空けておくと、ひな形の名称になります。"
        }

    field_order = ("template", "title")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title"].required = False
        self.fields["template"].choices = [
            ("", "白紙から作る"),
            *((one.key, f"{one.name}（{one.count}問）") for one in form_templates.templates()),
        ]
        self.initial.setdefault("template", "")

    def clean(self):
        cleaned = super().clean()
        chosen = form_templates.template(cleaned.get("template", ""))
        if not self.errors and not cleaned["title"]:
            if chosen is None:
                self.add_error("title", "調査票の名称を入力してください")
            else:
                cleaned["title"] = chosen.title
        return cleaned


class FormForm(HouseModelForm):
    """The head of a questionnaire that was not asked yet."""

    class Meta(HouseModelForm.Meta):
        model = Questionnaire
        fields = ("title", "target", "opening", "closing", "note", "audience")
        field_classes = {"title": JaTextField}
        help_texts = {
            "opening": f"調査の目的、回答の扱い、締切などを書きます。{READINGS}"
            "「個人が分かることは書かないでください」は、文章を書く画面と紙の調査票に自動で示します。",
            "closing": "回答した人に最後に示します。",
            "note": "回答する人には見せません。",
        }

    def carry(self, row, *, by):
        form_fixing.hold(row)


class FixedFormForm(HouseModelForm):
    """What may still be changed of a questionnaire that was asked: nothing that respondents have read."""

    class Meta(HouseModelForm.Meta):
        model = Questionnaire
        fields = ("note", "audience")


class LibraryForm(HouseModelForm):
    """Single questions to take over, and where they go."""

    chosen = forms.MultipleChoiceField(
        label="使う設問",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "使う設問を1つ以上選んでください"},
    )

    class Meta(HouseModelForm.Meta):
        model = Question
        fields = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chosen"].choices = [
            (one.key, f"{one.name}（{one.about}）") for one in form_templates.library()
        ]
        self.fields["after"] = place_field(self.instance.questionnaire)
