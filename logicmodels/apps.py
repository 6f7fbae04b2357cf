"""App configuration."""

from django.apps import AppConfig


class LogicmodelsConfig(AppConfig):
    name = "logicmodels"
    verbose_name = "目指す姿とロジックモデル"
