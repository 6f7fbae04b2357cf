"""The Celery tasks of the clock: counting again what changed, removing files whose week is over, and reminding of 照会."""

from celery import shared_task

from reports.inquiry import reminding
from reports.prefecture.prepared import removing
from reports.submission import progress


@shared_task
def recount_progress():
    progress.recount()


@shared_task
def remove_old_files():
    removing.remove_old()


@shared_task
def remind_of_inquiries():
    reminding.remind_by_clock()
