"""カードにする: a free text becomes what a side says about a topic. It names its survey, never its respondent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from municipalities.pages import ordering
from surveys.models import Hearing, HearingTopic, HearingVoice
from surveys.models.hearings import FREE_TEXT

if TYPE_CHECKING:
    from municipalities.models import User
    from surveys.models import SurveyRound
    from surveys.tabulation.texts.text_forms import CardForm

LONGEST_NAME = 100


def make(form: CardForm, *, row: SurveyRound, by: User) -> HearingVoice:
    """Write the voice under its topic, which may be a new one, and the survey as where it was heard."""
    with transaction.atomic():
        form.settle(by=by)
        voice: HearingVoice = form.save(commit=False)
        voice.topic = form.cleaned_data["topic"] or _topic(row, form.cleaned_data["title"], by=by)
        voice.hearing = _heard(row, by=by)
        ordering.append(voice, among=HearingVoice.objects.filter(topic=voice.topic), by=by)
    return voice


def _topic(row: SurveyRound, title: str, *, by: User) -> HearingTopic:
    topic = HearingTopic(cycle=row.cycle, title=title, audience=row.audience)
    ordering.append(topic, among=HearingTopic.objects.filter(cycle=row.cycle), by=by)
    return topic


def _heard(row: SurveyRound, *, by: User) -> Hearing:
    """Return what stands for the survey among the hearings of its year, made with its first card."""
    rows = Hearing.objects.filter(cycle=row.cycle)
    name = f"調査「{row.title}」"[:LONGEST_NAME]
    found = rows.filter(way=FREE_TEXT, name=name).first()
    if found is None:
        found = Hearing(
            cycle=row.cycle, name=name, way=FREE_TEXT, held_on=row.closes_on, audience=row.audience
        )
        ordering.append(found, among=rows, by=by)
    return found
