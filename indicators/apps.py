"""App configuration: registers what may lie in the trash."""

from importlib import import_module

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "indicators"
    verbose_name = "指標"

    def ready(self):
        import_module("indicators.registry")
        import_module("indicators.publishing.marking").connect(self)
