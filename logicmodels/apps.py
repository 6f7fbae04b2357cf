"""App configuration: registers what may lie in the trash."""

from importlib import import_module

from django.apps import AppConfig


class LogicmodelsConfig(AppConfig):
    name = "logicmodels"
    verbose_name = "目指す姿とロジックモデル"

    def ready(self):
        import_module("logicmodels.registry")
