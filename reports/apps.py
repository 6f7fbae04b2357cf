"""App configuration: registers what background work and mail call by name, and what may lie in the trash."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "報告書"

    def ready(self):
        from reports.delivery import registry as deliveries  # noqa: F401, PLC0415 -- registers on import
        from reports.prefecture import registry as prefecture  # noqa: F401, PLC0415 -- registers on import
        from reports.review import registry as review  # noqa: F401, PLC0415 -- registers on import
        from reports.support import registry as support  # noqa: F401, PLC0415 -- registers on import
        from reports.year import registry as year  # noqa: F401, PLC0415 -- registers on import
