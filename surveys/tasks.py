"""The Celery task of the clock: answers are deleted on the day that their round names."""

from celery import shared_task

from surveys.rounds import emptying


@shared_task
def empty_due_rounds():
    emptying.empty_due()
