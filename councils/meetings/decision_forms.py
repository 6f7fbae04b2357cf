"""The form of a decision: what was decided, and the one thing that it is about."""

from __future__ import annotations

from typing import Any

from django import forms

from councils.meetings import subjects
from councils.models import Decision
from councils.models.decisions import SUBJECTS
from municipalities.forms import HouseModelForm

NOTHING = "（特定のものについての決定ではない）"


class DecisionForm(HouseModelForm):
    """One select for what the model keeps in four columns.

    The columns are hidden fields, which `about` overrules: so that they merge by themselves where two
    people edit, and the page of a merge, which knows columns only, can send them.
    """

    fieldsets = (("", ("kind", "text", "about", "scene", "audience")),)
    about = forms.ChoiceField(
        label="何についての決定か",
        required=False,
        help_text="目指す姿かロジックモデルを選び、決定の種類を「合意した」にすると、"
        "「案」の表示が「協議体で合意」に変わります。",
        error_messages={"invalid_choice": "何についての決定かは、一覧から選んでください。"},
    )

    class Meta(HouseModelForm.Meta):
        model = Decision
        fields = ("kind", "text", "scene", *SUBJECTS, "audience")
        widgets = {
            "text": forms.Textarea(attrs={"rows": 3}),
            **{name: forms.HiddenInput() for name in SUBJECTS},
        }
        help_texts = {
            "text": "決まったことを、一つずつ書きます（例：看取りの場面の目指す姿を、案のとおり合意した）。",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cycle = self.instance.cycle
        chosen = subjects.chosen_in(self.instance)
        groups = list(subjects.choices_of(cycle, chosen=chosen))
        about: Any = self.fields["about"]
        about.choices = [("", NOTHING), *groups]
        self.initial.setdefault("about", chosen)
        for name in SUBJECTS:
            column: Any = self.fields[name]
            column.queryset = subjects.rows_of(name, cycle)
        if self.is_bound and "about" in self.data:
            values = {value for _, options in groups for value, _ in options}
            posted: Any = self.data
            self.data = posted.copy()
            self._point(posted["about"] if posted["about"] in values else "")

    def _point(self, value: str) -> None:
        """Let the columns say what the select says."""
        chosen, pk = subjects.column_and_pk(value)
        data: Any = self.data
        for name in SUBJECTS:
            data[name] = pk if name == chosen else ""
