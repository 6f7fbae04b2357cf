"""App configuration: registers what may lie in the trash."""

from importlib import import_module

from django.apps import AppConfig


class CoordinatorsConfig(AppConfig):
    name = "coordinators"
    verbose_name = "コーディネーター"

    def ready(self):
        import_module("coordinators.registry")
