"""App configuration: registers what may lie in the trash."""

from importlib import import_module

from django.apps import AppConfig


class CouncilsConfig(AppConfig):
    name = "councils"
    verbose_name = "協議体"

    def ready(self):
        import_module("councils.registry")
