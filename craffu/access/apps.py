from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "craffu.access"
    label = "access"
