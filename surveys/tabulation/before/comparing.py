"""前の調査と比べる: which earlier rounds there are, and two rounds counted and laid side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from municipalities.japanese import fiscal
from surveys.choices import QuestionType
from surveys.models import Question, Questionnaire, SurveyRound
from surveys.questionnaires.shape.furigana import plain
from surveys.results import earlier
from surveys.results.over_years import same
from surveys.tabulation.before import before_after
from surveys.tabulation.before.before_after import Occasion
from surveys.tabulation.counting import matching, same_people
from surveys.tabulation.reading import tabulating

if TYPE_CHECKING:
    import datetime as dt

    from surveys.tabulation.before.before_after import Asked
    from surveys.tabulation.counting.matching import SetBeside
    from surveys.tabulation.counting.same_people import Joined
    from surveys.tabulation.counting.tables import Table

# What is no outcome, and what has no table: having it in common makes nothing comparable.
NO_OUTCOME = (
    QuestionType.SECTION,
    QuestionType.PROFESSION,
    QuestionType.OWN_CODE,
    QuestionType.SHORT_TEXT,
    QuestionType.LONG_TEXT,
)


@dataclass(frozen=True, slots=True)
class Compared:
    """Two rounds. `n_before` and `n`: what is 有効 of each; `people`: who answered both times, by their own codes."""

    before: SurveyRound
    after: SurveyRound
    n_before: int
    n: int
    people: Joined
    asked: tuple[Asked, ...]
    beside: tuple[SetBeside, ...]
    before_alone: tuple[Table, ...]
    after_alone: tuple[Table, ...]
    # Whether answers of one of them are gone: the tables are those that were kept.
    has_kept: bool = False


def earlier_rounds(row: SurveyRound) -> list[SurveyRound]:
    """Return the rounds before this one whose tables can be shown, the likeliest first.

    That is the one the round itself names, then those of the same questionnaire in any version, the newest first.
    """
    rows = (
        SurveyRound.objects.with_tables()
        .filter(cycle__fiscal_year__lte=row.cycle.fiscal_year)
        .exclude(pk=row.pk)
        .exclude(cycle=row.cycle, before_key=row.key)
        .select_related("cycle", "questionnaire")
        .order_by("-cycle__fiscal_year", "-position", "-pk")
    )
    versions = dict(Questionnaire.objects.values_list("key", "earlier_key"))
    own = _first_version(row.questionnaire.key, versions)

    def likeliness(one: SurveyRound) -> tuple[bool, bool, bool]:
        is_named = one.cycle_id == row.cycle_id and one.key == row.before_key
        is_same = _first_version(one.questionnaire.key, versions) == own
        return not is_named, not is_same, one.questionnaire_id not in related

    related = _asking_the_same(row.questionnaire)
    return sorted((one for one in rows if not _is_later(one, row)), key=likeliness)


def _is_later(one: SurveyRound, row: SurveyRound) -> bool:
    """Say whether a round of the same year was asked after this one, by its days; the one that is named is not."""
    if one.cycle_id != row.cycle_id or one.key == row.before_key:
        return False
    days, own = (_days(each) for each in (one, row))
    return bool(days and own and days > own)


def _days(row: SurveyRound) -> tuple[dt.date, dt.date] | None:
    """Return the first and the last day; one stands for the other where only that is known."""
    first, last = row.opens_on or row.closes_on, row.closes_on or row.opens_on
    return (first, last) if first and last else None


def _asking_the_same(questionnaire: Questionnaire) -> set[int]:
    """Return the questionnaires that have a question in common with this one, by its words or as asked again."""
    own, asked_before, found = set(), set(), set()
    rows = Question.objects.exclude(kind__in=NO_OUTCOME).order_by()
    told = list(rows.values_list("questionnaire_id", "key", "earlier_key", "kind", "text"))
    for number, _, earlier_key, kind, text in told:
        if number == questionnaire.pk:
            own.add((kind, same(plain(text))))
            asked_before.add(earlier_key)
    for number, key, _, kind, text in told:
        if key in asked_before or (kind, same(plain(text))) in own:
            found.add(number)
    return found


def _first_version(key: str, versions: dict[str, str]) -> str:
    seen = set()
    while versions.get(key) and key not in seen:
        seen.add(key)
        key = versions[key]
    return key


def name_of(row: SurveyRound) -> str:
    """Return what names a round of any year in an address."""
    return earlier.named(row.cycle.fiscal_year, row.key)


def is_likely(before: SurveyRound, row: SurveyRound) -> bool:
    """Say whether a round is the one that was named, or has a question in common."""
    is_named = before.cycle_id == row.cycle_id and before.key == row.before_key
    return is_named or before.questionnaire_id in _asking_the_same(row.questionnaire)


def chosen(rounds: list[SurveyRound], name: str, row: SurveyRound) -> SurveyRound | None:
    """Return the round that an address names; where it names none, the likeliest that asked something of the same."""
    if not name:
        return next((one for one in rounds[:1] if is_likely(one, row)), None)
    return next((one for one in rounds if name_of(one) == name), None)


def of(before: SurveyRound, after: SurveyRound) -> Compared:
    """Count both rounds and compare what they both asked."""
    first, second = tabulating.of(before), tabulating.of(after)
    people = same_people.joined(first.codes, second.codes)
    asks_again = {
        key: (earlier_key, change)
        for key, earlier_key, change in Question.objects.exclude(earlier_key="").values_list(
            "key", "earlier_key", "earlier_change"
        )
    }
    beside, found = matching.set_beside(matching.matched(first.counted, second.counted, asks_again))
    occasions = _occasion(before), _occasion(after)
    asked = (
        before_after.asked_twice(old, new, occasions, people, change=change)
        for old, new, change in found.same
        if new.table.question.kind != QuestionType.PROFESSION
    )
    return Compared(
        before,
        after,
        first.n,
        second.n,
        people,
        tuple(asked),
        beside,
        tuple(one.table for one in found.before_alone),
        tuple(one.table for one in found.after_alone),
        bool(first.kept_on or second.kept_on),
    )


def _occasion(row: SurveyRound) -> Occasion:
    year = fiscal.label(row.cycle.fiscal_year)
    return Occasion(year, f"{year}　{row.title}", row.questionnaire.target)
