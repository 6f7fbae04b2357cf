"""A survey that each measured town asks: one row of each kind, and in the large town a hundred."""

import datetime as dt

from django.utils import timezone

from bench.towns import MANY, Town
from municipalities.kernel import tokens
from municipalities.models import User
from municipalities.tenancy import within
from surveys.models import Invitee, Option, Question, Questionnaire, Response, SurveyRound
from surveys.rounds import opening

KEY = "round-1"
QUESTIONS, OPTIONS = 20, 5


def asked(town: Town) -> SurveyRound:
    """Return the round that the town asks, made at first need."""
    cycle = town.cycle()
    with within(cycle.municipality):
        rows = SurveyRound.objects.select_related("token")
        return rows.filter(cycle=cycle, key=KEY).first() or _made(town, cycle)


def door(town: Town) -> str:
    """Return the secret of its door."""
    return tokens.secret_of(asked(town).token)


def _made(town: Town, cycle) -> SurveyRound:
    form = Questionnaire.objects.create(key="bench-form", title="見本の調査票")
    for number in range(QUESTIONS):
        question = Question.objects.create(
            key=f"bench-{number}", questionnaire=form, text=f"設問{number}", position=number
        )
        Option.objects.bulk_create(
            Option(
                key=f"bench-{number}-{one}", question=question, label=f"選択肢{one}", position=one
            )
            for one in range(OPTIONS)
        )
    row = SurveyRound.objects.create(
        key=KEY,
        cycle=cycle,
        questionnaire=form,
        title="見本の調査",
        contact="見本市",
        closes_on=timezone.localdate() + dt.timedelta(days=30),
        keep_until=dt.date(2030, 3, 31),
    )
    opening.open_round(row, by=User.objects.get(username=town.editor))
    _fill(row, 100 if town == MANY else 1)
    return row


def _fill(row: SurveyRound, number: int) -> None:
    for one in range(1, number + 1):
        key = {"key": f"invitee-{one}", "position": one}
        Invitee.objects.create(round=row, name=f"事業所{one}", **key)
        Response.objects.create(key=f"response-{one}", round=row, submission=f"bench-{one}")
