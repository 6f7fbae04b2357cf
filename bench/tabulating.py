"""Tabulating a survey: from its answers as the database gives them to every table and every cross table, beside pandas."""

import random
from functools import partial

from bench.clock import interleaved, spent
from bench.reference import pandas_tables
from bench.table import Line
from surveys.choices import QuestionType
from surveys.questionnaires.shape.form_shape import Asked, Choice, Form, Page
from surveys.tabulation.counting import columns, counting

RESPONSES, QUESTIONS, OPTIONS = 10_000, 60, 5
REACH, ROUNDS = 2, 3
SEED = 20_261_127

Marks = list[tuple[int, str, None, str, None]]


def lines() -> list[Line]:
    """Sixty questions of ten thousand, each parted by each other one."""
    form, marks = _form(), _marks()
    ours = partial(_ours, form, marks)
    theirs = partial(pandas_tables.tables, marks, [asked.key for asked in form.questions])
    _check(form, ours(), theirs())
    rounds = interleaved(partial(spent, ours), partial(spent, theirs), rounds=ROUNDS)
    return [
        Line(
            f"tables of {RESPONSES:,} x {QUESTIONS}, {QUESTIONS * (QUESTIONS - 1):,} cross tables",
            f"<= {REACH} x CPU",
            f"pandas: crosstab of each pair: {rounds.reference:.1f} s",
            f"{rounds.ratio:.2f} x ({rounds.spread}): {rounds.ours:.1f} s",
            rounds.ratio <= REACH,
        )
    ]


def _form() -> Form:
    asked = tuple(
        Asked(
            key=f"q{number:02}",
            number=number,
            kind=QuestionType.SINGLE,
            text=f"設問{number}",
            options=tuple(Choice(f"q{number:02}-{at}", f"選択肢{at}") for at in range(OPTIONS)),
        )
        for number in range(1, QUESTIONS + 1)
    )
    return Form("bench", "見本の調査票", "", "", "", (Page("", "", "", asked),))


def _marks() -> Marks:
    draw = random.Random(SEED)
    return [
        (response, f"q{number:02}", None, f"q{number:02}-{draw.randrange(OPTIONS)}", None)
        for response in range(RESPONSES)
        for number in range(1, QUESTIONS + 1)
    ]


def _ours(form: Form, marks: Marks) -> tuple[list[counting.Counted], list]:
    laid = columns.of(form, [(number, "") for number in range(RESPONSES)], marks)
    found = counting.tables(form, laid, {})
    crosses = [counting.crossed(one, by) for one in found for by in found if one is not by]
    return found, crosses


def _check(form: Form, ours: tuple[list, list], theirs: tuple[dict, dict]) -> None:
    """Both have every count alike, or nothing is measured."""
    counts, crosses = theirs
    keys = [asked.key for asked in form.questions]
    for key, one in zip(keys, ours[0], strict=True):
        _compare(one.table.lines, [counts[key].get(f"{key}-{at}", 0) for at in range(OPTIONS)])
    pairs = [(one, by) for one in keys for by in keys if one != by]
    for (one, by), cross in zip(pairs, ours[1], strict=True):
        for place, group in enumerate(cross.groups):
            column = crosses[one, by][f"{by}-{place}"]
            _compare(group.lines, [column[f"{one}-{at}"] for at in range(OPTIONS)])


def _compare(lines: list, counts: list[int]) -> None:
    if [line.count for line in lines] != counts:
        raise RuntimeError(f"{lines} {counts}")
