"""App configuration: registers what may lie in the trash."""

from importlib import import_module

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "surveys"
    verbose_name = "調査"

    def ready(self):
        import_module("surveys.registry")
