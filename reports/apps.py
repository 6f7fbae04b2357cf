"""App configuration: registers what background work and mail call by name."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "報告書"

    def ready(self):
        from reports.delivery import registry  # noqa: F401, PLC0415 -- registers on import
