"""The forms of an evaluation, of a council's judgement on it, and of what is decided from them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django import forms

from councils.evaluating import evaluated, settling
from councils.meetings.subjects import column_and_pk, shortened
from councils.models import Decision, Evaluation, Improvement, Judgement, Meeting
from councils.models.evaluations import EVALUATED, IMPROVED
from logicmodels.models import Activity
from municipalities.fields import JaFuzzyDateField
from municipalities.forms import HouseModelForm
from municipalities.japanese import fiscal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NO_MEETING = "（まだ会議にかけていない：案）"
UNSETTLED = "（まだ決まっていない：案）"
NOWHERE = "（選ばない）"


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class EvaluationForm(HouseModelForm):
    """Who saves it has read it: the text is no draft any more."""

    class Meta(HouseModelForm.Meta):
        model = Evaluation
        fields = ("text", "helped", "hindered", "audience")
        widgets = {"text": area(5), "helped": area(3), "hindered": area(3)}
        help_texts = {
            "text": "数字と、行ったことを書きます。良い・悪いの判断は書かず、協議体に委ねます"
            "（例：入院時情報提供率は24.6％から31.5％になったが、目標値60.0％には届かなかった）。",
            "helped": "例：病院の地域連携室と、共通の様式を使い始めた。",
            "hindered": "例：小規模の診療所では、様式がまだ知られていない。",
        }

    def follow(self, row: Any) -> tuple[str, ...]:
        row.is_drafted = False
        return ("is_drafted",)


class JudgementForm(HouseModelForm):
    """What the council said, in its own words, with whoever saw it otherwise."""

    class Meta(HouseModelForm.Meta):
        model = Judgement
        fields = ("verdict", "meeting", "reasons", "dissent", "audience")
        widgets = {"reasons": area(4), "dissent": area(3)}
        help_texts = {
            "meeting": "判断した会議を選びます。実績は年度が終わってから出そろうため、翌年度の会議も選べます。"
            "選ばない間と、会議が開かれるまでは「案」と表示します。",
            "reasons": "例：退院の連絡が早くなったと、病院からもケアマネジャーからも声があった。",
            "dissent": "まとまらなかった意見も、そのまま残します（例：家族への説明は、まだ足りない）。",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cycle = self.instance.cycle
        found = settling.meetings_of(cycle)
        meeting: Any = self.fields["meeting"]
        meeting.queryset = Meeting.objects.filter(pk__in=found)
        meeting.choices = [("", NO_MEETING), *by_year(found.values())]


def by_year(meetings: Iterable[Meeting]) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    """Yield the meetings as the groups of one select; those of a year stand together already."""
    for year, rows in groupby(meetings, key=lambda row: row.fiscal_year):
        yield fiscal.label(year), [(row.pk, settling.named(row)) for row in rows]


class ImprovementForm(HouseModelForm):
    """One select for what the model keeps in four columns, as the form of a decision has it."""

    fieldsets = (
        ("何を、どう変えるか", ("about", "kind", "merged_into", "what", "why", "since")),
        ("どこで決めたか", ("judgement", "decision")),
        ("そのほか", ("audience",)),
    )
    about = forms.ChoiceField(
        label="何についての改善か",
        error_messages={"invalid_choice": "何についての改善かは、一覧から選んでください。"},
    )

    class Meta(HouseModelForm.Meta):
        model = Improvement
        fields = (
            *IMPROVED,
            "kind",
            "merged_into",
            "what",
            "why",
            "since",
            "judgement",
            "decision",
            "audience",
        )
        field_classes = {"since": JaFuzzyDateField}
        widgets = {
            "what": area(3),
            "why": area(3),
            **{name: forms.HiddenInput() for name in IMPROVED},
        }
        help_texts = {
            "merged_into": "種類が「統合」のときだけ選びます。",
            "what": "次年度に変えることを、一つずつ書きます（例：共通の様式を、診療所にも広げる）。",
            "why": "例：診療所から退院する人には、まだ使われていない。",
            "since": "決まっているところまで書けます（例：令和9年4月から）。",
            "judgement": "この改善を決めた協議体の判断を選びます。会議が開かれていれば、「案」が「決定」に変わります。",
            "decision": "会議の決定事項に登録してあるときは、それを選びます。こちらを優先します。",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cycle = self.instance.cycle
        self._offer_subjects(cycle)
        self._offer_places(cycle)
        merged: Any = self.fields["merged_into"]
        merged.queryset = Activity.objects.filter(cycle=cycle).order_by("position", "pk")
        merged.empty_label = NOWHERE

    def full_clean(self) -> None:
        """Leave out what the model says of the columns behind the select, where the select says it already."""
        super().full_clean()
        if "about" in self.errors:
            self.errors.pop(IMPROVED[0], None)

    def _offer_subjects(self, cycle: Any) -> None:
        about: Any = self.fields["about"]
        groups = list(evaluated.choices_of(cycle))
        about.choices = [("", "（選んでください）"), *groups]
        self.initial.setdefault("about", chosen_in(self.instance))
        for name in IMPROVED:
            column: Any = self.fields[name]
            column.queryset = evaluated.rows_of(name, cycle)
        if self.is_bound and "about" in self.data:
            posted: Any = self.data
            data: Any = posted.copy()
            chosen, pk = column_and_pk(str(posted["about"]))
            for name in IMPROVED:
                data[name] = pk if name == chosen else ""
            self.data = data

    def _offer_places(self, cycle: Any) -> None:
        judgement: Any = self.fields["judgement"]
        rows = Judgement.objects.filter(cycle=cycle).select_related(
            *(f"evaluation__{name}" for name in EVALUATED)
        )
        judgement.queryset = rows
        judgement.choices = [("", UNSETTLED), *((row.pk, in_words(row)) for row in rows)]
        decision: Any = self.fields["decision"]
        decision.queryset = Decision.objects.filter(cycle=cycle).order_by("position", "pk")
        decision.empty_label = NOWHERE


def chosen_in(row: Improvement) -> str:
    return next(
        (f"{name}.{pk}" for name in IMPROVED if (pk := getattr(row, f"{name}_id")) is not None), ""
    )


def in_words(judgement: Judgement) -> str:
    """Return 「一定程度進んだ：退院支援ルールの見直し（連絡が早くなった…）」."""
    about = judgement.evaluation
    name = evaluated.name_of(about.column, about.subject)
    reasons = f"（{shortened(judgement.reasons)}）" if judgement.reasons else ""
    return f"{judgement.get_verdict_display()}：{name}{reasons}"
