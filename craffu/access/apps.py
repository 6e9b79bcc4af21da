from django.apps import AppConfig
from django.core.checks import register

from craffu.access.provider.checks import provider_settings


class AccessConfig(AppConfig):
    name = "craffu.access"
    label = "access"

    def ready(self) -> None:
        register(provider_settings)
