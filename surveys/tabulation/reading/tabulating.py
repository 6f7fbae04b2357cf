"""The tables of a round, read from its answers in a few queries whatever their number."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from councils.choices import Profession
from surveys.models import Answer, KeptTables
from surveys.questionnaires.shape import form_shape
from surveys.tabulation.counting import columns, counting
from surveys.tabulation.reading import kept_document

if TYPE_CHECKING:
    import datetime as dt

    from surveys.models import SurveyRound
    from surveys.questionnaires.shape.form_shape import Form
    from surveys.tabulation.counting.counting import Counted
    from surveys.tabulation.counting.tables import Cross
    from surveys.tabulation.reading.kept_document import CrossesBy

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
    # What was kept when the answers went: parted by what, the number of the table.
    kept_on: dt.date | None = None
    kept: CrossesBy = field(default_factory=dict)

    def crosses(self, by: str) -> dict[str, Cross]:
        """Return every other table parted by one, by the numbers of the tables; of kept ones those that were kept."""
        if self.kept_on:
            return self.kept.get(by, {})
        parter = self.parting.get(by)
        if parter is None:
            return {}
        return {
            one.table.number: counting.crossed(one, parter)
            for one in self.counted
            if one is not parter and one.table.lines
        }


def of(row: SurveyRound) -> Tabulated:
    """Count what is 有効 of a round; of an emptied one, read what was kept."""
    form = form_shape.read(row.questionnaire)
    return as_kept(row, form) if row.is_emptied else counted(row, form)


def counted(row: SurveyRound, form: Form) -> Tabulated:
    rows = list(row.responses.counted().order_by("pk").values_list("pk", "profession", "pair"))
    people = [(pk, profession) for pk, profession, _ in rows]
    lines = Answer.objects.of(row).counted().order_by().values_list(*LINE)
    laid = columns.of(form, people, lines)
    given = {profession for _, profession in people}
    names = {
        one.value: one.label
        for one in Profession
        if one != Profession.UNSTATED and one.value in given
    }
    found = tuple(counting.tables(form, laid, names))
    parting = {one.table.number: one for one in found if one.table.is_single and one.table.lines}
    return Tabulated(len(rows), found, parting, tuple(code for _, _, code in rows))


def as_kept(row: SurveyRound, form: Form) -> Tabulated:
    """Return the tables that were kept; none where the answers went without them."""
    stored = KeptTables.objects.filter(round=row).first()
    if stored is None:
        return Tabulated(0, (), {})
    kept = kept_document.read(stored.content)
    found = tuple(kept_document.tables_of(kept, form))
    by_number = {one.table.number: one for one in found}
    tables = {number: one.table for number, one in by_number.items()}
    crosses = kept_document.crosses_of(kept, tables)
    parting = {number: by_number[number] for number in crosses if number in by_number}
    return Tabulated(kept.n, found, parting, (), stored.kept_on, crosses)
