"""App configuration: registers the checks of the fence, the second wall and the kernel's jobs."""

from importlib import import_module

from django.apps import AppConfig

# They register when they are imported.
REGISTERING = (
    "municipalities.fence.checks",
    "municipalities.registry",
    "municipalities.fence.wall",
)


class MunicipalitiesConfig(AppConfig):
    name = "municipalities"
    verbose_name = "自治体"

    def ready(self):
        for name in REGISTERING:
            import_module(name)
