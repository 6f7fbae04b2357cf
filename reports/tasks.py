"""The Celery task that counts again, every few minutes, what changed."""

from celery import shared_task

from reports.submission import progress


@shared_task
def recount_progress():
    progress.recount()
