"""The officer's forms of 県の調査票: its head with the questions to begin with, and questions of a file."""

from django import forms

from municipalities.fields import JaLongTextField, JaTextField
from municipalities.forms import HouseForm, HouseModelForm
from municipalities.places.town_fields import TownsField
from surveys.models import PrefectureForm
from surveys.questionnaires.making import form_file, form_templates

HELP = {
    "title": "例：在宅医療・介護連携に関するアンケート（医療機関向け）",
    "opening": "回答する人に示します。調査の目的や回答の扱いを書きます。",
    "request": "どこに、どのように聞いてほしいか、結果を何に使うかを書きます（例：市町村内の全医療機関に聞いてください。結果は、県の研修の内容を決めるために使います）。",
    "due_on": "例：令和8年11月30日、2026/11/30",
    "towns": "一つも選ばないときは、管内のすべての市町村に送ります。",
}
FIELDS = ("title", "target", "opening", "closing", "request", "due_on", "towns")


class PrefectureFormForm(HouseModelForm):
    fieldsets: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("調査票", ("title", "target", "opening", "closing")),
        ("市町村へ", ("request", "due_on", "towns")),
    )

    class Meta(HouseModelForm.Meta):
        model = PrefectureForm
        fields: tuple[str, ...] = FIELDS
        field_classes = {
            "title": JaTextField,
            "opening": JaLongTextField,
            "closing": JaLongTextField,
            "request": JaLongTextField,
            "towns": TownsField,
        }
        help_texts = HELP

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["towns"].required = False
        self.fields["towns"].offer(self.instance.prefecture.municipalities.without_wards())


class NewPrefectureFormForm(PrefectureFormForm):
    """A new one: with the questions of a template, or without any."""

    fieldsets = (("設問", ("template",)), *PrefectureFormForm.fieldsets)
    template = forms.ChoiceField(
        label="もとにするひな形",
        widget=forms.RadioSelect,
        required=False,
        help_text="ひな形の設問をそのまま使います。市町村と一緒に作った調査票を使うときは、保存したあとの画面でファイルを選びます。",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["template"].choices = [
            ("", "使わない（あとでファイルを選ぶ）"),
            *((one.key, f"{one.name}（{one.count}問）") for one in form_templates.templates()),
        ]
        self.initial.setdefault("template", "")

    @property
    def chosen(self):
        return form_templates.template(self.cleaned_data["template"])


class FormFileForm(HouseForm):
    """The questions of a file."""

    file = forms.FileField(
        label="調査票のファイル",
        help_text="市町村の「調査票」の画面で「調査票をファイルに保存」を押すと保存されるファイルです（1MBまで）。",
        widget=forms.FileInput(attrs={"accept": ".json"}),
        allow_empty_file=True,
    )

    def clean_file(self):
        return form_file.read(self.cleaned_data["file"].read(form_file.LARGEST + 1))
