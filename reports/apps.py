"""App configuration: registers what background work and mail call by name, and what may lie in the trash."""

from importlib import import_module

from django.apps import AppConfig

# They register when they are imported.
REGISTERING = (
    "reports.delivery.registry",
    "reports.inquiry.registry",
    "reports.practice.registry",
    "reports.prefecture.registry",
    "reports.review.registry",
    "reports.support.registry",
    "reports.surveying.registry",
    "reports.year.registry",
)


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "報告書"

    def ready(self):
        for name in REGISTERING:
            import_module(name)
