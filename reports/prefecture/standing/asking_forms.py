"""What the addresses of 進み具合 and 段階の一覧 may ask, as forms: what is not among their choices is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

from indicators.comparison.asking.unknown import of_filters
from municipalities.forms import HouseForm
from reports.prefecture.standing import arranging, matrix

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.http import QueryDict

    from reports.prefecture.standing.areas import Areas

ALL_TOWNS = "すべての市町村を表示しています。"


class TableForm(HouseForm):
    """Which municipalities of a table, and in which order."""

    area = forms.ChoiceField(label="二次医療圏", required=False)
    only = forms.ChoiceField(label="行の絞り込み", required=False)
    sort = forms.ChoiceField(label="並び順", required=False)

    def offer(self, **choices: Iterable[str]) -> None:
        """Take these codes as the choices of the fields."""
        for name, codes in choices.items():
            self.fields[name].choices = [(code, code) for code in codes]  # type: ignore[attr-defined]

    def unknown(self, query: QueryDict, shown: Mapping[str, str]) -> list[str]:
        """Return in sentences what of the address is not offered; `shown`: by field what is shown instead."""
        return list(of_filters(query, self, {"area": ALL_TOWNS, **shown}))


class MatrixForm(TableForm):
    show = forms.ChoiceField(label="見方", required=False, choices=[*matrix.VIEWS.items()])


def unknown_of_progress(query: QueryDict, areas: Areas) -> list[str]:
    form = TableForm(query)
    form.offer(area=dict(areas.known), only=arranging.CHOICES, sort=arranging.ORDERS)
    return form.unknown(
        query, {"sort": f"{arranging.ORDERS[arranging.NEED].label}に並べています。"}
    )


def unknown_of_matrix(query: QueryDict, shown: matrix.Matrix) -> list[str]:
    form, view = MatrixForm(query), shown.view
    form.offer(area=dict(shown.areas.known), only=matrix.CHOICES[view], sort=matrix.ORDERS[view])
    told = {
        "sort": f"{matrix.CODE.label}に並べています。",
        "show": f"「{matrix.VIEWS[view]}」を表示しています。",
    }
    return form.unknown(query, told)
