"""The Celery tasks of the clock: counting again what changed, what rules find, and removing files whose week is over."""

from celery import shared_task

from reports.prefecture.prepared import removing
from reports.submission import finding_counts, progress


@shared_task
def recount_progress():
    progress.recount()


@shared_task
def count_findings():
    finding_counts.count_all()


@shared_task
def remove_old_files():
    removing.remove_old()
