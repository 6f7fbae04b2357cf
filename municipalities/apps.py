"""App configuration: registers the checks of the fence, the second wall and the kernel's jobs."""

from django.apps import AppConfig


class MunicipalitiesConfig(AppConfig):
    name = "municipalities"
    verbose_name = "自治体"

    def ready(self):
        from municipalities import checks, registry, wall  # noqa: F401, PLC0415 -- they register on import
