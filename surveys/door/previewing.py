"""A questionnaire as a phone shows it, page by page, before and after a round of asking is registered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from surveys.door import answering
from surveys.door.answering import Posted
from surveys.models import SurveyRound
from surveys.questionnaires.shape import form_shape, readings
from surveys.rounds import told

if TYPE_CHECKING:
    from municipalities.models import Cycle
    from surveys.door.answering import Screen
    from surveys.models import Questionnaire
    from surveys.questionnaires.shape.form_shape import Form
    from surveys.rounds.told import Told


@dataclass(frozen=True)
class Wish:
    """Which round's facts are shown, and whether with readings; empty: as most would see it."""

    round_key: str = ""
    readings: str = ""


@dataclass(frozen=True)
class Preview:
    """Every page in its order. `row` is the round whose facts are shown, of `rounds` that ask this."""

    form: Form
    told: Told
    screens: tuple[Screen, ...]
    readings: str
    row: SurveyRound | None = None
    rounds: tuple[SurveyRound, ...] = ()

    @property
    def unseen(self) -> list[str]:
        """Headings that no respondent sees: nothing is asked below them."""
        return [page.heading for page in self.form.pages if page.key and not page.questions]

    @property
    def other_readings(self) -> str:
        return readings.other(self.readings)


def of(questionnaire: Questionnaire, cycle: Cycle, wish: Wish) -> Preview:
    """Read a questionnaire with the facts of a round of this year, the last one unless another is wished for."""
    rows = tuple(SurveyRound.objects.filter(questionnaire=questionnaire, cycle=cycle))
    row = next((one for one in rows if one.key == wish.round_key), rows[-1] if rows else None)
    facts = told.so_far(row) if row else told.to_come(questionnaire.title)
    preview = drawn(form_shape.read(questionnaire), facts, wish.readings)
    return replace(preview, row=row, rounds=rows)


def drawn(form: Form, facts: Told, wished_readings: str = "") -> Preview:
    """Draw every page of a questionnaire, stored or not."""
    shown = readings.wanted(form, wished_readings) if readings.has_any(form) else ""
    if shown == readings.HIDDEN:
        form = readings.without(form)
    return Preview(
        form=form,
        told=facts,
        screens=tuple(
            answering.screen(form, Posted({}), index)
            for index in range(len(answering.pages_of(form)))
        ),
        readings=shown,
    )
