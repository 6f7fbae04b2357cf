"""Rounds of the demo's towns: asked by the product's own deeds, answered by nobody.

Every answer is drawn by a seeded generator from the chances that a data file gives, so that a demo shows the same
numbers whenever it is loaded. Texts are sentences of the file, which could be anybody's.
"""

from __future__ import annotations

import datetime as dt
import random
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from municipalities.kernel import changes
from municipalities.pages import ordering
from surveys.answers import filling, receiving
from surveys.answers.receiving import Arrival
from surveys.choices import QuestionType, ResponseWay
from surveys.models import Answer, Questionnaire, Response, SurveyRound
from surveys.questionnaires.making import form_making, form_templates
from surveys.questionnaires.shape import form_shape
from surveys.rounds import opening, round_forms
from surveys.tabulation.keeping import registering

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from municipalities.models import Cycle, User
    from surveys.questionnaires.shape.form_shape import Asked, Form

    Typed = dict[str, list[str]]
    Chances = Mapping[str, Any]

# Of a hundred, so many leave a question out.
LEFT_OUT = 4
# Of a hundred, so many tick a column beside the scale of a matrix.
TICKED_BESIDE = 18
TOLD = ("key", "title", "target_text", "contact", "targeted", "distributed", "position")


@transaction.atomic
def ask(
    cycle: Cycle,
    told: Mapping[str, Any],
    *,
    by: User,
    form: Questionnaire | None = None,
) -> SurveyRound:
    """Ask one round of the data file: it is opened and answered, and perhaps closed.

    Its questionnaire is made of the template that the file names, unless there is a `form` already.
    """
    today = timezone.localdate()
    row = SurveyRound(
        cycle=cycle,
        questionnaire=form or questionnaire(told["template"], by=by),
        opens_on=today + dt.timedelta(days=told["opens_in_days"]),
        closes_on=max(today, today + dt.timedelta(days=told["closes_in_days"])),
        keep_until=round_forms.kept_until(cycle.fiscal_year),
        **{name: told[name] for name in TOLD if name in told},
    )
    changes.create_versioned(row, by=by)
    opening.open_round(row, by=by)
    answer(row, told)
    if told["closes_in_days"] < 0:
        close(row, on=today + dt.timedelta(days=told["closes_in_days"]), by=by)
        if told.get("is_registered"):
            registering.register(row, by=by)
    return row


def questionnaire(template: str, *, by: User) -> Questionnaire:
    """Return the questionnaire of a template, made as an officer makes it."""
    chosen = form_templates.template(template)
    if chosen is None:
        raise LookupError(template)
    made = Questionnaire(
        title=chosen.title, target=chosen.target, opening=chosen.opening, closing=chosen.closing
    )
    ordering.append(made, among=Questionnaire.objects.all(), by=by)
    form_making.insert(made, list(chosen.asked), after="", by=by)
    return made


def close(row: SurveyRound, *, on: dt.date, by: User) -> None:
    """Close a round as if its last day had passed."""
    row.closes_on = on
    changes.save_versioned(row, by=by, expected_version=row.version, fields=("closes_on",))
    opening.close_round(row, by=by)


def answer(row: SurveyRound, told: Mapping[str, Any]) -> None:
    """Write the answers of a round: of each way as many as the data file says."""
    form = form_shape.read(row.questionnaire)
    rows = receiving.rows_of(row.questionnaire_id)
    draw = random.Random(row.key)  # noqa: S311 -- the same numbers whenever it is loaded
    ways = [way for way, count in told["answers"].items() for _ in range(count)]
    everyone = [typed(form, told["chances"], draw) for _ in ways]
    scatter_texts(form, told.get("texts", {}), everyone, draw)
    responses, lines = [], []
    for at, (way, one) in enumerate(zip(ways, everyone, strict=True), 1):
        filled = filling.fill(form, one, is_paper=True)
        number = str(at) if way == ResponseWay.PAPER else ""
        response = receiving.response_of(
            row, filled, Arrival(ResponseWay(way), f"demo:{at}", sheet_number=number)
        )
        if response.received_at is not None:
            response.received_at = moment(row, told, draw)
        responses.append(response)
        lines += receiving.answers_of(response, filled, rows)
    Response.objects.bulk_create(responses)
    Answer.objects.bulk_create(lines)


