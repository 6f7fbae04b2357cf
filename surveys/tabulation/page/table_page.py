"""What one page of 集計表 shows: the tables of a round some at a time, whole or parted, as its address says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.core.paginator import Paginator

from surveys.results import beside, result_sheet
from surveys.tabulation.counting import matching
from surveys.tabulation.counting.tables import SMALL, Group
from surveys.tabulation.keeping import registering

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.paginator import Page
    from django.http import QueryDict

    from surveys.models import PublishedSurvey, SurveyRound
    from surveys.results.result_sheet import QuestionSheet
    from surveys.tabulation.counting.counting import Counted
    from surveys.tabulation.counting.tables import Cross, Table
    from surveys.tabulation.reading.tabulating import Tabulated

TABLES_A_PAGE, CROSSES_A_PAGE = 10, 5
LONGEST_NAME = 80
EVERYBODY = "全体"
# Fewer answers than this, and one person more or less moves every share.
FEW = 10


@dataclass(frozen=True, slots=True)
class Choice:
    """A question to choose: `key` names it in the address, `page` is where its table stands."""

    key: str
    name: str
    page: int = 0
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Parted:
    """A table parted by another one: everybody in the first row, as they are read in paper."""

    table: Table
    cross: Cross

    @property
    def groups(self) -> tuple[Group, ...]:
        whole = Group(EVERYBODY, self.table.asked, self.table.lines)
        return (whole, *self.cross.groups)


@dataclass(frozen=True, slots=True)
class TablesPage:
    """`by`: what parts the tables; then `page` holds what is Parted. Else `whole` are the tables of the page."""

    found: Tabulated
    by: str
    page: Page
    parters: tuple[Choice, ...]
    # What may be parted: nothing is chosen, and they come some at a time.
    parted: tuple[Choice, ...] = ()
    # Where each whole table stands.
    contents: tuple[Choice, ...] = ()
    whole: tuple[tuple[Table, QuestionSheet], ...] = ()

    @property
    def chosen_count(self) -> int:
        return sum(one.is_chosen for one in self.parted)

    @property
    def is_few(self) -> bool:
        return 0 < self.found.n < FEW

    @property
    def tells_of_one(self) -> bool:
        return 0 < self.found.n < SMALL


def of(row: SurveyRound, found: Tabulated, query: QueryDict) -> TablesPage:
    """Return the page that an address asks for; what it names and does not exist counts as not chosen."""
    by = query.get("by", "")
    parters = tuple(
        Choice(key, one.table.name[:LONGEST_NAME], is_chosen=key == by)
        for key, one in found.parting.items()
    )
    number = query.get("page")
    if by in found.parting:
        return _crosses(found, parters, by, query.getlist("of"), number)
    return _tables(row, found, parters, number)


def _crosses(
    found: Tabulated,
    parters: tuple[Choice, ...],
    by: str,
    wanted: Sequence[str],
    number: str | None,
) -> TablesPage:
    crosses = found.crosses(by)
    tables = {one.table.number: one.table for one in found.counted}
    chosen = [one for one in crosses if one in wanted]
    shown = [Parted(tables[one], crosses[one]) for one in chosen or crosses]
    parted = tuple(Choice(one, tables[one].name, is_chosen=one in chosen) for one in crosses)
    return TablesPage(found, by, Paginator(shown, CROSSES_A_PAGE).get_page(number), parters, parted)


def _tables(
    row: SurveyRound, found: Tabulated, parters: tuple[Choice, ...], number: str | None
) -> TablesPage:
    page = Paginator(found.counted, TABLES_A_PAGE).get_page(number)
    contents = tuple(
        Choice(one.table.number, one.table.name, at // TABLES_A_PAGE + 1)
        for at, one in enumerate(found.counted)
    )
    whole = tuple(sheets_of(row, found, list(page)))
    return TablesPage(found, "", page, parters, contents=contents, whole=whole)


def sheets_of(
    row: SurveyRound, found: Tabulated, shown: Sequence[Counted]
) -> list[tuple[Table, QuestionSheet]]:
    """Return each table with its sheet, and with the different question of the same options beside it."""
    survey = registering.survey_of(row)
    questions = {
        one.table.number: registering.question_of(row, survey, one.table) for one in found.counted
    }
    tables = {one.table.number: one.table for one in found.counted}
    by_key = {question.key: number for number, question in questions.items()}
    partners = matching.partners(found.counted)

    def sheet_of(number: str) -> QuestionSheet:
        return _sheet(survey, questions[number], tables[number])

    made = []
    for one in shown:
        number = one.table.number
        other = by_key.get(questions[number].beside_key) or partners.get(number, "")
        sheet = sheet_of(number)
        if other in tables:
            sheet = replace(sheet, beside=beside.of(sheet, sheet_of(other)))
        made.append((one.table, sheet))
    return made


def _sheet(survey: PublishedSurvey, question, table: Table) -> QuestionSheet:
    return result_sheet.sheet_of(question, survey, registering.answers_of(question, table))
