"""App configuration: registers what may lie in the trash."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "indicators"
    verbose_name = "指標"

    def ready(self):
        from indicators import registry  # noqa: F401, PLC0415 -- registers on import
