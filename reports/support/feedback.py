"""連携支援の振り返り: the three questions with their answers, as far as somebody may read them."""

from dataclasses import dataclass

from municipalities.rows.rows import ADVISERS_READ
from reports.choices import HelpRating
from reports.models import SupportFeedback

QUESTIONS = ("moved_on", "in_time", "goes_on")


@dataclass(frozen=True, slots=True)
class Answer:
    question: str
    rating: HelpRating
    note_label: str
    note: str


def of(cycle):
    """Return the year's row, or an unsaved one."""
    row = SupportFeedback.objects.filter(cycle=cycle).first()
    return row or SupportFeedback(cycle=cycle, key="feedback")


def for_advisers(cycle):
    """Return the answers that the year's advisers may read; nothing where there are none."""
    row = SupportFeedback.objects.filter(cycle=cycle, audience__in=ADVISERS_READ).first()
    return answers(row) if row else ()


def answers(row):
    return tuple(_answer(row, name) for name in QUESTIONS)


def _answer(row, name):
    label, note_label = (
        str(row._meta.get_field(one).verbose_name) for one in (name, f"{name}_note")
    )
    note = getattr(row, f"{name}_note")
    return Answer(label, HelpRating(getattr(row, name)), note_label, note)
