"""The Celery tasks of the clock: counting again, the morning's letters, reminding of 照会, removing old files."""

from celery import shared_task

from reports.inquiry import reminding
from reports.prefecture.prepared import removing
from reports.submission.counting import finding_rounds, progress
from reports.year.calendar import rounds


@shared_task
def recount_progress():
    progress.recount()


@shared_task
def count_findings():
    finding_rounds.begin()


@shared_task
def remove_old_files():
    removing.remove_old()


@shared_task
def begin_morning_letters():
    rounds.begin()


@shared_task
def remind_of_inquiries():
    reminding.remind_by_clock()
