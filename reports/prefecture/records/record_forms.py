"""The form of one support that the prefecture gave."""

from municipalities import town_codes
from municipalities.choices import CARE_SCENES
from municipalities.fields import JaFuzzyDateField, JaIntegerField, JaTextField
from municipalities.forms import HouseModelForm
from municipalities.japanese import fiscal, fuzzy_dates
from municipalities.places.town_fields import TownsField
from reports.models import SupportRecord

MOST_TIMES, MOST_PEOPLE = 999, 99_999


class SupportRecordForm(HouseModelForm):
    fieldsets = (
        ("支援", ("kind", "theme", "held_on", "times", "is_hands_on", "towns")),
        ("関係する場面", tuple(scene.value for scene in CARE_SCENES)),
        ("内容", ("done", "by_whom", "participants", "outcome")),
    )

    class Meta(HouseModelForm.Meta):
        model = SupportRecord
        fields = (
            "kind",
            "theme",
            "held_on",
            "times",
            "is_hands_on",
            "towns",
            *(scene.value for scene in CARE_SCENES),
            "done",
            "by_whom",
            "participants",
            "outcome",
        )
        field_classes = {
            "theme": JaTextField,
            "by_whom": JaTextField,
            "held_on": JaFuzzyDateField,
            "towns": TownsField,
        }
        help_texts = {
            "theme": "例：ロジックモデルの作り方、入退院支援ルールの見直し",
            "held_on": "決まっているところまで書けます（例：令和8年10月1日、令和8年10月頃）。",
            "is_hands_on": "市町村の要望を踏まえ、継続して一緒に取り組んだ支援です。集計の「伴走支援」に計上します。",
            "towns": "一つも選ばないときは、管内のすべての市町村が対象になります。",
            "done": "例：市の担当者と委託先に、指標の選び方を説明し、案を一緒に作った。",
            "by_whom": "例：保健師1人、医師会の医師1人。個人の名前は入力しないでください。",
            "outcome": "例：指標の案が3つまとまった。次は10月の会議で協議する。",
        }

    def __init__(self, *args, scope, **kwargs):
        """`scope` says of which towns somebody may write."""
        super().__init__(*args, **kwargs)
        self.scope = scope
        self.fields["times"] = JaIntegerField(
            label="回数",
            unit="回",
            min_value=1,
            max_value=MOST_TIMES,
            initial=1,
            help_text="同じ内容を続けて行ったときは、まとめて一件にできます。",
        )
        self.fields["participants"] = JaIntegerField(
            label="参加者数",
            unit="人",
            min_value=0,
            max_value=MOST_PEOPLE,
            required=False,
            help_text="研修や情報交換会で、分かるときに書きます。",
        )
        self.fields["kind"].choices = [
            ("", "選んでください"),
            *SupportRecord._meta.get_field("kind").choices,
        ]
        self.fields["towns"].offer(scope.municipalities())
        self.fields["towns"].required = scope.towns is not None
        if scope.towns is not None:
            self.fields["towns"].help_text = "担当する市町村から、一つ以上選んでください。"

    def clean_towns(self):
        """A health centre writes of its own towns; what stands there of others stays."""
        chosen, scope = self.cleaned_data["towns"], self.scope
        kept = (code for code in self.instance.town_codes if not scope.covers(code))
        return town_codes.write([*town_codes.read(chosen), *kept])

    def clean_held_on(self):
        """The record is counted in its fiscal year: its time has to lie there."""
        text, year = self.cleaned_data["held_on"], self.instance.fiscal_year
        found = fuzzy_dates.read_or_none(text)
        if found and (
            found.latest < fiscal.first_day(year) or found.earliest > fiscal.last_day(year)
        ):
            self.add_error(
                "held_on",
                f"この記録は{fiscal.label(year)}の分です。この年度の中の時期を入力するか、年度を選び直してください",
            )
        return text
