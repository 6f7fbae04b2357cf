"""The tables of a round, read from its answers in a few queries whatever their number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from councils.choices import Profession
from surveys.models import Answer
from surveys.questionnaires import form_shape
from surveys.tabulation import columns, counting

if TYPE_CHECKING:
    from surveys.models import SurveyRound
    from surveys.tabulation.counting import Counted
    from surveys.tabulation.tables import Cross

LINE = ("response_id", "question__key", "row__key", "option__key", "number")


@dataclass(frozen=True)
class Tabulated:
    """`counted`: a table each; `parting`: what may part them, by what names it in an address.

    `codes`: the hashed code of each respondent, in the order of the columns; empty where there is none.
    """

    n: int
    counted: tuple[Counted, ...]
    parting: dict[str, Counted]
    codes: tuple[str, ...] = ()

    def crosses(self, by: str) -> dict[str, Cross]:
        """Return every other table parted by one, by the numbers of the tables."""
        parter = self.parting.get(by)
        if parter is None:
            return {}
        return {
            one.table.number: counting.crossed(one, parter)
            for one in self.counted
            if one is not parter and one.table.lines
        }


def of(row: SurveyRound) -> Tabulated:
    """Count what is 有効 of a round."""
    form = form_shape.read(row.questionnaire)
    rows = list(row.responses.counted().order_by("pk").values_list("pk", "profession", "pair"))
    lines = Answer.objects.filter(response__round=row, response__is_excluded=False)
    people = [(pk, profession) for pk, profession, _ in rows]
    laid = columns.of(form, people, lines.order_by().values_list(*LINE))
    given = {profession for _, profession in people}
    names = {
        one.value: one.label
        for one in Profession
        if one != Profession.UNSTATED and one.value in given
    }
    found = tuple(counting.tables(form, laid, names))
    parting = {one.table.number: one for one in found if one.table.is_single and one.table.lines}
    return Tabulated(len(rows), found, parting, tuple(code for _, _, code in rows))
