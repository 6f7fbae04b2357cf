"""App configuration: registers what may lie in the trash."""

from django.apps import AppConfig


class LogicmodelsConfig(AppConfig):
    name = "logicmodels"
    verbose_name = "目指す姿とロジックモデル"

    def ready(self):
        from logicmodels import registry  # noqa: F401, PLC0415 -- registers on import
