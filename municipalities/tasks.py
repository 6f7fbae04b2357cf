"""The two Celery tasks: one for each ring of the bell, one that rings again for what is due."""

from celery import shared_task

from municipalities.kernel import jobs


@shared_task
def run_job(job_pk):
    jobs.run(job_pk)


@shared_task
def sweep():
    jobs.sweep()