def moment(row: SurveyRound, told: Mapping[str, Any], draw: random.Random) -> dt.datetime:
    """Return an hour of an office day of the round, none that is still to come."""
    days = draw.randint(told["opens_in_days"], min(told["closes_in_days"], -1))
    day = timezone.localtime() + dt.timedelta(days=days)
    return day.replace(hour=draw.randint(9, 16), minute=0, second=0, microsecond=0)


def typed(form: Form, chances: Chances, draw: random.Random) -> Typed:
    """Return what one of them would have typed. `lean` moves a profession's answers down or up the options."""
    found: Typed = {}
    lean = 1.0
    for asked in form.questions:
        given = chances.get(asked.label)
        if given is None or draw.randrange(100) < LEFT_OUT:
            continue
        if asked.kind == QuestionType.PROFESSION:
            [profession] = draw.choices(list(given), list(given.values()))
            found[f"q{asked.number}"] = [profession]
            lean = chances.get("lean", {}).get(profession, 1.0)
        else:
            found |= WAYS[QuestionType(asked.kind)](asked, given, lean, draw)
    return found


def _one(asked: Asked, given: Sequence[int], lean: float, draw: random.Random) -> Typed:
    return {f"q{asked.number}": [_pick(given, lean, draw)]}


def _pick(weights: Sequence[int], lean: float, draw: random.Random) -> str:
    leaning = [weight * lean**at for at, weight in enumerate(weights)]
    [picked] = draw.choices(range(1, len(weights) + 1), leaning)
    return str(picked)


def _several(asked: Asked, given: Sequence[int], lean: float, draw: random.Random) -> Typed:
    """Tick each option with its chance of a hundred; who ticks nothing ticks 「特にない」 where there is one."""
    ticked = [
        str(at)
        for at, (option, chance) in enumerate(zip(asked.options, given, strict=True), 1)
        if not option.is_exclusive and draw.randrange(100) < chance
    ]
    alone = [str(at) for at, option in enumerate(asked.options, 1) if option.is_exclusive]
    return {f"q{asked.number}": sorted(ticked[: asked.most], key=int) or alone}


def _table(asked: Asked, given: Sequence[Sequence[int]], lean: float, draw: random.Random) -> Typed:
    found: Typed = {}
    for at, weights in enumerate(given, 1):
        found[f"q{asked.number}r{at}"] = [_pick(weights, lean, draw)]
        ticks = range(1, len(asked.ticks) + 1)
        found[f"q{asked.number}x{at}"] = [
            str(tick) for tick in ticks if draw.randrange(100) < TICKED_BESIDE
        ]
    return found


def _number(asked: Asked, given: Sequence[int], lean: float, draw: random.Random) -> Typed:
    return {f"q{asked.number}": [str(draw.randint(*given))]}


def scatter_texts(
    form: Form, texts: Mapping[str, Sequence[str]], everyone: Sequence[Typed], draw: random.Random
) -> None:
    """Give each sentence to one of them."""
    for asked in form.questions:
        sentences = texts.get(asked.label, ())
        for one, sentence in zip(draw.sample(everyone, len(sentences)), sentences, strict=True):
            one[f"q{asked.number}"] = [sentence]


WAYS: dict[QuestionType, Callable[[Asked, Any, float, random.Random], Typed]] = {
    QuestionType.SINGLE: _one,
    QuestionType.SCALE: _one,
    QuestionType.MULTIPLE: _several,
    QuestionType.MATRIX: _table,
    QuestionType.NUMBER: _number,
}
