"""Forms of logic models: the model, its outcomes and their links, and what is placed at an outcome."""

from django import forms

from logicmodels.logic import arranging
from logicmodels.models import Activity, LogicModel, Outcome, OutcomeLink, Placement
from logicmodels.shape import structure
from municipalities.choices import Scene, Theme
from municipalities.fields import JaLongTextField
from municipalities.forms import HouseForm, HouseModelForm

SCENES = [(scene.value, scene.label) for scene in (Scene.ALL, *list(Scene)[:-1])]


class LogicModelForm(HouseModelForm):
    class Meta(HouseModelForm.Meta):
        model = LogicModel
        fields = ("title", "scene", "note", "audience")
        help_texts = {
            "title": "会議で配る資料の題名にします（例：看取りのロジックモデル）。",
            "scene": "選んだ場面の目指す姿が、いちばん上に載ります。",
            "audience": "「庁内」にすると、報告書には載りません。",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["scene"].choices = SCENES


class OutcomeForm(HouseModelForm):
    class Meta(HouseModelForm.Meta):
        model = Outcome
        fields = ("text", "level", "scene", "theme", "free_theme")
        help_texts = {
            "text": "住民を主語にして、どうなるとよいかを書きます"
            "（例：病状急変時に、必要な支援を受けられる）。",
            "level": "取組によってまず変わることが「初期」、その先で目指す方向が「中間」、"
            "目指す姿そのものが「最終」です。初めてのときは「中間」だけで作れます。",
            "free_theme": "「横断的な局面」で「その他」を選んだときに入力します。",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["scene"].choices = SCENES

    def clean(self):
        """A theme of one's own has a name; a name belongs to a theme of one's own."""
        cleaned = super().clean()
        is_free = cleaned.get("theme") == Theme.FREE
        if is_free and not cleaned.get("free_theme"):
            self.add_error("free_theme", "局面の名称を入力してください。")
        if not is_free and cleaned.get("free_theme"):
            self.add_error("theme", "局面の名称を入力したときは、「その他」を選んでください。")
        return cleaned


class PlacementForm(HouseModelForm):
    class Meta(HouseModelForm.Meta):
        model = Placement
        fields = ("note", "assumption")
        help_texts = {
            "note": "この場所だけに付く注記です（例：※医師会に要相談）。",
            "assumption": "この取組がこの成果につながるための条件です"
            "（例：訪問診療を行う医師の協力が得られる）。",
        }


class ActivityNameForm(HouseModelForm):
    """The text of an activity as a logic model shows it; everything else has a page of its own."""

    class Meta(HouseModelForm.Meta):
        model = Activity
        fields = ("name",)
        help_texts = {"name": "何をするかを、一文で書きます（例：多職種が参画する研修の実施）。"}


class PlacingForm(HouseModelForm):
    """Which activities are put at an outcome: new ones line by line, and those of the year by ticking."""

    names = JaLongTextField(
        label="取組の名称（一行に一つ）",
        required=False,
        max_length=10_000,
        help_text="表計算や文書から、まとめて貼り付けられます。同じ名称の取組がすでにあれば、それを使います。"
        "「（※医師会に要相談）」のような書き方は、注記として読み取ります。",
    )
    activities = forms.MultipleChoiceField(
        label="この年度の取組から選ぶ", required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta(HouseModelForm.Meta):
        model = Placement
        fields = ()

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        if choices:
            self.fields["activities"].choices = choices
        else:
            del self.fields["activities"]

    def clean_names(self):
        """Return the lines as names with notes; of a name written twice, the first."""
        lines = [line for line in self.cleaned_data["names"].splitlines() if line.strip()]
        found = {}
        for number, line in enumerate(lines, 1):
            named = arranging.pasted(line)
            self.check_length(named, number)
            found.setdefault(named.name, named)
        return list(found.values())

    def check_length(self, named, number):
        for name, text in (("name", named.name), ("note", named.note)):
            model = Activity if name == "name" else Placement
            longest = model._meta.get_field(name).max_length
            if len(text) > longest:
                message = f"{number}行目が長すぎます。{longest}字以内に縮めてください（いま{len(text)}字）。"
                raise forms.ValidationError(message)

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not cleaned["names"] and not cleaned.get("activities"):
            self.add_error("names", "取組の名称を入力するか、下の取組から選んでください。")
        return cleaned


class UsesForm(HouseForm):
    """At which outcomes of a model an activity stands."""

    outcomes = forms.MultipleChoiceField(
        label="この取組を使う成果", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["outcomes"].choices = choices


class LinkForm(HouseModelForm):
    """A link between two outcomes of one model; `found` is the model's structure."""

    class Meta(HouseModelForm.Meta):
        model = OutcomeLink
        fields = ("cause", "effect", "assumption")
        help_texts = {
            "cause": "先に起こる成果です。",
            "effect": "その結果として起こる成果です。同じ段階か、後の段階から選びます。",
            "assumption": "つながるための条件があれば書きます（例：家族の理解が得られる）。",
        }

    def __init__(self, *args, found, outcomes, **kwargs):
        super().__init__(*args, **kwargs)
        self.found = found
        for name in ("cause", "effect"):
            self.fields[name].queryset = outcomes
            self.fields[name].label_from_instance = outcome_in_words
            self.fields[name].empty_label = "選んでください"

    def clean(self):
        """Links run forward, and never in a circle."""
        cleaned = super().clean()
        if not self.errors:
            cause, effect = cleaned["cause"].key, cleaned["effect"].key
            but = self.instance.key if self.instance.pk else ""
            if sentence := structure.refusal(self.found, cause, effect, but=but):
                self.add_error("effect", sentence)
        return cleaned


def outcome_in_words(outcome):
    """「中間アウトカム：病状急変時に…」, as choices name it."""
    return f"{outcome.get_level_display()}：{outcome.text[:60]}"
