"""Forms of 好事例: writing one, and the filter above the library."""

from typing import ClassVar

from django import forms

from councils.choices import Profession
from indicators.comparison.asking.filtering import ORIGINS
from indicators.comparison.asking.unknown import of_filters
from indicators.comparison.shape import Origin
from logicmodels.choices import WorkItem, work_item_with_letter
from logicmodels.models import Activity
from municipalities.choices import CARE_SCENES, Scene
from municipalities.fields import JaTextField
from municipalities.forms import HouseForm, HouseModelForm
from municipalities.models import Prefecture
from reports.models import Practice
from reports.practice.improvement import SPANS
from reports.practice.library import SIZES

NO_NAMES = "個人の名前や、患者・利用者のことが分かる内容は書かないでください。"


def any_or(choices):
    return [("", "すべて表示"), *choices]


PEOPLE = [(one.value, one.label) for one in Profession if one is not Profession.UNSTATED]
ITEMS = [(one.value, work_item_with_letter(one)) for one in WorkItem if one is not WorkItem.NONE]


class PracticeForm(HouseModelForm):
    """One case. Its activity is one of the same year."""

    fieldsets = (
        ("事例", ("title", "activity", "scene")),
        ("見つけやすくする札", ("key_person", "second_person", "work_item", "second_item")),
        ("内容", ("background", "outline", "hardship", "result", "help_received")),
        ("そのほか", ("contact", "audience")),
    )

    class Meta(HouseModelForm.Meta):
        model = Practice
        fields = (
            "title",
            "activity",
            "scene",
            "key_person",
            "second_person",
            "work_item",
            "second_item",
            "background",
            "outline",
            "hardship",
            "result",
            "help_received",
            "contact",
            "audience",
        )
        field_classes = {"title": JaTextField, "contact": JaTextField}
        help_texts = {
            "title": "例：入院時に渡す情報を、市内の病院とケアマネジャーで一枚にそろえた",
            "background": "どのような課題があり、なぜ始めたか。" + NO_NAMES,
            "outline": "だれと、何を、どのように行ったか。" + NO_NAMES,
            "result": "何がどう変わったか。数があるときは年度と一緒に書きます。",
            "contact": "部署の名前と内線番号まで。個人の名前は書きません（例：高齢者支援課　地域包括係）。",
            "audience": "公開できるのは「県まで」か「公表」の事例です。公開するボタンを押すまで、ほかの自治体には見えません。",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        activities = Activity.objects.filter(cycle=self.instance.cycle_id)
        self.fields["activity"].queryset = activities
        self.fields["activity"].empty_label = "取組から選ばない"

    def clean(self):
        """The same tag twice says no more than once."""
        cleaned = super().clean()
        for first, second, nothing in (
            ("key_person", "second_person", Profession.UNSTATED),
            ("work_item", "second_item", WorkItem.NONE),
        ):
            if cleaned.get(first) == cleaned.get(second) != nothing:
                label = self.fields[first].label
                self.add_error(
                    second, f"{label}と同じものが選ばれています。別のものを選んでください"
                )
        return cleaned


class Choosing(HouseForm):
    """A filter above a list. A value nobody knows cuts nothing, and is told.

    `shown`: by the name of a field what is shown then.
    """

    shown: ClassVar[dict[str, str]] = {}

    @property
    def chosen(self):
        """The filters that are set, by name."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def unknown(self):
        """What of the address was not understood, in sentences."""
        return list(of_filters(self.data, self, self.shown))


class ImprovementForm(Choosing):
    """Of which scene, over how many years, by whose numbers."""

    shown: ClassVar = {
        "scene": "すべての場面を表示しています。",
        "span": f"{SPANS[0]}年度の最初と最後を見比べています。",
        "origin": f"「{ORIGINS[Origin.SUBMITTED]}」を表示しています。",
    }

    scene = forms.ChoiceField(
        label="場面",
        required=False,
        choices=any_or((one.value, one.label) for one in CARE_SCENES),
    )
    span = forms.ChoiceField(
        label="見比べる期間",
        required=False,
        choices=[(str(one), f"{one}年度の最初と最後") for one in SPANS],
    )
    origin = forms.ChoiceField(
        label="値の出どころ",
        required=False,
        choices=[(one.value, ORIGINS[one]) for one in (Origin.SUBMITTED, Origin.STATISTICS)],
    )


class LibraryFilterForm(Choosing):
    """What the library is cut to."""

    scene = forms.ChoiceField(label="場面", required=False, choices=any_or(Scene.choices))
    person = forms.ChoiceField(label="キーパーソン", required=False, choices=any_or(PEOPLE))
    item = forms.ChoiceField(label="実施内容", required=False, choices=any_or(ITEMS))
    size = forms.ChoiceField(
        label="人口規模", required=False, choices=any_or((one.code, one.label) for one in SIZES)
    )
    prefecture = forms.ChoiceField(label="都道府県", required=False)
    q = JaTextField(label="言葉で探す", required=False, max_length=100)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        names = Prefecture.objects.values_list("code", "name")
        self.fields["prefecture"].choices = any_or(names)
