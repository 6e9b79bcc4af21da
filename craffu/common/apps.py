from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "craffu.common"
    label = "common"
